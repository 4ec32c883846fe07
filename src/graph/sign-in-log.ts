import { z } from 'zod';
import type { UserId } from '../audit/person.js';
import { unexpectedAnswer } from './classify.js';
import type { SignInEvent, SignInLog } from './graph-door.js';
import { literal, withQuery } from './odata.js';
import { readPages } from './pages.js';
import { optionalInstant, optionalText, userId as anyUserId } from './wire-fields.js';
import type { Wire } from './wire.js';

const OPERATION = 'auditLogs.signIns.list';
/** Graph's cap for a page of the log. */
const LARGEST_PAGE = 1_000;
/** Graph advises to cut large queries by time, because they time out: ten days at once. */
const SLICE_MS = 10 * 86_400_000;

interface LogRow {
  readonly id: string;
  readonly userId: UserId;
  readonly event: SignInEvent;
}

const LOG_ROW = z
  .object({
    id: z.string().min(1),
    userId: anyUserId,
    createdDateTime: optionalInstant,
    appDisplayName: optionalText,
    clientAppUsed: optionalText,
    isInteractive: z.boolean().nullish(),
    status: z.object({ errorCode: z.number().int().nullish(), failureReason: optionalText }).nullish(),
    location: z.object({ city: optionalText, countryOrRegion: optionalText }).nullish(),
  })
  .transform((row): LogRow => ({
    id: row.id,
    userId: row.userId,
    event: {
      at: row.createdDateTime,
      app: row.appDisplayName,
      outcome: outcomeOf(row.status?.errorCode ?? undefined, row.status?.failureReason),
      clientApp: row.clientAppUsed,
      isInteractive: row.isInteractive ?? undefined,
      city: row.location?.city,
      country: row.location?.countryOrRegion,
    },
  }));

/** Successes have the code 0, and a reason that says nothing ("Other."). */
function outcomeOf(code: number | undefined, reason: string | undefined): SignInEvent['outcome'] {
  if (code === undefined) return undefined;
  return code === 0 ? { kind: 'success' } : { kind: 'failure', code, reason };
}

/** The newest `limit` entries of somebody's sign-in log since a moment, and whether there are more. */
export async function readSignInLogOf(
  wire: Wire,
  userId: UserId,
  since: Date,
  limit: number,
): Promise<SignInLog> {
  const found = new Map<string, SignInEvent>();
  for (const slice of slicesOf(since, wire.clock.now())) {
    for await (const rows of readPages(wire, listingOf(userId, slice, limit))) {
      for (const row of rows) if (isWanted(row, userId, since)) found.set(row.id, row.event);
      if (found.size > limit) return newestOf(found, limit);
    }
  }
  return newestOf(found, limit);
}

interface Slice {
  readonly from: Date;
  /** undefined: to the newest. */
  readonly until: Date | undefined;
}

/** The newest first. Their borders belong to both sides, since the log has no "before", and entries count once. */
function* slicesOf(since: Date, now: Date): Generator<Slice> {
  let until: Date | undefined;
  for (let end = now.getTime(); ; end -= SLICE_MS) {
    const from = new Date(Math.max(since.getTime(), end - SLICE_MS));
    yield { from, until };
    if (from.getTime() === since.getTime()) return;
    until = from;
  }
}

function listingOf(userId: UserId, { from, until }: Slice, limit: number) {
  const filter = [
    `userId eq ${literal(userId)}`,
    `createdDateTime ge ${from.toISOString()}`,
    ...(until === undefined ? [] : [`createdDateTime le ${until.toISOString()}`]),
  ].join(' and ');
  return {
    operation: OPERATION,
    // One more than wanted tells whether there are more.
    path: withQuery('/auditLogs/signIns', { $filter: filter, $top: Math.min(limit + 1, LARGEST_PAGE) }),
    row: LOG_ROW,
    keyOf: (row: LogRow) => row.id,
  } as const;
}

/** A filter that Graph did not honor must not show anybody else's sign-ins. */
function isWanted(row: LogRow, userId: UserId, since: Date): boolean {
  if (row.userId !== userId)
    throw unexpectedAnswer(OPERATION, 'it told of somebody else, so the filter was not honored');
  return row.event.at === undefined || row.event.at >= since;
}

function newestOf(found: ReadonlyMap<string, SignInEvent>, limit: number): SignInLog {
  const events = [...found.values()].toSorted((a, b) => timeOf(b) - timeOf(a));
  return { events: events.slice(0, limit), hasMore: events.length > limit };
}

/** Whoever has no date comes last. */
function timeOf({ at }: SignInEvent): number {
  return at?.getTime() ?? 0;
}
