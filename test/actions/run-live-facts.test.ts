import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLiveFacts, readSignIn, type RosterFactOf } from '../../src/actions/run-live-facts.js';
import { storeRun } from '../../src/audit/run-store.js';
import type { UserId } from '../../src/audit/person.js';
import type { RosterFact } from '../../src/audit/roster/roster.js';
import { instant, type Case, type CaseLicense } from '../../src/cases/case.js';
import { noteCampaignWaits } from '../../src/cases/campaign/run-campaign-waits.js';
import type { CaseStep } from '../../src/cases/step.js';
import { systemClock } from '../../src/graph/clock.js';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { aFinding, aLicenseFinding } from '../cases/a-finding.js';
import { aLicense, CASES } from '../cards/a-case.js';
import { auditOnce } from '../world/audit-once.js';
import { graphFailure, graphWorld } from '../world/graph-world.js';
import {
  aPerson,
  day,
  daysAgo,
  groupId,
  idle,
  NOW,
  userId,
  type PersonSpec,
  type WorldPerson,
} from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { SKUS } from '../world/skus.js';

let directory: string;
let store: Store;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'steward-live-'));
  let ids = 0;
  store = openEmbeddedStore(join(directory, 'steward.db'), { newId: () => `etag-${(ids += 1)}` });
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

const chief = aPerson('Chief');
const second = aPerson('Second', { manager: chief });

const workers = Array.from({ length: 5 }, (_, at) => aPerson(`Worker ${at}`));

interface Around {
  readonly policy?: string;
  readonly is?: PersonSpec;
  readonly others?: readonly WorldPerson[];
  readonly door?: Partial<GraphDoor>;
  readonly case?: Partial<Case>;
  readonly rosterFactOf?: RosterFactOf;
}

const REMOVAL = { kind: 'removeLicenses', userId: userId('Ada'), licenses: [] } as const;

/** The protections that are new of Ada, about whom there is a case of her unused E3. */
async function found(around: Around = {}): Promise<readonly (readonly [string, string])[]> {
  const ada = aPerson('Ada', { ...idle(150), jobTitle: 'Planner', ...around.is });
  const graph = { ...graphWorld([ada, chief, second, ...(around.others ?? [])]), ...around.door };
  const c = {
    ...CASES.scheduled,
    userId: ada.person.id,
    licenses: [aLicense({ skuId: SKUS.E3.skuId as CaseLicense['skuId'] })],
    ...around.case,
  } as Case;
  const doors = { graph, store, policy: policyOf(around.policy), clock: { now: () => NOW } };
  const facts = await readLiveFacts(doors, c, REMOVAL, 'unreadable', around.rosterFactOf);
  return facts.protections.map(({ kind, rule }) => [kind, rule] as const);
}

const ADA = aPerson('Ada').person.id;
const ROLES = {
  active: new Set<UserId>(),
  eligible: new Set<UserId>(),
  globalAdministrators: new Set<UserId>(),
};
const TOP = (levels: number): string =>
  `protect: { executives: { top: [${chief.person.id}], levels: ${levels} } }`;

