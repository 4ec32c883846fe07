import type { UserId } from '../../audit/person.js';
import { lossCautions, policyCautions, reviewerCautions } from '../../config/policy-cautions.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import { nameOf } from '../../telemetry/error-words.js';
import type { Doors } from '../doors.js';
import { reviewersOf } from './run-reviewers.js';

type CautionDoors = Pick<Doors, 'graph' | 'policy' | 'rolesOf' | 'log'>;

/** Nobody has this id, so that nobody is left out. */
const NOBODY = '00000000-0000-0000-0000-000000000000' as UserId;

/** What whoever runs the service should know of the policy, in sentences. Of cases nothing is read. */
export async function readCautions(doors: CautionDoors): Promise<readonly string[]> {
  return [...(await ofRoles(doors)), ...lossCautions(doors.policy)];
}

async function ofRoles(doors: CautionDoors): Promise<readonly string[]> {
  const { policy } = doors;
  if (policy.roles.hr.length === 0) return policyCautions(policy);
  try {
    const reviewers = await reviewersOf(doors, NOBODY);
    return reviewerCautions(reviewers.length, policy);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return [`Whom roles.hr names could not be read. ${error.message}`];
  }
}

/** At the start of a service. Never rejects. */
export async function warnOfCautions(doors: CautionDoors): Promise<void> {
  try {
    for (const why of await readCautions(doors))
      doors.log.warn('The policy says something that you should know of.', { why });
  } catch (error) {
    doors.log.warn('Whom the policy names was not checked.', { error: nameOf(error) });
  }
}
