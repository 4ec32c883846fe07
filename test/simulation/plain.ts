import type { Doc } from '../../src/store/store.js';

/**
 * A value as a trip through JSON would leave it, and so many characters. What is plain already is not copied: whoever
 * writes a document does not change it afterwards, and whoever reads it never does.
 */
export function plain(value: unknown, size: { characters: number }): unknown {
  if (typeof value === 'string') {
    size.characters += value.length;
    return value;
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return listed(value, size);
  return value instanceof Date ? value.toISOString() : members(value as Members, size);
}

/**
 * The same of a document. What it shares with the one before it was looked at when that was written, and is not counted
 * again.
 */
export function plainDocument(doc: Doc, before: Doc | undefined, size: { characters: number }): Doc {
  const all = doc as unknown as Members;
  const known = before as unknown as Members | undefined;
  let copy: Record<string, unknown> | undefined;
  for (const key in all) {
    const value = all[key];
    const kept = known !== undefined && known[key] === value ? value : plain(value, size);
    if (kept === value && value !== undefined) {
      if (copy !== undefined) copy[key] = kept;
      continue;
    }
    copy ??= untilKey(all, key);
    if (kept !== undefined) copy[key] = kept;
  }
  return copy === undefined ? doc : (copy as unknown as Doc);
}

/** What stands before a key: most documents are plain as they come, so that nothing is copied before it has to be. */
function untilKey(all: Members, end: string): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key in all) {
    if (key === end) break;
    copy[key] = all[key];
  }
  return copy;
}

type Members = Readonly<Record<string, unknown>>;

function listed(values: readonly unknown[], size: { characters: number }): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let at = 0; at < values.length; at += 1) {
    const one = plain(values[at], size) ?? null;
    if (one !== values[at]) copy ??= values.slice(0, at);
    copy?.push(one);
  }
  return copy ?? values;
}

function members(all: Members, size: { characters: number }): object {
  for (const key in all) {
    const value = all[key];
    if (value === undefined || plain(value, size) !== value) return copied(all, size);
  }
  return all;
}

function copied(all: Members, size: { characters: number }): object {
  const copy: Record<string, unknown> = {};
  for (const key in all) {
    const value = all[key];
    if (value !== undefined) copy[key] = plain(value, size);
  }
  return copy;
}
