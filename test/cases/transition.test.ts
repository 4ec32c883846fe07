import { describe, expect, it, test } from '@jest/globals';
import { type Case, type CaseIn, type Instant, type StateName } from '../../src/cases/case.js';
import type { Proposal } from '../../src/cases/decision.js';
import type { StepLicense, StepProgress } from '../../src/cases/step.js';
import type { Notice } from '../../src/cases/telling/notice.js';
import type { CaseEvent, EventType } from '../../src/cases/events.js';
import { takenIn } from '../../src/cases/life.js';
import { cardIsStale, transition, workDueAt } from '../../src/cases/transition.js';
import { ADMIN, aLicense, CASES, FACTS, MANAGER, RECEIVER } from '../cards/a-case.js';
import {
  aStep,
  AT,
  EVENTS,
  LATER,
  MESSAGE,
  PROGRESS,
  REASSIGN_DECIDED,
  BEFORE,
  STEP_LICENSES,
} from './events-of-a-case.js';

type WithSteps = CaseIn<'decided' | 'scheduled' | 'acting' | 'holding' | 'undoing' | 'needsPerson'>;

function withSteps<C extends WithSteps>(c: C, ...progress: readonly StepProgress[]): C {
  return { ...c, steps: progress.map((each) => aStep(each)) };
}

function moved(c: Case, event: CaseEvent): Case {
  const result = transition(c, event, AT);
  if (result.kind === 'refused') throw new Error(`${result.event} was refused in ${result.state}`);
  return result.case;
}

/** Where each event leads from each state, written by hand; what is not here is refused. */
const LEADS: Readonly<Record<StateName, Partial<Record<EventType, StateName>>>> = {
  opened: {
    askIntended: 'opened',
    asked: 'asked',
    notDelivered: 'opened',
    passedOn: 'escalated',
    sentToAdmins: 'adminReview',
    cancelled: 'cancelled',
  },
  asked: {
    askedAgain: 'asked',
    reminderAsked: 'asked',
    remindIntended: 'asked',
    reminded: 'asked',
    kept: 'kept',
    decided: 'decided',
    passedOn: 'escalated',
    sentToAdmins: 'adminReview',
    cancelled: 'cancelled',
  },
  escalated: {
    askIntended: 'escalated',
    asked: 'asked',
    notDelivered: 'escalated',
    passedOn: 'escalated',
    sentToAdmins: 'adminReview',
    cancelled: 'cancelled',
  },
  adminReview: { kept: 'kept', decided: 'decided', passedOn: 'escalated', cancelled: 'cancelled' },
  hrReview: { kept: 'kept', proposed: 'hrProposed', decided: 'decided', cancelled: 'cancelled' },
  hrProposed: { decided: 'decided', proposalDeclined: 'hrReview', cancelled: 'cancelled' },
  kept: { keepEnded: 'closed', cancelled: 'cancelled' },
  decided: {
    replanned: 'decided',
    waived: 'decided',
    reviewPassed: 'scheduled',
    released: 'scheduled',
    vetoed: 'cancelled',
    undoAsked: 'cancelled',
    personNeeded: 'needsPerson',
    cancelled: 'cancelled',
  },
  scheduled: {
    tellIntended: 'scheduled',
    told: 'scheduled',
    notTold: 'scheduled',
    objected: 'adminReview',
    waived: 'scheduled',
    replanned: 'scheduled',
    stepIntended: 'acting',
    stepSkipped: 'scheduled',
    stepPostponed: 'scheduled',
    stepHandedOver: 'needsPerson',
    stepRefused: 'needsPerson',
    stepBlocked: 'needsPerson',
    stepsFinished: 'holding',
    vetoed: 'cancelled',
    undoAsked: 'cancelled',
    personNeeded: 'needsPerson',
    cancelled: 'cancelled',
  },
  acting: {
    stepSent: 'acting',
    stepDone: 'scheduled',
    stepSkipped: 'scheduled',
    stepPostponed: 'acting',
    stepHandedOver: 'needsPerson',
    stepRefused: 'needsPerson',
    undoAsked: 'undoing',
    personNeeded: 'needsPerson',
  },
  // What comes back from leave needs a decision to park: below.
  holding: {
    waived: 'holding',
    holdEnded: 'closed',
    deletionPlanned: 'scheduled',
    stepReverted: 'needsPerson',
    undoAsked: 'undoing',
  },
  undoing: {
    stepBlocked: 'needsPerson',
    stepRefused: 'needsPerson',
    stepSent: 'undoing',
    stepDone: 'undoing',
    stepSkipped: 'undoing',
    stepPostponed: 'undoing',
    undoIntended: 'undoing',
    undoSent: 'undoing',
    undoDone: 'undoing',
    undoHandedOver: 'needsPerson',
    undoFinished: 'undone',
    personNeeded: 'needsPerson',
  },
  needsPerson: {
    objected: 'adminReview',
    waived: 'needsPerson',
    stepDone: 'scheduled',
    stepSkipped: 'scheduled',
    stepCleared: 'scheduled',
    stepRestored: 'holding',
    undoDone: 'undoing',
    undoAsked: 'cancelled',
    cancelled: 'cancelled',
  },
  closed: {},
  cancelled: {},
  undone: {},
};

