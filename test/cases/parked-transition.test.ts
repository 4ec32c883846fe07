import { describe, expect, it } from '@jest/globals';
import { type Case, type CaseIn } from '../../src/cases/case.js';
import type { CaseEvent } from '../../src/cases/events.js';
import { takenIn } from '../../src/cases/life.js';
import type { StepProgress } from '../../src/cases/step.js';
import { transition } from '../../src/cases/transition.js';
import { CASES } from '../cards/a-case.js';
import { aStep, AT, EVENTS, LATER, PROGRESS } from './events-of-a-case.js';

function withSteps<C extends CaseIn<'holding' | 'needsPerson'>>(c: C, progress: StepProgress): C {
  return { ...c, steps: [aStep(progress)] };
}

function moved(c: Case, event: CaseEvent): Case {
  const result = transition(c, event, AT);
  if (result.kind === 'refused') throw new Error(`${result.event} was refused in ${result.state}`);
  return result.case;
}

describe('what is parked', () => {
  const { by } = CASES.holding.decision;
  const decision = { kind: 'park', by, at: AT, until: LATER, returnsOn: '2026-12-02', skuIds: [] } as const;
  const parked = { ...withSteps(CASES.holding, PROGRESS.done), decision } as CaseIn<'holding'>;

  it('comes back when the leave has ended, in the name of whoever said so', () => {
    expect(moved(parked, EVENTS.leaveEnded)).toMatchObject({ state: 'undoing', undoneBy: by, decision });
  });

  it('ends where nothing of it was taken', () => {
    const skipped = {
      ...withSteps(parked, { is: 'skipped', why: 'The licenses were gone already.' }),
      decision,
    };
    expect(moved(skipped, EVENTS.leaveEnded)).toMatchObject({ state: 'cancelled', cause: 'backFromLeave' });
  });

  it('comes back while a person has the task to take it', () => {
    const waits = { ...withSteps(CASES.needsPerson, PROGRESS.handedOver), decision } as CaseIn<'needsPerson'>;
    expect(moved(waits, EVENTS.leaveEnded)).toMatchObject({ state: 'undoing', leaveOver: true });
    const due = moved(waits, EVENTS.leaveEnded);
    expect(transition(due, EVENTS.leaveEnded, AT).kind).toBe('refused');
  });

  it('goes on coming back when a seat is free', () => {
    const undoing = { ...parked, state: 'undoing', undoneBy: by, undoAskedAt: AT, leaveOver: true } as Case;
    const waits = moved(undoing, EVENTS.stepBlocked);
    expect(waits).toMatchObject({ state: 'needsPerson', leaveOver: true, tell: { told: [] } });
    expect(moved(waits, EVENTS.stepCleared)).toMatchObject({
      state: 'undoing',
      leaveOver: true,
      undoneBy: by,
    });
  });

  describe('while its return waits', () => {
    const undoing = {
      ...withSteps(parked, PROGRESS.undoIntended),
      ...{ state: 'undoing', decision, undoneBy: by, undoAskedAt: AT, leaveOver: true },
    } as Case;
    const told = [by.id];
    const waiting = (event: CaseEvent): CaseIn<'needsPerson'> => {
      const c = moved(undoing, event) as CaseIn<'needsPerson'>;
      return { ...c, tell: { since: AT, told } };
    };

    it('is tried once more by itself, whatever was in the way', () => {
      const refused = waiting(EVENTS.personNeeded);
      expect(refused.watch).toMatchObject({ for: 'again', index: 0 });
      expect(moved(refused, EVENTS.stepCleared)).toMatchObject({ state: 'undoing', leaveOver: true });
    });

    it('asks Graph anew for what was sent, and for what a person had', () => {
      const sent = moved(moved(undoing, EVENTS.undoSent), EVENTS.personNeeded);
      for (const waits of [sent, waiting(EVENTS.undoHandedOver)]) {
        expect(moved(waits, EVENTS.stepCleared)).toMatchObject({
          state: 'undoing',
          steps: [{ progress: { is: 'undoIntended' } }],
        });
      }
    });

    it('tells nobody of HR of the same task anew, and everybody of another', () => {
      const again = moved(waiting(EVENTS.stepBlocked), EVENTS.stepCleared);
      expect(moved(again, EVENTS.stepBlocked)).toMatchObject({ tell: { told } });
      expect(moved(again, { ...EVENTS.stepBlocked, task: 'Another one' })).toMatchObject({
        tell: { told: [] },
      });
      expect(moved(moved(waiting(EVENTS.stepBlocked), EVENTS.undoAsked), EVENTS.stepBlocked)).toMatchObject({
        leaveOver: true,
        tell: { told },
      });
    });

    it('ends with the account, and for no other reason', () => {
      const gone = { type: 'cancelled', cause: 'gone', why: 'The account no longer exists.' } as const;
      for (const c of [undoing, waiting(EVENTS.stepBlocked)]) {
        expect(moved(c, gone)).toMatchObject({ state: 'cancelled', parked: true });
        expect(transition(c, { ...gone, cause: 'stopped' }, AT).kind).toBe('refused');
      }
      expect(transition(CASES.undoing, gone, AT).kind).toBe('refused');
    });

    it('can be left where the tenant has none of it any more', () => {
      const isNotServed = waiting({ ...EVENTS.stepBlocked, notServed: true });
      expect(moved(isNotServed, LEAVES_UNDO)).toMatchObject({
        state: 'undoing',
        steps: [{ progress: { is: 'left' } }],
      });
    });
  });

  it('is let go by nobody', () => {
    const left = withSteps(
      { ...CASES.needsPerson, undoneBy: by, decision } as CaseIn<'needsPerson'>,
      PROGRESS.undoHandedOver,
    );
    expect(transition(left, LEAVES_UNDO, AT).kind).toBe('refused');
  });

  it('is never final', () => {
    expect(transition(parked, EVENTS.holdEnded, AT).kind).toBe('refused');
  });

  it('is all that an ended leave gives back', () => {
    for (const state of ['holding', 'needsPerson'] as const) expect(takenIn(state)).toContain('leaveEnded');
    expect(transition(CASES.holding, EVENTS.leaveEnded, AT).kind).toBe('refused');
  });
});

const LEAVES_UNDO: CaseEvent = {
  ...EVENTS.waived,
  waived: { of: 'undo', left: [{ index: 0, words: 'remove Visio' }] },
};
