import { z } from 'zod';
import { isObjectId } from '../audit/object-id.js';
import { PAGE_INPUTS } from '../cards/page-actions.js';
import { REVIEW_INPUTS, REVIEW_PAGE } from '../cards/review-cards.js';
import type { Switch, SwitchSeen } from '../cases/campaign/run-switch.js';
import type { SeenCase } from '../cases/campaign/run-review.js';
import type { CaseId } from '../cases/case.js';

/** UTF-16 units of a reason. */
const LONGEST = 2_000;

const Cases = z
  .array(
    z.object({
      caseId: z
        .string()
        .regex(/^[\w-]{1,100}$/)
        .transform((id) => id as CaseId),
      version: z.number().int().min(0),
    }),
  )
  .min(1)
  .max(REVIEW_PAGE)
  .refine((cases) => new Set(cases.map(({ caseId }) => caseId)).size === cases.length);
/** An input left empty arrives as an empty text or not at all. */
const Reason = z.string().max(LONGEST).optional().default('');
const Page = z.number().int().min(1).max(100_000);
const Verdict = z.enum(['', 'release', 'veto']);

const AdminClick = z.discriminatedUnion('do', [
  z.object({ do: z.literal('status') }),
  z.object({ do: z.literal('savingsFile') }),
  z.object({ do: z.literal('keepRoster'), importId: z.string().regex(/^[\w-]{1,100}$/) }),
  z.object({ do: z.literal('takeRosterBack'), rosterId: z.string().regex(/^[\w-]{1,100}$/) }),
  z.object({ do: z.literal('unprotect'), userId: z.string().min(1).max(60), at: z.string().max(40) }),
  z.object({
    do: z.literal('protect'),
    how: z.enum(['protect', 'exempt']),
    userId: z.string().refine(isObjectId),
    [PAGE_INPUTS.protectReason]: Reason,
    [PAGE_INPUTS.protectUntil]: z
      .union([z.literal(''), z.iso.date()])
      .optional()
      .default(''),
  }),
  z.object({ do: z.literal('review'), page: Page, who: z.string().max(120) }),
  z.looseObject({
    do: z.literal('reviewed'),
    cases: Cases,
    page: Page,
    [REVIEW_INPUTS.reason]: Reason,
  }),
  z.object({ do: z.literal('releaseAsk'), cases: Cases }),
  z.object({ do: z.literal('release'), cases: Cases }),
  z.object({ do: z.literal('approve'), planId: z.string().regex(/^[0-9a-f]{12}$/) }),
  z.object({
    do: z.literal('switch'),
    to: z.enum(['running', 'stopped']),
    was: z.enum(['running', 'paused', 'stopped']),
    at: z.string().max(40),
    reason: z.string().max(LONGEST),
  }),
]);

/** What a button of an admin's card brings; it gives nobody a right. */
export type AdminClicked =
  | { readonly do: 'status' }
  /** Every figure of what was saved, as a file. */
  | { readonly do: 'savingsFile' }
  /** The file that was looked at. */
  | { readonly do: 'keepRoster'; readonly importId: string }
  /** The file that holds. */
  | { readonly do: 'takeRosterBack'; readonly rosterId: string }
  /** `at`: of which moment the protection was. */
  | { readonly do: 'unprotect'; readonly userId: string; readonly at: string }
  | {
      readonly do: 'protect';
      readonly how: 'protect' | 'exempt';
      readonly userId: string;
      readonly reason: string;
      /** `YYYY-MM-DD` */
      readonly until: string | undefined;
    }
  | { readonly do: 'review'; readonly page: number; readonly who: string }
  | {
      readonly do: 'reviewed';
      readonly release: readonly SeenCase[];
      readonly veto: readonly SeenCase[];
      readonly reason: string;
      readonly page: number;
    }
  /** `releaseAsk`: they are printed first. */
  | { readonly do: 'releaseAsk' | 'release'; readonly cases: readonly SeenCase[] }
  | { readonly do: 'approve'; readonly planId: string }
  | {
      readonly do: 'switch';
      readonly to: Exclude<Switch, 'paused'>;
      readonly reason: string | undefined;
      /** The switch as the card showed it. */
      readonly seen: SwitchSeen;
    };

/** undefined: no card of ours sends such a thing. */
export function readAdminClick(data: unknown): AdminClicked | undefined {
  const read = AdminClick.safeParse(data).data;
  switch (read?.do) {
    case 'switch': {
      const { to, was, at, reason } = read;
      const seen = { campaign: was, at: at === '' ? undefined : at };
      return { do: 'switch', to, reason: reason === '' ? undefined : reason, seen };
    }
    case 'reviewed':
      return choicesIn(read);
    case 'protect': {
      const { how, userId } = read;
      const until = read[PAGE_INPUTS.protectUntil];
      const reason = read[PAGE_INPUTS.protectReason].trim();
      return { do: 'protect', how, userId, reason, until: until === '' ? undefined : until };
    }
    default:
      return read;
  }
}

function choicesIn(
  typed: Readonly<Record<string, unknown>> & {
    readonly cases: readonly SeenCase[];
    readonly page: number;
    readonly vetoReason: string;
  },
): AdminClicked | undefined {
  const release: SeenCase[] = [];
  const veto: SeenCase[] = [];
  for (const seen of typed.cases) {
    const id = REVIEW_INPUTS.verdict(seen.caseId);
    const choice = Verdict.safeParse(Object.hasOwn(typed, id) ? typed[id] : '');
    if (!choice.success) return undefined;
    if (choice.data === 'release') release.push(seen);
    if (choice.data === 'veto') veto.push(seen);
  }
  return { do: 'reviewed', release, veto, reason: typed.vetoReason.trim(), page: typed.page };
}
