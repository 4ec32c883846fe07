import type { License, Sku } from '../audit/person.js';

/** Service plans that hold a mailbox or its archive. Without one of them the content is lost after 30 days. */
const MAILBOX_PLANS: ReadonlySet<string> = new Set([
  'efb87545-963c-4e0d-99df-69c6916d9eb0', // EXCHANGE_S_ENTERPRISE (Plan 2)
  '9aaf7827-d63c-4b61-89c3-182f06f82e5c', // EXCHANGE_S_STANDARD (Plan 1)
  '4a82b400-a79f-41a4-b4e2-e94f5787b113', // EXCHANGE_S_DESKLESS (Kiosk)
  '1126bef5-da20-4f07-b45e-ad25d2581aa8', // EXCHANGE_S_ESSENTIALS
  'fc52cc4b-ed7d-472d-bbe7-b081c23ecc56', // EXCHANGE_S_STANDARD_MIDMARKET
  'd42bdbd6-c335-4231-ab3d-c8f348d5aff5', // EXCHANGE_L_STANDARD
  '90927877-dcff-4af6-b346-2332c0b15bb7', // EXCHANGE_B_STANDARD (POP)
  '8c3069c0-ccdb-44be-ab77-986203a67df2', // EXCHANGE_S_ENTERPRISE_GOV
  'e9b4930a-925f-45e2-ac2a-3f7788ca6fdd', // EXCHANGE_S_STANDARD_GOV
  '88f4d7ef-a73b-4246-8047-516022144c9f', // EXCHANGE_S_DESKLESS_GOV
  '176a09a6-7ec5-4039-ac02-b2791c6ba793', // EXCHANGE_S_ARCHIVE_ADDON
  'da040e0a-b393-4bea-bb76-928b3fa1cf5a', // EXCHANGE_S_ARCHIVE
]);

/** Of those, the ones that hold an archive beside a mailbox, and no mailbox. */
const ARCHIVE_PLANS: ReadonlySet<string> = new Set([
  '176a09a6-7ec5-4039-ac02-b2791c6ba793',
  'da040e0a-b393-4bea-bb76-928b3fa1cf5a',
]);
const ARCHIVE_PLAN_NAME = /^EXCHANGE_[SLB]_ARCHIVE/i;

/** Catches editions that the list does not know. EXCHANGE_S_FOUNDATION comes with nearly everything and holds no mailbox. */
const MAILBOX_PLAN_NAME = /^EXCHANGE_[SLB]_(?!FOUNDATION)/i;

/**
 * Does taking this license endanger a mailbox? Plans that are switched off do not count.
 * @param sku undefined when the tenant's list of products lacks it; then nothing is known and the answer is yes
 */
export function hasMailboxPlan(
  license: Pick<License, 'disabledPlans'>,
  sku: Pick<Sku, 'plans'> | undefined,
): boolean {
  if (sku === undefined) return true;
  const off = new Set(license.disabledPlans.map((id) => id.toLowerCase()));
  return sku.plans.some((plan) => !off.has(plan.id.toLowerCase()) && isMailboxPlan(plan));
}

/** Does a mailbox live on under a license of this product, when all of its plans are on? An archive alone is none. */
export function carriesMailbox(sku: Pick<Sku, 'plans'>): boolean {
  return mailboxPlansOf(sku).length > 0;
}

/** The plans of a product that hold a mailbox; an archive alone is none. Pure. */
export function mailboxPlansOf({ plans }: Pick<Sku, 'plans'>): readonly Plan[] {
  return plans.filter((plan) => isMailboxPlan(plan) && !isArchivePlan(plan));
}

type Plan = Sku['plans'][number];

/** Of a mailbox, or of an archive beside one. */
function isMailboxPlan({ id, name }: Plan): boolean {
  return MAILBOX_PLANS.has(id.toLowerCase()) || MAILBOX_PLAN_NAME.test(name);
}

/** Of an archive beside a mailbox. Pure. */
export function isArchivePlan({ id, name }: Plan): boolean {
  return ARCHIVE_PLANS.has(id.toLowerCase()) || ARCHIVE_PLAN_NAME.test(name);
}
