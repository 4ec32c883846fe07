import type { BackTest } from '../audit/back-test/back-test.js';
import type { Finding } from '../audit/finding.js';
import type { Unproven } from '../audit/licenses/unproven.js';
import type { GroupId, UserId } from '../audit/person.js';
import type { ChatProtection } from '../audit/protection/chat-protection.js';
import type { Case, CaseId } from '../cases/case.js';
import type { Reader } from '../cards/dates.js';
import type { PersonDeliveries } from '../cases/asking/deliveries.js';
import type { NamedMatch } from '../cases/named.js';
import type { OwnRecord } from './own-record.js';
import type { ListedSubject } from './query/query.js';
import type { Row } from './query/rows.js';
import type { Vocabulary } from './query/vocabulary.js';

/** The figures of one audit run, as chat, cards and the terminal show them. */
export interface RunFigures {
  readonly runId: string;
  /** ISO 8601. */
  readonly finishedAt: string;
  /** `YYYY-MM-DD`; undefined when no usage report could be used. */
  readonly reportRefreshed: string | undefined;
  readonly people: number;
  readonly licenses: number;
  readonly active: number;
  readonly inactive: number;
  readonly unknown: number;
  readonly protected: number;
  readonly guests: number;
}

/** The people of one audit run whom admins may see, in short, and the words in which they can be asked about. */
export interface AuditRows {
  readonly run: RunFigures;
  readonly rows: readonly Row[];
  readonly vocabulary: Vocabulary;
  /** Of whom there are too many to answer in a chat. */
  readonly tooMany: ReadonlySet<ListedSubject>;
  /** Products of which nobody can be said to have never used them: unknown is not the same as nobody. */
  readonly unproven: readonly Unproven[];
}

/** One line of a case's history in words, oldest first. */
export interface HistoryLine {
  /** As stored: `asked`, `passedOn`. */
  readonly type: string;
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
}

/** Who reads a history: somebody, or HR in its own lane. */
export type HistoryEyes = UserId | 'hr';

/** Somebody whom a name may mean. */
export type PersonMatch =
  | ({ readonly kind: 'one' } & NamedMatch)
  | { readonly kind: 'several'; readonly names: readonly NamedMatch[] }
  | { readonly kind: 'none' };

/**
 * What the chat may read, already cut to what the asker may see: nobody but HR sees executives or leave.
 * Implemented over the store.
 */
export interface ReadModel {
  /** undefined before the first audit. */
  latestAudit(): Promise<AuditRows | undefined>;
  /** What the latest audit found about somebody of its rows; undefined: nothing, or nothing for the asker's eyes. */
  findingOf(userId: UserId): Promise<Finding | undefined>;
  /** What there is about whoever asks; `asker` is never somebody else. */
  ownRecord(asker: UserId): Promise<OwnRecord>;
  /** Every case that is not HR's, newest first. */
  unsealedCases(): Promise<readonly Case[]>;
  /** The asker's question before, in words; undefined when there was none lately. */
  lastQuestion(asker: UserId): Promise<string | undefined>;
  /** Thresholds on the evidence of the latest run; undefined when none was kept yet. */
  backTest(thresholds: readonly number[]): Promise<BackTest | undefined>;
  /**
   * By object id, UPN, mail or the start of the display name; the same whether there is a case about the asker or not.
   * @param among `cases`: whoever has one is meant before those who are only in the newest audit; `everybody`: they are not
   */
  findPerson(text: string, among: 'cases' | 'everybody', asker: UserId): Promise<PersonMatch>;
  /** The person's cases, newest first. */
  casesOf(userId: UserId): Promise<readonly Case[]>;
  /** Cases that wait for any admin, to decide or with a task to do; most expensive first. */
  forAdmins(): Promise<readonly Case[]>;
  /** What became of the messages to each person asked; those who could not be reached first. */
  deliveries(): Promise<readonly PersonDeliveries[]>;
  /** The accounts that an address means: a user principal name, a mail address or the start of one. */
  addressed(address: string): Promise<readonly UserId[]>;
  historyOf(caseId: CaseId, reader: Reader, eyes: HistoryEyes): Promise<readonly HistoryLine[]>;
  /** Names of groups; those that cannot be read just now are absent. */
  groupNames(groupIds: readonly GroupId[]): Promise<ReadonlyMap<GroupId, string>>;
  /** Somebody's name; undefined: it cannot be read just now, or nobody has this id. */
  nameOf(userId: UserId): Promise<string | undefined>;
  /** Of today; what an admin said in chat, which admins may list as well. */
  protectionOf(userId: UserId): Promise<ChatProtection | undefined>;
}
