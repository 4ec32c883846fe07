import type { Store, Stored } from '../store/store.js';
import type { UserId } from '../audit/person.js';
import type { Case, CaseIn, StateName } from './case.js';
import { isSealed } from './hr/sealed.js';
import { newestFirst } from './meant-case.js';

/** Every case of the store, sealed and erased ones too: who may see which is for the caller to say. */
export function everyCase({ store }: { readonly store: Store }): AsyncIterable<Stored<Case>> {
  return store.query<Case>({ container: 'cases', where: [IS_CASE] });
}

/** The same of one state. */
export function everyCaseIn<S extends StateName>(
  { store }: { readonly store: Store },
  state: S,
): AsyncIterable<Stored<CaseIn<S>>> {
  const where = [IS_CASE, { field: 'state', is: '=', value: state }] as const;
  return store.query<CaseIn<S>>({ container: 'cases', where });
}

/** A case that an admin has to see to. */
export type ForAdmins = CaseIn<'adminReview' | 'needsPerson'>;

/** What waits for any admin, decisions first. Nothing of HR's is in it. */
export async function everyCaseForAdmins(doors: { readonly store: Store }): Promise<readonly ForAdmins[]> {
  const cases: ForAdmins[] = [];
  for (const state of ['adminReview', 'needsPerson'] as const)
    for await (const { doc } of everyCaseIn(doors, state)) if (!isSealed(doc)) cases.push(doc);
  return cases;
}

/**
 * The person's cases that others than HR may know of, newest first, gifts included: whatever HR has, it is as if it were
 * not there.
 */
export async function unsealedOf(
  { store }: { readonly store: Store },
  userId: UserId,
): Promise<readonly Case[]> {
  const where = [IS_CASE, { field: 'userId', is: '=', value: userId }] as const;
  const found: Case[] = [];
  for await (const { doc } of store.query<Case>({ container: 'cases', where }))
    if (!isSealed(doc)) found.push(doc);
  return newestFirst(found);
}

const IS_CASE = { field: 'kind', is: '=', value: 'case' } as const;
