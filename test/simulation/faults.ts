import type { Chance } from './random.js';

/** Everything that goes wrong by itself or is done by people at the wrong moment, and what an opportunity for it is. */
export const FAULTS = {
  throttledWithWait: 'a Graph call: 429 that says how long to wait',
  throttled: 'a Graph call: 429 that does not say',
  serverError: 'a Graph call: 5xx',
  timeoutBefore: 'a Graph call: no answer, and nothing was done',
  auditThrottledWithWait: 'an audit: one of its Graph calls gets a 429 that says how long to wait',
  auditThrottled: 'an audit: one of its Graph calls gets a 429 that does not say',
  auditServerError: 'an audit: one of its Graph calls gets a 5xx',
  auditTimeout: 'an audit: one of its Graph calls gets no answer',
  auditCall: 'a Graph call of an audit: one of these four, of all calls of all audits',
  timeoutAfterCommit: 'a Graph call that changes something: it was done, and the answer is lost',
  lateLanding: 'a Graph call that changes something: it is done seconds after its caller gave up',
  staleRead:
    'a read of an account, of seats or of groups that changed in the last minutes: the older version',
  etagConflict: 'a store write under an etag: somebody else wrote first',
  lostStoreAnswer: 'a store write: it was done, and the answer is lost',
  storeUnavailable: 'a store call: refused',
  messageRefused: 'a message: Teams asks to try later',
  messageAnswerLost: 'a message: it arrived, and the answer is lost',
  botBlocked: 'a person who is asked, or an admin: has blocked the bot',
  duplicateClick: 'a click: arrives twice',
  lateClick: 'a click: arrives up to two days late, after others that came later',
  staleCard: 'a click: on the card as it was before it was edited',
  strangersClick: 'a card: somebody else sends its answer',
  crash: 'a row that is worked on: the process is killed at one of its awaits',
  outage:
    'a kill during a call that changes something: all processes are down for hours, and things happen meanwhile',
  crashInFlight: 'a kill during a Graph call that changes something: it is done all the same',
  clockJump: 'a process and a day: its clock jumps',
  managerLeaves: 'a case',
  personActive: 'a case: the person comes back',
  personExecutive: 'a case: the person becomes an executive, an admin or exempt',
  licenseByHand: 'a case: somebody changes the licenses by hand',
  membershipByHand:
    'a case: somebody is put into a group that gives licenses or taken out of it, or the group gives more',
  mailboxByHand: 'a case: the mailbox becomes another one, or the account is enabled, disabled or deleted',
  undoAnyTime: 'a case: an undo is asked for at any time, also at one of the awaits of a step',
  mailboxFlipsBack: 'a conversion to a shared mailbox: it is a user mailbox again some time later',
  exchangeRefuses: 'a conversion: Exchange says that it is not permitted',
  taskDoneWrong:
    'a task for a person: done where it does not last, such as in Entra in place of Active Directory',
  syncStands: 'a week: nothing is synchronized with Active Directory for a day',
  receiverChanges: 'a reassignment: the receiver is disabled or gets a license meanwhile',
  killSwitch: 'a week: the campaign is paused or stopped, and goes on later',
  policyChange: 'a start of a process: the policy is another one than before',
  blankReport:
    'a week, and the steps of who never signed in: reports or sign-in dates come without dates for a while',
  tenantRefuses: 'a week: the tenant refuses every license change for a while',
  productEnds: 'a week: the subscription of a product runs out, and is mostly renewed days later',
  leaveBegins:
    'a week, and another where a license could be parked: HR says of somebody with an open case that they are on leave',
  reviewerLeaves: 'a week: a reviewer of HR is none any more, and days later somebody else is',
  rosterCorrected: 'a leaver: a newer roster says that the person is here',
  partialSource:
    'a week, and the steps of who was idle: reports or sign-in dates lack a part of the people for a day or two',
  deliveryStalls: 'a week: for days Teams asks to try later, whatever goes to the person who is asked next',
} as const satisfies Readonly<Record<string, string>>;

export type Fault = keyof typeof FAULTS;

/** Decided about elsewhere, with sequences of their own: the others of a seed stay as they were. */
const ELSEWHERE: ReadonlySet<Fault> = new Set(['partialSource', 'deliveryStalls']);

/** How often a fault strikes in one life: in some lives never, in some often; 5.5 % on average. */
const SHARES = [0, 0.03, 0.055, 0.075, 0.115] as const;

/**
 * Whatever many calls in a row meet with: each life has the same share of calls that fail, dealt out anew to these. A step
 * needs a dozen calls of Graph, so in a life in which twice as many of them fail next to nothing would ever come to pass.
 */
const DEALT: readonly (readonly [faults: readonly Fault[], shares: readonly number[]])[] = [
  [
    ['throttledWithWait', 'throttled', 'serverError', 'timeoutBefore'],
    [0, 0.04, 0.07, 0.11],
  ],
  [
    ['auditThrottledWithWait', 'auditThrottled', 'auditServerError', 'auditTimeout'],
    [0, 0.04, 0.07, 0.11],
  ],
  [
    ['etagConflict', 'lostStoreAnswer'],
    [0.03, 0.08],
  ],
];

export interface FaultCount {
  opportunities: number;
  struck: number;
}

export interface Faults {
  /** Whether the fault strikes at this opportunity. @param atLeast its share where opportunities are rare */
  strikes(fault: Fault, atLeast?: number): boolean;
  /** Counts an opportunity of a fault that is decided about elsewhere. */
  met(fault: Fault, isStruck: boolean): void;
  /** From now on nothing goes wrong any more. */
  calm(): void;
  readonly counts: Readonly<Record<Fault, FaultCount>>;
}

export function faultsOf(chance: Chance): Faults {
  const names = Object.keys(FAULTS) as Fault[];
  const shares = Object.fromEntries(
    names.map((name) => [name, ELSEWHERE.has(name) ? 0 : chance.pick(SHARES)]),
  ) as Record<Fault, number>;
  for (const [dealtTo, dealt] of DEALT) {
    const left = [...dealt];
    for (const name of dealtTo) [shares[name] = 0] = left.splice(chance.whole(0, left.length - 1), 1);
  }
  const counts = Object.fromEntries(
    names.map((name) => [name, { opportunities: 0, struck: 0 }]),
  ) as unknown as Record<Fault, FaultCount>;
  let isCalm = false;
  return {
    counts,
    calm: () => {
      isCalm = true;
    },
    met: (fault, isStruck) => {
      if (isCalm) return;
      counts[fault].opportunities += 1;
      if (isStruck) counts[fault].struck += 1;
    },
    strikes: (fault, atLeast = 0) => {
      if (isCalm) return false;
      const count = counts[fault];
      count.opportunities += 1;
      if (!chance.happens(Math.max(shares[fault], atLeast))) return false;
      count.struck += 1;
      return true;
    },
  };
}
