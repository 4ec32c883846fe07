import type { CardJson } from '../bot/messenger.js';
import type { Case } from '../cases/case.js';
import type { Finding } from '../audit/finding.js';
import { scenarioNote } from '../cases/evidence-lines.js';
import { isoDay } from '../audit/day.js';
import type { HistoryLine, RunFigures } from '../chat/read-model.js';
import { sumMoney } from '../spend/money.js';
import { caseSummary } from './case-card.js';
import { licenseNames, who } from './case-parts.js';
import { unusedOnly } from './person-card.js';
import { scenarioText, type CaseView } from './case-view.js';
import { dateText, dayText, timeText } from './dates.js';
import { box, card, facts, line, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';
import { moneyText, yearlyText } from './money-text.js';
import type { Instant } from '../cases/case.js';

const ROWS = 15;

/** Who is inactive but licensed: totals, then the most expensive, and how to get the rest. */
export function inactiveCard(run: RunFigures, findings: readonly Finding[], view: CaseView): CardJson {
  const count = findings.length;
  const rest = count - ROWS;
  return card([
    title(inactiveHeadline(count)),
    quiet(`You asked: who is inactive but licensed, most expensive first. ${sourceText(run, view)}`),
    totals(run, findings, view),
    ...findings.slice(0, ROWS).map((finding) => row(finding, view)),
    ...(rest > 0
      ? [line(`and **${rest} more**; ask \`steward audit --out DIR\` for all of them as CSV.`)]
      : []),
    ...(count > 0
      ? [quiet('Write **case NAME** to see one person.')]
      : [line('Every license that could be judged is in use.')]),
  ]);
}

export function inactiveHeadline(count: number): string {
  const who = count === 0 ? 'Nobody holds' : count === 1 ? '1 person holds' : `${count} people hold`;
  return `${who} licenses that look unused`;
}

function sourceText(run: RunFigures, view: CaseView): string {
  const data = run.reportRefreshed ? `usage data of ${dayText(run.reportRefreshed)}` : 'no usage report';
  return `Audit of ${dateText(run.finishedAt as Instant, view)}, ${data}.`;
}

function totals(run: RunFigures, findings: readonly Finding[], view: CaseView): Part {
  const priced = findings.flatMap((finding) => finding.annualCost ?? []);
  const sum = sumMoney(priced);
  const gaps = findings.length - priced.length;
  const cost = sum
    ? `${moneyText(sum, view.locale)}${gaps > 0 ? ` (${gaps} without a price)` : ''}`
    : 'prices not entered';
  return facts([
    ...(findings.length > 0 ? [['Yearly cost', cost] as const] : []),
    ['Looked at', `${amount(run.people)} people with ${amount(run.licenses)} licenses`],
    ['Not judged', `${amount(run.unknown)} for lack of data; nothing happens to them`],
    ['Protected', amount(run.protected)],
  ]);
}

function amount(count: number): string {
  return count.toLocaleString('en');
}

function row(finding: Finding, view: CaseView): Part {
  const { person, verdict } = finding;
  const licenses = unusedOnly(finding);
  const days = verdict.kind === 'inactive' ? verdict.days : undefined;
  const lastUse =
    verdict.kind === 'inactive' && verdict.lastUse !== undefined
      ? ` Last use ${dayText(isoDay(verdict.lastUse))}.`
      : '';
  const why = finding.scenario
    ? scenarioText({
        scenario: finding.scenario,
        daysInactive: days,
        scenarioNote: scenarioNote(finding),
        licenses,
      })
    : '';
  const department = person.department ? `${cardText(person.department, 60)} · ` : '';
  return {
    type: 'ColumnSet',
    separator: true,
    spacing: 'Small',
    columns: [
      {
        type: 'Column',
        width: 'stretch',
        items: [
          { type: 'TextBlock', text: cardText(person.displayName, 80), weight: 'Bolder', wrap: true },
          quiet(`${department}${licenseNames(licenses)}. ${why}${lastUse}`),
        ],
      },
      {
        type: 'Column',
        width: 'auto',
        items: [
          {
            type: 'TextBlock',
            text: yearlyText(finding.annualCost, view.locale),
            horizontalAlignment: 'Right',
            wrap: true,
          },
        ],
      },
    ],
  };
}

const HISTORY_ROWS = 25;

/** What happened in a case, oldest first; of a long history the newest part. */
export function historyCard(c: Case, lines: readonly HistoryLine[], view: CaseView): CardJson {
  const hidden = Math.max(0, lines.length - HISTORY_ROWS);
  return card([
    title('History'),
    box('emphasis', who(c)),
    ...(hidden > 0 ? [quiet(`${hidden} earlier entries; ask \`steward history\` for all.`)] : []),
    facts(
      lines
        .slice(hidden)
        .map((entry) => [timeText(entry.at as Instant, view), cardText(entry.text, 400)] as const),
    ),
    line(`Now: ${caseSummary(c, view)}`),
  ]);
}