/** The progress of the only step that an event needs. */
const NEEDS: Partial<Record<EventType, StepProgress>> = {
  stepIntended: PROGRESS.planned,
  stepHandedOver: PROGRESS.intended,
  stepSkipped: PROGRESS.intended,
  stepSent: PROGRESS.intended,
  stepDone: PROGRESS.sent,
  stepsFinished: PROGRESS.done,
  stepReverted: PROGRESS.done,
  undoIntended: PROGRESS.done,
  undoHandedOver: PROGRESS.undoIntended,
  undoSent: PROGRESS.undoIntended,
  undoDone: PROGRESS.undoSent,
  undoFinished: PROGRESS.undone,
};

/** A person has a task, and software looks for what the event tells. */
function watched(event: EventType): Case {
  const c = CASES.needsPerson;
  switch (event) {
    case 'stepDone':
    case 'stepSkipped':
      return withSteps({ ...c, watch: { for: 'effect', index: 0, lookAt: AT } }, PROGRESS.handedOver);
    case 'stepCleared':
      return withSteps({ ...c, watch: { for: 'clear', index: 0, lookAt: AT } }, PROGRESS.planned);
    case 'stepRestored':
      return withSteps(
        { ...c, watch: { for: 'stays', index: 0, lookAt: AT }, hold: { holdUntil: LATER } },
        PROGRESS.done,
      );
    case 'undoDone':
      return withSteps(
        { ...c, undoneBy: ADMIN, watch: { for: 'giveBack', index: 0, lookAt: AT } },
        PROGRESS.undoHandedOver,
      );
    default:
      return c;
  }
}

const TOLD: Notice = { is: { kind: 'told', at: AT, stepsFrom: LATER } };

/** A case in that state whose step is as the event needs it. */
/** What only a case takes in which something is parked, or was taken for a receiver. */
function isOfOthers(state: StateName, event: EventType): boolean {
  return event === 'leaveEnded' || event === 'notGiven' || (state === 'undoing' && event === 'cancelled');
}

function caseFor(state: StateName, event: EventType): Case {
  if (event === 'objected') return { ...CASES[state], notice: TOLD };
  if (state === 'needsPerson') return watched(event);
  const c = CASES[state];
  const needs = state === 'scheduled' && event === 'stepSkipped' ? PROGRESS.planned : NEEDS[event];
  return needs !== undefined && 'steps' in c ? withSteps(c, needs) : c;
}

const STATES = Object.keys(CASES) as StateName[];
const TYPES = Object.keys(EVENTS) as EventType[];
const PAIRS = STATES.flatMap((state) => TYPES.map((type) => [state, type] as const));

it('forgets with another decision what was let be of the steps before, and nothing else that was waived', () => {
  const waived = { by: ADMIN, at: AT, reason: 'Nobody does it' };
  const files = { ...waived, waived: { of: 'files' } } as const;
  const letBe = { ...waived, waived: { of: 'task', left: [{ index: 0, words: 'remove it' }] } } as const;
  const moved = transition({ ...CASES.adminReview, waivers: [files, letBe] }, EVENTS.decided, AT);
  expect(moved).toMatchObject({ kind: 'moved', case: { state: 'decided', waivers: [files] } });
});

