import { describe, expect, test } from '@jest/globals';
import type { GroupId, UserId } from '../../src/audit/person.js';
import type { ChangeAnswer, GraphDoor, GroupKind } from '../../src/graph/graph-door.js';
import { openExchange } from '../../src/graph/exchange/open-exchange.js';
import type { OpenExchange } from '../../src/graph/exchange/open-exchange.js';
import { fixedToken } from '../../src/graph/tokens.js';
import { NAMED } from '../../src/simulator/named-people.js';
import type { NamedKey } from '../../src/simulator/named-people.js';
import { SKU } from '../../src/simulator/products.js';
import { GROUPS } from '../../src/simulator/sim-groups.js';
import type { GroupKey } from '../../src/simulator/sim-groups.js';
import { simulatedDoor, violationsIn } from './simulated-door.js';
import type { SimulatedDoor } from './simulated-door.js';

const MINUTE = 60_000;
const ACCEPTED = { kind: 'accepted' };
const NOBODY = '5a7c9e10-2b4d-4f68-8c31-999999999999' as UserId;

function idOf(key: NamedKey): UserId {
  return NAMED[key].id as UserId;
}

function groupOf(key: GroupKey): GroupId {
  return GROUPS[key].id as GroupId;
}

function exchangeOf({ tenant, clock, door }: SimulatedDoor): OpenExchange {
  return openExchange({
    baseUrl: tenant.url,
    token: fixedToken(tenant.token),
    clock,
    random: () => 0,
    tenantId: async () => (await door.tenant()).tenantId,
  });
}

describe('an account of the simulated tenant', () => {
  test('is disabled, enabled and signed out, within the contract', async () => {
    const { door, tenant } = await simulatedDoor();
    const id = idOf('plainInactive');
    expect(await door.setAccountEnabled(id, false)).toEqual(ACCEPTED);
    expect(await door.person(id)).toMatchObject({ accountEnabled: false, lastSynced: undefined });
    expect(await door.setAccountEnabled(id, true)).toEqual(ACCEPTED);
    expect(await door.revokeSessions(id)).toEqual(ACCEPTED);
    expect(await door.setUsageLocation(id, 'PT')).toEqual(ACCEPTED);
    expect(await door.person(id)).toMatchObject({ accountEnabled: true, usageLocation: 'PT' });
    expect(violationsIn(tenant)).toEqual([]);
  });

  test('that AD masters is enabled again by a sync after that, and tells when it was', async () => {
    const { door, tenant, clock } = await simulatedDoor();
    const id = idOf('leftByDirectory');
    const before = (await door.person(id))?.lastSynced;
    expect(await door.setAccountEnabled(id, false)).toEqual(ACCEPTED);
    expect(await door.person(id)).toMatchObject({ accountEnabled: false, lastSynced: before });
    await clock.sleep(30 * MINUTE);
    const after = await door.person(id);
    expect(after?.accountEnabled).toBe(true);
    expect(Number(after?.lastSynced) - Number(before)).toBe(30 * MINUTE);
    expect(violationsIn(tenant)).toEqual([]);
  });

  test('that holds a role is refused by Graph, whichever of the changes it is', async () => {
    const { door, tenant } = await simulatedDoor();
    const refused = { kind: 'refused', message: expect.stringContaining('directory role') };
    for (const key of ['roleHolder', 'groupRoleHolder'] as const) {
      expect(await door.setAccountEnabled(idOf(key), false)).toEqual(refused);
      expect(await door.deletePerson(idOf(key))).toEqual(refused);
      expect(await door.person(idOf(key))).toMatchObject({ accountEnabled: true });
    }
    expect(violationsIn(tenant)).toEqual([]);
  });

  test('is deleted for thirty days and comes back whole', async () => {
    const { door, tenant, clock } = await simulatedDoor();
    const id = idOf('teamLicensed');
    const before = await door.person(id);
    expect(await door.deletedItem(id)).toBeUndefined();
    expect(await door.deletePerson(id)).toEqual(ACCEPTED);
    expect([await door.deletedItem(id), await door.person(id)]).toEqual([
      { at: expect.any(Date) },
      undefined,
    ]);
    expect(await door.deletePerson(id)).toEqual({ kind: 'unchanged' });
    expect(await door.restorePerson(id)).toEqual(ACCEPTED);
    expect(await door.restorePerson(id)).toEqual({ kind: 'unchanged' });
    expect(await door.person(id)).toEqual(before);
    await door.deletePerson(id);
    await clock.sleep(30 * 24 * 60 * MINUTE);
    expect(await door.deletedItem(id)).toBeUndefined();
    expect(await door.restorePerson(id)).toEqual({ kind: 'personGone' });
    expect(violationsIn(tenant)).toEqual([]);
  });

  test.each<readonly [string, (door: GraphDoor) => Promise<ChangeAnswer>]>([
    ['setAccountEnabled', (door) => door.setAccountEnabled(NOBODY, false)],
    ['revokeSessions', (door) => door.revokeSessions(NOBODY)],
    ['setUsageLocation', (door) => door.setUsageLocation(NOBODY, 'PT')],
    ['joinGroup', (door) => door.joinGroup(groupOf('visioTeam'), NOBODY)],
    ['leaveGroup', (door) => door.leaveGroup(groupOf('visioTeam'), NOBODY)],
    ['deletePerson', (door) => door.deletePerson(NOBODY)],
    ['restorePerson', (door) => door.restorePerson(NOBODY)],
  ])('that does not exist is gone for %s', async (_name, change) => {
    const { door, tenant } = await simulatedDoor();
    expect(await change(door)).toEqual({ kind: 'personGone' });
    expect(violationsIn(tenant)).toEqual([]);
  });
});

