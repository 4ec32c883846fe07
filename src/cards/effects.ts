import { seatsOf, stepNames, whyNotReplaced } from '../actions/plan.js';
import { deletionAfter } from '../actions/plan-deletion.js';
import { mayTakeMailbox } from '../cases/content-carrier.js';
import type { CaseIn, Instant } from '../cases/case.js';
import type { Taking } from '../cases/decision.js';
import { standInFor } from '../cases/stand-in.js';
import { filesEnd, filesPlan } from '../cases/answering/files-plan.js';
import type { PolicyStep } from '../config/policy.js';
import { gigabytes, SHARED_ROOM } from '../spend/mailbox-room.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import type { Money } from '../spend/money.js';
import { licenseNames } from './case-parts.js';
import { shortTimes, type Answerable, type CaseView } from './case-view.js';
import { dateText, later, lengthText } from './dates.js';
import { cardText } from './escape.js';
import { filesSentence } from './files-text.js';
import { moneyText, yearlyText } from './money-text.js';

/** A case about which something can be decided now. */
type Deciding = Answerable | CaseIn<'hrProposed'>;

/** What an answer given now does, in a few sentences each. */
export interface Effects {
  readonly reclaim: ReadyText;
  readonly reassign: ReadyText;
}

export function effectsOf(c: Deciding, view: CaseView): Effects {
  if (!takes(c, 'reclaim', view).includes('removeLicenses')) {
    return { reclaim: text(view, 'effect.byHand.reclaim'), reassign: text(view, 'effect.byHand.reassign') };
  }
  const times = timesOf(c, view);
  const reclaim = [
    ...firstSteps(c, 'reclaim', view, times),
    takenText(c, view, times),
    ...mailUnderText(c, 'reclaim', view),
    ...filesText(c, 'reclaim', view, times),
    times.undo('effect.undo'),
    ...deletionText(c, view, times),
  ];
  const reassign = [
    ...firstSteps(c, 'reassign', view, times),
    givenText(c, view, times),
    ...filesText(c, 'reassign', view, times),
    times.undo('effect.undoSeat'),
  ];
  return {
    reclaim: whyNotReplaced(c) === undefined ? joined(reclaim, ' ') : text(view, 'effect.byHand.replace'),
    reassign: joined(reassign, ' '),
  };
}

type Answer = 'reclaim' | 'reassign';

/** Safety rule 7: what becomes of the files is said before anybody answers. */
function filesText(c: Deciding, answer: Answer, view: CaseView, times: Times): readonly ReadyText[] {
  const displayName = answererOf(c, view);
  const files = filesPlan(c, answer, { id: c.userId, displayName }, view.policy);
  if (files === undefined) return [];
  const deleted = answer === 'reclaim' ? goesAt(c, view, times) : undefined;
  return [filesSentence(files, filesEnd(times.timeOf('removeLicenses'), deleted), view)];
}

/** Whoever gives the answer, as the reader knows them. */
function answererOf(c: Deciding, view: CaseView): string {
  const isReader =
    c.state === 'hrProposed' ? view.reader === 'hrAsker' : view.reader !== 'admin' || c.state !== 'asked';
  if (isReader) return text(view, 'effect.answerer.you');
  return c.state === 'hrProposed' ? c.proposal.by.displayName : text(view, 'effect.answerer.whoever');
}

/** What is only taken along goes to nobody. */
function givenText(c: Deciding, view: CaseView, { when }: Times): ReadyText {
  const seats = seatsOf(c);
  const taken = when('removeLicenses');
  return seats.length === c.licenses.length
    ? text(view, 'effect.given', { when: taken })
    : text(view, 'effect.givenSome', { when: taken, licenses: licenseNames(seats, view) });
}

/** What somebody gets for a dearer license, with what that saves where both have a price in one currency. */
function takenText({ licenses }: Deciding, view: CaseView, times: Times): ReadyText {
  const when = times.when('removeLicenses');
  const replaced = licenses.filter(({ replacement }) => replacement !== undefined);
  const [first] = replaced;
  if (first?.replacement === undefined) return text(view, 'effect.taken', { when });
  if (licenses.length > 1)
    return text(view, 'effect.takenSomeReplaced', { when, licenses: licenseNames(replaced, view) });
  const { annualCost, replacement } = first;
  const values = {
    when,
    license: cardText(replacement.name),
    before: yearlyText(annualCost, view.locale),
    after: yearlyText(replacement.annualCost, view.locale),
  };
  const saved = differenceOf(annualCost, replacement.annualCost);
  return saved === undefined
    ? text(view, 'effect.replaced', values)
    : text(view, 'effect.replacedSaving', { ...values, saved: moneyText(saved, view.locale) });
}

