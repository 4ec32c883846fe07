import { describe, expect, test } from '@jest/globals';
import type { GroupId, SkuId, UserId } from '../../src/audit/person.js';
import { NAMED } from '../../src/simulator/named-people.js';
import type { NamedKey } from '../../src/simulator/named-people.js';
import { SKU } from '../../src/simulator/products.js';
import { GROUPS } from '../../src/simulator/sim-groups.js';
import { collect, failureOf, joined, rowsOf } from './opened.js';
import { simulatedDoor, tokensAbroad, violationsIn } from './simulated-door.js';

function idOf(key: NamedKey): UserId {
  return NAMED[key].id as UserId;
}

const E5 = SKU.E5.skuId as SkuId;
const E3 = SKU.E3.skuId as SkuId;
const VISIO = SKU.VISIO.skuId as SkuId;
const LEADERSHIP = GROUPS.leadership.id as GroupId;
const EXEMPT = GROUPS.exempt.id as GroupId;

describe('the door to a simulated tenant', () => {
  test('asks nothing and gets nothing outside the contract, and its token stays home', async () => {
    const { tenant, door } = await simulatedDoor();
    const dana = idOf('plainInactive');
    await door.tenant();
    await collect(door.licensedPeople());
    await rowsOf(door.signIns());
    await door.signInsOf([dana, idOf('neverSignedIn')]);
    await joined(door.report('activeUsers'));
    await door.namesConcealed();
    await door.managersOf([dana, idOf('noManager')]);
    await door.mailboxPurposesOf([dana]);
    await door.membersOf(LEADERSHIP);
    await door.roleHolders();
    await collect(door.directoryKeys());
    await rowsOf(door.signInsUntil(new Date('2026-08-01T00:00:00Z')));
    await door.anySignInSince(new Date('2026-08-01T00:00:00Z'));
    await door.grantedPermissions();
    await door.groupsContaining(dana, [LEADERSHIP, EXEMPT]);
    await door.person(dana);
    await door.person('nobody@harborlight.example');
    await door.findPeople("O'Dana & #", 5);
    await door.changeLicenses(dana, { add: [], remove: [E5] });
    await door.changeLicenses(dana, { add: [{ skuId: E5, disabledPlans: [] }], remove: [] });

    expect(violationsIn(tenant)).toEqual([]);
    expect(tenant.exchanges.length).toBeGreaterThan(17);
    expect(tenant.requests.filter((request) => request.origin === 'download')).toHaveLength(1);
    expect(tokensAbroad(tenant)).toBe(0);
  });

  test('reads everyone with a license once, over many pages, and their sign-ins', async () => {
    const { tenant, door } = await simulatedDoor({ people: 2_500 });
    const people = await collect(door.licensedPeople());
    const signIns = await rowsOf(door.signIns());
    const ids = new Set(people.map((person) => person.id));
    expect(ids.size).toBe(people.length);
    expect(people.length).toBeGreaterThan(1_998);
    expect(people.every((person) => person.licenses.length > 0)).toBe(true);
    expect(new Set(signIns.map((row) => row.userId))).toEqual(ids);
    expect(violationsIn(tenant)).toEqual([]);
  });

  test('reads a person as the tenant knows them', async () => {
    const { door } = await simulatedDoor();
    const dana = await door.person('DANA.WHITFIELD@harborlight.example');
    expect(dana).toMatchObject({
      id: idOf('plainInactive'),
      displayName: 'Dana Whitfield',
      accountEnabled: true,
    });
    expect(dana?.licenses).toMatchObject([{ skuId: E5, paths: [{ kind: 'direct', state: 'active' }] }]);
    expect(dana?.licenses[0]?.disabledPlans).toHaveLength(3);
    expect(await door.person(idOf('onceSynced'))).toMatchObject({ onPremisesSync: false });
    expect((await door.person(idOf('directAndGroup')))?.licenses).toMatchObject([
      { skuId: E3, paths: [{ kind: 'direct' }, { kind: 'group', groupId: GROUPS.licensesE3.id }] },
    ]);
  });

  test('reads sign-ins of some, the never signed in among them', async () => {
    const { door } = await simulatedDoor();
    const gone = '00000000-0000-4000-8000-000000000000' as UserId;
    const rows = await door.signInsOf([idOf('neverSignedIn'), idOf('plainInactive'), gone]);
    const byId = new Map(rows.map((row) => [row.userId, row]));
    expect([...byId.keys()].sort()).toEqual([idOf('neverSignedIn'), idOf('plainInactive')].sort());
    expect(byId.get(idOf('neverSignedIn'))?.interactive).toBeUndefined();
    expect(byId.get(idOf('plainInactive'))?.successful).toBeInstanceOf(Date);
  });

  test('finds people, managers, groups and roles', async () => {
    const { door } = await simulatedDoor();
    expect((await door.findPeople('dana whit', 5)).map((person) => person.id)).toEqual([
      idOf('plainInactive'),
    ]);
    const managers = await door.managersOf([idOf('plainInactive'), idOf('noManager'), idOf('managerIsSelf')]);
    expect(managers.get(idOf('plainInactive'))).toMatchObject({
      id: idOf('itManager'),
      displayName: 'Robin Hale',
    });
    expect(managers.get(idOf('noManager'))).toBe('none');
    expect(managers.get(idOf('managerIsSelf'))).toMatchObject({ id: idOf('managerIsSelf') });
    const [leader] = await door.membersOf(LEADERSHIP);
    expect([...(await door.groupsContaining(leader ?? ('' as UserId), [LEADERSHIP, EXEMPT]))]).toContain(
      LEADERSHIP,
    );
    const roles = await door.roleHolders();
    const emergency = [idOf('roleHolder'), idOf('breakGlass')];
    expect(roles.globalAdministrators).toEqual(new Set(emergency));
    expect(roles.active).toEqual(new Set([...emergency, idOf('groupRoleHolder')]));
    expect(roles.eligible).toEqual(new Set([idOf('secondActiveReport'), idOf('groupRoleHolder')]));
  });

  test('takes a license and gives exactly the same one back', async () => {
    const { door } = await simulatedDoor();
    const dana = idOf('plainInactive');
    const before = (await door.person(dana))?.licenses[0];
    expect(await door.changeLicenses(dana, { add: [], remove: [E5] })).toEqual({ kind: 'accepted' });
    expect((await door.person(dana))?.licenses).toEqual([]);
    const add = [{ skuId: E5, disabledPlans: before?.disabledPlans ?? [] }];
    expect(await door.changeLicenses(dana, { add, remove: [] })).toEqual({ kind: 'accepted' });
    expect((await door.person(dana))?.licenses[0]?.disabledPlans).toEqual(before?.disabledPlans);
  });

  test('tells the refusals of a license change apart', async () => {
    const { tenant, door } = await simulatedDoor();
    const take = (key: NamedKey, skuId: SkuId) =>
      door.changeLicenses(idOf(key), { add: [], remove: [skuId] });
    const gone = '00000000-0000-4000-8000-000000000000' as UserId;
    expect(await take('groupLicensed', E3)).toEqual({ kind: 'inheritedFromGroup' });
    expect(await take('plainInactive', VISIO)).toEqual({ kind: 'notHeld' });
    expect(await door.changeLicenses(gone, { add: [], remove: [E5] })).toEqual({ kind: 'personGone' });
    expect(violationsIn(tenant)).toEqual([]);
  });
});

