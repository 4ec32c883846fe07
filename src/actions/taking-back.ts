import type { License, MailboxPurpose, Person, Sku } from '../audit/person.js';
import { carriesFiles } from '../audit/licenses/parts.js';
import { archivedAt } from '../cases/answering/files-plan.js';
import { instant } from '../cases/case.js';
import type { StepLicense } from '../cases/step.js';
import type { Policy } from '../config/policy.js';
import { carriesMailbox, hasMailboxPlan } from '../spend/mailbox-plans.js';
import { mailboxIsSafe } from './plan.js';

/** What was read live, just before something that was given is taken back. */
export interface LiveHolder {
  readonly person: Person;
  readonly mailbox: MailboxPurpose;
  readonly skus: readonly Sku[];
}

/**
 * Why software does not take back what was given, as a task for a person; undefined: it does. A mailbox may have come with
 * the license, and mail to it since, so that the same holds as wherever a license goes. Pure; safety rule 7.
 */
export function whyNotTakenBack(
  given: readonly StepLicense[],
  { person, mailbox, skus }: LiveHolder,
  policy: Policy,
): string | undefined {
  if (mailboxIsSafe(mailbox, policy)) return undefined;
  const isGiven = ({ skuId }: License): boolean => given.some((license) => license.skuId === skuId);
  const skuOf = ({ skuId }: Pick<License, 'skuId'>): Sku | undefined =>
    skus.find((sku) => sku.skuId === skuId);
  // What was read may be older than the license that goes: it tells only what stays.
  const takesMailbox = given.some((license) => hasMailboxPlan(license, skuOf(license)));
  const livesOn = person.licenses.some(
    (license) => !isGiven(license) && holdsMailbox(license, skuOf(license)),
  );
  if (!takesMailbox || livesOn) return undefined;
  const names = given.map(({ name }) => name).join(', ');
  return `The mailbox has no other license than ${names}: convert it to a shared mailbox, or give it another license, then take ${names} back by hand.`;
}

/**
 * When files are archived that lose their license with what is taken back, to be written down before; undefined: none do,
 * or the policy waives it. Pure; safety rule 7.
 */
export function filesNote(
  given: readonly StepLicense[],
  { person, skus }: Pick<LiveHolder, 'person' | 'skus'>,
  { reclaim }: Pick<Policy, 'reclaim'>,
  now: Date,
): string | undefined {
  if (reclaim.oneDrive === 'waive') return undefined;
  const holdsFiles = ({ skuId, disabledPlans }: Pick<License, 'skuId' | 'disabledPlans'>): boolean =>
    skus.some((sku) => sku.skuId === skuId && carriesFiles(sku, disabledPlans));
  const isGiven = ({ skuId }: License): boolean => given.some((license) => license.skuId === skuId);
  if (!given.some(holdsFiles) || person.licenses.some((license) => !isGiven(license) && holdsFiles(license)))
    return undefined;
  return `Files in OneDrive are archived after ${archivedAt(instant(now)).slice(0, 10)}.`;
}

/** Of a product that nobody knows it is not believed. */
function holdsMailbox(license: License, sku: Sku | undefined): boolean {
  return sku !== undefined && carriesMailbox(sku) && hasMailboxPlan(license, sku);
}
