import { ChangedMeanwhile, type Stored } from '../../store/store.js';
import type { Case, CaseId } from '../case.js';
import type { Doors } from '../doors.js';

const TRIES = 5;

/**
 * Does something with a case as it stands now, and looks anew where somebody else wrote it at the same moment.
 * @returns undefined where there is no such case, too
 */
export async function forCase<T>(
  doors: Pick<Doors, 'store'>,
  caseId: CaseId,
  act: (stored: Stored<Case>) => Promise<T>,
): Promise<T | undefined> {
  for (let tried = 1; ; tried += 1) {
    const stored = await doors.store.read<Case>('cases', caseId, caseId);
    if (stored?.doc.kind !== 'case') return undefined;
    try {
      return await act(stored);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile) || tried >= TRIES) throw error;
    }
  }
}
