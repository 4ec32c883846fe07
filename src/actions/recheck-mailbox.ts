import type { Sku } from '../audit/person.js';
import type { Case, CaseLicense } from '../cases/case.js';
import type { StepLicense } from '../cases/step.js';
import { isWaived } from '../cases/answering/waiver.js';
import type { Policy } from '../config/policy.js';
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
import { beyondRoom } from './beyond-room.js';
import { mailboxIsSafe } from './plan.js';
import type { LiveFacts, Recheck } from './recheck.js';
import { needsLicense, WAIVE_IN_CHAT } from './recheck-sharing.js';

/** Licenses with a mailbox that are about to go, and what is given instead. */
interface MailboxLoss extends Pick<Case, 'waivers'> {
  readonly going: readonly Pick<CaseLicense, 'skuId'>[];
  readonly gives: readonly Pick<StepLicense, 'skuId'>[];
  /** A case of HR, in which HR alone waives what is in the mailbox. */
  readonly isSealed: boolean;
}

type Live = Pick<LiveFacts, 'mailbox' | 'mailboxReport' | 'exchange' | 'skus'>;

/**
 * What stands against the license of a mailbox going: it is not shared yet, or would need a license even so, or what is given
 * instead has no room for all that is in it. That is accepted by nobody but whoever waives it for the person: `reclaim.mailbox: waive` is about
 * mailboxes that go, and says nothing of one that lives on. undefined: nothing. Pure; safety rule 7.
 */
export function againstMailbox(loss: MailboxLoss, live: Live, policy: Policy): Recheck | undefined {
  const under = standIn(loss.gives, live.skus, policy);
  if (under === undefined) {
    if (!mailboxIsSafe(live.mailbox, policy)) return MAILBOX_FIRST;
    return isLeftShared(live, policy) ? againstShared(loss, live) : undefined;
  }
  if (!isInQuestion(under, loss, live)) return undefined;
  const task = doesNotFit(under, live.exchange, loss.isSealed);
  return task === undefined ? undefined : { kind: 'blocked', task };
}

/** A mailbox that is to do without a license, as what no policy has given up. */
function isLeftShared({ mailbox }: Pick<Live, 'mailbox'>, { reclaim }: Policy): boolean {
  return mailbox === 'shared' && reclaim.mailbox === 'convert';
}

/** Whoever made it a shared one may have done so without a look. */
function againstShared(loss: MailboxLoss, { exchange, mailboxReport }: Live): Recheck | undefined {
  const needs = needsLicense(loss, { exchange, mailboxReport });
  if (needs === undefined) return undefined;
  const isUnseen = needs.is === 'unknown' && exchange === 'noDoor';
  return { kind: 'blocked', task: isUnseen ? `${IS_SHARED} ${needs.task}` : needs.task };
}

const IS_SHARED = 'The mailbox is a shared one by now.';

/**
 * Whether Exchange has to be asked what is in the mailbox, because it is to do without a license, or there is less room under
 * what is given instead. Pure.
 */
export function asksWhatIsInside(
  loss: Pick<MailboxLoss, 'going' | 'gives' | 'waivers'>,
  { mailbox, skus }: Pick<Live, 'mailbox' | 'skus'>,
  policy: Policy,
): boolean {
  const under = standIn(loss.gives, skus, policy);
  if (under === undefined) return isLeftShared({ mailbox }, policy) && !isWaived(loss, { of: 'mailbox' });
  return isInQuestion(under, loss, { mailbox, skus });
}

/** There is less room than before, and something that may not fit. */
function isInQuestion(
  { room }: StandIn,
  loss: Pick<MailboxLoss, 'going' | 'waivers'>,
  { mailbox, skus }: Pick<Live, 'mailbox' | 'skus'>,
): boolean {
  const isThere = mailbox !== 'shared' && mailbox !== 'noMailbox';
  return isThere && !isWaived(loss, { of: 'mailbox' }) && isNarrower(room, loss.going, skus);
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
  return going.some(({ skuId }) => {
    const before = mostUnder(skus.find((sku) => sku.skuId === skuId));
    return before !== undefined && !isAsWide(room, before);
  });
}

function doesNotFit(
  { sku, room }: StandIn,
  exchange: LiveFacts['exchange'],
  isSealed: boolean,
): string | undefined {
  if (exchange === 'noMailbox') return undefined;
  const name = productName(sku);
  if (exchange === 'noDoor') {
    if (isSealed)
      return `What is in the mailbox could not be read, so that nobody knows whether there is room for it under ${name}: permit the app to read it in Exchange, or undo. ${WAIVE_IN_CHAT}`;
    return room.hold
      ? `What is in the mailbox could not be read, and under ${name} it may hold at most ${gigabytes(room)} GB: look in Exchange, then waive it for this person (\`steward waive USER mailbox --reason TEXT\`).`
      : `What is in the mailbox could not be read, and under ${name} it may hold at most ${gigabytes(room)} GB, no archive, and be on no hold: look in Exchange, then waive it for this person (\`steward waive USER mailbox --reason TEXT\`).`;
  }
  const beyond = beyondRoom(exchange, room);
  if (beyond !== undefined)
    return isSealed
      ? `The mailbox ${beyond}, for which there is no room under ${name}: make room in Exchange, or undo. ${WAIVE_IN_CHAT}`
      : `The mailbox ${beyond}, for which there is no room under ${name}: make room in Exchange, undo, or waive it for this person (\`steward waive USER mailbox --reason TEXT\`).`;
  if (exchange.bytes !== undefined) return undefined;
  return isSealed
    ? `How much is in the mailbox could not be read, and under ${name} it may be at most ${gigabytes(room)} GB: see in Exchange why, or undo. ${WAIVE_IN_CHAT}`
    : `How much is in the mailbox could not be read, and under ${name} it may be at most ${gigabytes(room)} GB: look in Exchange, then waive it for this person (\`steward waive USER mailbox --reason TEXT\`).`;
}

const MAILBOX_FIRST: Recheck = {
  kind: 'blocked',
  task: 'Convert the mailbox to a shared mailbox first, then the license can go.',
};
