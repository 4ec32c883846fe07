import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { recheckStep, type LiveFacts, type Recheck } from '../../src/actions/recheck.js';
import { recheckReceiver } from '../../src/actions/recheck-receiver.js';
import type { RosterFact } from '../../src/audit/roster/roster.js';
import type { ProtectionKind } from '../../src/audit/finding.js';
import type { Case, CaseLicense } from '../../src/cases/case.js';
import type { StepOf } from '../../src/cases/step.js';
import type { Policy } from '../../src/config/policy.js';
import { aLicense, CASES } from '../cards/a-case.js';
import { aPerson, day, userId, type PersonSpec } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { MAILBOX_PLAN, SKUS } from '../world/skus.js';

const ALL = Object.values(SKUS);
const NOW = new Date('2026-12-14T09:00:00.000Z');
const E3 = { skuId: SKUS.E3.skuId, name: 'E3', disabledPlans: [] };
const C: Case = {
  ...CASES.scheduled,
  licenses: [aLicense({ skuId: SKUS.E3.skuId as CaseLicense['skuId'], hasMailboxPlan: true })],
};
/** The audit saw no successful sign-in at all. */
const NEVER: Case = { ...C, evidence: [{ source: 'signIn', fact: { kind: 'none', since: undefined } }] };
const STEP: StepOf<'removeLicenses'> = { kind: 'removeLicenses', userId: userId('Ada'), licenses: [E3] };
const CONVERT = policyOf('');
const WAIVE = policyOf('reclaim: { mailbox: waive }');

function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * 86_400_000);
}

function ada(is: PersonSpec = {}): LiveFacts['person'] {
  return aPerson('Ada', is).person;
}

/** Signed in 150 days ago, still licensed, not protected, with a shared mailbox. */
function live(change: Partial<LiveFacts> = {}): LiveFacts {
  const signIn = {
    userId: userId('Ada'),
    successful: daysAgo(150),
    interactive: undefined,
    nonInteractive: undefined,
  };
  return {
    person: ada(),
    signIn,
    protections: [],
    mailbox: 'shared',
    latest: 'candidate',
    mailboxReport: undefined,
    roster: undefined,
    skus: Object.values(SKUS),
    heldSeats: new Map(),
    exchange: {
      type: 'shared',
      litigationHold: false,
      inPlaceHolds: false,
      hasArchive: false,
      bytes: 1_000,
    },
    groups: new Map(),
    soleOwned: [],
    ...change,
  };
}

function roster(status: RosterFact['status']): RosterFact {
  return { status, asOf: day('2026-12-10'), origin: 'hr.csv', leaveFrom: undefined, leaveUntil: undefined };
}

function signedIn(successful: Date | undefined, attempt?: Date): LiveFacts['signIn'] {
  return { userId: userId('Ada'), successful, interactive: attempt, nonInteractive: attempt };
}

function recheck(change: Partial<LiveFacts>, c: Case = C, policy: Policy = CONVERT): Recheck {
  return recheckStep(c, STEP, live(change), policy, NOW);
}

