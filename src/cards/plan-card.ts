import type { CardJson } from '../bot/messenger.js';
import type { CampaignPlan, PlannedQuestion } from '../cases/campaign/campaign-plan.js';
import type { NotOpened } from '../cases/campaign/opening.js';
import type { Instant } from '../cases/case.js';
import { licenseNames } from './case-parts.js';
import { timeText, type Reader } from './dates.js';
import { button, card, facts, heading, line, quiet, title } from './elements.js';
import { cardText } from './escape.js';
import { yearlyText } from './money-text.js';
import { amount, peopleText } from './query-parts.js';

const ROWS = 10;

const LEFT: Readonly<Record<NotOpened, string>> = {
  'has-open-case': 'Have an open case',
  'cool-down': 'Were decided about not long ago',
  protected: 'Protected',
  'not-a-candidate': 'No candidates',
  'no-license': 'Hold no license that can go',
  'limit-per-run-reached': 'Wait for a later run (limit per run)',
  'limit-per-department-reached': 'Wait for a later run (limit per department)',
};

/** Whom the campaign would ask about whom, before anybody is asked, and the button that approves exactly this. */
export function planCard(plan: CampaignPlan, finishedAt: string, view: Reader): CardJson {
  const { questions, left, planId } = plan;
  const more = questions.length - ROWS;
  return card(
    [
      title(planHeadline(plan)),
      quiet(`Plan ${planId}, from the audit of ${timeText(finishedAt as Instant, view)}.`),
      ...questions.slice(0, ROWS).map((question) => line(rowText(question, view))),
      ...(more > 0
        ? [
            quiet(
              `and ${amount(more)} more; \`npm run steward -- plan\` has all, with every step and its date.`,
            ),
          ]
        : []),
      ...leftPart(left),
      quiet('Nobody was asked yet.'),
    ],
    questions.length === 0
      ? []
      : [
          button({
            title: 'Approve exactly this plan',
            verb: 'admin',
            data: { do: 'approve', planId },
            style: 'positive',
          }),
        ],
  );
}

export function planHeadline({ questions }: CampaignPlan): string {
  return questions.length === 0
    ? 'Nobody would be asked about'
    : `${peopleText(questions.length)} would be asked about`;
}

function rowText({ displayName, licenses, annualCost, asks }: PlannedQuestion, view: Reader): string {
  const whom = asks === undefined ? 'somebody above, or an admin' : cardText(asks.displayName, 60);
  return `**${cardText(displayName, 80)}**: ${licenseNames(licenses)} · ${yearlyText(annualCost, view.locale)}. Asks ${whom}.`;
}

function leftPart(left: CampaignPlan['left']) {
  const rows = (Object.keys(LEFT) as NotOpened[]).flatMap((why) => {
    const count = left[why] ?? 0;
    return count === 0 ? [] : [[LEFT[why], amount(count)] as const];
  });
  return rows.length === 0 ? [] : [heading('Not asked about now'), facts(rows)];
}
