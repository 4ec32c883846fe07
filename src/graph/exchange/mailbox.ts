import { z } from 'zod';
import type { UserId } from '../../audit/person.js';
import { networkFailure, unexpectedAnswer } from '../classify.js';
import type { MailboxState } from '../exchange-door.js';
import type { ChangeAnswer } from '../graph-door.js';
import { parseAnswer } from '../wire.js';
import { invoke } from './invoke.js';
import type { CmdletAnswer, ExchangeLine } from './invoke.js';

const MAILBOX = z.object({
  ExternalDirectoryObjectId: z.string().transform((id) => id.toLowerCase()),
  RecipientTypeDetails: z.string(),
  LitigationHoldEnabled: z.boolean(),
  InPlaceHolds: z.array(z.string()).nullable(),
  ComplianceTagHoldApplied: z.boolean().nullish(),
  DelayHoldApplied: z.boolean().nullish(),
  ArchiveStatus: z.string(),
  ArchiveGuid: z.string().nullish(),
});
type MailboxRow = z.output<typeof MAILBOX>;
const COLUMNS = Object.keys(MAILBOX.shape);

const STATISTICS = z.object({ TotalItemSize: z.string().nullish().catch(undefined) });

const TYPES: ReadonlyMap<string, MailboxState['type']> = new Map([
  ['UserMailbox', 'user'],
  ['SharedMailbox', 'shared'],
  ['RoomMailbox', 'room'],
  ['EquipmentMailbox', 'equipment'],
]);
const NO_ARCHIVE = '00000000-0000-0000-0000-000000000000';

/** What a mailbox is, what keeps its content, and how large it is. */
export async function readMailbox(line: ExchangeLine, userId: UserId): Promise<MailboxState | 'noMailbox'> {
  const row = await readRow(line, userId);
  if (row === undefined) return 'noMailbox';
  return {
    type: typeOf(row),
    litigationHold: row.LitigationHoldEnabled,
    inPlaceHolds: isHeld(row),
    hasArchive: row.ArchiveStatus === 'Active' || (row.ArchiveGuid ?? NO_ARCHIVE) !== NO_ARCHIVE,
    bytes: await readBytes(line, userId),
  };
}

const REFUSED: Readonly<Record<Extract<CmdletAnswer, { kind: 'refused' }>['why'], string>> = {
  noMailbox: 'There is no mailbox in Exchange Online.',
  masteredInAd: 'The mailbox is mastered in AD: change it there.',
  outOfScope: "The mailbox is outside of what the app's role in Exchange may change.",
};
const NO_PERSONS = 'The mailbox is that of a place or of an unusual kind, which is not converted.';

/**
 * Makes the mailbox of a person a shared one, or a shared one that of a person. It is looked at first; when that takes
 * long, nothing is changed, so that the change never lands after its caller's time is over.
 */
export async function convertMailbox(
  line: ExchangeLine,
  userId: UserId,
  to: 'shared' | 'user',
): Promise<ChangeAnswer> {
  const operation = 'exchange.convert';
  const { clock, requestTimeoutMs } = line.wire;
  const begun = clock.now().getTime();
  const row = await readRow(line, userId);
  const took = clock.now().getTime() - begun;
  // Less than nothing: the clock was put back, and nobody knows how long it took.
  if (took < 0 || took > requestTimeoutMs / 2)
    throw networkFailure(operation, undefined, 'looking at it first took too long');
  if (row === undefined) return { kind: 'refused', message: REFUSED.noMailbox };
  const type = typeOf(row);
  if (type === to) return { kind: 'unchanged' };
  if (type !== 'user' && type !== 'shared') return { kind: 'refused', message: NO_PERSONS };
  const answer = await invoke(line, {
    operation,
    name: 'Set-Mailbox',
    parameters: { Identity: userId, Type: to === 'shared' ? 'Shared' : 'Regular' },
  });
  return answer.kind === 'done' ? { kind: 'accepted' } : { kind: 'refused', message: REFUSED[answer.why] };
}

/** An identity may be many things to Exchange, so the row that comes has to be that of the person. */
async function readRow(line: ExchangeLine, userId: UserId): Promise<MailboxRow | undefined> {
  const operation = 'exchange.mailbox';
  const answer = await invoke(line, {
    operation,
    name: 'Get-Mailbox',
    parameters: { Identity: userId },
    select: COLUMNS,
  });
  if (answer.kind === 'refused') {
    // Only one answer says that there is none; a mailbox that may not be read is not one that is not there.
    if (answer.why === 'noMailbox') return undefined;
    throw unexpectedAnswer(operation, 'it does not let us read this mailbox');
  }
  const rows = parseAnswer(operation, z.array(MAILBOX), answer.rows, 'value');
  const [row] = rows;
  if (row === undefined || rows.length > 1 || row.ExternalDirectoryObjectId !== userId)
    throw unexpectedAnswer(operation, 'another mailbox than the one asked for was answered');
  return row;
}

function typeOf({ RecipientTypeDetails }: MailboxRow): MailboxState['type'] {
  return TYPES.get(RecipientTypeDetails) ?? 'other';
}

/** An entry with a minus in front says that a policy leaves this mailbox out. */
function isHeld(row: MailboxRow): boolean {
  const holds = (row.InPlaceHolds ?? []).filter((hold) => !hold.startsWith('-'));
  return holds.length > 0 || row.ComplianceTagHoldApplied === true || row.DelayHoldApplied === true;
}

/** A mailbox that nobody ever opened has no statistics. */
async function readBytes(line: ExchangeLine, userId: UserId): Promise<number | undefined> {
  const operation = 'exchange.mailboxStatistics';
  const answer = await invoke(line, {
    operation,
    name: 'Get-MailboxStatistics',
    parameters: { Identity: userId },
    select: Object.keys(STATISTICS.shape),
  });
  if (answer.kind === 'refused') return undefined;
  const [row] = parseAnswer(operation, z.array(STATISTICS), answer.rows, 'value');
  return bytesIn(row?.TotalItemSize ?? '');
}

/** `1.145 GB (1,229,401,088 bytes)`, with the separators of whatever language. */
function bytesIn(size: string): number | undefined {
  const digits = /\(([\d\s.,'’]+)bytes\)/i.exec(size)?.[1]?.replaceAll(/\D/g, '');
  return digits ? Number(digits) : undefined;
}
