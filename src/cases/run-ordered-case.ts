import type { UserId } from '../audit/person.js';
import type { Stored } from '../store/store.js';
import { unsealedOf } from './run-all-cases.js';
import type { Case, CaseId, Instant } from './case.js';
import type { CaseOrdered } from './command.js';
import type { Doors } from './doors.js';
import { isSealed } from './hr/sealed.js';
import { caseMeant, type Wanted } from './meant-case.js';

/**
 * The case that an order is about. HR's are not for a terminal, which knows nobody: there it is as if they were not there.
 * @param askedAt what came later was not meant
 * @returns `several` where it does not say which one; nothing is guessed
 */
export async function orderedCase(
  doors: Pick<Doors, 'store'>,
  { userId, caseId }: CaseOrdered,
  wanted: Wanted,
  askedAt: Instant,
): Promise<Stored<Case> | 'several' | undefined> {
  if (caseId !== undefined) return unsealed(doors, userId, caseId);
  const cases = await unsealedOf(doors, userId);
  const meant = caseMeant(
    cases.filter(({ openedAt }) => openedAt <= askedAt),
    wanted,
  );
  if (meant.kind === 'several') return 'several';
  return meant.kind === 'one' ? unsealed(doors, userId, meant.case.caseId) : undefined;
}

async function unsealed(
  { store }: Pick<Doors, 'store'>,
  userId: UserId,
  caseId: CaseId,
): Promise<Stored<Case> | undefined> {
  const stored = await store.read<Case>('cases', caseId, caseId);
  const isTheirs = stored?.doc.kind === 'case' && stored.doc.userId === userId;
  return isTheirs && !isSealed(stored.doc) ? stored : undefined;
}

export const NO_CASE = 'There is no case about this person.';
export const SEVERAL_CASES =
  'Several cases about this person fit, and nothing was done: order it once more with the id of one of them.';
