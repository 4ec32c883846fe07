/** The next number in 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/** A well-mixed 32-bit number from three integers: the same three always give the same number. */
export function mix(seed: number, a: number, b: number): number {
  let h = scramble((seed ^ 0x9e3779b9) >>> 0);
  h = scramble((h + Math.imul(a, 0x85ebca6b)) >>> 0);
  return scramble((h ^ Math.imul(b, 0xc2b2ae35)) >>> 0);
}

/** A small generator (mulberry32) for one subject and one purpose, so that adding a draw here moves nothing there. */
export function randomOf(seed: number, subject: number, purpose: number): Random {
  let state = mix(seed, subject, purpose);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(random: Random, list: readonly [T, ...T[]]): T {
  return list[Math.floor(random() * list.length)] ?? list[0];
}

/** A whole number from `from` to `to`, both included. */
export function between(random: Random, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

/**
 * A GUID that carries `index` in its first eight digits, scrambled, so that half a million people can be found by
 * id without a table of ids in memory.
 */
export function guidOfIndex(seed: number, index: number): string {
  const first = scramble((index ^ mix(seed, 0, 7)) >>> 0);
  return guidFrom(first, mix(seed, index, 11), mix(seed, index, 12), mix(seed, index, 13));
}

/** The index inside a GUID made by `guidOfIndex`; undefined when it was not made by it for this seed. */
export function indexOfGuid(seed: number, guid: string): number | undefined {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(guid)) return undefined;
  const index = (unscramble(Number.parseInt(guid.slice(0, 8), 16)) ^ mix(seed, 0, 7)) >>> 0;
  return guidOfIndex(seed, index) === guid ? index : undefined;
}

/** A GUID for anything else that needs a stable one. */
export function guidFor(seed: number, subject: number, purpose: number): string {
  return guidFrom(
    mix(seed, subject, purpose),
    mix(seed, subject, purpose + 101),
    mix(seed, subject, purpose + 102),
    mix(seed, subject, purpose + 103),
  );
}

function guidFrom(a: number, b: number, c: number, d: number): string {
  const [p, q, r, s] = [hex8(a), hex8(b), hex8(c), hex8(d)];
  const variant = '89ab'[c >>> 30] ?? '8';
  return `${p}-${q.slice(0, 4)}-4${q.slice(4, 7)}-${variant}${r.slice(1, 4)}-${r.slice(4)}${s}`;
}

const BYTES: readonly string[] = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));

function hex8(n: number): string {
  return `${byte(n >>> 24)}${byte(n >>> 16)}${byte(n >>> 8)}${byte(n)}`;
}

function byte(n: number): string {
  return BYTES[n & 255] ?? '';
}

/** murmur3's finalizer: every input bit reaches every output bit, and it can be undone. */
function scramble(n: number): number {
  let h = n >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b) >>> 0;
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) >>> 0;
  return (h ^ (h >>> 16)) >>> 0;
}

function unscramble(n: number): number {
  let h = (n ^ (n >>> 16)) >>> 0;
  h = Math.imul(h, 0x7ed1b41d) >>> 0;
  h = (h ^ (h >>> 13) ^ (h >>> 26)) >>> 0;
  h = Math.imul(h, 0xa5cb9243) >>> 0;
  return (h ^ (h >>> 16)) >>> 0;
}
