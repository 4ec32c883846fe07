import type { CaseView } from '../../cards/case-view.js';
import { dayText } from '../../cards/dates.js';
import { messageText } from '../../cards/escape.js';
import { protectedCard, protectionsCard, protectionsHeadline } from '../../cards/protection-cards.js';
import type {
  LiftOutcome,
  NamedPerson,
  NotAllowed,
  ProtectionsSeen,
  ProtectOutcome,
} from '../../cases/admin/admin-desk.js';
import type { Shown } from '../answer.js';
import { say } from '../say.js';
import { refused } from './answer.js';

/** How a protection has to be said. */
export const HOW_TO_PROTECT: Shown = say(
  'Please say whom, why, and for an exemption until when, for example **protect Adele Vance because she works ' +
    'without signing in** or **exempt adele@contoso.com until 2027-01-31 because she is on a project**. **unprotect NAME** takes ' +
    'it back, **protections** lists all.',
);

export function protectAnswer(outcome: ProtectOutcome, view: CaseView): Shown {
  switch (outcome.kind) {
    case 'notAllowed':
      return refused();
    case 'protected': {
      const { displayName } = outcome.protection;
      return { kind: 'card', card: protectedCard(outcome, view), summary: `${displayName} is protected` };
    }
    case 'nobody':
      return say(
        `I found nobody called **${messageText(outcome.who)}**. Nothing was changed; try the e-mail address.`,
      );
    case 'several':
      return say(severalText(outcome.people));
    case 'yourself':
      return say('Nobody decides about themself: please ask another administrator. Nothing was changed.');
    case 'isOver':
      return say(`${dayText(outcome.until)} is over already. Nothing was changed.`);
    case 'reasonLength':
      return say(`Say why, in at most ${outcome.most} characters. Nothing was changed.`);
    default:
      return outcome satisfies never;
  }
}

export function liftAnswer(outcome: LiftOutcome): Shown {
  switch (outcome.kind) {
    case 'notAllowed':
      return refused();
    case 'lifted':
      return say(
        `**${messageText(outcome.protection.displayName)}** is not protected in chat any more. The next audit judges them ` +
          'like everybody else; a case that had ended stays ended.',
      );
    case 'changedMeanwhile':
      return say(
        `Nothing was changed: somebody has said something else of **${messageText(outcome.protection.displayName)}** ` +
          'since. Write **protections** to see what holds.',
      );
    case 'notProtected':
      return say(
        `Nobody called **${messageText(outcome.who)}** is protected in chat. What the policy file says is changed there.`,
      );
    case 'several':
      return say(severalText(outcome.people));
    default:
      return outcome satisfies never;
  }
}

export function protectionsAnswer(outcome: ProtectionsSeen | NotAllowed): Shown {
  if (outcome.kind === 'notAllowed') return refused();
  const { protections } = outcome;
  if (protections.length === 0)
    return say('Nobody is protected in chat. Whom the policy file protects stands there.');
  return {
    kind: 'card',
    card: protectionsCard(protections),
    summary: protectionsHeadline(protections.length),
  };
}

function severalText(people: readonly NamedPerson[]): string {
  const list = people
    .slice(0, 10)
    .map(
      ({ displayName, userPrincipalName }) =>
        `- ${messageText(displayName)} (${messageText(userPrincipalName)})`,
    );
  return `That fits several people. Nothing was changed; write the address of the one you mean:\n\n${list.join('\n')}`;
}
