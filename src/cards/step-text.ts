import type { CaseIn } from '../cases/case.js';
import type { CaseStep } from '../cases/step.js';
import { licenseNames } from './case-parts.js';
import { whenText, type CaseView } from './case-view.js';
import { line, type Part } from './elements.js';
import { cardText } from './escape.js';

/** Progress of every step, a line each; marks only repeat what the words say. */
export function stepLines(
  c: CaseIn<'decided' | 'scheduled' | 'acting' | 'holding' | 'undoing' | 'needsPerson'>,
  view: CaseView,
): readonly Part[] {
  return c.steps.map((step) => line(`${stepName(c, step)}: ${progressText(step, view)}`));
}

function stepName(c: { readonly decision: CaseIn<'acting'>['decision'] }, { step }: CaseStep): string {
  switch (step.kind) {
    case 'disableSignIn':
      return 'Block sign-in';
    case 'convertMailbox':
      return 'Make the mailbox a shared one';
    case 'deleteAccount':
      return 'Delete the account';
    case 'leaveGroup':
      return `Remove ${licenseNames(step.licenses)}, by leaving the group that gives it`;
    case 'removeLicenses':
      return step.instead === undefined
        ? `Remove ${licenseNames(step.licenses)}`
        : `Remove ${licenseNames(step.licenses)} and give ${licenseNames(step.instead)} instead`;
    case 'setUsageLocation':
      return `Set the usage location of ${receiverOf(c)} to ${step.country}`;
    case 'assignLicenses':
      return `Give ${licenseNames(step.licenses)} to ${receiverOf(c)}`;
    default:
      return step satisfies never;
  }
}

function receiverOf({ decision }: { readonly decision: CaseIn<'acting'>['decision'] }): string {
  if (decision.kind === 'give') return 'the person';
  return decision.kind === 'reassign' ? cardText(decision.receiver.displayName) : 'the receiver';
}

function progressText({ progress, notBefore }: CaseStep, view: CaseView): string {
  switch (progress.is) {
    case 'planned':
      return `planned for ${whenText(notBefore, view)}`;
    case 'intended':
    case 'sent':
      return 'in progress …';
    case 'done':
      return `done ${whenText(progress.at, view)} ✓`;
    case 'handedOver':
    case 'undoHandedOver':
      return 'waits for an administrator';
    case 'undoIntended':
    case 'undoSent':
      return 'being undone …';
    case 'undone':
      return `undone ${whenText(progress.at, view)} ✓`;
    case 'skipped':
      return `not needed: ${cardText(progress.why, 200)}`;
    default:
      return progress satisfies never;
  }
}
