import type { UserId } from '../../audit/person.js';
import type { Instant } from '../case.js';

/** Who of HR has still to be told how a case stands. */
export interface Telling {
  readonly since: Instant;
  /** Those who were told, or could not be. */
  readonly told: readonly UserId[];
  /** When a card to one of the others was tried first; absent in rows of earlier versions. */
  readonly triedSince?: Readonly<Record<UserId, Instant>>;
  /** Nobody was left at the last look: the next ones are for whoever comes to HR later. */
  readonly isAll?: true;
}

/** What HR was told of last, while the same is tried once more. */
export interface Told {
  readonly task: string;
  readonly tell: Telling;
}

/**
 * Who is to be told that something waits: nobody anew where it is the same task as before. What Graph says after a colon
 * may differ from time to time. Pure.
 */
export function tellingOf(task: string, before: Told | undefined, at: Instant): Telling {
  return before !== undefined && gistOf(before.task) === gistOf(task) ? before.tell : { since: at, told: [] };
}

function gistOf(task: string): string {
  return task.split(':', 1)[0] ?? '';
}
