import type { Finding } from '../audit/finding.js';
import type { GroupId, UserId } from '../audit/person.js';
import type { ChatProtection } from '../audit/protection/chat-protection.js';
import type { Case, Instant, Subject } from '../cases/case.js';
import type { HistoryLine } from './read-model.js';

/**
 * All that an admin may know of one person, in one place. It is made of what admins get one by one: of the lists of the
 * latest audit, of cases that are not HR's, of what admins said in chat. Whoever is in none of them has no page (safety
 * rule 3).
 */
export interface PersonPage {
  readonly userId: UserId;
  readonly subject: Subject;
  /** When the latest audit had ended; undefined: none has yet. */
  readonly auditedAt: Instant | undefined;
  /** What that audit found; undefined: it has them in no list that admins see. */
  readonly finding: Finding | undefined;
  readonly groupNames: ReadonlyMap<GroupId, string>;
  /** The one that is open, else the newest that is over; undefined: there was none. */
  readonly case: Case | undefined;
  /** Beside it. */
  readonly otherCases: number;
  /** Who has the question, or gets it next; undefined: nobody, or the name could not be read. */
  readonly askedOf: string | undefined;
  /** Of that case, oldest first. */
  readonly history: readonly HistoryLine[];
  readonly protection: ChatProtection | undefined;
  /** It is about whoever reads it, who decides nothing about themself. */
  readonly isReaders: boolean;
  /** Whoever reads it has the question, so that there is nobody else to remind. */
  readonly isAskedOfReader: boolean;
}
