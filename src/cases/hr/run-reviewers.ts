import type { UserId } from '../../audit/person.js';
import type { PersonRef } from '../case.js';
import { holdersOf, type HolderDoors } from '../run-holders.js';

/**
 * Everybody of HR who can look at a case about somebody, by id. Nobody looks at a case about themself.
 * @param except who is not asked about, and left out
 * @throws GraphFailure
 */
export async function reviewersOf(
  doors: HolderDoors,
  subject: UserId,
  except: readonly UserId[] = [],
): Promise<readonly PersonRef[]> {
  return holdersOf(doors, 'hr', [...except, subject]);
}
