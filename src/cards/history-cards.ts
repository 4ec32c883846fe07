import type { CardJson } from '../bot/messenger.js';
import type { Case, Instant } from '../cases/case.js';
import type { HistoryLine } from '../chat/read-model.js';
import { standingText } from './case-card.js';
import { evidence, evidenceInShort, licenses, who } from './case-parts.js';
import { isForReviewer, type CaseView } from './case-view.js';
import { timeText } from './dates.js';
import { box, card, heading, line, quiet, title, type Part } from './elements.js';
import { text } from '../i18n/text.js';
import { cardText } from './escape.js';
import { firstThatFits } from './fitting.js';

const HISTORY_ROWS = 25;
/** Of long entries fewer are shown. */
const FEWER_ROWS = [HISTORY_ROWS, 14, 7] as const;

/** What happened in a case, oldest first; of a long history the newest part. */
export function historyCard(c: Case, lines: readonly HistoryLine[], view: CaseView): CardJson {
  return firstThatFits(FEWER_ROWS, (shown) => {
    const hidden = Math.max(0, lines.length - shown);
    return card([
      title(text(view, 'history.title')),
      box('emphasis', who(c)),
      ...(hidden > 0 ? [quiet(text(view, 'history.earlier', { count: hidden }))] : []),
      ...rows(lines.slice(hidden), view),
      line(text(view, 'history.now', { standing: standingText(c, view) })),
    ]);
  });
}

/** What leads to a question, and nothing of what came after it. */
const REASONS: ReadonlySet<string> = new Set([
  ...['opened', 'asked', 'passedOn', 'askedAgain', 'notDelivered', 'sentToAdmins'],
]);

/** Why this person is asked about: what the audit found, and by which way the question came to whom, from the history. */
export function explainCard(c: Case, lines: readonly HistoryLine[], view: CaseView): CardJson {
  const reasons = lines.filter(({ type }) => REASONS.has(type));
  return firstThatFits(FEWER_ROWS, (shown) =>
    card([
      title(text(view, 'explain.title')),
      box('emphasis', who(c)),
      ...(isForReviewer(view) ? evidenceInShort : evidence)(c, view),
      ...licenses(c, view),
      heading(text(view, 'explain.asked')),
      ...(reasons.length === 0 ? [line(text(view, 'explain.nobody'))] : rows(reasons.slice(0, shown), view)),
      line(text(view, 'history.now', { standing: standingText(c, view) })),
      quiet(text(view, 'explain.more')),
    ]),
  );
}

/** One text each: beside a column of dates a phone has no room. */
function rows(lines: readonly HistoryLine[], view: CaseView): readonly Part[] {
  return lines.map((entry) =>
    line(
      text(view, 'history.row', {
        time: timeText(entry.at as Instant, view),
        what: cardText(entry.text, 400),
      }),
    ),
  );
}
