import type { CaseIn } from '../cases/case.js';
import type { CaseStep } from '../cases/step.js';
import { givenBy } from '../cases/step-progress.js';
import { sentencesIn } from '../i18n/sentences.js';
import { text, type ReadyText } from '../i18n/text.js';
import { licenseNames } from './case-parts.js';
import { whenText, type CaseView } from './case-view.js';
import { line, type Part } from './elements.js';
import { cardText, plainText } from './escape.js';

type Stepping = CaseIn<'decided' | 'scheduled' | 'acting' | 'holding' | 'undoing' | 'needsPerson'>;

/** Progress of every step, a line each; marks only repeat what the words say. */
export function stepLines(c: Stepping, view: CaseView): readonly Part[] {
  return c.steps.map((each) =>
    line(text(view, 'step.line', { step: stepName(c, each, view), progress: progressText(each, view) })),
  );
}

function stepName(c: Pick<Stepping, 'decision'>, { step, progress }: CaseStep, view: CaseView): ReadyText {
  switch (step.kind) {
    case 'disableSignIn':
    case 'convertMailbox':
    case 'deleteAccount':
      return text(view, `step.${step.kind}`);
    case 'leaveGroup':
      return text(view, 'step.leaveGroup', { licenses: licenseNames(step.licenses, view) });
    case 'removeLicenses': {
      const licenses = licenseNames(step.licenses, view);
      return step.instead === undefined
        ? text(view, 'step.removeLicenses', { licenses })
        : text(view, 'step.removeInstead', { licenses, instead: licenseNames(step.instead, view) });
    }
    case 'setUsageLocation':
      return text(view, `step.location.${receiverOf(c)}`, {
        ...receiverName(c),
        country: plainText(step.country),
      });
    case 'assignLicenses':
      return text(view, `step.assign.${receiverOf(c)}`, {
        ...receiverName(c),
        licenses: licenseNames(givenBy(step, progress), view),
      });
    default:
      return step satisfies never;
  }
}

function receiverOf({ decision }: Pick<Stepping, 'decision'>): 'named' | 'person' | 'receiver' {
  if (decision.kind === 'give') return 'person';
  return decision.kind === 'reassign' ? 'named' : 'receiver';
}

function receiverName({ decision }: Pick<Stepping, 'decision'>): { readonly name?: ReadyText } {
  return decision.kind === 'reassign' ? { name: cardText(decision.receiver.displayName) } : {};
}

function progressText({ progress, notBefore }: CaseStep, view: CaseView): ReadyText {
  switch (progress.is) {
    case 'planned':
      return text(view, 'progress.planned', { date: whenText(notBefore, view) });
    case 'intended':
      return text(view, progress.refused === undefined ? 'progress.working' : 'progress.refused');
    case 'sent':
      return text(view, 'progress.working');
    case 'done':
      return text(view, 'progress.done', { date: whenText(progress.at, view) });
    case 'handedOver':
    case 'undoHandedOver':
      return text(view, 'progress.handedOver');
    case 'undoIntended':
    case 'undoSent':
      return text(view, 'progress.undoing');
    case 'left':
      return text(view, 'progress.left', { date: whenText(progress.at, view) });
    case 'undone':
      return text(view, 'progress.undone', { date: whenText(progress.at, view) });
    case 'skipped':
      return text(view, 'progress.skipped', { why: cardText(sentencesIn(view, progress.why), 200) });
    default:
      return progress satisfies never;
  }
}
