import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import type { Finding } from '../../../src/audit/finding.js';
import type { CaseId, Instant } from '../../../src/cases/case.js';
import { caseLicenses } from '../../../src/cases/case-licenses.js';
import {
  earlierOf,
  newCase,
  planOpening,
  type Earlier,
  type NewCaseKeys,
  type OpeningInput,
  type OpeningPlan,
} from '../../../src/cases/campaign/opening.js';
import type { Policy } from '../../../src/config/policy.js';
import { CASES } from '../../cards/a-case.js';
import { aPerson, day, groupId, userId } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { aFinding, aLicenseFinding, EVIDENCE, GRACE } from '../a-finding.js';

const NOW = '2026-11-23T06:00:00.000Z' as Instant;
const RULES = { policy: policyOf(), skus: [], today: day('2026-11-23') };

function limitedTo(limits: {
  readonly count?: number;
  readonly percent?: number;
  readonly perDepartment?: number;
  readonly countPerDepartment?: number;
}): Policy {
  const { count = 1_000, percent = 100, perDepartment = 100, countPerDepartment: most } = limits;
  const ofDepartment = `{ percent: ${perDepartment}${most === undefined ? '' : `, count: ${most}`} }`;
  return policyOf(
    `limits: { casesPerRun: { count: ${count}, percent: ${percent} }, perDepartment: ${ofDepartment} }`,
  );
}

function plan(findings: readonly Finding[], change: Partial<OpeningInput> = {}): OpeningPlan {
  return planOpening({
    findings,
    earlier: new Map(),
    policy: limitedTo({}),
    people: 100,
    departments: departmentsOf(findings),
    now: NOW,
    ...change,
  });
}

/** As many people in every department as there are findings in it. */
function departmentsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const departments = new Map<string, number>();
  for (const { person } of findings) {
    const department = person.department ?? '';
    departments.set(department, (departments.get(department) ?? 0) + 1);
  }
  return departments;
}

function names(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ person }) => person.displayName);
}

function reasons({ left }: OpeningPlan): readonly string[] {
  return left.map(({ why }) => why);
}

const costing = (minor: number): Pick<Finding, 'annualCost'> => ({ annualCost: { minor, currency: 'USD' } });
const ordinary = (count: number, department?: string): Finding[] =>
  Array.from({ length: count }, (_, index) =>
    aFinding(`Person ${department} ${index}`, department === undefined ? {} : { is: { department } }),
  );

