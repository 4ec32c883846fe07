import { evidenceRows } from '../cards/evidence-text.js';
import { moneyText, yearlyText } from '../cards/money-text.js';
import { ENGLISH } from '../i18n/locale.js';
import { leavableIn } from '../cases/answering/letting-be.js';
import { letBeIn } from '../cases/answering/waiver.js';
import type { Case, CaseIn } from '../cases/case.js';
import { isSealed } from '../cases/hr/sealed.js';
import { meaningOf } from '../cases/state-meanings.js';
import type { CaseStep } from '../cases/step.js';
import { givenBy } from '../cases/step-progress.js';
import type { CaseMatch } from '../cases/find-case.js';
import { byNeed } from './case-order.js';
import { scenarioName } from './scenario-name.js';
import { clean, counted, table, timeOf } from './terminal.js';

/** All cases, a line each; those in which somebody is needed first. */
export function casesText(cases: readonly Case[]): string {
  const rows = byNeed(cases).map((c) => [
    clean(c.subject.displayName),
    clean(c.subject.userPrincipalName),
    scenarioName(c.scenario),
    c.annualCost === undefined ? 'no price' : moneyText(c.annualCost, 'en'),
    c.openedAt.slice(0, 10),
    meaningOf(c.state),
  ]);
  return table([['NAME', 'USER', 'SCENARIO', 'A YEAR', 'OPENED', 'STATE'], ...rows], [3]);
}

/** Above the history of a case: whose it is, and how it stands. */
export function historyHeading({ caseId, state, subject }: Case): string {
  const person = `${clean(subject.displayName)} (${clean(subject.userPrincipalName)})`;
  return `${person}, case ${caseId}: ${meaningOf(state)}; times in UTC`;
}

/** Everything about one case that is not HR's, a line each. */
export function caseText(c: Case): string {
  return table([
    ['User', `${clean(c.subject.displayName)} (${clean(c.subject.userPrincipalName)})`],
    ['Case', c.caseId],
    ['State', c.state],
    ['Meaning', meaningOf(c.state)],
    ['Scenario', scenarioName(c.scenario)],
    ['Department', clean(c.subject.department ?? 'none')],
    ['Manager', clean(c.manager?.displayName ?? 'none')],
    ['Licenses', c.licenses.map((license) => license.name).join('; ')],
    ['Cost', yearlyText(c.annualCost, 'en')],
    ['Opened', timeOf(c.openedAt)],
    ...stateRows(c),
    ...noticeRows(c),
    ...('steps' in c ? c.steps.map((step) => ['Step', stepText(step)]) : []),
    ...evidenceRows(c.evidence, ENGLISH),
  ]);
}

function stateRows(c: Case): readonly (readonly [string, string])[] {
  switch (c.state) {
    case 'asked':
      return [
        ['Asked', timeOf(c.askedAt)],
        ['Answer due', timeOf(c.answerDue)],
      ];
    case 'adminReview':
      return [['Why', clean(c.why)]];
    case 'kept':
      return [
        ['Kept by', clean(c.decision.by.displayName)],
        ['Kept until', c.decision.until.slice(0, 10)],
      ];
    case 'decided':
      return [...decisionRows(c), ['Acts from', timeOf(c.actsFrom)]];
    case 'scheduled':
    case 'acting':
      return decisionRows(c);
    case 'holding':
      return [
        ...decisionRows(c),
        [c.decision.kind === 'park' ? 'Comes back' : 'Undo until', timeOf(c.holdUntil)],
      ];
    case 'undoing':
      return [...decisionRows(c), undoneRow(c)];
    case 'needsPerson':
      return [...decisionRows(c), ['Task', clean(c.task)], ...mayLetBe(c)];
    case 'closed':
      return [
        ...(c.took === undefined || c.took.length === 0 ? [] : [['Taken', names(c.took)] as const]),
        ...(c.gaveOn === undefined || c.gaveOn.length === 0 ? [] : [['Given on', names(c.gaveOn)] as const]),
        ...(c.gave === undefined ? [] : [['Given', names(c.gave)] as const]),
        ...letBeRows(c),
        ['Closed', timeOf(c.closedAt)],
      ];
    case 'cancelled':
      return [
        ['Why', clean(c.why)],
        ['Cancelled', timeOf(c.closedAt)],
      ];
    case 'undone':
      return [undoneRow(c), ['Undone', timeOf(c.closedAt)], ...letBeRows(c)];
    case 'escalated':
      return [['Asked next', clean(c.asking.person.displayName)]];
    case 'opened':
    case 'hrReview':
    case 'hrProposed':
      return [];
    default:
      return c satisfies never;
  }
}