describe('every state and every event', () => {
  test.each(PAIRS.filter(([state, type]) => LEADS[state][type] !== undefined))(
    'a case that is %s takes %s',
    (state, type) => {
      const before = caseFor(state, type);
      const after = moved(before, EVENTS[type]);
      expect(after.state).toBe(LEADS[state][type]);
      expect(after.version).toBe(before.version + 1);
    },
  );

  test.each(PAIRS.filter(([state, type]) => LEADS[state][type] === undefined))(
    'a case that is %s refuses %s by name',
    (state, type) => {
      expect(transition(caseFor(state, type), EVENTS[type], AT)).toEqual({
        kind: 'refused',
        state,
        event: type,
      });
    },
  );

  it('the table on one screen says the same', () => {
    for (const state of STATES) {
      const others = takenIn(state).filter((event) => !isOfOthers(state, event));
      expect([...others].sort()).toEqual(Object.keys(LEADS[state]).sort());
    }
  });
});

describe('a move', () => {
  it('carries every fact over, but not what belonged to the old state', () => {
    const after = moved({ ...CASES.asked, lease: { owner: 'w', until: LATER } }, EVENTS.cancelled);
    const { state, ...rest } = after as CaseIn<'cancelled'>;
    expect(state).toBe('cancelled');
    expect(rest).toEqual({
      ...FACTS,
      version: FACTS.version + 1,
      lease: { owner: 'w', until: LATER },
      dueAt: undefined,
      askedOf: MANAGER.id,
      cause: 'reasonGone',
      why: 'The person is active again, protected, or out of scope.',
      closedAt: AT,
    });
  });

  it('begins the count of tries anew', () => {
    expect(moved({ ...CASES.scheduled, attempts: 5 }, EVENTS.stepPostponed).attempts).toBe(0);
  });

  it('leaves the case it was given as it was', () => {
    const before = structuredClone(CASES.decided);
    moved(CASES.decided, EVENTS.reviewPassed);
    expect(CASES.decided).toEqual(before);
  });

  test.each([
    ['closed', CASES.holding, EVENTS.holdEnded],
    ['cancelled', CASES.decided, EVENTS.cancelled],
    ['cancelled', CASES.decided, EVENTS.undoAsked],
    ['undone', withSteps(CASES.undoing, PROGRESS.undone), EVENTS.undoFinished],
    ['adminReview', CASES.asked, EVENTS.sentToAdmins],
  ] as const)(
    'to %s remembers who was asked, so that their late click is answered',
    (state, before, event) => {
      expect(moved(before, event)).toMatchObject({ state, askedOf: MANAGER.id });
    },
  );

  it('to the end remembers what the steps took, not what else was held', () => {
    const license = STEP_LICENSES[0] as StepLicense;
    const held = [...FACTS.licenses, { ...aLicense({ name: 'Visio', direct: false }) }];
    const before = {
      ...CASES.holding,
      licenses: held,
      steps: [aStep({ ...PROGRESS.done, before: { of: 'licenses', licenses: [license] } })],
    };
    expect(moved(before, EVENTS.holdEnded)).toMatchObject({ took: [license] });
    const gone = withSteps({ ...CASES.holding, licenses: held }, PROGRESS.skipped);
    expect(moved(gone, EVENTS.holdEnded)).toMatchObject({ took: [] });
    const back = withSteps({ ...CASES.undoing, licenses: held }, PROGRESS.undone);
    expect(moved(back, EVENTS.undoFinished)).toMatchObject({ took: [license] });
    expect(moved(CASES.kept, EVENTS.keepEnded)).not.toHaveProperty('took');
  });

  it('to undone remembers that a receiver keeps theirs, and only where they got it', () => {
    const { decision } = REASSIGN_DECIDED;
    const undoing = (given: StepProgress): Case => ({
      ...CASES.undoing,
      decision,
      steps: [aStep(PROGRESS.undone), aStep(given, RECEIVER.id)],
    });
    expect(moved(undoing(PROGRESS.done), EVENTS.undoFinished)).toMatchObject({ keptBy: RECEIVER });
    expect(moved(undoing(PROGRESS.planned), EVENTS.undoFinished)).not.toHaveProperty('keptBy');
    expect(moved(undoing(PROGRESS.skipped), EVENTS.undoFinished)).not.toHaveProperty('keptBy');
  });

  it('gives back what was taken for a receiver, in nobody’s name, and says why at the end', () => {
    const { decision } = REASSIGN_DECIDED;
    const steps = [aStep(PROGRESS.done), aStep(PROGRESS.intended, RECEIVER.id)];
    for (const c of [CASES.scheduled, CASES.acting, CASES.needsPerson]) {
      const back = moved({ ...c, decision, steps: steps }, { ...EVENTS.notGiven, index: 1 });
      expect(back).toMatchObject({ state: 'undoing', notGiven: EVENTS.notGiven.why });
      const waits = moved(back, { ...EVENTS.stepRefused, index: 0 });
      expect(waits).toMatchObject({ state: 'needsPerson', notGiven: EVENTS.notGiven.why });
      expect(transition(back, { ...EVENTS.notGiven, index: 1 }, AT).kind).toBe('refused');
    }
    const undoing = { ...CASES.undoing, decision, steps: [aStep(PROGRESS.undone)], notGiven: 'No.' };
    expect(moved(undoing, EVENTS.undoFinished)).toMatchObject({ state: 'undone', notGiven: 'No.' });
  });

  it('closes as what was decided', () => {
    expect(moved(CASES.holding, EVENTS.holdEnded)).toMatchObject({ outcome: 'reclaimed' });
    const reassigned: Case = { ...CASES.holding, decision: REASSIGN_DECIDED.decision };
    expect(moved(reassigned, EVENTS.holdEnded)).toMatchObject({ outcome: 'reassigned' });
    expect(moved(CASES.kept, EVENTS.keepEnded)).toMatchObject({ outcome: 'keptUntilPassed' });
  });
});