describe('planOpening', () => {
  it('takes the most expensive first, those without a price last', () => {
    const findings = [
      aFinding('Cheap', costing(100)),
      aFinding('Unpriced', { annualCost: undefined }),
      aFinding('Dear', costing(90_000)),
    ];
    expect(names(plan(findings).open)).toEqual(['Dear', 'Cheap', 'Unpriced']);
  });

  test.each<[string, Partial<Finding>, string]>([
    [
      'somebody protected',
      { recommendation: 'adminReview', protections: [{ kind: 'admin', route: 'adminReview', rule: '' }] },
      'protected',
    ],
    [
      'an executive',
      { recommendation: 'hrReview', protections: [{ kind: 'executive', route: 'hr', rule: '' }] },
      'protected',
    ],
    ['somebody of whom too little is known', { recommendation: 'readMore' }, 'not-a-candidate'],
    ['somebody without a scenario', { scenario: undefined }, 'not-a-candidate'],
    ['somebody without licenses', { licenses: [] }, 'no-license'],
    [
      'somebody none of whose licenses is proven unused',
      { licenses: [aLicenseFinding('E3', { verdict: { kind: 'unknown', why: ['no source'] } })] },
      'no-license',
    ],
    [
      'somebody all of whose licenses are used',
      { licenses: [aLicenseFinding('E3', { verdict: { kind: 'active', lastUse: undefined } })] },
      'no-license',
    ],
  ])('leaves %s alone and says why', (_name, change, why) => {
    const left = plan([aFinding('Ada', change)]);
    expect(left.open).toEqual([]);
    expect(reasons(left)).toEqual([why]);
  });

  describe('in HR’s lane', () => {
    const ofHr = (name: string, change: Partial<Finding> = {}): Finding =>
      aFinding(name, {
        recommendation: 'hrReview',
        protections: [{ kind: 'executive', route: 'hr', rule: '' }],
        ...change,
      });
    const withHr = (policy = limitedTo({})): Policy => ({
      ...policy,
      roles: { ...policy.roles, hr: [userId('Hanna')] },
    });

    it('takes those whom HR decides about, and tells of them nowhere else', () => {
      const findings = [ofHr('Chief'), aFinding('Ada')];
      const opening = plan(findings, { policy: withHr() });
      expect(names(opening.sealed)).toEqual(['Chief']);
      expect({ ...opening, sealed: [] }).toEqual(plan(findings));
    });

    it('takes nobody as long as nobody is of HR', () => {
      expect(plan([ofHr('Chief')]).sealed).toEqual([]);
    });

    it('takes nobody who has an open case', () => {
      const chief = ofHr('Chief');
      const earlier = new Map([[chief.person.id, { kind: 'openCase', caseId: 'c' as CaseId } as const]]);
      expect(plan([chief], { policy: withHr(), earlier }).sealed).toEqual([]);
    });

    it('holds an open case against asking others, who are told no more than that the person is protected', () => {
      const ada = aFinding('Ada');
      const opening = plan([ada], {
        policy: withHr(),
        earlier: new Map([[ada.person.id, { kind: 'sealed' }]]),
      });
      expect([opening.open, opening.sealed, reasons(opening)]).toEqual([[], [], ['protected']]);
    });

    it('has the limits for itself, and opens no more at once than a second person would have to approve', () => {
      const findings = [...ordinary(4), ...['A', 'B', 'C', 'D'].map((name) => ofHr(name))];
      const policy = withHr(limitedTo({ count: 3 }));
      const opening = plan(findings, { policy });
      expect([opening.open.length, opening.sealed.length]).toEqual([3, 3]);
      const approvals = { ...policy.approvals, bulkOver: 2 };
      expect(plan(findings, { policy: { ...policy, approvals } }).sealed).toHaveLength(2);
    });
  });

  test.each<[string, Earlier, string | undefined]>([
    ['an open case', { kind: 'openCase', caseId: 'c' as CaseId }, 'has-open-case'],
    ['peace until tomorrow', { kind: 'coolDown', until: '2026-11-24T06:00:00.000Z' as Instant }, 'cool-down'],
    ['peace until this moment', { kind: 'coolDown', until: NOW }, undefined],
    ['peace that has ended', { kind: 'coolDown', until: '2026-11-22T06:00:00.000Z' as Instant }, undefined],
  ])('knows of somebody with %s', (_name, earlier, why) => {
    const planned = plan([aFinding('Ada')], { earlier: new Map([[userId('Ada'), earlier]]) });
    expect(reasons(planned)).toEqual(why === undefined ? [] : [why]);
    expect(names(planned.open)).toEqual(why === undefined ? ['Ada'] : []);
  });

  test.each([
    [{ count: 3 }, 100, 3],
    [{ count: 0 }, 100, 0],
    [{ percent: 5 }, 100, 5],
    [{ percent: 5 }, 101, 6],
    [{ percent: 5 }, 1, 1],
    [{ percent: 0 }, 100, 0],
    [{ percent: 0.1 }, 10, 1],
    [{ count: 4, percent: 50 }, 100, 4],
  ])('opens under %j of %d people at most %d cases', (limits, people, most) => {
    const planned = plan(ordinary(20), { people, policy: limitedTo(limits) });
    expect(planned.open).toHaveLength(most);
    expect(reasons(planned)).toEqual(Array.from({ length: 20 - most }, () => 'limit-per-run-reached'));
  });

  it('opens in each department at most its share, rounded up, and goes on with the others', () => {
    const findings = [...ordinary(5, 'Sales'), ...ordinary(5, 'Research')];
    const departments = new Map([
      ['Sales', 11],
      ['Research', 5],
    ]);
    const planned = plan(findings, { policy: limitedTo({ perDepartment: 20 }), departments });
    const opened = planned.open.map(({ person }) => person.department ?? '').sort();
    expect(opened).toEqual(['Research', 'Sales', 'Sales', 'Sales']);
    expect(new Set(reasons(planned))).toEqual(new Set(['limit-per-department-reached']));
  });

  it('opens in no department more than the policy counts, however large it is', () => {
    const findings = [...ordinary(5, 'Sales'), ...ordinary(5, 'Research')];
    const departments = new Map([
      ['Sales', 1_000],
      ['Research', 5],
    ]);
    const policy = limitedTo({ perDepartment: 20, countPerDepartment: 2 });
    const planned = plan(findings, { policy, departments });
    const opened = planned.open.map(({ person }) => person.department ?? '').sort();
    expect(opened).toEqual(['Research', 'Sales', 'Sales']);
    expect(new Set(reasons(planned))).toEqual(new Set(['limit-per-department-reached']));
  });

  it('counts people without a department as one department', () => {
    expect(plan(ordinary(10), { policy: limitedTo({ perDepartment: 20 }) }).open).toHaveLength(2);
  });

  it('lets people who are left alone take no place', () => {
    const alone = ordinary(10, 'Sales').map((finding) => ({
      ...finding,
      recommendation: 'readMore' as const,
      ...costing(99_999),
    }));
    const planned = plan([...alone, ...ordinary(2, 'Research')], { policy: limitedTo({ count: 2 }) });
    expect(planned.open).toHaveLength(2);
  });

  describe('whatever was found', () => {
    const finding = fc
      .record({
        number: fc.nat(60),
        department: fc.constantFrom('Sales', 'Research', undefined),
        cost: fc.constantFrom(undefined, 100, 5_000, 90_000),
        recommendation: fc.constantFrom(
          'ask' as const,
          'ask' as const,
          'readMore' as const,
          'excluded' as const,
        ),
      })
      .map(({ number, department, cost, recommendation }) =>
        aFinding(`Person ${number}`, {
          is: department === undefined ? {} : { department },
          annualCost: cost === undefined ? undefined : { minor: cost, currency: 'USD' },
          recommendation,
        }),
      );
    const findings = fc.uniqueArray(finding, { selector: ({ person }) => person.id, maxLength: 40 });
    const limits = fc.record({
      count: fc.nat(12),
      percent: fc.nat(100),
      perDepartment: fc.nat(100),
      countPerDepartment: fc.nat(6),
    });

    it('never opens more than any limit allows, and says of everybody what became of them', () => {
      fc.assert(
        fc.property(findings, limits, fc.nat(80), (found, given, people) => {
          const departments = departmentsOf(found);
          const planned = plan(found, { people, policy: limitedTo(given), departments });
          expect(planned.open.length).toBeLessThanOrEqual(
            Math.min(given.count, Math.ceil((people * given.percent) / 100)),
          );
          for (const [department, size] of departmentsOf(planned.open)) {
            const share = Math.ceil(((departments.get(department) ?? 0) * given.perDepartment) / 100);
            expect(size).toBeLessThanOrEqual(Math.min(share, given.countPerDepartment));
          }
          expect(planned.open.every(({ recommendation }) => recommendation === 'ask')).toBe(true);
          const all = [...planned.open, ...planned.left.map((each) => each.finding)];
          expect(names(all).toSorted()).toEqual(names(found).toSorted());
        }),
      );
    });

    it('plans the same in whatever order the pages arrived', () => {
      const shuffled = findings.chain((found) =>
        fc.tuple(fc.constant(found), fc.shuffledSubarray(found, { minLength: found.length })),
      );
      fc.assert(
        fc.property(shuffled, limits, ([found, other], given) => {
          const policy = limitedTo(given);
          expect(plan(other, { policy })).toEqual(plan(found, { policy }));
        }),
      );
    });
  });
});

