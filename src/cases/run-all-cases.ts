import type { Store, Stored } from '../store/store.js';
import type { Case, CaseIn, StateName } from './case.js';

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

const IS_CASE = { field: 'kind', is: '=', value: 'case' } as const;