describe('trouble in a simulated tenant', () => {
  test('a lost answer to a license change is asked for again and changes nothing twice', async () => {
    const { tenant, door } = await simulatedDoor();
    tenant.faults.add({ method: 'POST', path: 'assignLicense', answer: { kind: 'cutAfter' } });
    const change = { add: [{ skuId: VISIO, disabledPlans: [] }], remove: [] };
    expect(await door.changeLicenses(idOf('plainInactive'), change)).toEqual({ kind: 'accepted' });
    const held = (await door.person(idOf('plainInactive')))?.licenses.map((license) => license.skuId);
    expect(held?.filter((skuId) => skuId === VISIO)).toHaveLength(1);
  });

  test('two changes at once on one person both get through', async () => {
    const { door } = await simulatedDoor();
    const id = idOf('inactiveWithVisio');
    const answers = await Promise.all([
      door.changeLicenses(id, { add: [], remove: [VISIO] }),
      door.changeLicenses(id, { add: [], remove: [E3] }),
    ]);
    expect(answers).toEqual([{ kind: 'accepted' }, { kind: 'accepted' }]);
    expect((await door.person(id))?.licenses).toEqual([]);
  });

  test.each(['halfBody', 'cutMidway', 'cutBefore'] as const)(
    'a page that comes as %s is read again',
    async (kind) => {
      const { tenant, door } = await simulatedDoor({ people: 1_500 });
      const whole = await collect(door.licensedPeople());
      tenant.faults.add({ path: '/users\\?', times: 2, answer: { kind } });
      expect(await collect(door.licensedPeople())).toEqual(whole);
    },
  );

  test('a gateway that never recovers ends the read', async () => {
    const { tenant, door } = await simulatedDoor();
    tenant.faults.add({ path: '/users', times: 100, answer: { kind: 'status', status: 502 } });
    expect((await failureOf(collect(door.licensedPeople()))).kind).toBe('serverError');
  });

  test('throttled steps of a batch come in the end', async () => {
    const { tenant, door, clock } = await simulatedDoor();
    tenant.faults.add({
      path: '/manager',
      times: 3,
      answer: { kind: 'status', status: 429, code: 'TooManyRequests', retryAfter: '17' },
    });
    expect((await door.managersOf([idOf('plainInactive'), idOf('groupLicensed')])).size).toBe(2);
    expect(clock.sleeps).toEqual([17_000, 17_000]);
  });

  test("the tenant's own limit on sign-in reads is waited for", async () => {
    const { door, clock } = await simulatedDoor({ people: 1_000 }, { signInPerMinute: 1_000 });
    const people = (await collect(door.licensedPeople())).map((person) => person.id);
    const rows = await door.signInsOf(people.slice(0, 15 * 21));
    expect(rows).toHaveLength(15 * 21);
    expect(clock.sleeps).toEqual([60_000, 60_000]);
  });

  test('a page token that lives too short restarts the listing until it is whole', async () => {
    const { tenant, door } = await simulatedDoor({ people: 2_500 });
    const expired = { kind: 'status', status: 400, code: 'Directory_ExpiredPageToken' } as const;
    tenant.faults.add({ path: 'skiptoken', times: 2, answer: expired });
    const people = await collect(door.licensedPeople());
    expect(new Set(people.map((person) => person.id)).size).toBe(people.length);
    expect(people).toEqual(await collect(door.licensedPeople()));
  });

  test('a tenant without Entra P1 says so, and its sign-ins fail with a kind of their own', async () => {
    const { tenant, door } = await simulatedDoor({ premium: false });
    expect(await door.tenant()).toMatchObject({ hasEntraP1: false });
    expect((await failureOf(rowsOf(door.signIns()))).kind).toBe('noPremium');
    const { active, eligible } = await door.roleHolders();
    expect(active.size).toBe(3);
    expect(eligible).toEqual({ unknown: expect.stringContaining('AadPremiumLicenseRequired') });
    expect(violationsIn(tenant)).toEqual([]);
  });

  test('a missing permission is named', async () => {
    const { door } = await simulatedDoor({ permissions: ['User.Read.All'] });
    expect((await collect(door.licensedPeople())).length).toBeGreaterThan(0);
    expect((await failureOf(joined(door.report('activeUsers')))).message).toContain('Reports.Read.All');
    expect((await failureOf(rowsOf(door.signIns()))).message).toContain('AuditLog.Read.All');
    expect((await failureOf(door.roleHolders())).message).toContain('RoleManagement.Read.Directory');
  });

  test('a wrong token is not accepted, and is not tried again', async () => {
    const { tenant, door } = await simulatedDoor(
      {},
      { token: { kind: 'fixed', token: () => Promise.resolve('stale') } },
    );
    expect((await failureOf(door.skus())).kind).toBe('unauthorized');
    expect(tenant.requests).toHaveLength(1);
  });

  test('a download that breaks before its first byte is begun anew', async () => {
    const { tenant, door } = await simulatedDoor();
    const whole = await joined(door.report('activeUsers'));
    tenant.faults.add({ path: 'download', answer: { kind: 'cutBefore' } });
    expect(await joined(door.report('activeUsers'))).toBe(whole);
    expect(whole.startsWith('Report Refresh Date,')).toBe(true);
    expect(tokensAbroad(tenant)).toBe(0);
  });
});
