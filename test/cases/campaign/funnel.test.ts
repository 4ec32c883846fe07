import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Case } from '../../../src/cases/case.js';
import { funnelCounter, type Funnel } from '../../../src/cases/campaign/funnel.js';
import { CASES } from '../../cards/a-case.js';

function funnelOf(...cases: readonly Case[]): Funnel {
  const counter = funnelCounter();
  for (const c of cases) counter.add(c);
  return counter.done();
}

const ALL: readonly Case[] = Object.values(CASES);

describe('The funnel', () => {
  it('of a question that waits stops at delivered', () => {
    expect(funnelOf(CASES.asked)).toMatchObject({ opened: 1, asked: 1, delivered: 1, answered: 0, done: 0 });
  });

  it('of somebody nobody asked about yet stops at opened', () => {
    expect(funnelOf(CASES.opened)).toMatchObject({ opened: 1, asked: 0, delivered: 0 });
  });

  it('of a case in its undo window is done, and of one that was undone is not', () => {
    expect(funnelOf(CASES.holding)).toMatchObject({ approved: 1, done: 1, answers: { reclaim: 1 } });
    expect(funnelOf(CASES.undone)).toMatchObject({ approved: 1, done: 0, answerGone: 1 });
  });

  it('of a case whose rest an admin left is partly done, and not done', () => {
    const { by, at } = CASES.holding.decision;
    const left = [{ index: 0, words: 'block sign-in and sign out everywhere' }];
    const waivers = [{ waived: { of: 'rest', left }, by, at, reason: 'Nobody does it' }] as const;
    for (const c of [CASES.holding, CASES.closed])
      expect(funnelOf({ ...c, waivers })).toMatchObject({ approved: 1, done: 0, partlyDone: 1 });
    const files = [{ waived: { of: 'files' }, by, at, reason: 'They are copied' }] as const;
    expect(funnelOf({ ...CASES.holding, waivers: files })).toMatchObject({ done: 1, partlyDone: 0 });
    expect(funnelOf({ ...CASES.needsPerson, waivers })).toMatchObject({ done: 0, partlyDone: 0 });
  });

  it('tells leave as kept, and of a veto that there was an answer', () => {
    const { by, at, until } = CASES.kept.decision;
    const onLeave: Case = { ...CASES.kept, decision: { kind: 'onLeave', by, at, until } };
    expect(funnelOf(onLeave)).toEqual(funnelOf(CASES.kept));
    expect(funnelOf({ ...CASES.cancelled, cause: 'vetoed' })).toMatchObject({ answered: 1, answerGone: 1 });
  });

  it('counts nothing of HR, no gift and nobody whose names were erased', () => {
    const none = funnelOf();
    expect(funnelOf(CASES.hrReview, CASES.hrProposed)).toEqual(none);
    expect(funnelOf(...ALL.map((c): Case => ({ ...c, protections: ['executive'] })))).toEqual(none);
    expect(funnelOf({ ...CASES.holding, scenario: 'given' })).toEqual(none);
    expect(funnelOf({ ...CASES.closed, erasedAt: CASES.closed.closedAt })).toEqual(none);
  });

  it('never widens on the way down, and has every case at one place', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ALL), { maxLength: 40 }), (cases) => {
        const { opened, asked, delivered, answered, approved, done, answers, answerGone, now } = funnelOf(
          ...cases,
        );
        const stages = [opened, asked, delivered, answered, approved, done];
        expect(stages).toEqual(stages.toSorted((a, b) => b - a));
        expect(answers.keep + answers.reclaim + answers.reassign + answerGone).toBe(answered);
        expect(Object.values(now).reduce((sum, count) => sum + count, 0)).toBe(opened);
      }),
    );
  });
});