/** There is less room for a mailbox under the cheaper license, and it is looked into only before the step. */
export function mailUnderText(
  { licenses, mailbox }: Pick<Deciding, 'licenses' | 'mailbox'>,
  answer: Taking['kind'],
  view: CaseView,
): readonly ReadyText[] {
  const narrow = licenses
    .filter(({ hasMailboxPlan }) => hasMailboxPlan)
    .map((license) => standInFor(license, answer))
    .find((each) => each?.lessRoom !== undefined);
  if (narrow?.lessRoom === undefined) return [];
  if (mailbox === 'shared' || mailbox === 'noMailbox') return [];
  const values = { license: cardText(narrow.name), count: narrow.lessRoom.gigabytes };
  return [text(view, narrow.lessRoom.keepsHolds ? 'effect.mailUnderSize' : 'effect.mailUnder', values)];
}

function differenceOf(dear: Money | undefined, cheap: Money | undefined): Money | undefined {
  if (dear === undefined || cheap === undefined || dear.currency !== cheap.currency) return undefined;
  return dear.minor > cheap.minor ? { ...dear, minor: dear.minor - cheap.minor } : undefined;
}

/** An account goes long after its licenses, and only of people who do not work here any more. */
function deletionText(c: Deciding, view: CaseView, times: Times): readonly ReadyText[] {
  const date = goesAt(c, view, times);
  if (date === undefined) return [];
  const length = Date.parse(date) - Date.parse(view.now);
  return [
    shortTimes(view)
      ? text(view, 'effect.deleted.after', { length: lengthText(length, view, 'length.after') })
      : text(view, 'effect.deleted.on', { date: dateText(date, view) }),
  ];
}

/** When the account goes after an answer given now; undefined: it stays. */
function goesAt(c: Deciding, view: CaseView, { timeOf }: Times): Instant | undefined {
  const held = later(timeOf('removeLicenses'), view.policy.timetable.hold);
  return deletionAfter(c, { decided: view.now, held }, view.policy);
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
function firstSteps(c: Deciding, answer: Answer, view: CaseView, { when }: Times): readonly ReadyText[] {
  return takes(c, answer, view).flatMap((step) => {
    if (step === 'disableSignIn') return [text(view, 'effect.signIn', { when: when(step) })];
    if (step !== 'convertMailbox') return [];
    const limits = text(view, 'effect.mailLimits', { count: gigabytes(SHARED_ROOM) });
    return [text(view, 'effect.mailbox', { when: when(step) }), limits];
  });
}

function takes(c: Deciding, answer: Answer, view: CaseView): readonly PolicyStep[] {
  const converts = mailboxAtRisk(c, answer) && view.policy.reclaim.mailbox === 'convert';
  return stepNames(c, view.policy).filter((step) => step !== 'convertMailbox' || converts);
}

/** When something that is decided now would be done. */
interface Times {
  readonly when: (step: PolicyStep) => ReadyText;
  /** Until when it can be undone, in a sentence. */
  readonly undo: (sentence: 'effect.undo' | 'effect.undoSeat') => ReadyText;
  readonly timeOf: (step: PolicyStep) => Instant;
}

/**
 * Design 5: a step runs at the later of its date and the decision + `afterDecision`, and after the review time.
 * Times under a day are said as lengths, because the card may be read a while after it was made.
 */
export function timesOf(c: Deciding, view: CaseView): Times {
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
    const within = (step: PolicyStep): ReadyText =>
      lengthText(Math.max(timetable[step], afterDecision), view, 'length.after');
    return {
      when: (step) => text(view, 'when.within', { length: within(step) }),
      undo: (sentence) => text(view, `${sentence}.for`, { length: lengthText(hold, view) }),
      timeOf,
    };
  }
  return {
    when: (step) => text(view, 'when.on', { date: dateText(timeOf(step), view) }),
    undo: (sentence) =>
      text(view, `${sentence}.until`, { date: dateText(later(timeOf('removeLicenses'), hold), view) }),
    timeOf,
  };
}