describe('the rules of the audit hold just before a step as well', () => {
  test('nothing stands against an ordinary person', async () => {
    expect(await found()).toEqual([]);
  });

  test.each<[string, Around, readonly (readonly [string, string])[]]>([
    [
      'promoted',
      { is: { jobTitle: 'Chief of Staff' } },
      [['executive', 'protect.executives.titles: ^((group|deputy|interim|acting) )?chief\\b']],
    ],
    [
      'moved below the top',
      { policy: TOP(2), is: { manager: second } },
      [['executive', 'protect.executives.levels: 2 below the top']],
    ],
    ['further below it', { policy: TOP(1), is: { manager: second } }, []],
    [
      'a manager who is not answered',
      { policy: TOP(2), is: { manager: 'unknown' } },
      [['executive', 'protect.executives.levels: a manager on the way up is unknown']],
    ],
    [
      'the top herself',
      { policy: `protect: { executives: { top: [${ADA}] } }` },
      [['executive', 'protect.executives.top']],
    ],
    ['an active role', { is: { role: true } }, [['admin', 'holds a directory role']]],
    [
      'a role that may be activated',
      { door: { roleHolders: async () => ({ ...ROLES, eligible: new Set([ADA]) }) } },
      [['admin', 'may activate a directory role']],
    ],
    [
      'eligible roles that cannot be read',
      { door: { roleHolders: async () => ({ ...ROLES, eligible: { unknown: 'no Entra ID P2' } }) } },
      [],
    ],
    [
      'an emergency access account',
      {
        is: { upn: 'ada@harbor.onmicrosoft.com' },
        door: { roleHolders: async () => ({ ...ROLES, globalAdministrators: new Set([ADA]) }) },
      },
      [
        [
          'breakGlass',
          'Global Administrator that is cloud-only, in the tenant’s initial domain: an emergency access account',
        ],
      ],
    ],
    [
      'an exemption on its last day',
      { policy: `protect: { exempt: { users: [{ id: ${ADA}, until: ${daysAgo(0)} }] } }` },
      [['exempt', `protect.exempt.users, until ${daysAgo(0)}`]],
    ],
    [
      'an exemption that ended yesterday',
      { policy: `protect: { exempt: { users: [{ id: ${ADA}, until: ${daysAgo(1)} }] } }` },
      [],
    ],
    [
      'a group of an exemption',
      {
        policy: `protect: { exempt: { groups: [{ id: ${groupId('works')}, reason: Works council }] } }`,
        is: { groups: ['works'] },
      },
      [['exempt', `protect.exempt.groups: ${groupId('works')}, because: Works council`]],
    ],
    [
      'a new license among those of the case',
      { is: { licenses: [{ sku: 'E3', since: daysAgo(2) }] } },
      [['newLicense', `inactivity.newLicenseGraceDays: license of ${daysAgo(2)}`]],
    ],
    [
      'another new license, which the case leaves alone',
      { is: { licenses: [{ sku: 'E3' }, { sku: 'VISIO', since: daysAgo(2) }] } },
      [],
    ],
    ['a room', { is: { mailbox: 'room' } }, [['resource', 'userPurpose is room']]],
    [
      'a mailbox of which Graph says nothing',
      { is: { mailbox: 'unknown' } },
      [['sharedMailbox', 'the purpose of the mailbox is unknown: Graph gave no answer']],
    ],
  ])('%s', async (_what, around, expected) => {
    expect(await found(around)).toEqual(expected);
  });

  const onLeave: RosterFact = {
    status: 'onLeave',
    asOf: day('2026-11-22'),
    origin: 'people.csv',
    leaveFrom: undefined,
    leaveUntil: undefined,
  };

  test('leave that the newest user source tells', async () => {
    const asked: UserId[] = [];
    const rosterFactOf: RosterFactOf = async ({ id }) => {
      asked.push(id);
      return onLeave;
    };
    expect(await found({ rosterFactOf })).toEqual([['onLeave', 'roster of 2026-11-22: on leave']]);
    expect(asked).toEqual([ADA]);
    expect(await found({ rosterFactOf: async () => ({ ...onLeave, status: 'left' }) })).toEqual([]);
  });

  test('leave is no news where HR parks licenses because of it', async () => {
    const decision = {
      ...CASES.decided.decision,
      kind: 'park',
      until: '2027-02-01T00:00:00.000Z',
      returnsOn: '2027-02-01',
      skuIds: [],
    };
    const parks = { protections: ['executive'], decision } as unknown as Partial<Case>;
    expect(await found({ rosterFactOf: async () => onLeave, case: parks })).toEqual([]);
  });

  test('the signals of a service account are left to the audits: a person has answered', async () => {
    const bare: Around = {
      policy: 'protect: { serviceAccounts: { signals: 1 } }',
      is: { signIn: { nonInteractive: daysAgo(2) } },
    };
    expect(await found(bare)).toEqual([]);
  });

  test('only what HR has decided about does not count', async () => {
    const around: Around = { policy: TOP(2), is: { manager: second, role: true } };
    expect((await found(around)).map(([kind]) => kind)).toEqual(['executive', 'admin']);
    const decided = { protections: ['executive', 'admin'] as const };
    expect((await found({ ...around, case: decided })).map(([kind]) => kind)).toEqual(['admin']);
  });
});

