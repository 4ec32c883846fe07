import { afterEach, describe, expect, it } from '@jest/globals';
import { ownPageCard } from '../../src/cards/own-page-card.js';
import { instant } from '../../src/cases/case.js';
import { openReadModel } from '../../src/chat/run-read-model.js';
import type { OwnRecord } from '../../src/chat/own-record.js';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../world/case-world.js';
import { aGroup } from '../world/directory-world.js';
import { aPerson, groupId, idle, userId, type PersonSpec } from '../world/people.js';

const ADA = userId('Ada');
const EVE = userId('Eve');
const GRACE = userId('Grace');
const HOUR_MS = 3_600_000;
const TELL = [
  'reclaim: { mailbox: waive }',
  'tell: { person: PT2H }',
  'limits: { casesPerRun: { percent: 100 }, stepsPerDay: { percent: 100 }, perDepartment: { percent: 100 } }',
].join('\n');

/** Executives are who is in the group board. */
const WITH_BOARD = {
  groups: [aGroup('staff', { displayName: 'All staff' }), aGroup('exempt'), aGroup('board')],
  admins: 'byPolicy',
  policy: `roles: { admins: [${userId('Alex')}], hr: [${userId('Bob')}] }\nprotect: { exempt: { groups: [${groupId('exempt')}] } }`,
  reshape: ({ protect, ...policy }) => ({
    ...policy,
    protect: { ...protect, executives: { ...protect.executives, groups: [groupId('board')] } },
  }),
} as const satisfies CaseWorldOptions;

let world: CaseWorld;

afterEach(() => world.close());

/** Ada and Eve are alike but for what is said of Eve; both report to Grace, and an audit has run. */
async function audited(eve: PersonSpec = {}, options: CaseWorldOptions = {}): Promise<void> {
  const grace = aPerson('Grace', idle(1));
  const twin = {
    ...idle(150),
    manager: grace,
    licenses: [{ sku: 'E3', group: 'staff' }, { sku: 'VISIO' }],
  } as const;
  world = await aCaseWorld(
    [
      aPerson('Ada', twin),
      aPerson('Eve', { ...twin, ...eve }),
      grace,
      ...['Alex', 'Bob', 'Carl'].map((name) => aPerson(name, idle(1))),
    ],
    { groups: [aGroup('staff', { displayName: 'All staff' }), aGroup('exempt')], ...options },
  );
  await world.audit();
  await world.work();
}

const recordOf = (id: typeof ADA): Promise<OwnRecord> => openReadModel(world.doors).ownRecord(id);

/** The page without the name. */
async function pageOf(id: typeof ADA, name: string): Promise<string> {
  const { policy, timeZone, clock } = world.doors;
  const view = { policy, now: instant(clock.now()), timeZone, locale: 'en' } as const;
  const card = JSON.stringify(ownPageCard(await recordOf(id), view));
  return card.replaceAll(new RegExp(`\\b${name}\\b`, 'giu'), 'NAME');
}

describe('What is on record about oneself', () => {
  it('is what the latest audit has, with the names of groups', async () => {
    await audited();
    const { auditedAt, facts, told } = await recordOf(ADA);
    expect(auditedAt).toBe('2026-11-23T06:00:00.000Z');
    expect(facts?.subject.displayName).toBe('Ada');
    expect(facts?.licenses).toEqual([
      { name: 'Microsoft 365 E3', ways: [{ kind: 'group', name: 'All staff', since: '2024-01-15' }] },
      { name: 'Visio Plan 2', ways: [{ kind: 'direct', since: '2024-01-15' }] },
    ]);
    expect(facts?.evidence[0]).toEqual({ source: 'signIn', fact: { kind: 'on', date: '2026-06-26' } });
    expect(told).toBeUndefined();
  });

  it('is nothing about whom the audit keeps nothing, and before the first audit', async () => {
    await audited();
    expect(await recordOf(userId('Bob'))).toMatchObject({ facts: undefined, told: undefined });
    expect(await recordOf(userId('Nobody'))).toMatchObject({ facts: undefined, told: undefined });
    await world.close();
    world = await aCaseWorld([aPerson('Ada')]);
    expect(await recordOf(ADA)).toEqual({ auditedAt: undefined, facts: undefined, told: undefined });
  });

  it('is there without the names of groups when Graph fails', async () => {
    const failing = {
      groupFacts: new GraphFailure('serverError', 'Try again.', { operation: 'groups.get' }),
    };
    await audited({}, { failing });
    const { facts } = await recordOf(ADA);
    expect(facts?.licenses[0]?.ways).toEqual([{ kind: 'group', name: undefined, since: '2024-01-15' }]);
  });

  it('has no data of services of which nothing was read', async () => {
    await audited({ usage: 'absent', reports: 'absent' });
    const { facts } = await recordOf(EVE);
    expect(facts?.evidence[0]?.fact.kind).toBe('on');
    expect(facts?.evidence.slice(1).every(({ fact }) => fact.kind === 'unknown')).toBe(true);
    expect(await pageOf(EVE, 'Eve')).toContain('"value":"no data"');
  });

  it('is nothing where reports conceal names, for then no audit ends', async () => {
    await expect(audited({}, { concealed: true })).rejects.toThrow('conceals names');
    expect(await recordOf(ADA)).toEqual({ auditedAt: undefined, facts: undefined, told: undefined });
    expect(await pageOf(ADA, 'Ada')).toContain('No audit has finished yet');
  });
});

