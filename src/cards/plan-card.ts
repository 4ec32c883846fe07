import type { CardJson } from '../bot/messenger.js';
import type { PlanSeen } from '../cases/admin/admin-desk.js';
import type { CampaignPlan, PlannedQuestion } from '../cases/campaign/campaign-plan.js';
import { WHO_ELSE_APPROVES } from '../cases/campaign/opening-words.js';
import type { NotOpened } from '../cases/campaign/opening.js';
import type { Missing } from '../cases/campaign/second-person.js';
import type { Instant } from '../cases/case.js';
import type { Language } from '../i18n/locale.js';
import { sentencesIn } from '../i18n/sentences.js';
import { text, type ReadyText } from '../i18n/text.js';
import { amount } from './campaign-card.js';
import { licenseNames } from './case-parts.js';
import { timeText, type Reader } from './dates.js';
import { button, card, facts, heading, line, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';
import { yearlyText } from './money-text.js';

const ROWS = 10;

/** A plan for somebody who looks at it. `finishedAt`: of its audit. `whoElse`: see `PlanSeen`. */
export interface PlanToShow extends Pick<PlanSeen, 'whoElse'> {
  readonly plan: CampaignPlan;
  readonly finishedAt: string;
}

/**
 * Whom the campaign would ask about whom, before anybody is asked, and the button that approves exactly this; for whoever
 * it is about, who can approve it in place of them.
 */
export function planCard({ plan, finishedAt, whoElse }: PlanToShow, view: Reader): CardJson {
  const { questions, left } = plan;
  const count = questions.length - ROWS;
  return card(
    [
      title(planHeadline(plan, view)),
      quiet(
        text(view, 'admin.plan.of', {
          plan: cardText(plan.planId),
          time: timeText(finishedAt as Instant, view),
        }),
      ),
      ...questions.slice(0, ROWS).map((question) => line(rowText(question, view))),
      ...(count > 0 ? [quiet(text(view, 'admin.plan.more', { count }))] : []),
      ...leftPart(left, view),
      ...(questions.length === 0 ? [] : [quiet(text(view, 'admin.plan.nobodyYet'))]),
      ...(whoElse === undefined ? [] : [line(whoElseText(whoElse, view))]),
    ],
    questions.length === 0 || whoElse !== undefined ? [] : [approveButton(plan, view)],
  );
}

function approveButton({ planId }: CampaignPlan, reader: Language): Part {
  return button({
    title: text(reader, 'admin.plan.approve'),
    verb: 'admin',
    data: { do: 'approve', planId },
    style: 'positive',
  });
}

function whoElseText(whoElse: Missing, reader: Language): ReadyText {
  const who = cardText(sentencesIn(reader, WHO_ELSE_APPROVES[whoElse], ['ordered.']), 600);
  return text(reader, 'admin.plan.aboutYou', { who });
}

export function planHeadline({ questions }: CampaignPlan, reader: Language): ReadyText {
  return text(reader, 'admin.plan.headline', { count: questions.length });
}

function rowText(question: PlannedQuestion, view: Reader): ReadyText {
  const { displayName, licenses, annualCost, asks, goesToAdmins = '' } = question;
  const about = {
    name: cardText(displayName, 80),
    licenses: licenseNames(licenses, view),
    cost: yearlyText(annualCost, view.locale),
  };
  if (asks !== undefined)
    return text(view, 'admin.plan.row', { ...about, whom: cardText(asks.displayName, 60) });
  const why = cardText(sentencesIn(view, goesToAdmins, ['said.']), 200);
  return text(view, 'admin.plan.rowForAdmins', { ...about, why });
}

const LEFT: readonly NotOpened[] = [
  'has-open-case',
  'cool-down',
  'protected',
  'not-a-candidate',
  'no-license',
  'limit-per-run-reached',
  'limit-per-department-reached',
];

function leftPart(left: CampaignPlan['left'], reader: Language): readonly Part[] {
  const rows = LEFT.flatMap((why) => {
    const count = left[why] ?? 0;
    return count === 0 ? [] : [[text(reader, `admin.plan.left.${why}`), amount(count, reader)] as const];
  });
  return rows.length === 0 ? [] : [heading(text(reader, 'admin.plan.left')), facts(rows)];
}
