import { describe, expect, it } from '@jest/globals';
import { planSteps } from '../../src/actions/plan.js';
import { replan } from '../../src/actions/replan.js';
import type { CaseIn, Instant } from '../../src/cases/case.js';
import type { CaseStep, StepProgress } from '../../src/cases/step.js';
import type { Policy } from '../../src/config/policy.js';
import { ADELE, asked, MANAGER, RECEIVER } from '../cards/a-case.js';
import { policyOf } from '../world/policies.js';

const AT = '2026-12-16T09:00:00.000Z' as Instant;
const WAIVE = policyOf('reclaim: { mailbox: waive }');
const CONVERT = policyOf('');
const LATE = policyOf('reclaim: { mailbox: waive }\ntimetable: { removeLicenses: P28D }');
const NOTHING = policyOf('reclaim: { mailbox: waive, steps: { inactive: [convertMailbox] } }');
const BLOCKS = policyOf(
  'reclaim: { mailbox: waive, steps: { inactive: [disableSignIn, convertMailbox, removeLicenses] } }',
);
const DONE: StepProgress = { is: 'done', at: AT, before: { of: 'mailbox', type: 'user' } };

const RECLAIM = { kind: 'reclaim', by: MANAGER, at: AT, reason: 'Left the project' } as const;

/** A case as it was scheduled under a policy, with the first steps so far along. */
function scheduled(policy: Policy, ...progress: readonly StepProgress[]): CaseIn<'scheduled'> {
  const c = { ...asked({ scenario: 'inactive', mailbox: 'user' }) };
  const decision = RECLAIM;
  const plan = planSteps(c, decision, policy);
  if (plan.kind !== 'steps' || c.state !== 'asked') throw new Error('There is no plan.');
  const { askedAt, answerDue: _due, state: _state, ...facts } = c;
  return {
    ...facts,
    state: 'scheduled',
    decision,
    countedFrom: askedAt,
    steps: plan.steps.map((step, index) => ({ ...step, progress: progress[index] ?? step.progress })),
  };
}

function kinds(steps: readonly CaseStep[]): readonly string[] {
  return steps.map(({ step, progress }) => `${step.kind} ${progress.is}`);
}

function stepsUnder(policy: Policy, c: CaseIn<'scheduled'>): readonly CaseStep[] {
  const change = replan(c, policy);
  if (change.kind !== 'steps') throw new Error(`The change is ${change.kind}.`);
  return change.steps;
}

describe('the steps of a scheduled case', () => {
  it('stay as they are while the policy does', () => {
    expect(replan(scheduled(WAIVE), WAIVE)).toEqual({ kind: 'same' });
    expect(replan(scheduled(CONVERT, DONE), CONVERT)).toEqual({ kind: 'same' });
  });

  it('stay as they are when a store gives their properties back in another order', () => {
    const c = scheduled(WAIVE);
    const steps = c.steps.map(({ notBefore, progress, step }) => ({
      notBefore,
      progress,
      step: Object.fromEntries(Object.entries(step).toReversed()) as unknown as CaseStep['step'],
    }));
    expect(replan({ ...c, steps }, WAIVE)).toEqual({ kind: 'same' });
  });

  it('wait longer where the policy gives more time, counted from the question', () => {
    const [step] = stepsUnder(LATE, scheduled(WAIVE));
    expect(step?.notBefore).toBe('2026-12-21T09:00:00.000Z');
  });

  it('convert the mailbox first where the policy no longer accepts its loss', () => {
    expect(kinds(stepsUnder(CONVERT, scheduled(WAIVE)))).toEqual([
      'convertMailbox planned',
      'removeLicenses planned',
    ]);
  });

  it('gain none that nobody decided about, whatever the policy does by now', () => {
    expect(replan(scheduled(WAIVE), BLOCKS)).toEqual({ kind: 'same' });
    expect(replan(scheduled(CONVERT, DONE), BLOCKS)).toEqual({ kind: 'same' });
  });

  it('lose what the policy does not do any more', () => {
    expect(kinds(stepsUnder(WAIVE, scheduled(BLOCKS)))).toEqual(['removeLicenses planned']);
  });

  it('still make the mailbox a shared one where whoever answered was told so, whatever is accepted by now', () => {
    expect(replan(scheduled(CONVERT), WAIVE)).toEqual({ kind: 'same' });
    expect(kinds(stepsUnder(LATE, scheduled(CONVERT)))).toEqual([
      'convertMailbox planned',
      'removeLicenses planned',
    ]);
  });

  it('keep what was begun, whatever the policy says now', () => {
    expect(kinds(stepsUnder(LATE, scheduled(CONVERT, DONE)))).toEqual([
      'convertMailbox done',
      'removeLicenses planned',
    ]);
  });

  it('are none at all where the policy takes no licenses any more', () => {
    expect(replan(scheduled(WAIVE), NOTHING)).toMatchObject({ kind: 'nothingLeft' });
  });

  it('of an earlier version, which does not know when its question was asked, keep their plan', () => {
    const { countedFrom: _from, ...old } = scheduled(WAIVE);
    expect(replan(old as CaseIn<'scheduled'>, LATE)).toEqual({ kind: 'same' });
  });
});

