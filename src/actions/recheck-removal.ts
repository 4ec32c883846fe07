import type { Person, SkuId } from '../audit/person.js';
import type { Case, CaseLicense } from '../cases/case.js';
import type { Before, StepLicense, StepOf } from '../cases/step.js';
import type { Policy } from '../config/policy.js';
import { coverNow } from './cover-now.js';
import { hasMailboxPlan } from '../spend/mailbox-plans.js';
import { heldDirectly, switchedSince } from './licenses.js';
import { mailboxIsSafe } from './plan.js';
import type { LiveFacts, Recheck } from './recheck.js';

/** Licenses go only while the mailbox is safe and, where another license is why, while that one gives the same. Pure. */
export function recheckRemoval(
  c: Case,
  step: StepOf<'removeLicenses'>,
  live: LiveFacts & { readonly person: Person },
  policy: Policy,
  now: Date,
): Recheck {
  const before = heldDirectly(live.person, step.licenses);
  if (before.length === 0) return { kind: 'skip', why: 'The licenses were gone already.' };
  return whyKept(c, before, live, policy, now) ?? { kind: 'go', before: licensesBefore(before) };
}

/**
 * Why licenses must not go now, whichever way they would: their mailbox is not safe, or what covers them is gone. Pure.
 * @param held those of the step that the person holds now
 */
export function whyKept(
  c: Case,
  held: readonly StepLicense[],
  live: LiveFacts & { readonly person: Person },
  policy: Policy,
  now: Date,
): Recheck | undefined {
  const going = c.licenses.filter(({ skuId }) => held.some((license) => license.skuId === skuId));
  const covered = c.scenario === 'unusedLicense' ? stillCovered(going, live.person, live, policy, now) : NONE;
  if (
    c.scenario === 'unusedLicense' &&
    going.some((license) => isForCover(license) && !covered.has(license.skuId))
  )
    return COVER_IS_GONE;
  const takesMailbox = going.some((license) => holdsMailbox(license, live) && !covered.has(license.skuId));
  return takesMailbox && !mailboxIsSafe(live.mailbox, policy) ? MAILBOX_FIRST : undefined;
}

/** As it was found, and as it is now: a mailbox may have been switched on since. */
function holdsMailbox(
  license: CaseLicense,
  { person, skus }: LiveFacts & { readonly person: Person },
): boolean {
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

export const MAILBOX_FIRST: Recheck = {
  kind: 'blocked',
  task: 'Convert the mailbox to a shared mailbox first, then the license can go.',
};

export function licensesBefore(licenses: readonly StepLicense[]): Before {
  return { of: 'licenses', licenses };
}

const NONE: ReadonlySet<SkuId> = new Set();

/** A second suite may go only while the first one is there, gives as much and stays. */
const COVER_IS_GONE: Recheck = {
  kind: 'cancel',
  cause: 'activeAgain',
  why: 'The other license, because of which this one was too many, is gone or does not give the same any more.',
};

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