describe('what cannot be read is not guessed', () => {
  test.each([
    ['managers', { managersOf: () => Promise.reject(graphFailure('throttled')) }],
    ['roles', { roleHolders: () => Promise.reject(graphFailure('forbidden')) }],
    ['mailbox purposes', { mailboxPurposesOf: () => Promise.reject(graphFailure('forbidden')) }],
    ['groups', { groupsContaining: () => Promise.reject(graphFailure('serverError')) }],
  ] as const)('%s', async (_what, door) => {
    const policy = `
protect:
  executives: { top: [${chief.person.id}], levels: 1, groups: [${groupId('leaders')}] }
`;
    await expect(found({ policy, door })).rejects.toThrow('Graph could not be used.');
  });

  test('the user source', async () => {
    const rosterFactOf = () => Promise.reject(new Error('The store is gone.'));
    await expect(found({ rosterFactOf })).rejects.toThrow('The store is gone.');
  });

  test('managers are not asked for as long as the policy names no top', async () => {
    const managersOf = () => Promise.reject(graphFailure('throttled'));
    expect(await found({ door: { managersOf } })).toEqual([]);
  });
});

test('an account that is gone is told as such, and nothing else is read', async () => {
  const graph = graphWorld([chief]);
  const doors = { graph, store, policy: policyOf(), clock: { now: () => NOW } };
  const c = { ...CASES.scheduled, userId: ADA };
  expect(await readLiveFacts(doors, c, REMOVAL, 'unreadable')).toMatchObject({
    person: undefined,
    protections: [],
  });
  expect([...graph.calls.keys()]).toEqual(['person']);
});

/** Everything that is read about Ada, who signed in today, in a case of hers. */
async function facts(c: Partial<Case>, around: Around = {}) {
  const ada = aPerson('Ada', { ...idle(0), ...around.is });
  const graph = { ...graphWorld([ada, chief]), ...around.door };
  const doors = { graph, store, policy: policyOf(around.policy), clock: { now: () => NOW } };
  const about = { ...CASES.scheduled, userId: ADA, ...c } as Case;
  const signIn = await readSignIn(doors, about, REMOVAL);
  return readLiveFacts(doors, about, REMOVAL, signIn, around.rosterFactOf);
}

describe('sign-ins are read where they matter, whatever the policy requires', () => {
  const WORKLOAD = 'evidence: { require: [workload] }';
  const denied = { signInsOf: () => Promise.reject(graphFailure('forbidden')) };

  test.each(['inactive', 'neverSignedIn'] as const)('%s', async (scenario) => {
    for (const policy of ['', WORKLOAD])
      expect((await facts({ scenario }, { policy })).signIn).toMatchObject({ userId: ADA });
  });

  test.each(['leftCompany', 'unusedLicense', 'disabledButLicensed'] as const)('not: %s', async (scenario) => {
    expect((await facts({ scenario }, { door: denied })).signIn).toBe('unreadable');
  });

  test('not: for what somebody else is given', async () => {
    const graph = { ...graphWorld([chief]), ...denied };
    const step = { kind: 'assignLicenses', userId: userId('Bob'), licenses: [] } as const;
    expect(await readSignIn({ graph, policy: policyOf() }, CASES.scheduled, step)).toBe('unreadable');
  });

  test('a tenant without Entra P1 has none, and one that requires none may not permit them', async () => {
    const scenario = 'inactive';
    const none = { signInsOf: () => Promise.reject(graphFailure('noPremium')) };
    expect((await facts({ scenario }, { policy: WORKLOAD, door: none })).signIn).toBe('unreadable');
    expect((await facts({ scenario }, { policy: WORKLOAD, door: denied })).signIn).toBe('unreadable');
    await expect(facts({ scenario }, { door: denied })).rejects.toThrow('Graph could not be used.');
  });
});

test('subscriptions are read for a second suite only', async () => {
  const licenses = [aLicense({ coveredBy: SKUS.E5.skuId as CaseLicense['skuId'] })];
  expect((await facts({ scenario: 'unusedLicense', licenses })).skus.length).toBeGreaterThan(0);
  expect((await facts({ scenario: 'unusedLicense' })).skus).toEqual([]);
  expect((await facts({ scenario: 'leftCompany', licenses })).skus).toEqual([]);
});

