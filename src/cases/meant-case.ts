import type { UserId } from '../audit/person.js';
import type { Case, CaseIn } from './case.js';
import type { CaseMatch } from './find-case.js';
import { takenIn } from './life.js';

/** What somebody wants to be done in a case. */
export type Wanted = 'undoAsked' | 'waived' | 'released' | 'vetoed' | 'reminderAsked';

/**
 * Which of a person's cases is meant where the person is named alone: the one in which what is wanted can be done, and
 * the newest where it can be done in none. A gift may stand beside a case that holds, and nothing is guessed. Pure.
 */
export function caseMeant(cases: readonly Case[], wanted: Wanted): CaseMatch {
  const possible = cases.filter((c) => canBeDone(c, wanted));
  // What waits for a waiver comes before what is only held.
  const waiting = possible.filter(({ state }) => wanted === 'waived' && state !== 'holding');
  const fits = waiting.length > 0 ? waiting : possible;
  const [only] = fits.length > 0 ? fits : newestFirst(cases);
  if (only === undefined) return { kind: 'none' };
  return fits.length > 1 ? { kind: 'several', cases: newestFirst(fits) } : { kind: 'one', case: only };
}

/** The same for somebody who wrote `text`, which is perhaps the id of the very case. Pure. */
export function caseMeantBy(text: string, userId: UserId, all: readonly Case[], wanted: Wanted): CaseMatch {
  const cases = all.filter((c) => c.userId === userId);
  const named = caseCalled(text, cases);
  return named === undefined ? caseMeant(cases, wanted) : { kind: 'one', case: named };
}

/** The case whose whole id a text is. Pure. */
export function caseCalled(text: string, cases: readonly Case[]): Case | undefined {
  const wanted = text.trim().toLowerCase();
  return cases.find(({ caseId }) => caseId.toLowerCase() === wanted);
}

export function newestFirst(cases: readonly Case[]): readonly Case[] {
  return cases.toSorted((a, b) => (a.openedAt > b.openedAt ? -1 : 1));
}

/** Whoever asks for an undo once more means the case that is being undone, and not another one. */
function canBeDone(c: Case, wanted: Wanted): boolean {
  if (wanted === 'waived' && c.state === 'holding') return hasToWaive(c);
  return takenIn(c.state).includes(wanted) || (wanted === 'undoAsked' && c.state === 'undoing');
}

/** Once its steps are done there are files to see to, or an account that goes. */
function hasToWaive({ deletes, decision }: CaseIn<'holding'>): boolean {
  return deletes === true || decision.files !== undefined;
}
