import type { Instant } from '../case.js';

/** What an audit leaves to an admin: that a guard stopped it, a plan to approve, or fewer free seats than undos may need. */
export const AFTER_AUDIT = ['audit', 'plan', 'seats'] as const;
export type AfterAudit = (typeof AFTER_AUDIT)[number];

/** What of the campaign itself can wait for an admin, the gravest first; `pause`: a guard has paused it. */
export const IN_CAMPAIGN = ['pause', ...AFTER_AUDIT] as const;

/** One thing that does. */
export interface CampaignWaits {
  readonly for: (typeof IN_CAMPAIGN)[number];
  /** The same as long as the same waits. */
  readonly key: string;
  readonly since: Instant;
}
