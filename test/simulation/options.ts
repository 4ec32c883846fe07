/** What `npm run simulate` is asked for. */
export interface Options {
  readonly from: number;
  readonly seeds: number;
  /** Prints what happened, in sentences; of one seed. */
  readonly story: boolean;
  /** Every seed is lived through twice, and both lives have to be the same. */
  readonly twice: boolean;
  /** Names of planted mistakes to look for; empty: all; undefined: none. */
  readonly planted: readonly string[] | undefined;
  /** The seeds that see the planted mistakes are written down for the next search. */
  readonly remembers: boolean;
  readonly processes: number;
}

const USAGE = `npm run simulate -- [--seeds N] [--from S] [--twice] [--processes N]
npm run simulate -- --seed S [--story]
npm run simulate -- --planted [NAME,NAME] [--seeds N] [--remember]`;

/** @throws Error with how it is used */
export function readOptions(words: readonly string[]): Options {
  const given = new Map<string, string>();
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!/^--(seeds|from|seed|story|twice|planted|remember|processes)$/.test(word)) throw new Error(USAGE);
    const next = words[at + 1];
    const hasValue = next !== undefined && !next.startsWith('--');
    given.set(word.slice(2), hasValue ? next : '');
    if (hasValue) at += 1;
  }
  const seed = given.get('seed');
  const planted = given.get('planted');
  return {
    from: whole(seed ?? given.get('from') ?? '1'),
    seeds: seed === undefined ? whole(given.get('seeds') ?? (planted === undefined ? '200' : '1000')) : 1,
    story: given.has('story'),
    twice: given.has('twice'),
    planted: planted?.split(',').filter((name) => name !== ''),
    remembers: given.has('remember'),
    processes: whole(given.get('processes') ?? '2'),
  };
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(USAGE);
  return Number(text);
}
