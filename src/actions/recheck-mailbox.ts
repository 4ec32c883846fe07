import type { Sku } from '../audit/person.js';
import type { Case, CaseLicense } from '../cases/case.js';
import type { StepLicense } from '../cases/step.js';
import { isWaived } from '../cases/answering/waiver.js';
import type { Policy } from '../config/policy.js';
import type { MailboxState } from '../graph/exchange-door.js';
import {
  gigabytes,
  isAsWide,
  mostUnder,
  roomRules,
  roomUnder,
  widest,
  type MailboxRoom,
} from '../spend/mailbox-room.js';
import { productName } from '../spend/product-names.js';
import { mailboxIsSafe } from './plan.js';
import type { LiveFacts, Recheck } from './recheck.js';

/** Licenses with a mailbox that are about to go, and what is given instead. */
interface MailboxLoss extends Pick<Case, 'waivers'> {
  readonly going: readonly Pick<CaseLicense, 'skuId'>[];
  readonly gives: readonly Pick<StepLicense, 'skuId'>[];
}

type Live = Pick<LiveFacts, 'mailbox' | 'exchange' | 'skus'>;

/**
 * What stands against the license of a mailbox going: it is not shared yet, or what is given instead has no room for all
 * that is in it. undefined: nothing. Pure; safety rule 7.
 */
export function againstMailbox(loss: MailboxLoss, live: Live, policy: Policy): Recheck | undefined {
  if (mailboxIsSafe(live.mailbox, policy)) return undefined;
  const under = standIn(loss.gives, live.skus, policy);
  if (under === undefined) return MAILBOX_FIRST;
  if (isWaived(loss, { of: 'mailbox' }) || !isNarrower(under.room, loss.going, live.skus)) return undefined;
  const task = doesNotFit(under, live.exchange);
  return task === undefined ? undefined : { kind: 'blocked', task };
}

/**
 * Whether Exchange has to be asked what is in the mailbox, because there is less room under what is given instead. Pure.
 */
export function asksWhatIsInside(
  { going, gives }: Pick<MailboxLoss, 'going' | 'gives'>,
  skus: readonly Sku[],
  policy: Policy,
): boolean {
  if (policy.reclaim.mailbox === 'waive') return false;
  const under = standIn(gives, skus, policy);
  return under !== undefined && isNarrower(under.room, going, skus);
}

interface StandIn {
  readonly sku: Sku;
  readonly room: MailboxRoom;
}

/** Of what is given instead, what has the most room for a mailbox. */
function standIn(gives: MailboxLoss['gives'], skus: readonly Sku[], policy: Policy): StandIn | undefined {
  const found = skus.flatMap((sku) => {
    const room = gives.some(({ skuId }) => skuId === sku.skuId)
      ? roomUnder(sku, roomRules(policy.reclaim))
      : undefined;
    return room === undefined ? [] : [{ sku, room }];
  });
  const [first, ...others] = found;
  return (
    first && others.reduce((best, each) => (widest(best.room, each.room) === each.room ? each : best), first)
  );
}

function isNarrower(room: MailboxRoom, going: MailboxLoss['going'], skus: readonly Sku[]): boolean {
  return going.some(({ skuId }) => !isAsWide(room, mostUnder(skus.find((sku) => sku.skuId === skuId))));
}

function doesNotFit({ sku, room }: StandIn, exchange: LiveFacts['exchange']): string | undefined {
  if (exchange === 'noMailbox') return undefined;
  const name = productName(sku);
  if (exchange === 'noDoor')
    return room.hold
      ? `What is in the mailbox could not be read, and under ${name} it may hold at most ${gigabytes(room)} GB: look in Exchange, then waive it for this person (\`steward waive USER mailbox --reason TEXT\`).`
      : `What is in the mailbox could not be read, and under ${name} it may hold at most ${gigabytes(room)} GB, no archive, and be on no hold: look in Exchange, then waive it for this person (\`steward waive USER mailbox --reason TEXT\`).`;
  const beyond = beyondRoom(exchange, room);
  if (beyond !== undefined)
    return `The mailbox ${beyond}, for which there is no room under ${name}: make room in Exchange, undo, or waive it for this person (\`steward waive USER mailbox --reason TEXT\`).`;
  return exchange.bytes === undefined
    ? `How much is in the mailbox could not be read, and under ${name} it may be at most ${gigabytes(room)} GB: look in Exchange, then waive it for this person (\`steward waive USER mailbox --reason TEXT\`).`
    : undefined;
}

/** What there is no room for in a mailbox, as the rest of a sentence; undefined: nothing that is known. Pure. */
export function beyondRoom(
  { litigationHold, inPlaceHolds, hasArchive, bytes }: MailboxState,
  room: MailboxRoom,
): string | undefined {
  const beyond = [
    ...((litigationHold || inPlaceHolds) && !room.hold ? ['is on hold'] : []),
    ...(hasArchive && !room.archive ? ['has an archive'] : []),
    ...(bytes !== undefined && bytes > room.bytes ? [`holds more than ${gigabytes(room)} GB`] : []),
  ];
  return beyond.length === 0 ? undefined : beyond.join(' and ');
}

const MAILBOX_FIRST: Recheck = {
  kind: 'blocked',
  task: 'Convert the mailbox to a shared mailbox first, then the license can go.',
};