describe('just before licenses are taken', () => {
  it('all is well when nothing has changed, and the before-state is what is held now', () => {
    expect(recheck({ person: ada({ licenses: [{ sku: 'E3', off: ['plan-now'] }] }) })).toEqual({
      kind: 'go',
      before: { of: 'licenses', licenses: [{ ...E3, disabledPlans: ['plan-now'] }] },
    });
  });

  it('nothing is taken while nobody can tell what only this person owns', () => {
    expect(recheck({ soleOwned: { unknown: 'Microsoft Graph refused it.' } })).toMatchObject({
      kind: 'blocked',
      task: expect.stringContaining('set reclaim.owned to ignore'),
    });
  });

  it('a mailbox that was switched on since the case was opened keeps its license', () => {
    const off = [MAILBOX_PLAN];
    const without = aLicense({
      skuId: SKUS.E3.skuId as CaseLicense['skuId'],
      hasMailboxPlan: false,
      disabledPlans: off,
    });
    const c: Case = { ...C, licenses: [without] };
    const holding = (plans: readonly string[]): Recheck =>
      recheck({ mailbox: 'user', person: ada({ licenses: [{ sku: 'E3', off: plans }] }) }, c);
    expect(holding(off)).toMatchObject({ kind: 'go' });
    expect(holding([])).toMatchObject({ kind: 'blocked' });
  });

  it('no account is deleted under a policy that deletes none, whatever an earlier one had planned', () => {
    const person = ada({ enabled: false, licenses: [] });
    const step = { kind: 'deleteAccount', userId: userId('Ada') } as const;
    const left: Case = { ...C, scenario: 'leftCompany' };
    const facts = live({ person, mailbox: 'noMailbox', roster: roster('left') });
    const under = (policy: Policy): Recheck => recheckStep(left, step, facts, policy, NOW);
    expect(under(policyOf('timetable: { delete: P60D }\nreclaim: { oneDrive: waive }'))).toMatchObject({
      kind: 'go',
    });
    expect(under(CONVERT)).toEqual({
      kind: 'personNeeded',
      task: 'The policy deletes no accounts any more.',
    });
  });

  it('a case ends when the account is gone', () => {
    expect(recheck({ person: undefined })).toEqual({
      kind: 'cancel',
      cause: 'gone',
      why: 'The account no longer exists.',
    });
  });

  test.each<ProtectionKind>([
    'executive',
    'onLeave',
    'serviceAccount',
    'sharedMailbox',
    'resource',
    'admin',
    'breakGlass',
    'guest',
    'newAccount',
    'newLicense',
    'exempt',
  ])('a case ends when the person has become protected (%s), and nobody learns how', (kind) => {
    const protections = [{ kind, route: 'excluded', rule: 'some rule' }] as const;
    expect(recheck({ protections })).toEqual({
      kind: 'cancel',
      cause: 'reasonGone',
      why: 'The person is active again, protected, or out of scope.',
    });
  });

  it('a case ends when the newest audit finds the person active, and waits for a person when it could not tell', () => {
    expect(recheck({ latest: 'active' })).toMatchObject({ kind: 'cancel', cause: 'reasonGone' });
    expect(recheck({ latest: 'unknown' })).toMatchObject({ kind: 'blocked' });
  });

  test.each<[string, LiveFacts['signIn'], 'go' | 'cancel']>([
    ['yesterday', signedIn(daysAgo(1)), 'cancel'],
    ['a moment ago', signedIn(NOW), 'cancel'],
    ['89 days ago', signedIn(daysAgo(89)), 'cancel'],
    ['90 days ago', signedIn(daysAgo(90)), 'go'],
    ['90 days ago by the calendar, if not by the hour', signedIn(new Date('2026-09-15T23:00:00Z')), 'go'],
  ])('a successful sign-in %s', (_when, signIn, kind) => {
    expect(recheck({ signIn }).kind).toBe(kind);
  });

  it('attempts of others are no sign-in, neither beside an old success nor without any', () => {
    expect(recheck({ signIn: signedIn(daysAgo(150), daysAgo(1)) }).kind).toBe('go');
    expect(recheck({ signIn: signedIn(undefined, daysAgo(1)) }, NEVER).kind).toBe('go');
    expect(recheck({ signIn: signedIn(undefined) }, NEVER).kind).toBe('go');
  });

  it('nothing is taken when a date that the audit saw is missing now', () => {
    expect(recheck({ signIn: signedIn(undefined) })).toMatchObject({ kind: 'blocked' });
    expect(recheck({ signIn: signedIn(undefined, daysAgo(1)) })).toMatchObject({ kind: 'blocked' });
  });

  it('nothing is taken while sign-in dates cannot be read', () => {
    expect(recheck({ signIn: 'unreadable' })).toEqual({
      kind: 'blocked',
      task: 'Sign-in dates cannot be read now, so nobody can tell whether the person came back.',
    });
  });

  it('waits for a whole audit where the newest one was stopped, unless the reason is gone already', () => {
    expect(recheck({ latest: 'stopped' })).toEqual({
      kind: 'postpone',
      why: 'The newest audit was stopped, because its data cannot be trusted: nothing is taken before one is done.',
    });
    expect(recheck({ latest: 'stopped', signIn: signedIn(daysAgo(1)) }).kind).toBe('cancel');
  });

  it('waits for a newer audit, and says so, unless the reason is gone already', () => {
    expect(recheck({ latest: 'tooOld' })).toEqual({
      kind: 'postpone',
      why: 'The newest audit is more than 8 days old: too much may have changed since. Run an audit.',
    });
    expect(recheck({ latest: 'tooOld', signIn: signedIn(daysAgo(1)) }).kind).toBe('cancel');
    for (const scenario of ['unusedLicense', 'disabledButLicensed', 'leftCompany'] as const) {
      const facts = { latest: 'tooOld', person: ada({ enabled: false }), roster: roster('left') } as const;
      expect(recheck(facts, { ...C, scenario }).kind).toBe('postpone');
    }
  });

  it('a tenant without sign-in dates goes by the policy that says so', () => {
    const policy = policyOf('evidence: { require: [workload] }');
    expect(recheck({ signIn: 'unreadable' }, C, policy).kind).toBe('go');
    expect(recheck({ signIn: signedIn(undefined) }, C, policy).kind).toBe('go');
  });

  it('a fresh sign-in counts although the policy does not require sign-ins', () => {
    const policy = policyOf('evidence: { require: [workload] }');
    for (const scenario of ['inactive', 'neverSignedIn'] as const) {
      expect(recheck({ signIn: signedIn(NOW) }, { ...C, scenario }, policy)).toMatchObject({
        kind: 'cancel',
        cause: 'reasonGone',
        why: 'The person is active again, protected, or out of scope.',
      });
    }
  });

  it('a disabled account is cancelled when it was enabled again, and for nothing else', () => {
    const c: Case = { ...C, scenario: 'disabledButLicensed' };
    expect(recheck({ person: ada({ enabled: true }) }, c)).toEqual({
      kind: 'cancel',
      cause: 'reasonGone',
      why: 'The account is enabled again, or the person is protected or out of scope.',
    });
    expect(recheck({ person: ada({ enabled: false }), signIn: 'unreadable' }, c).kind).toBe('go');
  });

  it('what is gone already needs no step', () => {
    const gone = { kind: 'skip', why: 'The licenses were gone already.' };
    expect(recheck({ person: ada({ licenses: [] }) })).toEqual(gone);
    expect(recheck({ person: ada({ licenses: [{ sku: 'E3', group: 'licensing' }] }) })).toEqual(gone);
  });

  it('a mailbox that is not shared any more keeps its license', () => {
    for (const mailbox of ['user', 'linked', 'others'] as const) {
      expect(recheck({ mailbox })).toEqual({
        kind: 'blocked',
        task: 'Convert the mailbox to a shared mailbox first, then the license can go.',
      });
      expect(recheck({ mailbox }, C, WAIVE).kind).toBe('go');
    }
    expect(recheck({ mailbox: 'noMailbox' }).kind).toBe('go');
  });

  it('whatever is read, licenses go only from somebody who is there, idle, unprotected and has them', () => {
    const facts = fc.record({
      person: fc.constantFrom(undefined, ada(), ada({ enabled: false }), ada({ licenses: [] })),
      signIn: fc.constantFrom<LiveFacts['signIn']>(
        'unreadable',
        signedIn(undefined),
        signedIn(daysAgo(3)),
        signedIn(daysAgo(200)),
      ),
      protections: fc.constantFrom<LiveFacts['protections']>(
        [],
        [{ kind: 'exempt', route: 'excluded', rule: '' }],
      ),
      mailbox: fc.constantFrom('user' as const, 'shared' as const, 'noMailbox' as const),
    });
    const scenarios = fc.constantFrom(
      'inactive' as const,
      'neverSignedIn' as const,
      'disabledButLicensed' as const,
    );
    fc.assert(
      fc.property(facts, scenarios, fc.constantFrom(CONVERT, WAIVE), (given, scenario, policy) => {
        if (recheck(given, { ...NEVER, scenario }, policy).kind !== 'go') return;
        expect(given.person?.licenses.length).toBe(1);
        expect(given.protections).toEqual([]);
        expect(given.mailbox !== 'user' || policy === WAIVE).toBe(true);
        if (scenario === 'disabledButLicensed') expect(given.person?.accountEnabled).toBe(false);
        else expect([signedIn(undefined), signedIn(daysAgo(200))]).toContainEqual(given.signIn);
      }),
    );
  });
});

