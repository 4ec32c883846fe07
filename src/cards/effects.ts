import { seatsOf, whyNotReplaced } from '../actions/plan.js';
import { deletesAccount } from '../actions/plan-deletion.js';
import { mayTakeMailbox } from '../cases/content-carrier.js';
import type { CaseIn, Instant } from '../cases/case.js';
import { archivedAt, filesPlan } from '../cases/answering/files-plan.js';
import type { PolicyStep } from '../config/policy.js';
import type { Money } from '../spend/money.js';
import { licenseNames } from './case-parts.js';
import { shortTimes, type Answerable, type CaseView } from './case-view.js';
import { dateText, later, lengthText } from './dates.js';
import { cardText } from './escape.js';
import { filesSentence } from './files-text.js';
import { moneyText, yearlyText } from './money-text.js';

/** A case about which something can be decided now. */
type Deciding = Answerable | CaseIn<'hrProposed'>;

/** What an answer given now does, in a sentence or two each. */
export interface Effects {
  readonly reclaim: string;
  readonly reassign: string;
}

export function effectsOf(c: Deciding, view: CaseView): Effects {
  if (!takes(c, 'reclaim', view).includes('removeLicenses')) {
    const why = 'because the policy leaves that to a person';
    return {
      reclaim: `An administrator takes it back by hand, ${why}.`,
      reassign: `An administrator takes it back by hand, ${why}, and gives it to the person you name.`,
    };
  }
  const times = timesOf(c, view);
  const { when, undoable } = times;
  const removed = when('removeLicenses');
  const first = firstSteps(c, 'reclaim', view, times);
  return {
    reclaim:
      whyNotReplaced(c) === undefined
        ? `${first}${replacedText(c, view)} ${removed}.${filesText(c, 'reclaim', view, times)} Undo ${undoable}: everything comes back as it was.${deletionText(c, view)}`
        : 'An administrator replaces it by hand.',
    reassign: `${firstSteps(c, 'reassign', view, times)}Taken back ${removed}, then ${givenText(c)} to the person you name.${filesText(c, 'reassign', view, times)} Undo ${undoable}, if another seat is free.`,
  };
}

type Answer = 'reclaim' | 'reassign';

/** Safety rule 7: what becomes of the files is said before anybody answers. */
function filesText(c: Deciding, answer: Answer, view: CaseView, { timeOf }: Times): string {
  const displayName = answererOf(c, view);
  const files = filesPlan(c, answer, { id: c.userId, displayName }, view.policy);
  if (files === undefined) return '';
  return ` ${filesSentence(files, archivedAt(timeOf('removeLicenses')), view)}`;
}

/** Whoever gives the answer, as the reader knows them. */
function answererOf(c: Deciding, view: CaseView): string {
  if (c.state === 'hrProposed') return view.reader === 'hrAsker' ? 'you' : c.proposal.by.displayName;
  return view.reader === 'admin' && c.state === 'asked' ? 'whoever answers' : 'you';
}

/** What is only taken along goes to nobody. */
function givenText(c: Deciding): string {
  const seats = seatsOf(c);
  return seats.length === c.licenses.length ? 'given' : `${licenseNames(seats)} given`;
}

/** What somebody gets for a dearer license, with what that saves where both have a price in one currency. */
function replacedText({ licenses }: Deciding, view: CaseView): string {
  const replaced = licenses.filter(({ replacement }) => replacement !== undefined);
  const [first] = replaced;
  if (first?.replacement === undefined) return 'Taken back';
  if (licenses.length > 1) return `Taken back (${licenseNames(replaced)} replaced as said above)`;
  const { annualCost, replacement } = first;
  const costs = `${yearlyText(annualCost, view.locale)} becomes ${yearlyText(replacement.annualCost, view.locale)}`;
  const saved = differenceOf(annualCost, replacement.annualCost);
  const saves = saved === undefined ? '' : `, ${moneyText(saved, view.locale)} saved`;
  return `Replaced by ${cardText(replacement.name)} (${costs}${saves})`;
}

function differenceOf(dear: Money | undefined, cheap: Money | undefined): Money | undefined {
  if (dear === undefined || cheap === undefined || dear.currency !== cheap.currency) return undefined;
  return dear.minor > cheap.minor ? { ...dear, minor: dear.minor - cheap.minor } : undefined;
}

/** An account goes long after its licenses, and only of people who do not work here any more. */
function deletionText(c: Deciding, view: CaseView): string {
  const wait = view.policy.timetable.delete;
  if (wait === 'never' || !deletesAccount(c, view.policy)) return '';
  const when = shortTimes(view)
    ? `after ${lengthText(wait)}`
    : `on ${dateText(later(view.now, wait), view)} or later`;
  return ` The account is deleted ${when}, and can be restored for 30 days.`;
}

/** The license would take a mailbox with it that holds, or may hold, mail. */
export function mailboxAtRisk(c: Deciding, answer: Answer): boolean {
  return (
    c.licenses.some((license) => mayTakeMailbox(c, license, answer)) &&
    c.mailbox !== 'shared' &&
    c.mailbox !== 'noMailbox'
  );
}

/** What is done before the license goes, with its date. */
function firstSteps(c: Deciding, answer: Answer, view: CaseView, { when }: Times): string {
  const sentences = takes(c, answer, view).flatMap((step) => {
    if (step === 'disableSignIn') return [`Sign-in is blocked ${when(step)}. `];
    return step === 'convertMailbox'
      ? [`The mailbox becomes a shared one ${when(step)}, so no mail is lost. `]
      : [];
  });
  return sentences.join('');
}

function takes(c: Deciding, answer: Answer, view: CaseView): readonly PolicyStep[] {
  const converts = mailboxAtRisk(c, answer) && view.policy.reclaim.mailbox === 'convert';
  return view.policy.reclaim.steps[c.scenario].filter((step) => step !== 'convertMailbox' || converts);
}

/** When something that is decided now would be done. */
interface Times {
  readonly when: (step: PolicyStep) => string;
  readonly undoable: string;
  readonly timeOf: (step: PolicyStep) => Instant;
}

/**
 * Design 5: a step runs at the later of its date and the decision + `afterDecision`, and after the review time.
 * Times under a day are said as lengths, because the card may be read a while after it was made.
 */
function timesOf(c: Deciding, view: CaseView): Times {
  const askedAt = c.state === 'asked' ? c.askedAt : c.openedAt;
  const { timetable } = view.policy;
  const { hold } = timetable;
  const afterDecision = Math.max(timetable.afterDecision, timetable.review);
  const byDecision = later(view.now, afterDecision);
  const timeOf = (step: PolicyStep): Instant => {
    const byPlan = later(askedAt, timetable[step]);
    return byPlan > byDecision ? byPlan : byDecision;
  };
  if (shortTimes(view)) {
    return {
      when: (step) => `within about ${lengthText(Math.max(timetable[step], afterDecision))}`,
      undoable: `for ${lengthText(hold)} after that`,
      timeOf,
    };
  }
  return {
    when: (step) => `on ${dateText(timeOf(step), view)}`,
    undoable: `until ${dateText(later(timeOf('removeLicenses'), hold), view)}`,
    timeOf,
  };
}