describe('when the worker looks again', () => {
  const shown = (c: Case, shows: number): Case => ({ ...c, message: { ...MESSAGE, shows } });

  it('is at once when the card in Teams shows less than the case knows', () => {
    const c = shown(CASES.asked, CASES.asked.version);
    expect(cardIsStale(c)).toBe(false);
    const after = moved(c, EVENTS.decided);
    expect(cardIsStale(after)).toBe(true);
    expect(after.dueAt).toBe(AT);
    expect(moved(shown(CASES.holding, 3), EVENTS.holdEnded).dueAt).toBe(AT);
  });

  it('is when the answer is due, once the question was delivered', () => {
    const after = moved(CASES.opened, EVENTS.asked);
    expect(after).toMatchObject({
      dueAt: LATER,
      message: { ...MESSAGE, to: MANAGER.id, shows: after.version },
    });
    expect(cardIsStale(after)).toBe(false);
  });

  it('does not move when the question is sent again: the clock runs on', () => {
    const after = moved(shown(CASES.asked, 1), EVENTS.askedAgain);
    expect(after.dueAt).toBe(CASES.asked.answerDue);
    expect(after.message).toEqual({
      ...MESSAGE,
      activityId: 'again',
      to: MANAGER.id,
      shows: after.version,
    });
  });

  test.each([
    ['notDelivered', CASES.opened],
    ['stepPostponed', CASES.scheduled],
    ['stepSent', withSteps(CASES.acting, PROGRESS.intended)],
    ['undoSent', withSteps(CASES.undoing, PROGRESS.undoIntended)],
  ] as const)('is the time that %s names', (type, c) => {
    expect(moved(c, EVENTS[type]).dueAt).toBe(LATER);
  });

  test.each<[StateName, Instant | undefined]>([
    ['opened', FACTS.openedAt],
    ['asked', CASES.asked.answerDue],
    ['adminReview', undefined],
    ['hrReview', undefined],
    ['hrProposed', undefined],
    ['kept', CASES.kept.decision.until],
    ['decided', CASES.decided.actsFrom],
    ['scheduled', CASES.scheduled.steps[0]?.notBefore],
    ['acting', FACTS.openedAt],
    ['holding', CASES.holding.holdUntil],
    ['undoing', FACTS.openedAt],
    ['needsPerson', undefined],
    ['closed', undefined],
    ['cancelled', undefined],
    ['undone', undefined],
  ])('is for a case that is %s, its card aside, %s', (state, due) => {
    expect(workDueAt(CASES[state])).toBe(due);
  });
});

type Reclaim = Extract<Proposal, { kind: 'reclaim' }>;

