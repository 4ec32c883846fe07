import { spentSeats } from '../cases/campaign/held-seats.js';
import { isHeldAgainst, readHeldSeats } from '../cases/campaign/run-held-seats.js';
import type { Case } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import type { Before, CaseStep, StepLicense } from '../cases/step.js';
import { licensesOf } from './licenses.js';
import { lackedBy } from './receiver.js';
import { stepAt, type WithSteps } from './run-step-moves.js';
import { seatsLeft } from './seats.js';

/** Microsoft has refused it, so that the seat was never used. */
function isNotGiven(c: Case, { progress }: CaseStep): boolean {
  return 'notGiven' in c && c.notGiven !== undefined && progress.is === 'intended';
}

/**
 * What the undo of a step cannot give back now, because its seat was given on and no other one is free that no undo of
 * another case may need (safety rule 6).
 * @throws GraphFailure
 */
export async function lacksSeat(
  doors: Pick<Doors, 'graph' | 'store' | 'heldSeats'>,
  c: Case & WithSteps,
  index: number,
  before: Before,
): Promise<readonly StepLicense[]> {
  const { step } = stepAt(c, index);
  const given = spentSeats(c.steps.filter((each) => !isNotGiven(c, each)));
  const spent = licensesOf(before).licenses.filter(({ skuId }) => given.has(skuId));
  if (spent.length === 0 || step.kind === 'assignLicenses') return [];
  const { graph } = doors;
  const [person, skus, heldSeats] = await Promise.all([
    graph.person(step.userId),
    graph.skus(),
    readHeldSeats(doors, (held) => isHeldAgainst(c, held)),
  ]);
  const lacked = person === undefined ? [] : lackedBy(person, spent);
  return lacked.filter(({ skuId }) => seatsLeft({ skus, heldSeats }, skuId) < 1);
}
