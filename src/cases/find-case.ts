import { nameKey } from '../audit/name-key.js';
import { isObjectId } from '../audit/object-id.js';
import type { Case } from './case.js';
import { exactNames, namedIn } from './named.js';

export type CaseMatch =
  | { readonly kind: 'one'; readonly case: Case }
  | { readonly kind: 'several'; readonly cases: readonly Case[] }
  | { readonly kind: 'none' };

/**
 * The person's newest case by object id, case id, user principal name or the start of the name; case does not matter.
 * An exact hit wins over the start of other names, and an object id means nobody else. Pure.
 */
export function findCase(cases: readonly Case[], text: string): CaseMatch {
  const wanted = nameKey(text);
  if (wanted === '') return { kind: 'none' };
  if (isObjectId(wanted)) {
    const [newest] = newestPerPerson(cases.filter((c) => c.userId === wanted || c.caseId === wanted));
    return newest === undefined ? { kind: 'none' } : { kind: 'one', case: newest };
  }
  const exact = newestPerPerson(cases.filter((c) => keys(c).includes(wanted)));
  const found =
    exact.length > 0
      ? exact
      : newestPerPerson(cases.filter((c) => keys(c).some((key) => key.startsWith(wanted))));
  const [only] = found;
  if (only === undefined) return { kind: 'none' };
  return found.length === 1 ? { kind: 'one', case: only } : { kind: 'several', cases: found };
}

function keys(c: Case): readonly string[] {
  return [c.caseId, ...exactNames(namedIn(c))];
}

function newestPerPerson(cases: readonly Case[]): readonly Case[] {
  const newest = new Map<string, Case>();
  for (const c of cases) {
    const other = newest.get(c.userId);
    if (other === undefined || other.openedAt < c.openedAt) newest.set(c.userId, c);
  }
  return [...newest.values()];
}
