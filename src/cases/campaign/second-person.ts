import type { Policy } from '../../config/policy.js';
import { isKnownPerson, isNobody } from '../asked-by.js';

export interface Bulk {
  /** Cases that would be opened at once. */
  readonly cases: number;
  /** Who approved it, none of them a person whom it is about; see asked-by.ts. */
  readonly approvers: readonly string[];
  /** Who asked for the run. */
  readonly asker: string;
  /** true: it is about whoever asked for the run, so that they are no first person either. */
  readonly isAboutAsker: boolean;
}

/** Whose approval is missing. */
export type Missing = 'anybody' | 'another' | 'two' | 'twoOthers';

/**
 * Whose approval is missing before so many cases are opened (safety rule 10); undefined: nobody's. Two of whom one may be
 * the other are one: a person at a terminal is known by an account alone, and may be whoever wrote to the bot. So only
 * those count whom Teams knows, beside whoever asked there; where somebody asked at a terminal, one of two is surely
 * somebody else. A run that nobody asked for is approved by anybody. Where `approvals.second` is `whenAvailable`, a tenant
 * with one admin, their own approval is enough. Pure.
 */
export function missingApproval(
  { cases, approvers, asker, isAboutAsker }: Bulk,
  approvals: Policy['approvals'],
): Missing | undefined {
  if (cases <= approvals.bulkOver) return undefined;
  if (isNobody(asker) || approvals.second === 'whenAvailable')
    return approvers.length === 0 ? 'anybody' : undefined;
  const known = new Set(approvers.filter(isKnownPerson).map((id) => id.toLowerCase()));
  known.delete(asker.toLowerCase());
  if (isKnownPerson(asker) && !isAboutAsker) return known.size === 0 ? 'another' : undefined;
  if (known.size >= 2) return undefined;
  return isKnownPerson(asker) ? 'twoOthers' : 'two';
}
