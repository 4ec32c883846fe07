import { mayTakeMailbox } from '../cases/mailbox-carrier.js';
import { removable } from './case-parts.js';
import { shortTimes, type Answerable, type CaseView } from './case-view.js';
import { dateText, later, lengthText } from './dates.js';

/** What an answer given now does, in a sentence or two each. */
export interface Effects {
  readonly reclaim: string;
  readonly reassign: string;
}

export function effectsOf(c: Answerable, view: CaseView): Effects {
  const why = whyByHand(c, view);
  if (why !== undefined) {
    return {
      reclaim: `An administrator takes it back by hand, because ${why}.`,
      reassign: `An administrator takes it back by hand, because ${why}, and gives it to the person you name.`,
    };
  }
  const { removed, undoable } = dates(c, view);
  return {
    reclaim: `Taken back ${removed}. Undo ${undoable}: everything comes back as it was.`,
    reassign: `Taken back ${removed}, then given to the person you name. Undo ${undoable}, if another seat is free.`,
  };
}

/** The license would take a mailbox with it that holds, or may hold, mail. */
export function mailboxAtRisk(c: Answerable): boolean {
  return (
    removable(c).some((license) => mayTakeMailbox(c, license)) &&
    c.mailbox !== 'shared' &&
    c.mailbox !== 'noMailbox'
  );
}

/** Software takes back direct licenses only, and none that carries a mailbox unless the policy accepts its loss. */
function whyByHand(c: Answerable, view: CaseView): string | undefined {
  if (!view.policy.reclaim.steps[c.scenario].includes('removeLicenses'))
    return 'the policy leaves that to a person';
  if (removable(c).length === 0) return 'it comes through a group';
  if (mailboxAtRisk(c) && view.policy.reclaim.mailbox !== 'waive')
    return 'its mailbox has to be made safe first';
  return undefined;
}

/**
 * Design 5: a step runs at the later of its date and the decision + `afterDecision`.
 * Times under a day are said as lengths, because the card may be read a while after it was made.
 */
function dates(c: Answerable, view: CaseView): { readonly removed: string; readonly undoable: string } {
  const askedAt = c.state === 'asked' ? c.askedAt : c.openedAt;
  const { removeLicenses, afterDecision, hold } = view.policy.timetable;
  if (shortTimes(view)) {
    return {
      removed: `within about ${lengthText(Math.max(removeLicenses, afterDecision))}`,
      undoable: `for ${lengthText(hold)} after that`,
    };
  }
  const byPlan = later(askedAt, removeLicenses);
  const byDecision = later(view.now, afterDecision);
  const removal = byPlan > byDecision ? byPlan : byDecision;
  return {
    removed: `on ${dateText(removal, view)}`,
    undoable: `until ${dateText(later(removal, hold), view)}`,
  };
}
