import type { Sku } from '../audit/person.js';
import { nameKey } from '../audit/name-key.js';
import { isArchivePlan, mailboxPlansOf } from './mailbox-plans.js';

const GB = 1024 ** 3;

/** What a mailbox may hold under a license. */
export interface MailboxRoom {
  readonly bytes: number;
  readonly archive: boolean;
  /** Of litigation, in-place, or by a retention policy or label. */
  readonly hold: boolean;
}

/** What a shared mailbox may hold without a license (microsoft-graph.md 6). */
export const SHARED_ROOM: MailboxRoom = { bytes: 50 * GB, archive: false, hold: false };

/** Exchange Online Plan 2. Sizes of plans are from memory, so that the policy may say others. */
const PLAN_2: MailboxRoom = { bytes: 100 * GB, archive: true, hold: true };
const PLAN_1: MailboxRoom = { bytes: 50 * GB, archive: false, hold: false };
/** Kiosk, and what is counted of a plan that is not known. */
const LEAST: MailboxRoom = { bytes: 2 * GB, archive: false, hold: false };

const PLAN_2_NAME = /^EXCHANGE_S_ENTERPRISE(?:_|$)/i;
const KIOSK_NAME = /^EXCHANGE_S_DESKLESS(?:_|$)/i;
const PLAN_1_NAME = /^EXCHANGE_(?:S|L|B)_STANDARD(?:_|$)/i;

/** What may be given instead of something, with what the policy knows of its mailbox. */
export interface RoomRule {
  readonly by: string;
  /** Gigabytes (1024³ bytes). */
  readonly mailboxGB?: number | undefined;
}

/** What a policy knows of the mailboxes of what it gives instead of something, for good or for a while. */
export function roomRules({
  replace,
  park,
}: {
  readonly replace: readonly RoomRule[];
  readonly park: readonly RoomRule[];
}): readonly RoomRule[] {
  return [...replace, ...park];
}

/**
 * What a mailbox may hold under a license of a product with all its plans; undefined: it has no mailbox. Beside Plan 1, an
 * archive plan is as good for archives and holds as Plan 2 (microsoft-graph.md 6). Pure.
 */
export function roomUnder(
  sku: Pick<Sku, 'partNumber' | 'plans'>,
  rules: readonly RoomRule[] = [],
): MailboxRoom | undefined {
  const plans = mailboxPlansOf(sku);
  if (plans.length === 0) return undefined;
  const best = plans.map(({ name }) => roomOfPlan(name)).reduce(widest);
  const said = rules.flatMap(({ by, mailboxGB }) =>
    mailboxGB !== undefined && nameKey(by) === nameKey(sku.partNumber) ? [mailboxGB * GB] : [],
  );
  const keeps = best.archive || (best !== LEAST && sku.plans.some(isArchivePlan));
  return { bytes: said.length > 0 ? Math.min(...said) : best.bytes, archive: keeps, hold: keeps };
}

/**
 * What a mailbox may hold under a license that goes: of a product or plan that is not known, as much as there is.
 * undefined: it has no mailbox. Pure.
 */
export function mostUnder(sku: Pick<Sku, 'partNumber' | 'plans'> | undefined): MailboxRoom | undefined {
  if (sku === undefined || mailboxPlansOf(sku).some(({ name }) => !isKnown(name))) return PLAN_2;
  return roomUnder(sku);
}

function isKnown(name: string): boolean {
  return [PLAN_2_NAME, PLAN_1_NAME, KIOSK_NAME].some((known) => known.test(name));
}

/** The wider of two. Pure. */
export function widest(a: MailboxRoom, b: MailboxRoom): MailboxRoom {
  const isBetter = b.hold === a.hold ? b.bytes > a.bytes : b.hold;
  return isBetter ? b : a;
}

/** true: whatever was allowed under `before` is under `after`, too. Pure. */
export function isAsWide(after: MailboxRoom, before: MailboxRoom): boolean {
  return after.bytes >= before.bytes && (after.archive || !before.archive) && (after.hold || !before.hold);
}

/** Whole gigabytes, as tasks say them. */
export function gigabytes({ bytes }: Pick<MailboxRoom, 'bytes'>): number {
  return Math.floor(bytes / GB);
}

/** The same of what is in a mailbox, rounded up: nothing is said to be smaller than it is. */
export function gigabytesUp(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / GB));
}

function roomOfPlan(name: string): MailboxRoom {
  if (PLAN_2_NAME.test(name)) return PLAN_2;
  return PLAN_1_NAME.test(name) ? PLAN_1 : LEAST;
}
