import type { ProtectionKind } from '../../audit/finding.js';
import { isHrKind } from '../../audit/protection/protection.js';
import type { Log } from '../../telemetry/log.js';
import type { Case } from '../case.js';

/** For HR's eyes alone (safety rule 3); a case stays so to its end, whatever becomes of the person. */
export function isSealed(c: Pick<Case, 'state' | 'protections'>): boolean {
  return c.state === 'hrReview' || c.state === 'hrProposed' || c.protections.some(isHrKind);
}

/** What protects somebody of HR's lane beside what HR decides about: no answer of HR's lifts that. */
export function alsoProtectedBy({ protections }: Pick<Case, 'protections'>): readonly ProtectionKind[] {
  return protections.filter((kind) => !isHrKind(kind));
}

/** Said wherever HR cannot have licenses taken back. */
export const CANNOT_RECLAIM =
  'Not possible: the account is protected for another reason as well, such as a directory role.';

/** A log in which work on a sealed case leaves nothing but errors, and those without the case. */
export function sealedLog(log: Log): Log {
  return {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (message, { caseId: _caseId, ...fields } = {}) => log.error(message, fields),
  };
}
