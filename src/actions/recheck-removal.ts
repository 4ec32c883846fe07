import type { Person, SkuId } from '../audit/person.js';
import type { Case, CaseLicense } from '../cases/case.js';
import type { Before, StepLicense, StepOf } from '../cases/step.js';
import type { Policy } from '../config/policy.js';
import { carriesFiles } from '../audit/licenses/parts.js';
import { reasonGone } from '../cases/reason-gone.js';
import { isWaived } from '../cases/answering/waiver.js';
import { isSealed } from '../cases/hr/sealed.js';
import { hasMailboxPlan } from '../spend/mailbox-plans.js';
import { coverNow } from './cover-now.js';
import { heldDirectly, switchedSince } from './licenses.js';
import { againstMailbox } from './recheck-mailbox.js';
import type { LiveFacts, Recheck } from './recheck.js';
import { stillManaged } from './still-managed.js';
import { givenInstead, replacementObstacle } from './recheck-replacement.js';

type Live = LiveFacts & { readonly person: Person };

/** Direct licenses go in one call, with what is given instead of them. Pure. */
export function recheckRemoval(
  c: Case,
  step: StepOf<'removeLicenses'>,
  live: Live,
  policy: Policy,
  now: Date,
): Recheck {
  const held = heldDirectly(live.person, step.licenses);
  const before = stillManaged(c, held, policy);
  if (held.length > 0 && before.length === 0) return { kind: 'cancel', ...reasonGone(c) };
  if (before.length === 0) return { kind: 'skip', why: 'The licenses were gone already.' };
  const gives = givenInstead(c, step, before);
  const against = againstLoss(
    { ...c, going: before, gives, filesSettled: filesAreSettled(c), isSealed: isSealed(c) },
    live,
    policy,
    now,
  );
  if (against !== undefined) return against;
  const obstacle = replacementObstacle(live.person, before, gives, live);
  if (obstacle !== undefined) return { kind: 'blocked', task: obstacle };
  return { kind: 'go', before: { ...licensesBefore(before, gives), ...filesGone(c, before, live) } };
}

/** Licenses that are about to go, and those under which a mailbox lives on. */
interface Loss extends Pick<Case, 'scenario' | 'licenses' | 'waivers'> {
  readonly going: readonly StepLicense[];
  readonly gives: readonly { readonly skuId: SkuId }[];
  /** It was recorded what becomes of the files in OneDrive. */
  readonly filesSettled: boolean;
  readonly isSealed: boolean;
}

/**
 * As it was found, and as it is now. Cases of an earlier version do not know what their licenses hold: the products are
 * read for them.
 */
function holdsFiles(license: CaseLicense, { person, skus }: Live): boolean {
  const known = license.holdsFiles;
  const switched = switchedSince(person, license);
  if (known === true || (known === false && switched === undefined)) return known;
  const sku = skus.find(({ skuId }) => skuId === license.skuId);
  return sku === undefined || carriesFiles(sku, (switched ?? license).disabledPlans);
}

/** What was there before a step also says where files lost their license by another hand before it. Pure. */
export function filesGone(
  { licenses }: Pick<Case, 'licenses'>,
  going: readonly StepLicense[],
  { person, skus }: Live,
): { readonly filesGone?: true } {
  const held = licenses.filter(
    ({ skuId, holdsFiles: known }) => known !== false && going.some((license) => license.skuId === skuId),
  );
  const isSwitchedOff = (license: CaseLicense): boolean => {
    const switched = switchedSince(person, license);
    const sku = skus.find(({ skuId }) => skuId === license.skuId);
    return switched !== undefined && sku !== undefined && !carriesFiles(sku, switched.disabledPlans);
  };
  return held.length > 0 && held.every(isSwitchedOff) ? { filesGone: true } : {};
}

/** true: the answer to a case's question, or a waiver, says what becomes of the files in OneDrive. */
export function filesAreSettled(c: Case): boolean {
  return ('decision' in c && 'files' in c.decision) || isWaived(c, { of: 'files' });
}

/**
 * What stands against licenses going, in whatever way they go: the mailbox is not safe yet, or the other license, because
 * of which one was too many, does not give the same any more. undefined: nothing. Pure; safety rule 7.
 */
export function againstLoss(loss: Loss, live: Live, policy: Policy, now: Date): Recheck | undefined {
  const { scenario, licenses, gives } = loss;
  const going = licenses.filter(({ skuId }) => loss.going.some((held) => held.skuId === skuId));
  const isAboutCover = scenario === 'unusedLicense';
  const covered = isAboutCover ? stillCovered(going, live.person, live, policy, now) : NONE;
  if (isAboutCover && going.some((license) => isForCover(license) && !covered.has(license.skuId)))
    return { kind: 'cancel', ...reasonGone({ scenario }) };
  const losesFiles =
    going.some((license) => holdsFiles(license, live) && !covered.has(license.skuId)) &&
    !live.skus.some((sku) => gives.some(({ skuId }) => skuId === sku.skuId) && carriesFiles(sku));
  if (losesFiles && policy.reclaim.oneDrive !== 'waive' && !loss.filesSettled) return FILES_FIRST;
  const taking = going.filter((license) => holdsMailbox(license, live) && !covered.has(license.skuId));
  return taking.length === 0 ? undefined : againstMailbox({ ...loss, going: taking }, live, policy);
}

/** As it was found, and as it is now: a mailbox may have been switched on since. */
function holdsMailbox(license: CaseLicense, { person, skus }: Live): boolean {
  if (license.hasMailboxPlan) return true;
  const held = switchedSince(person, license);
  return (
    held !== undefined &&
    hasMailboxPlan(
      held,
      skus.find(({ skuId }) => skuId === license.skuId),
    )
  );
}

const FILES_FIRST: Recheck = {
  kind: 'blocked',
  task: 'Nobody has said what becomes of the files in OneDrive: undo and answer anew, or waive it for this person (`steward waive USER OneDrive --reason TEXT`).',
};

export function licensesBefore(licenses: readonly StepLicense[], gives: readonly StepLicense[] = []): Before {
  return { of: 'licenses', licenses, ...(gives.length === 0 ? {} : { gives }) };
}

const NONE: ReadonlySet<SkuId> = new Set();

/** The license is asked about because of another one, not because it is not used. */
function isForCover({ coveredBy, unused }: CaseLicense): boolean {
  return coveredBy !== undefined && (unused === undefined || unused.kind === 'covered');
}

/** Those of the licenses to be taken that another license, which is not taken, covers at this moment. */
function stillCovered(
  going: readonly CaseLicense[],
  person: Person,
  { skus }: LiveFacts,
  policy: Policy,
  now: Date,
): ReadonlySet<SkuId> {
  const covers = coverNow(person, skus, policy, now);
  const stays = (by: SkuId | undefined): boolean =>
    by !== undefined && !going.some(({ skuId }) => skuId === by);
  const covered = going.filter(({ skuId, coveredBy }) => coveredBy !== undefined && stays(covers.get(skuId)));
  return new Set(covered.map(({ skuId }) => skuId));
}
