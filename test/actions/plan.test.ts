import { describe, expect, it, test } from '@jest/globals';
import { mailboxIsSafe, planSteps, whyNoSteps } from '../../src/actions/plan.js';
import type { GroupId, SkuId } from '../../src/audit/person.js';
import type { Case, Instant } from '../../src/cases/case.js';
import type { Decision } from '../../src/cases/decision.js';
import type { Step, StepKind } from '../../src/cases/step.js';
import type { Policy } from '../../src/config/policy.js';
import { ADELE, aLicense, asked, CASES, MANAGER, RECEIVER } from '../cards/a-case.js';
import { policyOf } from '../world/policies.js';

const CONVERT = policyOf('');
const WAIVE = policyOf('reclaim: { mailbox: waive }');
/** Asked on 23 November at nine; the timetable removes 21 days later, and a day after the decision at the earliest. */
const C = asked({ mailbox: 'shared' });

function decided(at: string): Extract<Decision, { kind: 'reclaim' }> {
  return { kind: 'reclaim', by: MANAGER, at: at as Instant, reason: undefined };
}

const GROUP_A = '0000000a' as GroupId;
const GROUP_B = '0000000b' as GroupId;

function stepsOf(c: Case, policy: Policy = CONVERT): readonly Step[] {
  const plan = planSteps(c, decided('2026-11-24T13:30:00.000Z'), policy);
  if (plan.kind !== 'steps') throw new Error(plan.task);
  return plan.steps.map(({ step }) => step);
}

function kindsOf(c: Case, policy?: Policy): readonly StepKind[] {
  return stepsOf(c, policy).map(({ kind }) => kind);
}