describe('a usage location that is to be set', () => {
  const LOCATES = policyOf('reclaim: { mailbox: waive, usageLocation: fromCountry }');
  const c = { ...asked({ mailbox: 'user' }) };
  const decision = { ...RECLAIM, kind: 'reassign', receiver: RECEIVER } as const;
  const plan = planSteps(c, decision, LOCATES, {
    lacksLocation: true,
    country: 'Germany',
    licenses: [],
  });
  if (plan.kind !== 'steps') throw new Error(plan.task);
  const waiting: CaseIn<'scheduled'> = { ...scheduled(LOCATES), decision, steps: plan.steps };
  const locating = (steps: readonly CaseStep[]) =>
    steps.flatMap(({ step }) => (step.kind === 'setUsageLocation' ? [step.country] : []));

  it('stays, with the country that was found for the receiver', () => {
    expect(locating(plan.steps)).toEqual(['DE']);
    expect(replan(waiting, LOCATES)).toEqual({ kind: 'same' });
  });

  it('brings the receiver no license that was not to be given', () => {
    const [e5] = c.licenses;
    if (e5 === undefined) throw new Error('no license');
    const visio = { ...e5, skuId: 'visio' as never, name: 'Visio' };
    const two = { ...c, licenses: [e5, visio] };
    const receiver = { lacksLocation: false, country: undefined, licenses: [visio] };
    const few = planSteps(two, decision, LOCATES, receiver);
    if (few.kind !== 'steps') throw new Error(few.task);
    const waits: CaseIn<'scheduled'> = { ...waiting, licenses: two.licenses, steps: few.steps };
    expect(replan(waits, LOCATES)).toEqual({ kind: 'same' });
  });

  it('follows a policy that names another country, or none', () => {
    const other = policyOf('reclaim: { mailbox: waive, usageLocation: FR }');
    expect(locating(stepsUnder(other, waiting))).toEqual(['FR']);
    expect(locating(stepsUnder(WAIVE, waiting))).toEqual([]);
  });
});

describe('a planned deletion', () => {
  const DELETES = policyOf('timetable: { delete: P90D }');
  const deletion: CaseStep = {
    step: { kind: 'deleteAccount', userId: ADELE.id },
    progress: { is: 'planned' },
    notBefore: AT,
  };
  const c: CaseIn<'scheduled'> = { ...scheduled(WAIVE, DONE), scenario: 'leftCompany' };
  const held = { ...c, steps: [...c.steps, deletion] };

  it('stays while the policy deletes accounts', () => {
    expect(replan(held, DELETES)).toEqual({ kind: 'same' });
  });

  it('is dropped as soon as the policy deletes none', () => {
    expect(replan(held, WAIVE)).toMatchObject({ kind: 'noDeletion', index: 1 });
  });
});
