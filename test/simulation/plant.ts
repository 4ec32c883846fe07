/** A change of one source text. */
export interface Change {
  /** From the root of the repository. */
  readonly file: string;
  /** Found exactly once in it. */
  readonly from: string;
  readonly to: string;
}

/** A mistake that a program like this could have. The simulation has to see every one of them. */
export interface Plant {
  readonly name: string;
  readonly what: string;
  readonly changes: readonly Change[];
}

/** @param changes file, what is found there, and what is put in its place */
export function plant(
  name: string,
  what: string,
  ...changes: readonly (readonly [string, string, string])[]
): Plant {
  return { name, what, changes: changes.map(([file, from, to]) => ({ file, from, to })) };
}
