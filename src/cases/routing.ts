import type { Finding } from '../audit/finding.js';
import type { UserId } from '../audit/person.js';
import type { Asking } from './case.js';

/**
 * Whom to ask about a finding. Pure.
 * @param candidates everybody whom the same audit found inactive: they are not asked about others
 */
export function whomToAsk(finding: Finding, candidates: ReadonlySet<UserId>): Asking {
  const { manager, person } = finding;
  if (manager === 'none') return { kind: 'adminReview', why: 'The directory names no manager.' };
  if ('unknown' in manager)
    return { kind: 'adminReview', why: 'The manager could not be read from the directory.' };
  if (manager.id === person.id)
    return { kind: 'adminReview', why: 'The directory names the person as their own manager.' };
  if (!manager.accountEnabled) return { kind: 'adminReview', why: 'The manager’s account is disabled.' };
  if (candidates.has(manager.id)) return { kind: 'adminReview', why: 'The manager looks inactive too.' };
  return { kind: 'ask', person: { id: manager.id, displayName: manager.displayName } };
}
