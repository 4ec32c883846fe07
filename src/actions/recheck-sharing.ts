import { isWaived } from '../cases/answering/waiver.js';
import type { Case } from '../cases/case.js';
import { insideInWords, isBeyondShared, type MailboxUse } from '../cases/mailbox-use.js';
import { gigabytes, SHARED_ROOM } from '../spend/mailbox-room.js';
import { beyondRoom } from './beyond-room.js';
import type { LiveFacts } from './recheck.js';

/** Why a mailbox cannot do without a license even when it is shared, as a task. */
export interface NeedsLicense {
  /** `unknown`: perhaps it can, and nobody has looked. */
  readonly is: 'sure' | 'unknown';
  readonly task: string;
}

interface Loss extends Pick<Case, 'waivers'> {
  readonly isSealed: boolean;
}

type Inside = Pick<LiveFacts, 'exchange' | 'mailboxReport'>;

/**
 * Whether a shared mailbox would need a license (microsoft-graph.md 6): by Exchange or, where that may not be asked, by the
 * mailbox report, which knows of no hold. What is not known is never taken for little, so that a person looks and waives it
 * by name; undefined: it needs none, or that was waived. Pure; safety rule 7.
 */
export function needsLicense(of: Loss, { exchange, mailboxReport }: Inside): NeedsLicense | undefined {
  if (exchange === 'noMailbox' || isWaived(of, { of: 'mailbox' })) return undefined;
  const waive = of.isSealed ? WAIVE_IN_CHAT : WAIVE;
  if (exchange === 'noDoor') {
    const inside = mailboxReport === undefined ? NOT_KNOWN : byReport(mailboxReport);
    return mailboxReport !== undefined && isBeyondShared(mailboxReport)
      ? { is: 'sure', task: `${inside} ${SO_IT_NEEDS} ${MAKE_ROOM} ${waive}` }
      : { is: 'unknown', task: `${inside} ${AT_MOST} ${waive}` };
  }
  const bytes = exchange.bytes ?? mailboxReport?.bytes;
  const beyond = beyondRoom({ ...exchange, bytes }, SHARED_ROOM);
  if (beyond !== undefined) {
    const task = `The mailbox ${beyond}, so it needs an Exchange Online Plan 2 license even when it is shared.`;
    return { is: 'sure', task: `${task} ${MAKE_ROOM} ${waive}` };
  }
  return bytes === undefined ? { is: 'unknown', task: `${SIZE_NOT_READ} ${waive}` } : undefined;
}

function byReport(use: MailboxUse): string {
  return `By the mailbox report of ${use.asOf} it ${insideInWords(use)}.`;
}

const NOT_KNOWN = 'How much is in it is not known here.';
const SO_IT_NEEDS = 'So the mailbox needs an Exchange Online Plan 2 license even when it is shared.';
const AT_MOST = `Without a license a shared mailbox may hold at most ${gigabytes(SHARED_ROOM)} GB, have no archive and be on no hold: look in Exchange whether that is so.`;
const SIZE_NOT_READ = `How much is in the mailbox could not be read, and without a license a shared mailbox may hold at most ${gigabytes(SHARED_ROOM)} GB: look in Exchange.`;
const MAKE_ROOM = 'Make room in Exchange, or undo.';
const WAIVE =
  'The license goes once an administrator has waived that for this person: `steward waive USER mailbox --reason TEXT`.';
export const WAIVE_IN_CHAT =
  'The license goes once somebody of HR has waived that in the chat: `waive mailbox for NAME because TEXT`.';
