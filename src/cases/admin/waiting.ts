import type { UserId } from '../../audit/person.js';
import { IN_CAMPAIGN, type CampaignWaits } from '../campaign/campaign-waits.js';
import type { Instant } from '../case.js';
import type { ForAdmins } from '../run-all-cases.js';
import type { Step } from '../step.js';

const IN_CASES = ['review', 'mailbox', 'signIn', 'obstacle', 'licenses', 'undo'] as const;

/** What waits for an admin, by what there is to do, in the order in which it is told. */
export const WAITS_FOR = [...IN_CAMPAIGN, ...IN_CASES] as const;
export type WaitsFor = (typeof WAITS_FOR)[number];
type WaitsInCase = (typeof IN_CASES)[number];

/** One thing that waits. */
export interface Waiting {
  /** The same as long as the same is to be done. */
  readonly key: string;
  /** Who does not hear of it, since nobody decides about themself; undefined: it is about the campaign. */
  readonly about: UserId | undefined;
  readonly for: WaitsFor;
  /** undefined: nobody knows. */
  readonly since: Instant | undefined;
}

/** How much waits for the same. */
export interface WaitingCount {
  readonly for: WaitsFor;
  readonly count: number;
  /** Since when the oldest waits; absent: nobody knows. */
  readonly since?: Instant;
}

/** true: it is about the campaign and no case. */
export function isOfCampaign<T extends { readonly for: WaitsFor }>(
  each: T,
): each is T & { readonly for: CampaignWaits['for'] } {
  return IN_CAMPAIGN.some((what) => what === each.for);
}

/** What waits in the campaign itself. Pure. */
export function waitingInCampaign({ key, for: what, since }: CampaignWaits): Waiting {
  return { key, about: undefined, for: what, since };
}

/** What waits in a case that is for the admins. Pure. */
export function waitingIn(c: ForAdmins): Waiting {
  const waitsFor = whatFor(c);
  return { key: `${c.caseId} ${waitsFor}`, about: c.userId, for: waitsFor, since: c.since };
}

function whatFor(c: ForAdmins): WaitsInCase {
  if (c.state === 'adminReview') return 'review';
  if (c.undoneBy !== undefined) return 'undo';
  const step = c.steps[c.watch?.index ?? -1]?.step;
  if (step === undefined) return 'licenses';
  const does = BY_STEP[step.kind];
  return c.watch?.for === 'clear' && does !== 'mailbox' ? 'obstacle' : does;
}

const BY_STEP: Readonly<Record<Step['kind'], Exclude<WaitsInCase, 'review' | 'undo'>>> = {
  disableSignIn: 'signIn',
  deleteAccount: 'signIn',
  convertMailbox: 'mailbox',
  removeLicenses: 'licenses',
  leaveGroup: 'licenses',
  assignLicenses: 'licenses',
  setUsageLocation: 'licenses',
};

/** How much waits for what; what nothing waits for is left out. Pure. */
export function countsOf(waiting: readonly Waiting[]): readonly WaitingCount[] {
  return WAITS_FOR.flatMap((each) => {
    const those = waiting.filter((one) => one.for === each);
    const oldest = those.flatMap(({ since }) => since ?? []).toSorted()[0];
    const since = oldest === undefined ? {} : { since: oldest };
    return those.length === 0 ? [] : [{ for: each, count: those.length, ...since }];
  });
}
