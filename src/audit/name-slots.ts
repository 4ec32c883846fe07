import { nameKey } from './name-key.js';

/** A number for each name in the usage reports, so that facts can lie in flat arrays that all reports share. */
export interface NameSlots {
  readonly size: number;
  /** The slot of a name in any case or Unicode form; undefined when no report has it. */
  find(name: string): number | undefined;
  /** The slot of a name, a new one when it is met first. */
  take(name: string): number;
}

export function nameSlots(): NameSlots {
  const slots = new Map<string, number>();
  return {
    get size() {
      return slots.size;
    },
    find: (name) => slots.get(nameKey(name)),
    take(name) {
      const key = nameKey(name);
      const known = slots.get(key);
      if (known !== undefined) return known;
      const slot = slots.size;
      slots.set(ownCopy(key), slot);
      return slot;
    },
  };
}

/** A text of its own: a slice would keep the whole chunk of the report in memory from which it was cut. */
function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}