describe('newCase', () => {
  const KEYS: NewCaseKeys = {
    caseId: 'case-9' as CaseId,
    subjectKey: 'subject',
    actorSalt: 'salt',
    head: '',
  };
  const asking = { kind: 'ask', person: { id: GRACE.id, displayName: GRACE.displayName } } as const;
  const open = (finding: Finding): ReturnType<typeof newCase> =>
    newCase(finding, asking, 'run-1', NOW, KEYS, caseLicenses(finding, RULES));

  it('holds that somebody signed in after they left, and that the account is of AD', () => {
    const { person } = aFinding('Ada Lovelace');
    const warned = (securityAlert: boolean, onPremisesSync: boolean | undefined): unknown =>
      open(aFinding('Ada Lovelace', { securityAlert, person: { ...person, onPremisesSync } })).warnings;
    expect(warned(true, true)).toEqual(['signedInSince', 'fromAd']);
    // Once was, and never was.
    expect([warned(false, false), warned(false, undefined)]).toEqual([undefined, undefined]);
  });

  it('holds what the question will need', () => {
    const is = { jobTitle: 'Analyst', department: 'Navy', country: 'US' };
    expect(open(aFinding('Ada Lovelace', { is }))).toEqual({
      id: 'case-9',
      kind: 'case',
      caseId: 'case-9',
      userId: userId('Ada Lovelace'),
      subject: {
        displayName: 'Ada Lovelace',
        userPrincipalName: 'ada.lovelace@harbor.example',
        jobTitle: 'Analyst',
        department: 'Navy',
        country: 'US',
      },
      runId: 'run-1',
      scenario: 'inactive',
      evidence: [
        { source: 'signIn', fact: { kind: 'on', date: '2026-07-14' } },
        { source: 'exchange', fact: { kind: 'on', date: '2026-07-12' } },
        { source: 'oneDrive', fact: { kind: 'none', since: '2026-05-25' } },
        { source: 'sharePoint', fact: { kind: 'none', since: '2026-05-25' } },
        { source: 'teams', fact: { kind: 'none', since: '2026-05-25' } },
        { source: 'yammer', fact: { kind: 'none', since: '2026-05-25' } },
        { source: 'skype', fact: { kind: 'unknown' } },
      ],
      evidenceDate: '2026-11-21',
      daysInactive: 130,
      licenses: [
        {
          skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965',
          partNumber: 'SPE_E3',
          name: 'SPE_E3',
          disabledPlans: [],
          annualCost: { minor: 10_000, currency: 'USD' },
          hasMailboxPlan: true,
          holdsFiles: false,
          coveredBy: undefined,
          direct: true,
          groupIds: [],
        },
      ],
      annualCost: { minor: 10_000, currency: 'USD' },
      protections: [],
      mailbox: 'user',
      manager: { id: GRACE.id, displayName: 'Grace Hopper' },
      openedAt: NOW,
      version: 0,
      seq: 0,
      head: '',
      subjectKey: 'subject',
      actorSalt: 'salt',
      message: undefined,
      dueAt: NOW,
      lease: undefined,
      attempts: 0,
      state: 'opened',
      asking,
    });
  });

  it('is about the licenses alone that are proven unused, and about their cost', () => {
    const licenses = [
      aLicenseFinding('E3', { annualCost: { minor: 300, currency: 'USD' } }),
      aLicenseFinding('VISIO', {
        verdict: { kind: 'neverUsed' },
        annualCost: { minor: 20, currency: 'USD' },
      }),
      aLicenseFinding('E5', { verdict: { kind: 'unknown', why: ['no source'] } }),
      aLicenseFinding('EXCHANGE', { verdict: { kind: 'active', lastUse: undefined } }),
    ];
    const c = open(aFinding('Ada', { licenses }));
    expect(c.licenses.map(({ partNumber }) => partNumber)).toEqual(['SPE_E3', 'VISIOCLIENT']);
    expect(c.annualCost).toEqual({ minor: 320, currency: 'USD' });
  });

  it('knows each way by which a license comes, because its seat is free only without all of them', () => {
    const both = aPerson('Ada', {
      licenses: [
        { sku: 'E3', off: ['teams-off'] },
        { sku: 'E3', group: 'licensing', off: ['group-off'] },
      ],
    });
    const [license] = both.person.licenses;
    if (license === undefined) throw new Error('no license');
    const licenses = [
      { ...aLicenseFinding('E3'), license },
      aLicenseFinding('E5', { group: 'premium', off: ['yammer-off'] }),
    ];
    expect(open(aFinding('Ada', { licenses })).licenses).toMatchObject([
      { direct: true, disabledPlans: ['teams-off'], groupIds: [groupId('licensing')] },
      { direct: false, disabledPlans: ['yammer-off'], groupIds: [groupId('premium')] },
    ]);
  });

  it('says unknown where nothing was read, and never none', () => {
    const finding = aFinding('Ada', {
      manager: { unknown: 'no answer' },
      mailbox: { unknown: 'no answer' },
      evidence: { ...EVIDENCE, workload: { unknown: 'stale' }, signIn: { unknown: 'no P1' } },
      verdict: { kind: 'neverUsed' },
      annualCost: undefined,
      licenses: [aLicenseFinding('E3', { annualCost: undefined })],
    });
    const c = open(finding);
    expect(c).toMatchObject({ mailbox: 'unknown' });
    expect(c.manager).toBeUndefined();
    expect(c.evidenceDate).toBeUndefined();
    expect(c.daysInactive).toBeUndefined();
    expect(c.annualCost).toBeUndefined();
    expect(new Set(c.evidence.map(({ fact }) => fact.kind))).toEqual(new Set(['unknown']));
  });
});

describe('earlierOf', () => {
  const policy = policyOf('inactivity: { days: 60 }');

  test.each([
    'opened',
    'asked',
    'adminReview',
    'hrReview',
    'kept',
    'decided',
    'scheduled',
    'acting',
    'holding',
    'undoing',
    'needsPerson',
  ] as const)('takes a case that is %s for open', (state) => {
    expect(earlierOf(CASES[state], policy)).toEqual({ kind: 'openCase', caseId: 'case-1' });
  });

  it('leaves people in peace for the threshold after an answer was taken back or a license given back', () => {
    expect(earlierOf({ ...CASES.cancelled, cause: 'takenBack' }, policy)).toEqual({
      kind: 'coolDown',
      until: '2027-01-25T10:00:00.000Z',
    });
    expect(earlierOf(CASES.cancelled, policy)).toBeUndefined();
    expect(earlierOf(CASES.undone, policy)).toEqual({ kind: 'coolDown', until: '2027-02-18T09:10:00.000Z' });
  });

  it('lets a closed case stand in nobody’s way', () => {
    expect(earlierOf(CASES.closed, policy)).toBeUndefined();
  });
});
