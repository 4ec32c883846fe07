import type { Day } from '../audit/day.js';

/**
 * Readers of fields for the big passes, where the schemas of wire-fields.ts cost more than everything else together.
 * They read what Graph usually writes, to the same values; anything else is `Unusual` and is left to the schema, which
 * reads it or says what is wrong with it.
 */
export class Unusual extends Error {
  override readonly name = 'Unusual';
}

export type PlainRecord = Readonly<Record<string, unknown>>;

/** The row by `read`; undefined when it is unusual. */
export function plainly<Row>(read: (row: PlainRecord) => Row, value: unknown): Row | undefined {
  try {
    return read(plainRecord(value));
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}

export function plainRecord(value: unknown): PlainRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unusual();
  return value as PlainRecord;
}

export function plainList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Unusual();
  return value;
}

export function plainName(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Unusual();
  return value;
}

/** An id of any kind, lower-cased. */
export function plainId<Id extends string>(value: unknown): Id {
  return plainName(value).toLowerCase() as Id;
}

export function plainText(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw new Unusual();
  return value;
}

const NO_IDS: readonly never[] = [];

/** The list itself where it needs no change: copies for everybody are what fills the memory. */
export function plainIds(value: unknown): readonly string[] {
  if (value === null || value === undefined) return NO_IDS;
  const ids = plainList(value);
  if (ids.length === 0) return NO_IDS;
  return ids.every((id) => typeof id === 'string' && id !== '' && id === id.toLowerCase())
    ? (ids as readonly string[])
    : ids.map((id) => plainId<string>(id));
}

const MS_PER_DAY = 86_400_000;
/** Year 1 means never. */
const YEAR_2 = Date.parse('0002-01-01T00:00:00Z');

/** Milliseconds since 1970; undefined: absent or never. */
export function plainInstant(value: unknown): number | undefined {
  const text = plainText(value);
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new Unusual();
  return at < YEAR_2 ? undefined : at;
}

export function plainDay(value: unknown): Day | undefined {
  const at = plainInstant(value);
  return at === undefined ? undefined : (Math.floor(at / MS_PER_DAY) as Day);
}
