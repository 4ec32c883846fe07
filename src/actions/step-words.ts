import type { CaseStep, StepLicense } from '../cases/case.js';
import type { LicenseChangeAnswer } from '../graph/graph-door.js';

/** A step for the history. */
export function stepInWords(step: {
  readonly step: CaseStep['step'];
  readonly licenses: readonly StepLicense[];
}): string {
  const names = step.licenses.map((license) => license.name).join(' and ');
  return step.step.kind === 'removeLicenses' ? `remove ${names}` : `assign ${names} to the receiver`;
}

/** What a person has to do after Graph refused a license change. */
export function refusalInWords(
  answer: Exclude<LicenseChangeAnswer, { kind: 'accepted' | 'notHeld' }> | LicenseChangeAnswer,
): string {
  switch (answer.kind) {
    case 'inheritedFromGroup':
      return 'The license comes through a group now: take the person out of that group.';
    case 'noUsageLocation':
      return 'The person has no usage location: set one in the Microsoft 365 admin center.';
    case 'noFreeSeat':
      return 'There is no free seat of this license: free or buy one.';
    case 'dependency':
      return `Another license depends on it: ${answer.message}`;
    case 'conflict':
      return `It conflicts with another license: ${answer.message}`;
    case 'personGone':
      return 'The account no longer exists.';
    case 'accepted':
    case 'notHeld':
      return 'The license is not held.';
    default:
      return answer satisfies never;
  }
}
