import { caseSummary } from '../cards/case-card.js';
import type { CaseView } from '../cards/case-view.js';
import { messageText } from '../cards/escape.js';
import { findingCard } from '../cards/person-card.js';
import { severalCard, type WantedOfOne } from '../cards/several-card.js';
import type { Case } from '../cases/case.js';
import type { Language } from '../i18n/locale.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import type { Shown } from './answer.js';
import type { Found } from './find-case.js';

/**
 * What is said where a name means no case, or more than one.
 * @param wanted what is asked again of whoever of several is chosen; a deed is never done by that, but their page shown
 */
export function notFound(
  found: Exclude<Found, { kind: 'case' }>,
  view: CaseView,
  wanted: WantedOfOne = 'person',
): Shown {
  switch (found.kind) {
    case 'finding':
      return { kind: 'card', card: findingCard(found.finding, view), summary: text(view, 'summary.finding') };
    case 'noCase':
      return said(text(view, 'chat.noCaseOf', { name: messageText(found.displayName) }));
    case 'several':
      return {
        kind: 'card',
        card: severalCard(found.names, wanted, view),
        summary: text(view, 'chat.several'),
      };
    case 'severalCases':
      return said(joined([text(view, 'chat.severalCases'), casesOf(found.cases.slice(0, 10), view)], '\n\n'));
    case 'nobody':
      return found.mayKnow ? said(text(view, 'chat.nobody', { name: messageText(found.who) })) : noCase(view);
    default:
      return found satisfies never;
  }
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
