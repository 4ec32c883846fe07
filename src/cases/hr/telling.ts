import type { UserId } from '../../audit/person.js';
import type { Instant } from '../case.js';

/** Who of HR has still to be told how a case stands. */
export interface Telling {
  readonly since: Instant;
  /** Those who were told, or could not be. */
  readonly told: readonly UserId[];
  /** When a card to one of the others was tried first; absent in rows of earlier versions. */
  readonly triedSince?: Readonly<Record<UserId, Instant>>;
}
