import { GraphFailure } from '../../graph/graph-failure.js';
import type { Case, CaseId } from '../case.js';
import type { Doors } from '../doors.js';
import { isSealed } from '../hr/sealed.js';
import { needsOtherOwners, ownedAlone } from '../owned-alone.js';
import { casesIn } from './run-digest.js';

type OwnedDoors = Pick<Doors, 'graph' | 'policy' | 'log'>;

/**
 * A case with what its person alone owns now, for the card that is about to be drawn from it. Where that cannot be read the
 * card says that it is not known: no question waits for it, and it is looked at again before the first step.
 */
export async function withOwned<C extends Case>(doors: OwnedDoors, c: C): Promise<C> {
  return { ...c, ...(await readOwned(doors, c)) };
}

/** The same of the cases of one message, at once: whoever sends it holds them for a few minutes only. */
export async function ownedIn(
  doors: OwnedDoors & Pick<Doors, 'store'>,
  caseIds: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, Owned>> {
  // What has become one of HR's is asked of nobody here, and the log must not tell of it.
  const questions = (await casesIn(doors, caseIds)).filter((c) => c.state !== 'scheduled' && !isSealed(c));
  return new Map(
    await Promise.all(questions.map(async (c) => [c.caseId, await readOwned(doors, c)] as const)),
  );
}

type Owned = Pick<Case, 'owned'>;

/** Nothing where it stands in the way of nothing. */
async function readOwned({ graph, policy, log }: OwnedDoors, c: Case): Promise<Owned> {
  if (!needsOtherOwners(c, policy)) return {};
  try {
    return { owned: ownedAlone(c, await graph.ownedThings(c.userId)) };
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    const { caseId } = c;
    log.warn('Whether a person is the only owner of something could not be read.', {
      caseId,
      failure: error.kind,
    });
    // What an earlier card has named is worth more than nothing.
    return c.owned?.is === 'known' ? {} : { owned: { is: 'unknown' } };
  }
}
