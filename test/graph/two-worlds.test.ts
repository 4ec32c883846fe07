import { describe, expect, test } from '@jest/globals';
import type { GroupId, UserId } from '../../src/audit/person.js';
import type { ExchangeDoor } from '../../src/graph/exchange-door.js';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import { openExchange } from '../../src/graph/exchange/open-exchange.js';
import { fixedToken } from '../../src/graph/tokens.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { GROUPS } from '../../src/simulator/sim-groups.js';
import { aGroup } from '../world/directory-world.js';
import { exchangeWorld } from '../world/exchange-world.js';
import { graphWorld } from '../world/graph-world.js';
import { aPerson, groupId } from '../world/people.js';
import { SKUS } from '../world/skus.js';
import { simulatedDoor } from './simulated-door.js';

/** A tenant with one person of each kind, behind the doors: once simulated over HTTP, once in memory. */
interface World {
  readonly door: GraphDoor;
  readonly exchange: ExchangeDoor;
  readonly member: UserId;
  readonly synced: UserId;
  readonly roleHolder: UserId;
  readonly place: UserId;
  readonly without: UserId;
  readonly team: GroupId;
  readonly dynamic: GroupId;
  /** Half an hour passes. */
  readonly later: () => Promise<void>;
}

async function simulated(): Promise<World> {
  const { door, tenant, clock } = await simulatedDoor();
  const { url, token } = tenant;
  const tenantId = async (): Promise<string> => tenant.tenant.id;
  return {
    door,
    exchange: openExchange({ baseUrl: url, token: fixedToken(token), clock, random: () => 0, tenantId }),
    member: NAMED.teamLicensed.id as UserId,
    synced: NAMED.leftByDirectory.id as UserId,
    roleHolder: NAMED.roleHolder.id as UserId,
    place: NAMED.roomMailbox.id as UserId,
    without: NAMED.serviceAccount.id as UserId,
    team: GROUPS.visioTeam.id as GroupId,
    dynamic: GROUPS.licensesE5.id as GroupId,
    later: () => clock.sleep(30 * 60_000),
  };
}

async function inMemory(): Promise<World> {
  const member = aPerson('Camila', { licenses: [{ sku: 'E3' }, { sku: 'VISIO', group: 'team' }] });
  const synced = aPerson('Anselm', { distinguishedName: 'CN=Anselm,DC=corp' });
  const roleHolder = aPerson('Gareth', { role: true });
  const place = aPerson('Aurora', { mailbox: 'room' });
  const without = aPerson('svc-backup', { mailbox: 'noMailbox' });
  const people = [member, synced, roleHolder, place, without];
  const groups = [
    aGroup('team', { kind: 'microsoft365', licenses: [SKUS.VISIO.skuId] }),
    aGroup('rule', { kind: 'dynamic' }),
  ];
  const owned = [{ id: groupId('team'), displayName: 'team', isTeam: true, isSole: true }];
  const exchange = exchangeWorld(people);
  const door = graphWorld(people, { groups, owned: new Map([[member.person.id, owned]]), exchange });
  return {
    door,
    exchange,
    member: member.person.id,
    synced: synced.person.id,
    roleHolder: roleHolder.person.id,
    place: place.person.id,
    without: without.person.id,
    team: groupId('team'),
    dynamic: groupId('rule'),
    later: async () => {
      exchange.settle();
      door.sync(new Date());
    },
  };
}

const NOBODY = '5a7c9e10-2b4d-4f68-8c31-999999999999' as UserId;
const ACCEPTED = { kind: 'accepted' };
const UNCHANGED = { kind: 'unchanged' };
const GONE = { kind: 'personGone' };
const REFUSED = { kind: 'refused', message: expect.any(String) };

