import { describe, expect, it, test } from '@jest/globals';
import { mailboxIsSafe, planSteps, whyNot } from '../../src/actions/plan.js';
import type { Case, CaseLicense, Decision, Instant } from '../../src/cases/case.js';
import { ADELE, aLicense, asked, CASES, MANAGER, RECEIVER } from '../cards/a-case.js';
import { policyOf } from '../world/policies.js';

const CONVERT = policyOf('');
const WAIVE = policyOf('reclaim: { mailbox: waive }');
/** Asked on 23 November at nine; the timetable removes 21 days later, and a day after the decision at the earliest. */
const C = asked({ mailbox: 'shared' });

function decided(at: string): Extract<Decision, { kind: 'reclaim' }> {
  return { kind: 'reclaim', by: MANAGER, at: at as Instant, reason: undefined };
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

  it('can be vetoed for afterDecision from the decision on', () => {
    expect(planSteps(C, decided('2026-11-24T13:30:00.000Z'), CONVERT).actsFrom).toBe(
      '2026-11-25T13:30:00.000Z',
    );
  });

  it('counts from the opening where nobody was asked', () => {
    const review: Case = { ...CASES.adminReview, mailbox: 'shared' };
    expect(planSteps(review, decided('2026-11-24T13:30:00.000Z'), CONVERT)).toMatchObject({
      steps: [{ notBefore: '2026-12-14T08:00:00.000Z' }],
    });
  });

  it('takes every directly held license in one step, and none that a group gives', () => {
    const licenses = [
      aLicense({ disabledPlans: ['plan-a'] }),
      aLicense({ skuId: 'visio' as CaseLicense['skuId'], name: 'Visio', hasMailboxPlan: false }),
      aLicense({ skuId: 'grouped' as CaseLicense['skuId'], direct: false, groupIds: ['group'] }),
    ];
    const plan = planSteps({ ...C, licenses }, decided('2026-11-24T13:30:00.000Z'), CONVERT);
    if (plan.kind !== 'steps') throw new Error(plan.task);
    expect(plan.steps.map(({ step }) => step)).toEqual([
      {
        kind: 'removeLicenses',
        userId: ADELE.id,
        licenses: [
          {
            skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
            name: 'Microsoft 365 E5',
            disabledPlans: ['plan-a'],
          },
          { skuId: 'visio', name: 'Visio', disabledPlans: [] },
        ],
      },
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
    expect(plan.steps[1]?.step.licenses[0]?.disabledPlans).toEqual([]);
  });

  it('is a task for a person where software must not', () => {
    expect(planSteps({ ...C, mailbox: 'user' }, decided('2026-11-24T13:30:00.000Z'), CONVERT)).toEqual({
      kind: 'personNeeded',
      task: 'A license carries the mailbox: convert it to a shared mailbox first, then the license can go.',
      actsFrom: '2026-11-25T13:30:00.000Z',
    });
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

describe('whyNot', () => {
  const grouped = aLicense({ direct: false, groupIds: ['group'] });
  const visio = aLicense({ name: 'Visio', hasMailboxPlan: false });

  it('says that a license of a group is for a person', () => {
    expect(whyNot({ scenario: 'inactive', licenses: [grouped], mailbox: 'shared' }, WAIVE)).toBe(
      'Microsoft 365 E5 comes through a group: take the person out of that group, or change its rule.',
    );
  });

  it('takes a second suite with a mailbox plan while the license that gives the same stays', () => {
    const second = aLicense({ coveredBy: 'other' as CaseLicense['skuId'] });
    const other = aLicense({ skuId: 'other' as CaseLicense['skuId'] });
    const task = expect.stringContaining('carries the mailbox');
    expect(
      whyNot({ scenario: 'unusedLicense', licenses: [second], mailbox: 'user' }, CONVERT),
    ).toBeUndefined();
    expect(
      whyNot({ scenario: 'unusedLicense', licenses: [second, other], mailbox: 'user' }, CONVERT),
    ).toEqual(task);
    expect(whyNot({ scenario: 'leftCompany', licenses: [second], mailbox: 'user' }, CONVERT)).toEqual(task);
  });

  it('takes nothing where the policy has no such step', () => {
    const policy = policyOf('reclaim: { steps: { inactive: [] } }');
    expect(planSteps(C, decided('2026-11-24T13:30:00.000Z'), policy)).toMatchObject({
      kind: 'personNeeded',
      task: 'The policy removes no licenses in a case like this one (inactive): decide by hand what to do with them.',
    });
    expect(whyNot({ ...C, scenario: 'neverSignedIn' }, policy)).toBeUndefined();
  });

  it('lets the rest go when one of several comes through a group', () => {
    expect(
      whyNot({ scenario: 'inactive', licenses: [grouped, visio], mailbox: 'user' }, CONVERT),
    ).toBeUndefined();
  });

  it('never lets go of a mailbox with data, whatever else would be taken', () => {
    for (const mailbox of ['user', 'unknown', 'linked'] as const) {
      expect(whyNot({ scenario: 'inactive', licenses: [visio, aLicense()], mailbox }, CONVERT)).toContain(
        'shared mailbox',
      );
      expect(whyNot({ scenario: 'inactive', licenses: [visio, aLicense()], mailbox }, WAIVE)).toBeUndefined();
    }
    expect(whyNot({ scenario: 'inactive', licenses: [visio], mailbox: 'unknown' }, CONVERT)).toBeUndefined();
  });
});
