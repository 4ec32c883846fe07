import type { CardJson } from '../bot/messenger.js';
import type { Case, Instant } from '../cases/case.js';
import type { HistoryLine } from '../chat/read-model.js';
import { caseSummary } from './case-card.js';
import { evidence, licenses, who } from './case-parts.js';
import type { CaseView } from './case-view.js';
import { timeText } from './dates.js';
import { box, card, facts, heading, line, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';

const HISTORY_ROWS = 25;

/** What happened in a case, oldest first; of a long history the newest part. */
export function historyCard(c: Case, lines: readonly HistoryLine[], view: CaseView): CardJson {
  const hidden = Math.max(0, lines.length - HISTORY_ROWS);
  return card([
    title('History'),
    box('emphasis', who(c)),
    ...(hidden > 0 ? [quiet(`${hidden} earlier entries; ask \`steward history\` for all.`)] : []),
    rows(lines.slice(hidden), view),
    line(`Now: ${caseSummary(c, view)}`),
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
    title('Why this person was asked about'),
    box('emphasis', who(c)),
    ...evidence(c, view),
    ...licenses(c, view),
    heading('Who was asked, and why'),
    ...(reasons.length === 0 ? [line('Nobody was asked so far.')] : [rows(reasons, view)]),
    line(`Now: ${caseSummary(c, view)}`),
    quiet('Write **history NAME** for everything that happened since.'),
  ]);
}

function rows(lines: readonly HistoryLine[], view: CaseView): Part {
  return facts(
    lines.map((entry) => [timeText(entry.at as Instant, view), cardText(entry.text, 400)] as const),
  );
}
