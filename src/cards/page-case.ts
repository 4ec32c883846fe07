import type { Case } from '../cases/case.js';
import type { PersonPage } from '../chat/person-page.js';
import { text, type ReadyText } from '../i18n/text.js';
import { standing, standingText } from './case-card.js';
import { whenText, type CaseView } from './case-view.js';
import { facts, heading, line, quiet, type Part } from './elements.js';
import { cardText } from './escape.js';

/** The case on somebody's page: how it stands in words, who is asked, and when something happens next. */
export function caseParts(page: PersonPage, view: CaseView): readonly Part[] {
  const { case: c, otherCases } = page;
  if (c === undefined) return [heading(text(view, 'page.case')), line(text(view, 'finding.nobodyAsked'))];
  const headline = text(view, 'page.standing', { standing: standingText(c, view) });
  return [
    heading(text(view, 'page.case')),
    line(headline),
    ...rowsOf(c, page, view),
    ...(otherCases > 0 ? [quiet(text(view, 'page.otherCases', { count: otherCases }))] : []),
  ];
}

function rowsOf(c: Case, { askedOf }: PersonPage, view: CaseView): readonly Part[] {
  const name = askedOf === undefined ? text(view, 'page.someone') : cardText(askedOf, 80);
  switch (c.state) {
    case 'asked':
      return [
        facts([
          [
            text(view, 'page.row.asked'),
            text(view, 'page.askedSince', { name, date: whenText(c.askedAt, view) }),
          ],
          ...(c.remindAt === undefined ? [] : [row('page.row.reminder', whenText(c.remindAt, view), view)]),
        ]),
      ];
    case 'opened':
    case 'escalated':
      return c.asking.kind === 'ask' ? [facts([row('page.row.asksNext', name, view)])] : [];
    default:
      return standing(c, view).body;
  }
}

function row(
  key: 'page.row.reminder' | 'page.row.asksNext',
  value: ReadyText,
  view: CaseView,
): readonly [string, string] {
  return [text(view, key), value];
}