describe('planSteps', () => {
  test.each([
    ['2026-11-24T13:30:00.000Z', '2026-12-14T09:00:00.000Z', 'the timetable'],
    ['2026-12-13T08:59:00.000Z', '2026-12-14T09:00:00.000Z', 'the timetable, by a minute'],
    ['2026-12-20T13:30:00.000Z', '2026-12-21T13:30:00.000Z', 'the decision'],
  ])('of a decision on %s waits until %s, because of %s', (at, notBefore) => {
    const plan = planSteps(C, decided(at), CONVERT);
    expect(plan).toMatchObject({ kind: 'steps', steps: [{ notBefore, progress: { is: 'planned' } }] });
  });

  it('can be vetoed for the review time, and at least for afterDecision, from the decision on', () => {
    const at = decided('2026-11-24T13:30:00.000Z');
    expect(planSteps(C, at, CONVERT).actsFrom).toBe('2026-12-01T13:30:00.000Z');
    const short = policyOf('timetable: { review: P1D, afterDecision: P2D }');
    expect(planSteps(C, at, short).actsFrom).toBe('2026-11-26T13:30:00.000Z');
  });

  it('counts from the opening where nobody was asked', () => {
    const review: Case = { ...CASES.adminReview, mailbox: 'shared' };
    expect(planSteps(review, decided('2026-11-24T13:30:00.000Z'), CONVERT)).toMatchObject({
      steps: [{ notBefore: '2026-12-14T08:00:00.000Z' }],
    });
  });

  it('takes every directly held license in one step, and leaves each group that gives others', () => {
    const licenses = [
      aLicense({ disabledPlans: ['plan-a'] }),
      aLicense({ skuId: 'visio' as SkuId, name: 'Visio', hasMailboxPlan: false, groupIds: [GROUP_B] }),
      aLicense({ skuId: 'grouped' as SkuId, name: 'Project', direct: false, groupIds: [GROUP_A, GROUP_B] }),
    ];
    const [e5, visio, project] = [
      { skuId: licenses[0]?.skuId, name: 'Microsoft 365 E5', disabledPlans: ['plan-a'] },
      { skuId: 'visio', name: 'Visio', disabledPlans: [] },
      { skuId: 'grouped', name: 'Project', disabledPlans: [] },
    ];
    expect(stepsOf({ ...C, licenses })).toEqual([
      { kind: 'removeLicenses', userId: ADELE.id, licenses: [e5, visio] },
      { kind: 'leaveGroup', userId: ADELE.id, groupId: GROUP_A, licenses: [project] },
      { kind: 'leaveGroup', userId: ADELE.id, groupId: GROUP_B, licenses: [visio, project] },
    ]);
  });

  it('of somebody who left blocks sign-in first, then makes the mailbox shared, then takes the licenses', () => {
    const plan = planSteps(
      { ...C, scenario: 'leftCompany', mailbox: 'user' },
      decided('2026-11-24T13:30:00.000Z'),
      CONVERT,
    );
    if (plan.kind !== 'steps') throw new Error(plan.task);
    expect(plan.steps.map(({ step, notBefore }) => [step.kind, notBefore.slice(0, 10)])).toEqual([
      ['disableSignIn', '2026-12-07'],
      ['convertMailbox', '2026-12-08'],
      ['removeLicenses', '2026-12-14'],
    ]);
  });

  it('of somebody still employed leaves their sign-in alone', () => {
    for (const scenario of ['inactive', 'neverSignedIn', 'disabledButLicensed', 'unusedLicense'] as const)
      expect(kindsOf({ ...C, scenario, mailbox: 'user' })).not.toContain('disableSignIn');
  });

  test.each([
    ['user', CONVERT, true],
    ['unknown', CONVERT, true],
    ['shared', CONVERT, false],
    ['noMailbox', CONVERT, false],
    ['user', WAIVE, false],
  ] as const)('converts a mailbox that is %s where it has to (%#)', (mailbox, policy, converts) => {
    expect(kindsOf({ ...C, mailbox }, policy).includes('convertMailbox')).toBe(converts);
  });

  it('converts no mailbox for licenses that carry none, or while another license gives the same', () => {
    const second = aLicense({ coveredBy: 'other' as SkuId });
    const visio = aLicense({ name: 'Visio', hasMailboxPlan: false });
    const steps = policyOf('reclaim: { steps: { unusedLicense: [convertMailbox, removeLicenses] } }');
    const unused = { ...C, scenario: 'unusedLicense', mailbox: 'user' } as const;
    expect(kindsOf({ ...C, mailbox: 'user', licenses: [visio] })).toEqual(['removeLicenses']);
    expect(kindsOf({ ...unused, licenses: [second] }, steps)).toEqual(['removeLicenses']);
    const other = aLicense({ skuId: 'other' as SkuId });
    expect(kindsOf({ ...unused, licenses: [second, other] }, steps)).toEqual([
      'convertMailbox',
      'removeLicenses',
    ]);
  });

  it('gives a receiver the seat after it was freed, with all its plans', () => {
    const decision = {
      ...decided('2026-11-24T13:30:00.000Z'),
      kind: 'reassign',
      receiver: RECEIVER,
    } as const;
    const plan = planSteps({ ...C, licenses: [aLicense({ disabledPlans: ['plan-a'] })] }, decision, CONVERT);
    if (plan.kind !== 'steps') throw new Error(plan.task);
    expect(plan.steps.map(({ step }) => [step.kind, step.userId])).toEqual([
      ['removeLicenses', ADELE.id],
      ['assignLicenses', RECEIVER.id],
    ]);
    expect(plan.steps[1]?.step).toMatchObject({ licenses: [{ disabledPlans: [] }] });
  });

  it('gives a receiver only what they lack, and all of it to one who lacks nothing, for the re-check to stop', () => {
    const decision = {
      ...decided('2026-11-24T13:30:00.000Z'),
      kind: 'reassign',
      receiver: RECEIVER,
    } as const;
    const visio = aLicense({ skuId: 'visio' as SkuId, name: 'Visio' });
    const e5 = aLicense();
    const given = (licenses: readonly { readonly skuId: SkuId }[]) => {
      const receiver = { lacksLocation: false, country: undefined, licenses };
      const plan = planSteps({ ...C, licenses: [e5, visio] }, decision, CONVERT, receiver);
      const last = plan.kind === 'steps' ? plan.steps.at(-1)?.step : undefined;
      return last?.kind === 'assignLicenses' ? last.licenses.map(({ name }) => name) : [];
    };
    expect(given([])).toEqual(['Microsoft 365 E5', 'Visio']);
    expect(given([visio])).toEqual(['Microsoft 365 E5']);
    expect(given([visio, e5])).toEqual(['Microsoft 365 E5', 'Visio']);
  });
});

describe('a mailbox', () => {
  test.each([
    ['shared', true],
    ['noMailbox', true],
    ['user', false],
    ['unknown', false],
    ['room', false],
    ['equipment', false],
    ['linked', false],
    ['others', false],
  ] as const)('that is %s is safe: %s', (mailbox, safe) => {
    expect(mailboxIsSafe(mailbox, CONVERT)).toBe(safe);
    expect(mailboxIsSafe(mailbox, WAIVE)).toBe(true);
  });
});

describe('whyNoSteps', () => {
  it('takes nothing where the policy has no such step', () => {
    const policy = policyOf('reclaim: { steps: { inactive: [] } }');
    expect(planSteps(C, decided('2026-11-24T13:30:00.000Z'), policy)).toMatchObject({
      kind: 'personNeeded',
      task: 'The policy removes no licenses in a case like this one (inactive): decide by hand what to do with them.',
    });
    expect(
      whyNoSteps({ ...C, scenario: 'neverSignedIn' }, decided('2026-11-24T13:30:00.000Z'), policy),
    ).toBeUndefined();
  });
});