function mayLetBe(c: CaseIn<'needsPerson'>): readonly (readonly [string, string])[] {
  if (isSealed(c) || leavableIn(c, 'rest').is !== 'leavable') return [];
  const isAlone = leavableIn(c, 'task').is === 'leavable';
  const task = isAlone ? ['`waive USER task` goes on without it'] : [];
  const rest = c.undoneBy === undefined ? ['`waive USER rest` leaves everything as it is now'] : [];
  return [['If nobody does it', [...task, ...rest].join(', ')]];
}

/** What stays as it is because an admin let it be. */
function letBeRows(c: Case): readonly (readonly [string, string])[] {
  return letBeIn(c).map(({ waived: { of, left }, by, at }) => [
    of === 'undo' ? 'Not undone' : 'Left out',
    `${left.map(({ words }) => clean(words)).join('; ')} (${clean(by.displayName)}, ${timeOf(at)})`,
  ]);
}

function decisionRows(c: Extract<Case, { readonly steps: unknown }>) {
  const { decision } = c;
  const to = decision.kind === 'reassign' ? ` to ${clean(decision.receiver.displayName)}` : '';
  return [['Decision', `${decision.kind}${to}, by ${clean(decision.by.displayName)}`]] as const;
}

/** Whether the person themself was told. */
function noticeRows({ notice }: Case): readonly (readonly [string, string])[] {
  switch (notice?.is.kind) {
    case 'told':
      return [['Person', `told ${timeOf(notice.is.at)}, no step before ${timeOf(notice.is.stepsFrom)}`]];
    case 'notTold':
      return [['Person', `could not be told (${clean(notice.is.code)})`]];
    case 'trying':
      return [['Person', `is being told since ${timeOf(notice.is.since)}`]];
    case 'due':
      return [['Person', 'objected; is told again before anything is done']];
    default:
      return [];
  }
}

/** What a step does, in a few words. */
export function stepName(step: CaseStep['step'], progress: CaseStep['progress'] = { is: 'planned' }): string {
  switch (step.kind) {
    case 'disableSignIn':
      return 'block sign-in';
    case 'convertMailbox':
      return 'make the mailbox shared';
    case 'removeLicenses':
      return `remove ${names(step.licenses)}${step.instead === undefined ? '' : ` and give ${names(step.instead)} instead`}`;
    case 'deleteAccount':
      return 'delete the account';
    case 'leaveGroup':
      return `remove ${names(step.licenses)} by leaving group ${step.groupId}`;
    case 'setUsageLocation':
      return `set the receiver’s usage location to ${step.country}`;
    case 'assignLicenses':
      return `give ${names(givenBy(step, progress))}`;
    default:
      return step satisfies never;
  }
}

function names(licenses: readonly { readonly name: string }[]): string {
  return licenses.map(({ name }) => name).join('; ');
}

function stepText({ step, progress, notBefore }: CaseStep): string {
  const what = stepName(step, progress);
  switch (progress.is) {
    case 'planned':
      return `${what}: planned for ${timeOf(notBefore)}`;
    case 'intended':
      return progress.refused === undefined
        ? `${what}: being done since ${timeOf(progress.at)}`
        : `${what}: not possible yet, tried again by itself`;
    case 'sent':
      return `${what}: being done since ${timeOf(progress.at)}`;
    case 'done':
      return `${what}: done ${timeOf(progress.at)}`;
    case 'handedOver':
      return `${what}: for a person, ${clean(progress.task)}`;
    case 'undoHandedOver':
      return `${what}: to be undone by a person, ${clean(progress.task)}`;
    case 'undoIntended':
    case 'undoSent':
      return `${what}: being undone since ${timeOf(progress.at)}`;
    case 'undone':
      return `${what}: undone ${timeOf(progress.at)}`;
    case 'skipped':
      return `${what}: not done, ${clean(progress.why)}`;
    case 'left':
      return `${what}: not undone, left as it is ${timeOf(progress.at)}`;
    default:
      return progress satisfies never;
  }
}

/** Why a text does not tell which case is meant. */
export function notOne(match: Exclude<CaseMatch, { kind: 'one' }>, text: string): string {
  if (match.kind === 'none') return `There is no case about "${clean(text)}". \`cases\` lists them all.`;
  const names = match.cases
    .map(({ subject }) => `  ${clean(subject.displayName)} (${clean(subject.userPrincipalName)})`)
    .sort();
  return [
    `"${clean(text)}" fits ${counted(match.cases.length, 'person', 'people')}; give the user principal name:`,
    ...names,
  ].join('\n');
}

function undoneRow({
  undoneBy,
  notGiven,
}: Pick<CaseIn<'undoing' | 'undone'>, 'undoneBy' | 'notGiven'>): readonly [string, string] {
  return notGiven === undefined ? ['Undone by', clean(undoneBy.displayName)] : ['Not given', clean(notGiven)];
}
