import type { Case } from './case.js';

/** Whoever is gone needs no cheaper license, and is told nothing. */
export const STILL_EMPLOYED: ReadonlySet<Case['scenario'] | undefined> = new Set([
  'neverSignedIn',
  'inactive',
  'unusedLicense',
]);
