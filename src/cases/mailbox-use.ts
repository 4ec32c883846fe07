import { isoDay } from '../audit/day.js';
import type { Finding } from '../audit/finding.js';
import { gigabytesUp, SHARED_ROOM } from '../spend/mailbox-room.js';

/** What the mailbox report of a day said of a mailbox. What is absent is not known, which is not 0 and not none. */
export interface MailboxUse {
  /** `YYYY-MM-DD` */
  readonly asOf: string;
  readonly bytes?: number;
  readonly hasArchive?: boolean;
}

/** What an audit knows of what is in somebody's mailbox; undefined: nothing. Pure. */
export function mailboxUseOf({ evidence }: Pick<Finding, 'evidence'>): MailboxUse | undefined {
  const { mailStorage, hasArchive, mailboxesRefreshed } = evidence.details;
  if (mailboxesRefreshed === undefined || (mailStorage === undefined && hasArchive === undefined))
    return undefined;
  return {
    asOf: isoDay(mailboxesRefreshed),
    ...(mailStorage === undefined ? {} : { bytes: mailStorage }),
    ...(hasArchive === undefined ? {} : { hasArchive }),
  };
}

/** The same where it is new enough to act by; undefined: nobody knows any more. Pure. */
export function stillNew(use: MailboxUse | undefined, mostAgeMs: number, now: Date): MailboxUse | undefined {
  return use !== undefined && now.getTime() - Date.parse(use.asOf) <= mostAgeMs ? use : undefined;
}

/**
 * What is known of a mailbox, as the rest of a sentence of which it is the subject: `holds 3 GB and has no archive`. Whole
 * gigabytes are rounded up. Pure.
 */
export function insideInWords({ bytes, hasArchive }: Omit<MailboxUse, 'asOf'>): string {
  const size = bytes === undefined ? [] : [`holds ${gigabytesUp(bytes)} GB`];
  const archive = hasArchive === undefined ? [] : [hasArchive ? 'has an archive' : 'has no archive'];
  return [...size, ...archive].join(' and ');
}

/** true: it needs a license even when it is shared, whatever else is in it. Pure. */
export function isBeyondShared({ bytes, hasArchive }: Omit<MailboxUse, 'asOf'>): boolean {
  return hasArchive === true || (bytes !== undefined && bytes > SHARED_ROOM.bytes);
}
