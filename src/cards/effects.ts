import { deletesAccount } from '../actions/plan-deletion.js';
import { mayTakeMailbox } from '../cases/mailbox-carrier.js';
import type { CaseIn } from '../cases/case.js';
import type { PolicyStep } from '../config/policy.js';
import { shortTimes, type Answerable, type CaseView } from './case-view.js';
import { dateText, later, lengthText } from './dates.js';

/** A case about which something can be decided now. */
type Deciding = Answerable | CaseIn<'hrProposed'>;

/** What an answer given now does, in a sentence or two each. */
export interface Effects {
  readonly reclaim: string;
  readonly reassign: string;
}

export function effectsOf(c: Deciding, view: CaseView): Effects {
  if (!takes(c, view).includes('removeLicenses')) {
    const why = 'because the policy leaves that to a person';
    return {
      reclaim: `An administrator takes it back by hand, ${why}.`,
      reassign: `An administrator takes it back by hand, ${why}, and gives it to the person you name.`,
    };
  }
  const first = firstSteps(c, view);
  const { when, undoable } = dates(c, view);
  const removed = when('removeLicenses');
  return {
    reclaim: `${first}Taken back ${removed}. Undo ${undoable}: everything comes back as it was.${deletionText(c, view)}`,
    reassign: `${first}Taken back ${removed}, then given to the person you name. Undo ${undoable}, if another seat is free.`,
  };
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
export function mailboxAtRisk(c: Deciding): boolean {
  return (
    c.licenses.some((license) => mayTakeMailbox(c, license)) &&
    c.mailbox !== 'shared' &&
    c.mailbox !== 'noMailbox'
  );
}

/** What is done before the license goes, with its date. */
function firstSteps(c: Deciding, view: CaseView): string {
  const { when } = dates(c, view);
  const sentences = takes(c, view).flatMap((step) => {
    if (step === 'disableSignIn') return [`Sign-in is blocked ${when(step)}. `];
    return step === 'convertMailbox'
      ? [`The mailbox becomes a shared one ${when(step)}, so no mail is lost. `]
      : [];
  });
  return sentences.join('');
}

function takes(c: Deciding, view: CaseView): readonly PolicyStep[] {
  const converts = mailboxAtRisk(c) && view.policy.reclaim.mailbox === 'convert';
  return view.policy.reclaim.steps[c.scenario].filter((step) => step !== 'convertMailbox' || converts);
}

/**
 * Design 5: a step runs at the later of its date and the decision + `afterDecision`, and after the review time.
 * Times under a day are said as lengths, because the card may be read a while after it was made.
 */
function dates(
  c: Deciding,
  view: CaseView,
): { readonly when: (step: PolicyStep) => string; readonly undoable: string } {
  const askedAt = c.state === 'asked' ? c.askedAt : c.openedAt;
  const { timetable } = view.policy;
  const { hold } = timetable;
  const afterDecision = Math.max(timetable.afterDecision, timetable.review);
  if (shortTimes(view)) {
    return {
      when: (step) => `within about ${lengthText(Math.max(timetable[step], afterDecision))}`,
      undoable: `for ${lengthText(hold)} after that`,
    };
  }
  const timeOf = (step: PolicyStep): Deciding['openedAt'] => {
    const byPlan = later(askedAt, timetable[step]);
    const byDecision = later(view.now, afterDecision);
    return byPlan > byDecision ? byPlan : byDecision;
  };
  return {
    when: (step) => `on ${dateText(timeOf(step), view)}`,
    undoable: `until ${dateText(later(timeOf('removeLicenses'), hold), view)}`,
  };
}