describe('just before a receiver gets a seat', () => {
  const GIFT: StepOf<'assignLicenses'> = {
    kind: 'assignLicenses',
    userId: userId('Ada'),
    licenses: [E3, { ...E3, skuId: SKUS.VISIO.skuId }],
  };

  it('all is well with an enabled account in a known place', () => {
    expect(recheckReceiver(GIFT, ada({ licenses: [] }), ALL)).toEqual({
      kind: 'go',
      before: { of: 'licenses', licenses: GIFT.licenses },
    });
  });

  it('only what is missing is given', () => {
    expect(recheckReceiver(GIFT, ada({ licenses: [{ sku: 'E3', group: 'licensing' }] }), ALL)).toEqual({
      kind: 'go',
      before: { of: 'licenses', licenses: [GIFT.licenses[1]] },
    });
    expect(recheckReceiver(GIFT, ada({ licenses: [{ sku: 'E3' }, { sku: 'VISIO' }] }), ALL)).toEqual({
      kind: 'skip',
      why: 'The receiver has the licenses already.',
    });
  });

  it('a person is needed when the receiver is gone or disabled; a missing usage location is waited for', () => {
    const person = ada({ licenses: [] });
    if (person === undefined) throw new Error('nobody');
    expect(recheckReceiver(GIFT, undefined, ALL)).toMatchObject({
      kind: 'personNeeded',
      task: expect.stringContaining('no longer exists'),
    });
    expect(recheckReceiver(GIFT, { ...person, accountEnabled: false }, ALL)).toMatchObject({
      kind: 'personNeeded',
      task: expect.stringContaining('disabled'),
    });
    expect(recheckReceiver(GIFT, { ...person, usageLocation: undefined }, ALL)).toMatchObject({
      kind: 'blocked',
      task: expect.stringContaining('usage location'),
    });
  });
});

