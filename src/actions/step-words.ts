import type { Before, Step } from '../cases/step.js';
import type { LicenseChangeAnswer } from '../graph/graph-door.js';

/** A step for the history; `before` names what it is really about. */
export function stepInWords(step: Step, before: Before): string {
  const names = 'licenses' in before ? before.licenses.map(({ name }) => name).join(', ') : '';
  switch (step.kind) {
    case 'disableSignIn':
      return 'block sign-in and sign out everywhere';
    case 'convertMailbox':
      return 'make the mailbox a shared one';
    case 'removeLicenses':
      return `remove ${names}${insteadOf(before)}`;
    case 'deleteAccount':
      return 'delete the account';
    case 'setUsageLocation':
      return `set the usage location of the receiver to ${step.country}`;
    case 'leaveGroup':
      return `remove ${names} by leaving the group that gives it`;
    case 'assignLicenses':
      return `assign ${names} to the receiver`;
    default:
      return step satisfies never;
  }
}

function insteadOf(before: Before): string {
  if (before.of !== 'licenses' || before.gives === undefined) return '';
  return ` and give ${before.gives.map(({ name }) => name).join(', ')} instead`;
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
