import type { Policy } from '../../config/policy.js';

export interface Bulk {
  /** Cases that would be opened at once. */
  readonly cases: number;
  /** Who approved this run: object ids, or accounts at a terminal. */
  readonly approvers: readonly string[];
  /** Who asked for the run; `schedule` is nobody. */
  readonly asker: string;
}

/**
 * Whether opening so many cases has to wait for a person, who must not be the one that asked for it (safety rule 10).
 * Where `approvals.second` is `whenAvailable`, a tenant with one admin, their own approval is enough. Pure.
 */
export function waitsForApproval({ cases, approvers, asker }: Bulk, approvals: Policy['approvals']): boolean {
  if (cases <= approvals.bulkOver) return false;
  return !approvers.some((who) => approvals.second === 'whenAvailable' || who !== asker);
}
