import type { CardJson } from '../bot/messenger.js';
import type { Case, Instant } from '../cases/case.js';
import type { HistoryLine } from '../chat/read-model.js';
import { caseSummary } from './case-card.js';
import { evidence, licenses, who } from './case-parts.js';
import type { CaseView } from './case-view.js';
import { timeText } from './dates.js';
import { box, card, facts, heading, line, quiet, title, type Part } from './elements.js';
import { text } from '../i18n/text.js';
import { cardText } from './escape.js';

const HISTORY_ROWS = 25;

/** What happened in a case, oldest first; of a long history the newest part. */
export function historyCard(c: Case, lines: readonly HistoryLine[], view: CaseView): CardJson {
  const hidden = Math.max(0, lines.length - HISTORY_ROWS);
  return card([
    title(text(view, 'history.title')),
    box('emphasis', who(c)),
    ...(hidden > 0 ? [quiet(text(view, 'history.earlier', { count: hidden }))] : []),
    rows(lines.slice(hidden), view),
    line(text(view, 'history.now', { standing: caseSummary(c, view) })),
  ]);
}

/** What leads to a question, and nothing of what came after it. */
const REASONS: ReadonlySet<string> = new Set([
  ...['opened', 'asked', 'passedOn', 'askedAgain', 'notDelivered', 'sentToAdmins'],
]);

/** Why this person is asked about: what the audit found, and by which way the question came to whom, from the history. */
export function explainCard(c: Case, lines: readonly HistoryLine[], view: CaseView): CardJson {
  const reasons = lines.filter(({ type }) => REASONS.has(type)).slice(0, HISTORY_ROWS);
  return card([
    title(text(view, 'explain.title')),
    box('emphasis', who(c)),
    ...evidence(c, view),
    ...licenses(c, view),
    heading(text(view, 'explain.asked')),
    ...(reasons.length === 0 ? [line(text(view, 'explain.nobody'))] : [rows(reasons, view)]),
    line(text(view, 'history.now', { standing: caseSummary(c, view) })),
    quiet(text(view, 'explain.more')),
  ]);
}

function rows(lines: readonly HistoryLine[], view: CaseView): Part {
  return facts(
    lines.map((entry) => [timeText(entry.at as Instant, view), cardText(entry.text, 400)] as const),
  );
}
