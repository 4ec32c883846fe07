import { planGift } from '../../actions/plan-gift.js';
import { dayOf } from '../../audit/day.js';
import type { UserId } from '../../audit/person.js';
import { NO_HEAD } from '../../store/history.js';
import { AlreadyExists } from '../../store/store.js';
import { unsealedOf } from '../run-all-cases.js';
import { readHeldSeats } from '../campaign/run-held-seats.js';
import { readBrake, type Brake } from '../campaign/run-switch.js';
import { instant, type Case, type CaseId, type PersonRef } from '../case.js';
import type { Doors } from '../doors.js';
import { begin } from '../run-move.js';
import { giftCase, giftLicense, productCalled, standsInTheWay } from './gift-case.js';

export interface GiftOrder {
  readonly userId: UserId;
  /** A product's part number, name or id, as typed. */
  readonly sku: string;
  readonly reason: string;
}

type Outcome =
  | { readonly is: 'done'; readonly says: string; readonly caseId: string }
  | { readonly is: 'failed'; readonly says: string };

/** So that an order that was broken off finds what it has begun. */
export function giftCaseId(commandId: string): CaseId {
  return `gift-${commandId}` as CaseId;
}

/**
 * Begins to give a license for which there is a free seat: its case, whose steps the worker takes. Who may order it was
 * looked up before. Safe to repeat. Protected people may get licenses as well: nothing is taken from anybody, and a
 * refusal would tell who they are.
 * @throws GraphFailure
 */
export async function give(
  doors: Doors,
  commandId: string,
  { userId, sku: typed, reason }: GiftOrder,
  by: PersonRef,
): Promise<Outcome> {
  const caseId = giftCaseId(commandId);
  const begun = await doors.store.read<Case>('cases', caseId, caseId);
  if (begun !== undefined) return beingGiven(begun.doc);
  const brake = await readBrake(doors);
  if (brake !== 'running') return failed(HELD[brake]);
  const { graph, policy, clock } = doors;
  const [person, skus] = await Promise.all([graph.person(userId), graph.skus()]);
  if (person === undefined) return failed('The person does not exist any more.');
  const sku = productCalled(typed, skus);
  if (sku === undefined) return failed(noProduct(typed, skus));
  const inTheWay = standsInTheWay(await unsealedOf(doors, userId));
  if (inTheWay !== undefined) return failed(inTheWay);
  const at = instant(clock.now());
  const license = giftLicense(sku, policy, dayOf(clock.now()));
  // A seat that is refused because of one of HR's cases would tell an admin of it (safety rule 3).
  const heldSeats = await readHeldSeats(doors, ({ isHrs }) => !isHrs);
  const { skuId, name, disabledPlans } = license;
  const plan = planGift(person, { skuId, name, disabledPlans }, { skus, heldSeats }, policy, at);
  if (plan.kind === 'refused') return failed(plan.why);
  const salts = { subjectKey: doors.random.salt(), actorSalt: doors.random.salt() };
  const decision = { kind: 'give', by, at, reason } as const;
  const c = giftCase(person, license, decision, plan.steps, { caseId, head: NO_HEAD, ...salts });
  await beginOnce(doors, c, by, reason);
  return beingGiven(c);
}

async function beginOnce(
  doors: Doors,
  c: ReturnType<typeof giftCase>,
  by: PersonRef,
  reason: string,
): Promise<void> {
  const licenses = c.licenses.map(({ name }) => name);
  const first = {
    type: 'giftOrdered',
    actor: by,
    facts: { skus: c.licenses.map(({ skuId }) => skuId) },
    details: { userId: c.userId, subject: { ...c.subject }, licenses, by: by.displayName, reason },
  };
  try {
    await begin(doors, c, first);
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
  }
}

function beingGiven({ caseId, licenses, subject }: Case): Outcome {
  const names = licenses.map(({ name }) => name).join(' and ');
  return { is: 'done', says: `${names} is being given to ${subject.displayName}.`, caseId };
}

const HELD: Readonly<Record<Exclude<Brake, 'running'>, string>> = {
  paused: 'Nothing was given: the campaign is paused. Resume it first.',
  stopped: 'Nothing was given: the campaign was stopped. Resume it first.',
  observing: 'Nothing was given: the policy observes only.',
};

function noProduct(typed: string, skus: readonly { readonly partNumber: string }[]): string {
  const known = skus.map(({ partNumber }) => partNumber).sort();
  return `The tenant has no product ${typed}. It has: ${known.join(', ')}.`;
}

function failed(says: string): Outcome {
  return { is: 'failed', says };
}
