import { caseSummary } from '../cards/case-card.js';
import type { CaseView } from '../cards/case-view.js';
import { messageText } from '../cards/escape.js';
import { findingCard } from '../cards/person-card.js';
import type { Case } from '../cases/case.js';
import type { Language } from '../i18n/locale.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import type { Shown } from './answer.js';
import type { Found } from './find-case.js';

/** What is said where a name means no case, or more than one. */
export function notFound(found: Exclude<Found, { kind: 'case' }>, view: CaseView): Shown {
  switch (found.kind) {
    case 'finding':
      return { kind: 'card', card: findingCard(found.finding, view), summary: text(view, 'summary.finding') };
    case 'noCase':
      return said(text(view, 'chat.noCaseOf', { name: messageText(found.displayName) }));
    case 'several':
      return said(joined([text(view, 'chat.several'), namesOf(found.names.slice(0, 10), view)], '\n\n'));
    case 'severalCases':
      return said(joined([text(view, 'chat.severalCases'), casesOf(found.cases.slice(0, 10), view)], '\n\n'));
    case 'nobody':
      return found.mayKnow ? said(text(view, 'chat.nobody', { name: messageText(found.who) })) : noCase(view);
    default:
      return found satisfies never;
  }
}

function namesOf(people: Extract<Found, { kind: 'several' }>['names'], reader: Language): ReadyText {
  const lines = people.map(({ displayName, userPrincipalName }) =>
    text(reader, 'chat.person', {
      name: messageText(displayName),
      address: messageText(userPrincipalName),
    }),
  );
  return joined(lines, '\n');
}

function casesOf(cases: readonly Case[], view: CaseView): ReadyText {
  const lines = cases.map((c) =>
    text(view, 'chat.case', { id: messageText(c.caseId), standing: caseSummary(c, view) }),
  );
  return joined(lines, '\n');
}

/** The same words whether there is no such case or somebody else has it, so that asking reveals nothing. */
export function noCase(reader: Language): Shown {
  return said(text(reader, 'chat.noCase'));
}

function said(words: ReadyText): Shown {
  return { kind: 'text', text: words };
}