describe('a license that an active person does not use', () => {
  const unused: Case = { ...C, scenario: 'unusedLicense' };

  it('goes although the person signs in, as long as the newest audit finds it unused', () => {
    expect(recheck({ signIn: signedIn(daysAgo(1)) }, unused).kind).toBe('go');
    expect(recheck({ signIn: 'unreadable' }, unused).kind).toBe('go');
    expect(recheck({ latest: 'active' }, unused)).toMatchObject({ kind: 'cancel', cause: 'reasonGone' });
    expect(recheck({ latest: 'unknown' }, unused).kind).toBe('blocked');
  });

  describe('because another one covers it', () => {
    const e5 = SKUS.E5.skuId as CaseLicense['skuId'];
    const e3 = SKUS.E3.skuId as CaseLicense['skuId'];
    const covered: Case = {
      ...unused,
      licenses: [aLicense({ skuId: e3, coveredBy: e5, hasMailboxPlan: true })],
    };
    const both = ada({ licenses: [{ sku: 'E3' }, { sku: 'E5' }] });
    const GONE = {
      kind: 'cancel',
      cause: 'reasonGone',
      why: 'The license is needed after all, or the person is protected or out of scope.',
    };

    it('goes with its mailbox plan while the other one is there: the mailbox lives on', () => {
      expect(recheck({ person: both, mailbox: 'user' }, covered).kind).toBe('go');
    });

    test.each<[string, Partial<LiveFacts>]>([
      ['is gone', { person: ada() }],
      [
        'has all its plans switched off',
        { person: ada({ licenses: [{ sku: 'E3' }, { sku: 'E5', off: SKUS.E5.plans.map(({ id }) => id) }] }) },
      ],
      ['came yesterday', { person: ada({ licenses: [{ sku: 'E3' }, { sku: 'E5', since: '2026-12-13' }] }) }],
      [
        'is of a suspended subscription',
        { person: both, skus: [SKUS.E3, { ...SKUS.E5, capabilityStatus: 'Suspended', bought: 0 }] },
      ],
      ['is of no subscription', { person: both, skus: [SKUS.E3] }],
    ])('stays when the other one %s', (_what, facts) => {
      expect(recheck({ ...facts, mailbox: 'user' }, covered)).toEqual(GONE);
      expect(recheck({ ...facts, mailbox: 'shared' }, covered, WAIVE)).toEqual(GONE);
    });

    it('stays when the same step takes the other one as well', () => {
      const step: StepOf<'removeLicenses'> = { ...STEP, licenses: [E3, { ...E3, skuId: e5 }] };
      const idleE5 = aLicense({ skuId: e5, unused: { kind: 'idle', days: 120 } });
      const c: Case = { ...covered, licenses: [...covered.licenses, idleE5] };
      expect(recheckStep(c, step, live({ person: both }), CONVERT, NOW)).toEqual(GONE);
    });

    it('but is not used either, goes by its own non-use, and then its mailbox has to be safe', () => {
      const own = aLicense({ skuId: e3, coveredBy: e5, unused: { kind: 'idle', days: 120 } });
      const c: Case = { ...unused, licenses: [own] };
      expect(recheck({ mailbox: 'shared' }, c).kind).toBe('go');
      expect(recheck({ mailbox: 'user' }, c).kind).toBe('blocked');
      expect(recheck({ person: both, mailbox: 'user' }, c).kind).toBe('go');
    });

    test.each(['leftCompany', 'inactive'] as const)('is no matter in a case of %s', (scenario) => {
      const c: Case = { ...covered, scenario };
      expect(recheck({ roster: roster('left') }, c).kind).toBe('go');
      expect(recheck({ roster: roster('left'), person: both, mailbox: 'user' }, c).kind).toBe('blocked');
    });
  });
});

describe('somebody who left the company', () => {
  const left: Case = { ...C, scenario: 'leftCompany' };

  it('loses the license although they sign in: that is for security to look at', () => {
    expect(recheck({ signIn: signedIn(daysAgo(1)), roster: roster('left') }, left).kind).toBe('go');
    expect(recheck({ latest: 'active', roster: roster('left') }, left).kind).toBe('cancel');
  });

  it('keeps it when a newer source says that they did not leave', () => {
    for (const latest of ['candidate', 'unknown', 'tooOld'] as const) {
      expect(recheck({ latest, roster: roster('active') }, left)).toEqual({
        kind: 'cancel',
        cause: 'reasonGone',
        why: 'The person did not leave, is protected, or is out of scope.',
      });
    }
  });

  it('is for a person to look at when no fresh source says so any more', () => {
    for (const fact of [undefined, roster('unknown')]) {
      expect(recheck({ roster: fact }, left)).toEqual({
        kind: 'blocked',
        task: 'No fresh user source says that the person left: import a newer one, and the case goes on by itself.',
      });
    }
  });
});