test('the last day at work is read where the policy has it', async () => {
  const asked: unknown[] = [];
  const door: Partial<GraphDoor> = {
    person: async (_key, options) => {
      asked.push(options?.leaveDates);
      return undefined;
    },
  };
  await facts({}, { door });
  await facts({}, { door, policy: 'evidence: { leaveDates: true }' });
  expect(asked).toEqual([false, true]);
});

test.each([
  [8, 'candidate'],
  [9, 'tooOld'],
  [100, 'tooOld'],
] as const)('an audit of %d days ago says: %s', async (days, latest) => {
  const graph = graphWorld([aPerson('Ada', idle(150)), ...workers]);
  const audit = await auditOnce(graph, policyOf());
  const finishedAt = new Date(NOW.getTime() - days * 86_400_000);
  await storeRun(store, { ...audit, finishedAt }, 'run-1', 'hash');
  expect((await facts({ scenario: 'inactive' })).latest).toBe(latest);
});

test('the audit before one that a guard has stopped says nothing, but for who is active', async () => {
  const graph = graphWorld([aPerson('Ada', idle(150)), ...workers]);
  await storeRun(store, await auditOnce(graph, policyOf()), 'run-1', 'hash');
  const doors = { store, clock: { ...systemClock, now: () => NOW } };
  await noteCampaignWaits(doors, 'audit', true);
  expect((await facts({ scenario: 'inactive' })).latest).toBe('stopped');
  await noteCampaignWaits(doors, 'audit', false);
  expect((await facts({ scenario: 'inactive' })).latest).toBe('candidate');
});

describe('an audit between two steps about unused licenses', () => {
  const license = (sku: 'VISIO' | 'PROJECT'): CaseLicense =>
    aLicense({ skuId: SKUS[sku].skuId as CaseLicense['skuId'] });
  const [visio, project] = [license('VISIO'), license('PROJECT')];
  const taken: CaseStep = {
    step: { ...REMOVAL, licenses: [visio] },
    progress: {
      is: 'done',
      at: instant(NOW),
      before: { of: 'licenses', licenses: [visio] },
    },
    notBefore: instant(NOW),
  };

  test.each<[string, readonly ('VISIO' | 'PROJECT')[], readonly CaseStep[], string]>([
    ['what the first one took is not missed', ['PROJECT'], [taken], 'candidate'],
    ['what nobody has taken is: it is used by now', ['VISIO', 'PROJECT'], [], 'active'],
    ['what is held again is, too', ['VISIO', 'PROJECT'], [taken], 'active'],
  ])('%s', async (_what, held, steps, latest) => {
    const audit = await auditOnce(graphWorld([aPerson('Ada', idle(150)), ...workers]), policyOf());
    const unused = aLicenseFinding('PROJECT', { verdict: { kind: 'neverUsed' } });
    const verdict = { kind: 'active', lastUse: undefined } as const;
    const about = aFinding('Ada', { scenario: 'unusedLicense', verdict, licenses: [unused] });
    await storeRun(store, { ...audit, findings: [about] } as typeof audit, 'run-1', 'hash');
    const c = { scenario: 'unusedLicense', licenses: [visio, project], steps } as const;
    const is = { licenses: held.map((sku) => ({ sku })) };
    expect((await facts(c, { is })).latest).toBe(latest);
  });
});

test('what somebody owns is looked at once, before anything is taken, and not of an active person', async () => {
  const team = { id: groupId('team'), displayName: 'Team', isTeam: true, isSole: true };
  const door = { ownedThings: async () => [team, { ...team, isSole: false }] };
  expect((await facts({ scenario: 'inactive' }, { door })).soleOwned).toEqual([team]);
  expect((await facts({ scenario: 'unusedLicense' }, { door })).soleOwned).toEqual([]);
  expect((await facts({ ...CASES.holding, scenario: 'inactive' }, { door })).soleOwned).toEqual([]);
});

test('what somebody owns and may not be read is unknown, and not looked at where the policy says so', async () => {
  const door = { ownedThings: () => Promise.reject(graphFailure('forbidden')) };
  expect((await facts({ scenario: 'inactive' }, { door })).soleOwned).toEqual({
    unknown: expect.any(String),
  });
  const policy = 'reclaim: { owned: ignore }';
  expect((await facts({ scenario: 'inactive' }, { door, policy })).soleOwned).toEqual([]);
});
