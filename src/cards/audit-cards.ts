import type { AuditFigures, AuditProgress } from '../audit/audit-result.js';
import type { CardJson } from '../bot/messenger.js';
import type { CommandOutcome } from '../cases/command.js';
import { printQuery } from '../chat/query/print-query.js';
import { USUAL_QUERY, type Query } from '../chat/query/query.js';
import type { Language } from '../i18n/locale.js';
import { sentenceIn, sentencesIn } from '../i18n/sentences.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { amount } from './campaign-card.js';
import { button, card, facts, line, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';
import { moneyText } from './money-text.js';
import { asks } from './query-parts.js';

type Phase = AuditProgress['phase'];
type Ended = Exclude<CommandOutcome, { is: 'waiting' }>;

/** How far an audit is: the newest progress of each of its stages. */
export type AuditStages = ReadonlyMap<Phase, AuditProgress>;

const STAGES = ['usageReport', 'directory', 'signIns', 'details'] as const;

/** The card that is edited while an audit runs. */
export function progressCard(stages: AuditStages, reader: Language): CardJson {
  const reached = STAGES.findLastIndex((phase) => stages.has(phase));
  const plan = stages.get('plan')?.text;
  return card([
    title(text(reader, 'admin.audit.underWay')),
    facts(
      STAGES.map((phase, index) => [
        text(reader, `admin.audit.stage.${phase}`),
        stageText(stages.get(phase), index - reached, reader),
      ]),
    ),
    ...(plan === undefined ? [] : [quiet(cardText(sentenceIn(reader, plan, 'planned.'), 400))]),
    quiet(text(reader, 'admin.audit.note')),
  ]);
}

/** @param place before, at or after the stage that was reached last */
function stageText(progress: AuditProgress | undefined, place: number, reader: Language): ReadyText {
  if (progress === undefined) return text(reader, place < 0 ? 'admin.audit.notNeeded' : 'admin.audit.toCome');
  const count = progressText(progress, reader);
  const isOver = place < 0 || isWhole(progress);
  if (count === undefined) return text(reader, isOver ? 'admin.audit.done' : 'admin.audit.now');
  return text(reader, isOver ? 'admin.audit.doneWith' : 'admin.audit.nowAt', { count });
}

function isWhole({ done, total }: AuditProgress): boolean {
  return total !== undefined && total > 0 && done >= total;
}

function progressText(
  { phase, done, total, minutesLeft }: AuditProgress,
  reader: Language,
): ReadyText | undefined {
  if (total === undefined) return done === 0 ? undefined : text(reader, 'admin.audit.people', { done });
  const key = phase === 'signIns' ? 'admin.audit.requests' : 'admin.audit.parts';
  const count = text(reader, key, { done, total });
  return minutesLeft === undefined
    ? count
    : text(reader, 'admin.audit.left', { count, minutes: minutesLeft });
}

/** What came of an audit, and the questions that are asked most often after one. */
export function auditEndCard(outcome: Ended, figures: AuditFigures | undefined, reader: Language): CardJson {
  return card(
    [
      title(auditEndHeadline(outcome, reader)),
      line(withoutTitle(saysText(outcome, reader), reader)),
      ...(figures === undefined ? [] : [figuresPart(figures, reader)]),
    ],
    outcome.is === 'done' ? usualQuestions(reader) : [],
  );
}

/** What has left no run was left out, such as a time of a schedule that holds no more. */
export function auditEndHeadline(outcome: Ended, reader: Language): ReadyText {
  const isLeftOut = outcome.is === 'done' && outcome.runId === undefined;
  return text(reader, `admin.audit.is.${isLeftOut ? 'leftOut' : outcome.is}`);
}

/** That it is done is said by the title already. */
function withoutTitle(says: ReadyText, reader: Language): ReadyText {
  const done = text(reader, 'ordered.done').slice(0, -1);
  const isSaid = says.startsWith(`${done}. `) || says.startsWith(`${done}; `);
  return isSaid ? (says.slice(done.length + 2) as ReadyText) : says;
}

/** Why a guard stopped an audit may be many sentences. */
const MOST_SAID = 1_500;

function saysText({ says }: Ended, reader: Language): ReadyText {
  return cardText(sentencesIn(reader, says, ['ordered.', 'guarded.', 'said.']), MOST_SAID);
}

/** What came of an approval that was given in chat. */
export function approvalCard(outcome: Ended, reader: Language): CardJson {
  return card([title(approvalHeadline(outcome, reader)), line(saysText(outcome, reader))]);
}

/** In place of a plan that was approved just now: nothing is left to press. */
export function approvalBegunCard(reader: Language): CardJson {
  return card([title(text(reader, 'admin.approval.sent')), line(text(reader, 'admin.approval.begun'))]);
}

export function approvalHeadline({ is }: Ended, reader: Language): ReadyText {
  return text(reader, is === 'done' ? 'admin.approval.done' : 'admin.approval.refused');
}

const FIGURES = ['people', 'licenses', 'active', 'inactive', 'protected', 'unknown', 'guests'] as const;

function figuresPart(figures: AuditFigures, reader: Language): Part {
  const cost = figures.annualCost.map((each) => moneyText(each, reader.locale));
  return facts([
    ...FIGURES.map((name) => [text(reader, `admin.figure.${name}`), amount(figures[name], reader)] as const),
    [
      text(reader, 'admin.figure.cost'),
      cost.length === 0 ? text(reader, 'money.noPrice') : joined(cost, ' + '),
    ],
  ]);
}

function usualQuestions(reader: Language): readonly Part[] {
  const per = (by: 'department' | 'license', of: 'people' | 'cost'): Query => ({
    ...USUAL_QUERY,
    ask: { kind: 'groups', by, of, top: undefined },
  });
  return [
    asks(text(reader, 'admin.ask.who'), printQuery(USUAL_QUERY, reader)),
    asks(text(reader, 'admin.ask.perDepartment'), printQuery(per('department', 'people'), reader)),
    asks(text(reader, 'admin.ask.costPerLicense'), printQuery(per('license', 'cost'), reader)),
    button({ title: text(reader, 'admin.ask.campaign'), verb: 'admin', data: { do: 'status' } }),
  ];
}