describe('a group of the simulated tenant', () => {
  test.each<readonly [GroupKey, GroupKind, readonly string[]]>([
    ['licensesE3', 'assigned', [SKU.E3.skuId]],
    ['licensesE5', 'dynamic', [SKU.E5.skuId]],
    ['licensesE1', 'synced', [SKU.E1.skuId]],
    ['visioTeam', 'microsoft365', [SKU.VISIO.skuId]],
    ['mailList', 'mailEnabled', []],
    ['reportReaders', 'mailEnabled', [SKU.POWER_BI.skuId]],
    ['reportAdmins', 'roleAssignable', [SKU.POWER_BI.skuId]],
  ])('%s is %s', async (key, kind, licenses) => {
    const { door, tenant } = await simulatedDoor();
    const facts = await door.groupFacts([groupOf(key), NOBODY as string as GroupId]);
    expect([...facts.values()]).toEqual([
      { id: groupOf(key), displayName: GROUPS[key].displayName, kind, licenses },
    ]);
    expect(violationsIn(tenant)).toEqual([]);
  });

  test.each<readonly [GroupKey, NamedKey]>([
    ['licensesE3', 'groupLicensed'],
    ['visioTeam', 'teamLicensed'],
  ])('%s lets somebody out and in again, and the license follows', async (key, who) => {
    const { door, tenant, clock } = await simulatedDoor({ licenseDelayMs: 10 * MINUTE });
    const [group, id] = [groupOf(key), idOf(who)];
    const through = async (): Promise<number> =>
      (await door.person(id))?.licenses.filter(({ paths }) =>
        paths.some((path) => path.kind === 'group' && path.groupId === group),
      ).length ?? -1;
    expect(await door.leaveGroup(group, id)).toEqual(ACCEPTED);
    expect([await door.leaveGroup(group, id), await through()]).toEqual([{ kind: 'unchanged' }, 1]);
    await clock.sleep(10 * MINUTE);
    expect(await through()).toBe(0);
    expect(await door.joinGroup(group, id)).toEqual(ACCEPTED);
    expect([await door.joinGroup(group, id), await through()]).toEqual([{ kind: 'unchanged' }, 0]);
    await clock.sleep(10 * MINUTE);
    expect(await through()).toBe(1);
    expect(await door.person(id)).toBeDefined();
    expect(violationsIn(tenant)).toEqual([]);
  });

  test.each<readonly [GroupKey, NamedKey]>([
    ['licensesE5', 'dynamicGroupLicensed'],
    ['licensesE1', 'syncedGroupLicensed'],
    ['reportReaders', 'accentedName'],
    ['reportAdmins', 'rightToLeftName'],
    ['mailList', 'teamLicensed'],
  ])('%s refuses, for good', async (key, who) => {
    const { door, tenant } = await simulatedDoor();
    expect(await door.leaveGroup(groupOf(key), idOf(who))).toMatchObject({ kind: 'refused' });
    expect(await door.joinGroup(groupOf(key), idOf('itManager'))).toMatchObject({ kind: 'refused' });
    expect(violationsIn(tenant)).toEqual([]);
  });

  test('has owners, and one who owns it alone is told apart', async () => {
    const { door, tenant } = await simulatedDoor();
    expect(await door.ownedThings(idOf('teamLicensed'))).toEqual([
      { id: groupOf('visioTeam'), displayName: 'Floor plan team', isTeam: true, isSole: true },
    ]);
    expect(await door.ownedThings(idOf('siteOwner'))).toEqual([
      { id: groupOf('harborStories'), displayName: 'Harbor stories', isTeam: true, isSole: false },
    ]);
    await door.deletePerson(idOf('siteOwner'));
    expect(await door.ownedThings(idOf('hrPartner'))).toMatchObject([{ isSole: true }]);
    expect(await door.ownedThings(idOf('plainInactive'))).toEqual([]);
    expect(violationsIn(tenant)).toEqual([]);
  });
});

