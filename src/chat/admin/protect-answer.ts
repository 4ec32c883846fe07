import type { CaseView } from '../../cards/case-view.js';
import { dayText } from '../../cards/dates.js';
import { messageText, plainText } from '../../cards/escape.js';
import { protectedCard, protectionsCard, protectionsHeadline } from '../../cards/protection-cards.js';
import type {
  LiftOutcome,
  NamedPerson,
  NotAllowed,
  ProtectionsSeen,
  ProtectOutcome,
} from '../../cases/admin/admin-desk.js';
import type { Language } from '../../i18n/locale.js';
import { text, type ReadyText } from '../../i18n/text.js';
import type { Shown } from '../answer.js';
import { say } from '../say.js';
import { refused } from './answer.js';

/** How a protection has to be said. */
export function howToProtect(reader: Language): Shown {
  return say(text(reader, 'admin.protect.how'));
}

export function protectAnswer(outcome: ProtectOutcome, view: CaseView): Shown {
  switch (outcome.kind) {
    case 'notAllowed':
      return refused(view);
    case 'protected': {
      const name = plainText(outcome.protection.displayName);
      const summary = text(view, 'admin.protected.summary', { name });
      return { kind: 'card', card: protectedCard(outcome, view), summary };
    }
    case 'nobody':
      return say(text(view, 'admin.protect.nobody', { who: messageText(outcome.who) }));
    case 'several':
      return several(outcome.people, view);
    case 'yourself':
      return say(text(view, 'admin.protect.yourself'));
    case 'isOver':
      return say(text(view, 'admin.protect.isOver', { date: dayText(outcome.until, view) }));
    case 'reasonLength':
      return say(text(view, 'admin.protect.reasonLength', { most: outcome.most }));
    default:
      return outcome satisfies never;
  }
}

export function liftAnswer(outcome: LiftOutcome, reader: Language): Shown {
  switch (outcome.kind) {
    case 'notAllowed':
      return refused(reader);
    case 'lifted':
    case 'changedMeanwhile': {
      const key = outcome.kind === 'lifted' ? 'admin.lift.done' : 'admin.lift.changed';
      return say(text(reader, key, { name: messageText(outcome.protection.displayName) }));
    }
    case 'notProtected':
      return say(text(reader, 'admin.lift.none', { who: messageText(outcome.who) }));
    case 'several':
      return several(outcome.people, reader);
    default:
      return outcome satisfies never;
  }
}

export function protectionsAnswer(outcome: ProtectionsSeen | NotAllowed, reader: Language): Shown {
  if (outcome.kind === 'notAllowed') return refused(reader);
  const { protections } = outcome;
  if (protections.length === 0) return say(text(reader, 'admin.protections.none'));
  return {
    kind: 'card',
    card: protectionsCard(protections, reader),
    summary: protectionsHeadline(protections.length, reader),
  };
}

function several(people: readonly NamedPerson[], reader: Language): Shown {
  const list = people
    .slice(0, 10)
    .map(
      ({ displayName, userPrincipalName }) =>
        `- ${messageText(displayName)} (${messageText(userPrincipalName)})`,
    );
  return say([text(reader, 'admin.protect.several'), '', ...list].join('\n') as ReadyText);
}