describe('The page of two people with the same facts', () => {
  it.each<[string, PersonSpec]>([
    ['one is an executive, whose case is HR’s', { groups: ['board'] }],
    ['one is exempt', { groups: ['exempt'] }],
    ['one is an admin of the directory', { role: true }],
    ['one has no manager', { manager: aPerson('Gone', { enabled: false }) }],
  ])('is the same where %s', async (_what, eve) => {
    await audited(eve, WITH_BOARD);
    expect(await pageOf(ADA, 'Ada')).toContain('Microsoft 365 E3');
    expect(await pageOf(EVE, 'Eve')).toBe(await pageOf(ADA, 'Ada'));
  });
});

describe('A case with the manager', () => {
  it('is on the page once the person was told, and not before', async () => {
    await audited({}, { policy: TELL });
    expect(await pageOf(ADA, 'Ada')).not.toMatch(/Grace|told/u);
    const { caseId, version } = await world.caseOf(ADA);
    const answer = { kind: 'reclaim', reason: 'A secret reason' } as const;
    await world.desk.answer({ caseId, version, by: GRACE, answer });
    await world.work(30_000);
    const page = await pageOf(ADA, 'Ada');
    expect(page).toContain('What you were told on');
    expect(page).toContain('It was decided by Grace');
    expect(page).not.toContain('A secret reason');
    expect(await pageOf(EVE, 'Eve')).not.toMatch(/Grace|told/u);
    world.clock.advance(2 * HOUR_MS);
    await world.work(30_000);
    expect(await pageOf(ADA, 'Ada')).toContain('It was carried out');
  });

  it('is not on the page where the policy tells nobody', async () => {
    await audited({}, { policy: TELL.replace('PT2H', 'never') });
    const before = await pageOf(ADA, 'Ada');
    const { caseId, version } = await world.caseOf(ADA);
    await world.desk.answer({ caseId, version, by: GRACE, answer: { kind: 'reclaim', reason: '' } });
    await world.work(30_000);
    expect((await world.caseOf(ADA)).state).not.toBe('asked');
    expect(await pageOf(ADA, 'Ada')).toBe(before);
  });

  it('that a person was told of ends on their page in the same words, whoever they have become', async () => {
    const pages: string[] = [];
    for (const becomes of ['board', 'exempt']) {
      if (pages.length > 0) await world.close();
      await audited({}, { ...WITH_BOARD, policy: `${WITH_BOARD.policy}\n${TELL}` });
      const { caseId, version } = await world.caseOf(ADA);
      await world.desk.answer({ caseId, version, by: GRACE, answer: { kind: 'reclaim', reason: '' } });
      await world.work(30_000);
      expect(await pageOf(ADA, 'Ada')).toContain('What you were told on');
      await world.graph.joinGroup(groupId(becomes), ADA);
      await world.audit();
      await world.work(30_000);
      pages.push(await pageOf(ADA, 'Ada'));
    }
    expect(pages[0]).toContain('Nothing is done');
    expect(pages[1]).toBe(pages[0]);
  });
});