describe('a decision of HR', () => {
  const { proposal } = CASES.hrProposed;
  const decided = (change: Partial<Reclaim>): CaseEvent => ({
    ...EVENTS.decided,
    decision: { ...(proposal as Reclaim), ...change },
  });

  test.each<[string, Partial<Reclaim>]>([
    ['without a second person', {}],
    ['when the second one is the first', { approvedBy: proposal.by }],
    ['about what somebody else proposed', { by: RECEIVER, approvedBy: ADMIN }],
  ])('is refused %s', (_why, change) => {
    expect(transition(CASES.hrProposed, decided(change), AT).kind).toBe('refused');
  });

  it('is of nobody about themself, neither the first nor the second', () => {
    const target = { ...RECEIVER, id: CASES.hrProposed.userId };
    expect(transition(CASES.hrProposed, decided({ approvedBy: target }), AT).kind).toBe('refused');
    const theirs = { ...CASES.hrProposed, proposal: { ...proposal, by: target } };
    expect(transition(theirs, decided({ by: target, approvedBy: ADMIN }), AT).kind).toBe('refused');
    expect(transition(CASES.hrReview, decided({ by: target }), AT).kind).toBe('refused');
    expect(transition(CASES.hrReview, decided({}), AT).kind).toBe('moved');
  });

  it('gives a license to nobody', () => {
    for (const c of [CASES.hrReview, CASES.hrProposed])
      expect(transition(c, REASSIGN_DECIDED, AT).kind).toBe('refused');
  });

  it('is told to everybody of HR but who proposed it', () => {
    expect(moved(CASES.hrReview, EVENTS.proposed)).toMatchObject({
      tell: { since: AT, told: [MANAGER.id] },
      dueAt: AT,
    });
  });
});

describe('steps', () => {
  it('are never begun twice: what was recorded before the first try would be lost', () => {
    for (const is of ['intended', 'sent', 'done', 'undone', 'skipped'] as const) {
      const c = withSteps(CASES.scheduled, PROGRESS[is]);
      expect(transition(c, EVENTS.stepIntended, AT).kind).toBe('refused');
    }
  });

  it('that do not exist are refused', () => {
    const types = [
      'stepIntended',
      'stepSent',
      'stepDone',
      'stepSkipped',
      'undoIntended',
      'undoSent',
      'undoDone',
    ] as const;
    for (const state of ['scheduled', 'acting', 'undoing'] as const) {
      for (const type of types) {
        const event = { ...EVENTS[type], index: 7 } as CaseEvent;
        expect(transition(CASES[state], event, AT).kind).toBe('refused');
      }
    }
  });

  it('are all settled before the undo window begins', () => {
    for (const is of ['planned', 'intended', 'sent'] as const) {
      const c = withSteps(CASES.scheduled, PROGRESS.done, PROGRESS[is]);
      expect(transition(c, EVENTS.stepsFinished, AT).kind).toBe('refused');
    }
    expect(
      moved(withSteps(CASES.scheduled, PROGRESS.done, PROGRESS.skipped), EVENTS.stepsFinished).state,
    ).toBe('holding');
  });

  it('that took something are all given back before a case is undone', () => {
    for (const is of ['intended', 'sent', 'done', 'undoIntended', 'undoSent'] as const) {
      const c = withSteps(CASES.undoing, PROGRESS[is]);
      expect(transition(c, EVENTS.undoFinished, AT).kind).toBe('refused');
    }
    const receiverKeeps = {
      ...CASES.undoing,
      steps: [aStep(PROGRESS.undone), aStep(PROGRESS.done, RECEIVER.id)],
    };
    expect(moved(receiverKeeps, EVENTS.undoFinished).state).toBe('undone');
  });

  it('count their tries', () => {
    const sent = moved(withSteps(CASES.acting, PROGRESS.intended), EVENTS.stepSent) as CaseIn<'acting'>;
    expect(sent.steps[0]?.progress).toEqual({ is: 'sent', at: AT, before: BEFORE, tries: 1 });
    const again = moved(sent, EVENTS.stepSent) as CaseIn<'acting'>;
    expect(again.steps[0]?.progress).toMatchObject({ is: 'sent', tries: 2 });
  });

  it('undo is a plain stop only when no step was tried', () => {
    for (const is of ['planned', 'skipped'] as const) {
      expect(moved(withSteps(CASES.scheduled, PROGRESS[is]), EVENTS.undoAsked).state).toBe('cancelled');
    }
    for (const is of ['intended', 'sent', 'done'] as const) {
      expect(moved(withSteps(CASES.acting, PROGRESS[is]), EVENTS.undoAsked)).toMatchObject({
        state: 'undoing',
        undoneBy: ADMIN,
      });
    }
    expect(moved(withSteps(CASES.needsPerson, PROGRESS.done), EVENTS.undoAsked).state).toBe('undoing');
  });
});