describe('a mailbox of the simulated tenant', () => {
  test.each<readonly [NamedKey, object | string]>([
    ['plainInactive', { type: 'user', litigationHold: false, inPlaceHolds: false, hasArchive: false }],
    ['otherCaseInReport', { type: 'user', litigationHold: true, inPlaceHolds: false }],
    ['managerDisabled', { type: 'user', litigationHold: false, inPlaceHolds: true }],
    ['managerIsSelf', { hasArchive: true }],
    ['punctuatedName', { bytes: 58 * 1024 ** 3 }],
    ['sharedMailbox', { type: 'shared' }],
    ['roomMailbox', { type: 'room' }],
  ])('%s is %j', async (key, expected) => {
    const world = await simulatedDoor();
    expect(await exchangeOf(world).mailbox(idOf(key))).toMatchObject(Object(expected));
    expect(violationsIn(world.tenant)).toEqual([]);
  });

  test('is none where there is none, and nobody who is gone has one', async () => {
    const world = await simulatedDoor();
    expect(await exchangeOf(world).mailbox(idOf('serviceAccount'))).toBe('noMailbox');
    expect(await exchangeOf(world).mailbox(NOBODY)).toBe('noMailbox');
    expect(await exchangeOf(world).convert(NOBODY, 'shared')).toMatchObject({ kind: 'refused' });
    expect(violationsIn(world.tenant)).toEqual([]);
  });

  test('is converted, which Graph shows minutes later, and back', async () => {
    const world = await simulatedDoor();
    const { door, clock } = world;
    const exchange = exchangeOf(world);
    const id = idOf('plainInactive');
    const purpose = async () => (await door.mailboxPurposesOf([id])).get(id);
    expect(await exchange.convert(id, 'shared')).toEqual(ACCEPTED);
    expect(await exchange.convert(id, 'shared')).toEqual({ kind: 'unchanged' });
    expect(await purpose()).toBe('user');
    await clock.sleep(3 * MINUTE);
    expect(await purpose()).toBe('shared');
    expect(await exchange.convert(id, 'user')).toEqual(ACCEPTED);
    await clock.sleep(3 * MINUTE);
    expect(await purpose()).toBe('user');
    expect(await exchange.convert(idOf('roomMailbox'), 'shared')).toMatchObject({ kind: 'refused' });
    expect(violationsIn(world.tenant)).toEqual([]);
  });
});

describe('trouble on the way', () => {
  const group = groupOf('licensesE3');
  const id = idOf('groupLicensed');
  const CHANGES: readonly (readonly [string, string, (world: SimulatedDoor) => Promise<unknown>])[] = [
    ['disabling', '/users/', ({ door }) => door.setAccountEnabled(id, false)],
    ['ending sessions', '/revokeSignInSessions', ({ door }) => door.revokeSessions(id)],
    ['leaving', '/members/', ({ door }) => door.leaveGroup(group, id)],
    ['joining', '/members/', ({ door }) => door.joinGroup(group, idOf('plainInactive'))],
    ['deleting', '/users/', ({ door }) => door.deletePerson(id)],
    ['converting', 'InvokeCommand$', (world) => exchangeOf(world).convert(id, 'shared')],
  ];

  test.each(CHANGES)('that passes is waited for: %s', async (_name, path, change) => {
    const world = await simulatedDoor();
    world.tenant.faults.add({ path, answer: { kind: 'status', status: 429, retryAfter: '9' } });
    world.tenant.faults.add({ path, answer: { kind: 'status', status: 503 } });
    world.tenant.faults.add({ path, answer: { kind: 'cutBefore' } });
    expect(await change(world)).toEqual(ACCEPTED);
    expect(world.tenant.faults.open()).toEqual([]);
  });

  test.each(CHANGES)('after the deed is no second deed: %s', async (name, path, change) => {
    const world = await simulatedDoor();
    world.tenant.faults.add({ path, answer: { kind: 'cutAfter' } });
    const changedBefore = ['leaving', 'joining', 'deleting'].includes(name);
    expect(await change(world)).toEqual(changedBefore ? { kind: 'unchanged' } : ACCEPTED);
    expect(new Set(world.tenant.tenant.book.all.map(({ kind }) => kind)).size).toBe(1);
  });
});
