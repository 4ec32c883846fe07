import { moneyText } from '../cards/money-text.js';
import type {
  CampaignPlan,
  ComparedQuestion,
  PlanDifference,
  PlannedQuestion,
} from '../cases/campaign/campaign-plan.js';
import type { NotOpened } from '../cases/campaign/opening.js';
import type { Policy } from '../config/policy.js';
import { sumsByCurrency } from '../spend/money.js';
import { stepName } from './case-text.js';
import type { PlanFile } from './plan-file.js';
import { scenarioName } from './scenario-name.js';
import { clean, counted, table, timeOf } from './terminal.js';

/** Why people who were found are not asked about now. */
const LEFT: Readonly<Record<NotOpened, string>> = {
  'has-open-case': 'with an open case',
  'cool-down': 'decided about not long ago',
  protected: 'protected',
  'not-a-candidate': 'not judged for lack of data',
  'no-license': 'without a license that can go',
  'limit-per-run-reached': 'waiting for a later run (limits.casesPerRun)',
  'limit-per-department-reached': 'waiting for a later run (limits.perDepartment)',
};

/** In plans of earlier versions, which did not look further than the directory's manager. */
const SOMEBODY_ELSE = 'the next manager above, or an admin';

/** A plan to read: its figures, then a line for each question. */
export function planText(
  plan: CampaignPlan,
  { mode, finishedAt }: { readonly mode: Policy['mode']; readonly finishedAt: string },
): string {
  const parts = [
    `Plan ${plan.planId}, from the audit of ${timeOf(finishedAt)}, under the policy as it is now (mode: ${mode})`,
    figures(plan),
    plan.questions.length === 0 ? '' : table([HEADER, ...plan.questions.map(row)], [4]),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

const HEADER = ['ABOUT', 'USER', 'SCENARIO', 'LICENSES', 'A YEAR', 'ASKED', 'IF RECLAIMED'];

function row({
  displayName,
  userPrincipalName,
  scenario,
  annualCost,
  ...question
}: PlannedQuestion): readonly string[] {
  return [
    clean(displayName),
    clean(userPrincipalName),
    scenarioName(scenario),
    question.licenses.map(({ name }) => name).join('; '),
    annualCost === undefined ? 'no price' : moneyText(annualCost, 'en'),
    askedName(question),
    stepsText(question),
  ];
}

function askedName({ asks, goesToAdmins }: Pick<ComparedQuestion, 'asks' | 'goesToAdmins'>): string {
  if (asks !== undefined) return clean(asks.displayName);
  return goesToAdmins === undefined ? SOMEBODY_ELSE : `an admin: ${clean(goesToAdmins)}`;
}

function stepsText({ steps }: Pick<PlannedQuestion, 'steps'>): string {
  if (steps.length === 0) return 'a task for a person';
  return steps
    .map(({ step, notBefore }) => `${stepName(step)} from ${notBefore.slice(0, 10)}`)
    .join(', then ');
}

function figures({ questions, left }: CampaignPlan): string {
  const licenses = questions.reduce((sum, question) => sum + question.licenses.length, 0);
  const sums = sumsByCurrency(questions.map(({ annualCost }) => annualCost));
  const cost =
    sums.length === 0 ? 'no price entered' : `${sums.map((sum) => moneyText(sum, 'en')).join(' + ')} a year`;
  const asked = new Set(questions.flatMap(({ asks }) => asks?.id ?? []));
  const toAdmins = questions.filter(({ asks }) => asks === undefined).length;
  return table([
    ['Would be asked about', counted(questions.length, 'person', 'people')],
    ['Managers asked', String(asked.size)],
    ...(toAdmins === 0 ? [] : [['Go to the admins at once', String(toAdmins)]]),
    ['Licenses', licenses === 0 ? '0' : `${licenses}, ${cost}`],
    ...(Object.keys(LEFT) as NotOpened[]).flatMap((why) =>
      left[why] === undefined ? [] : [['Not asked about', `${left[why]} ${LEFT[why]}`]],
    ),
  ]);
}

/** What is another now than in a plan that was kept. */
export function differenceText(
  before: Pick<PlanFile, 'planId' | 'madeAt'>,
  { added, removed, changed }: PlanDifference,
): string {
  const since = `the plan ${clean(before.planId)} of ${timeOf(clean(before.madeAt))}`;
  if (added.length + removed.length + changed.length === 0) return `Nothing is different from ${since}.`;
  return [
    `Different from ${since}: ${added.length} more, ${removed.length} fewer, ${changed.length} changed`,
    ...removed.map((question) => `- ${questionText(question)}`),
    ...added.map((question) => `+ ${questionText(question)}`),
    ...changed.flatMap((pair) => [`- ${questionText(pair.before)}`, `+ ${questionText(pair.after)}`]),
  ].join('\n');
}

function questionText(question: ComparedQuestion): string {
  const licenses = question.licenses.map(({ name }) => clean(name)).join('; ');
  const steps = question.steps.map(({ step }) => kindOf(step)).join(', ');
  const about = `${clean(question.displayName)} (${clean(question.userPrincipalName)})`;
  return `${about}: ${scenarioName(question.scenario)}, ${licenses}; asked: ${askedName(question)}; steps: ${steps || 'none'}`;
}

function kindOf(step: unknown): string {
  return typeof step === 'object' && step !== null && 'kind' in step ? clean(String(step.kind)) : 'unknown';
}