describe.each([
  ['simulated', simulated],
  ['in memory', inMemory],
] as const)('the tenant %s', (_name, open) => {
  test('changes accounts, but not those of role holders or nobody', async () => {
    const { door, member, roleHolder } = await open();
    expect(await door.setAccountEnabled(member, false)).toEqual(ACCEPTED);
    expect(await door.setUsageLocation(member, 'PT')).toEqual(ACCEPTED);
    expect(await door.revokeSessions(member)).toEqual(ACCEPTED);
    expect(await door.person(member)).toMatchObject({ accountEnabled: false, usageLocation: 'PT' });
    expect(await door.setAccountEnabled(roleHolder, false)).toEqual(REFUSED);
    expect(await door.setAccountEnabled(NOBODY, false)).toEqual(GONE);
  });

  test('gives a synced account the value of AD back', async () => {
    const { door, synced, later } = await open();
    expect(await door.setAccountEnabled(synced, false)).toEqual(ACCEPTED);
    expect(await door.person(synced)).toMatchObject({ accountEnabled: false });
    const before = (await door.person(synced))?.lastSynced;
    await later();
    const after = await door.person(synced);
    expect(after?.accountEnabled).toBe(true);
    expect(after?.lastSynced?.getTime()).toBeGreaterThan(before?.getTime() ?? 0);
  });

  test('takes people out of groups and in again, licenses included', async () => {
    const { door, member, team, dynamic } = await open();
    const facts = await door.groupFacts([team, dynamic, NOBODY as string as GroupId]);
    expect([...facts.values()].map(({ id, kind }) => [id, kind])).toEqual([
      [team, 'microsoft365'],
      [dynamic, 'dynamic'],
    ]);
    const before = (await door.person(member))?.licenses.length ?? 0;
    expect(await door.joinGroup(team, member)).toEqual(UNCHANGED);
    expect(await door.leaveGroup(team, member)).toEqual(ACCEPTED);
    expect(await door.leaveGroup(team, member)).toEqual(UNCHANGED);
    expect((await door.person(member))?.licenses).toHaveLength(before - 1);
    expect((await door.groupsContaining(member, [team])).size).toBe(0);
    expect(await door.joinGroup(team, member)).toEqual(ACCEPTED);
    expect((await door.person(member))?.licenses).toHaveLength(before);
    expect(await door.joinGroup(dynamic, member)).toEqual(REFUSED);
    expect(await door.leaveGroup(dynamic, member)).toEqual(REFUSED);
    expect(await door.joinGroup(NOBODY as string as GroupId, member)).toEqual(REFUSED);
    expect(await door.leaveGroup(team, NOBODY)).toEqual(GONE);
  });

  test('installs an app for people who are there, as often as asked', async () => {
    const { door, member } = await open();
    const app = 'd7c1f0a2-5b3e-4c8d-9f60-1a2b3c4d5e6f';
    expect(await door.installApp(member, app)).toEqual({ kind: 'installed' });
    expect(await door.installApp(member, app)).toEqual({ kind: 'installed' });
    expect(await door.installApp(NOBODY, app)).toMatchObject({ kind: 'refused' });
  });

  test('knows what somebody owns alone', async () => {
    const { door, member, synced, team } = await open();
    expect(await door.ownedThings(member)).toMatchObject([{ id: team, isTeam: true, isSole: true }]);
    expect(await door.ownedThings(synced)).toEqual([]);
  });

  test('deletes people for a while', async () => {
    const { door, member, roleHolder } = await open();
    const before = await door.person(member);
    expect(await door.restorePerson(member)).toEqual(UNCHANGED);
    expect(await door.deletePerson(member)).toEqual(ACCEPTED);
    expect(await door.deletePerson(member)).toEqual(UNCHANGED);
    expect([await door.deletedItem(member), await door.person(member)]).toMatchObject([{}, undefined]);
    expect(await door.setAccountEnabled(member, true)).toEqual(GONE);
    expect(await door.restorePerson(member)).toEqual(ACCEPTED);
    expect([await door.deletedItem(member), await door.person(member)]).toEqual([undefined, before]);
    expect(await door.deletePerson(roleHolder)).toEqual(REFUSED);
    expect(await door.deletePerson(NOBODY)).toEqual(GONE);
    expect(await door.restorePerson(NOBODY)).toEqual(GONE);
  });

  test('converts mailboxes of people and of nobody else', async () => {
    const { door, exchange, member, place, without, later } = await open();
    expect(await exchange.mailbox(member)).toMatchObject({ type: 'user', litigationHold: false });
    expect(await exchange.convert(member, 'user')).toEqual(UNCHANGED);
    expect(await exchange.convert(member, 'shared')).toEqual(ACCEPTED);
    expect(await exchange.mailbox(member)).toMatchObject({ type: 'shared' });
    const purpose = async () => (await door.mailboxPurposesOf([member])).get(member);
    expect(await purpose()).toBe('user');
    await later();
    expect(await purpose()).toBe('shared');
    expect(await exchange.convert(place, 'shared')).toEqual(REFUSED);
    expect(await exchange.mailbox(without)).toBe('noMailbox');
    expect(await exchange.convert(without, 'shared')).toEqual(REFUSED);
    expect(await exchange.mailbox(NOBODY)).toBe('noMailbox');
  });
});
