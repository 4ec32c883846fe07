import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** One sequence of chances. The same seed and name give the same sequence, whatever other sequences are used. */
export interface Chance {
  /** 0 <= x < 1 */
  fraction(): number;
  /** true in `share` of all times; never for 0. */
  happens(share: number): boolean;
  /** A whole number, both ends inclusive. */
  whole(from: number, to: number): number;
  /** A whole number around `mean`: short waits are the most frequent, and some are long. */
  around(mean: number): number;
  pick<T>(items: readonly T[]): T;
  /** So many hexadecimal digits. */
  hex(digits: number): string;
}

/** What the sequences are for, so that one more throw in one of them leaves the others alone. */
const NAMES = [
  'world',
  'people',
  'faults',
  'latency',
  'product',
  'moments',
  'tenant',
  'deletions',
  'approvals',
  'retention',
  'sources',
  'deliveries',
  'seats',
  'files',
  'parking',
  'receivers',
  'sharing',
  'plans',
  'passedOn',
] as const;
export type ChanceName = (typeof NAMES)[number];

/** Seeds that differ by little have nothing in common: the generator itself carries on what its states share. */
export function chancesOf(seed: number): Readonly<Record<ChanceName, Chance>> {
  const entries = NAMES.map((name) => [name, chance(generatorOf(`${seed} ${name}`))] as const);
  return Object.fromEntries(entries) as Record<ChanceName, Chance>;
}

function generatorOf(text: string): Generator {
  const digest = createHash('sha256').update(text).digest();
  return xoroshiro128plusFromState([0, 4, 8, 12].map((at) => digest.readInt32LE(at)));
}

type Generator = ReturnType<typeof xoroshiro128plusFromState>;

function chance(source: Generator): Chance {
  const fraction = (): number => (source.next() >>> 0) / 2 ** 32;
  const whole = (from: number, to: number): number => uniformInt(source, from, to);
  return {
    fraction,
    whole,
    happens: (share) => share > 0 && fraction() < share,
    around: (mean) => Math.round(-Math.log(1 - fraction()) * mean),
    pick: (items) => {
      if (items.length === 0) throw new RangeError('There is nothing to pick from.');
      return items[whole(0, items.length - 1)] as (typeof items)[number];
    },
    hex: (digits) => {
      let text = '';
      while (text.length < digits) text += (source.next() >>> 0).toString(16).padStart(8, '0');
      return text.slice(0, digits);
    },
  };
}
