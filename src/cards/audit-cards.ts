import type { AuditFigures, AuditProgress } from '../audit/audit-result.js';
import type { CardJson } from '../bot/messenger.js';
import type { CommandOutcome } from '../cases/command.js';
import { printQuery } from '../chat/query/print-query.js';
import { USUAL_QUERY } from '../chat/query/query.js';
import type { Reader } from './dates.js';
import { button, card, facts, line, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';
import { moneyText } from './money-text.js';
import { amount, asks } from './query-parts.js';

type Phase = AuditProgress['phase'];

/** How far an audit is: the newest progress of each of its stages. */
export type AuditStages = ReadonlyMap<Phase, AuditProgress>;

const STAGES: readonly (readonly [Phase, string])[] = [
  ['usageReport', 'Usage reports'],
  ['directory', 'People with licenses'],
  ['signIns', 'Sign-in dates'],
  ['details', 'Managers and mailboxes of candidates'],
];

/** The card that is edited while an audit runs. */
export function progressCard(stages: AuditStages): CardJson {
  const reached = STAGES.findLastIndex(([phase]) => stages.has(phase));
  const plan = stages.get('plan')?.text;
  return card([
    title('An audit is under way'),
    facts(
      STAGES.map(([phase, name], index) => [name, stageText(stages.get(phase), index - reached)] as const),
    ),
    ...(plan === undefined ? [] : [quiet(cardText(plan, 400))]),
    quiet('This card changes by itself. Nothing is changed in the tenant by reading it.'),
  ]);
}

/** @param place before, at or after the stage that was reached last */
function stageText(progress: AuditProgress | undefined, place: number): string {
  if (progress === undefined) return place < 0 ? 'not needed' : 'to come';
  const read = progressText(progress);
  return place < 0 || isWhole(progress)
    ? `done${read === '' ? '' : `, ${read}`}`
    : `now${read === '' ? '' : `: ${read}`}`;
}

function isWhole({ done, total }: AuditProgress): boolean {
  return total !== undefined && total > 0 && done >= total;
}

function progressText({ phase, done, total, minutesLeft }: AuditProgress): string {
  const what = phase === 'directory' ? 'people read' : phase === 'signIns' ? 'requests' : 'steps';
  if (done === 0 && total === undefined) return '';
  const count =
    total === undefined ? `${amount(done)} ${what}` : `${amount(done)} of ${amount(total)} ${what}`;
  return minutesLeft === undefined ? count : `${count}, ${timeLeft(minutesLeft)}`;
}

function timeLeft(minutes: number): string {
  if (minutes < 1) return 'less than a minute left';
  return minutes === 1 ? 'about 1 minute left' : `about ${minutes} minutes left`;
}

/** What came of an audit, and the questions that are asked most often after one. */
export function auditEndCard(
  outcome: Exclude<CommandOutcome, { is: 'waiting' }>,
  figures: AuditFigures | undefined,
  view: Reader,
): CardJson {
  const isDone = outcome.is === 'done';
  return card(
    [
      title(auditEndHeadline(outcome)),
      line(cardText(outcome.says, 1_000)),
      ...(figures === undefined ? [] : [figuresPart(figures, view)]),
    ],
    isDone ? USUAL_QUESTIONS : [],
  );
}

export function auditEndHeadline({ is }: Exclude<CommandOutcome, { is: 'waiting' }>): string {
  if (is === 'done') return 'The audit is done';
  return is === 'stopped' ? 'A guard has stopped the audit' : 'The audit has failed';
}

/** What came of an approval that was given in chat. */
export function approvalCard(outcome: Exclude<CommandOutcome, { is: 'waiting' }>): CardJson {
  return card([title(approvalHeadline(outcome)), line(cardText(outcome.says, 1_000))]);
}

export function approvalHeadline({ is }: Exclude<CommandOutcome, { is: 'waiting' }>): string {
  return is === 'done' ? 'The approval is carried out' : 'Nothing was approved';
}

function figuresPart(figures: AuditFigures, view: Reader): Part {
  const cost = figures.annualCost.map((each) => moneyText(each, view.locale)).join(' + ');
  return facts([
    ['People with managed licenses', amount(figures.people)],
    ['Licenses', amount(figures.licenses)],
    ['Active', amount(figures.active)],
    ['With idle licenses', amount(figures.inactive)],
    ['Protected', amount(figures.protected)],
    ['Unknown', amount(figures.unknown)],
    ['Guests', amount(figures.guests)],
    ['Yearly cost of idle licenses', cost === '' ? 'price not entered' : cost],
  ]);
}

const USUAL_QUESTIONS: readonly Part[] = [
  asks('Who is inactive?', printQuery(USUAL_QUERY)),
  asks(
    'Per department',
    printQuery({ ...USUAL_QUERY, ask: { kind: 'groups', by: 'department', of: 'people', top: undefined } }),
  ),
  asks(
    'Cost per license',
    printQuery({ ...USUAL_QUERY, ask: { kind: 'groups', by: 'license', of: 'cost', top: undefined } }),
  ),
  button({ title: 'Campaign status', verb: 'admin', data: { do: 'status' } }),
];
