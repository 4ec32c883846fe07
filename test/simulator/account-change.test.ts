import { describe, expect, test } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { SKU } from '../../src/simulator/products.js';
import { GROUPS } from '../../src/simulator/sim-groups.js';
import { opened } from './opened.js';
import type { Opened, Reply } from './opened.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const dana = NAMED.plainInactive.id;
const synced = NAMED.syncedFromAd.id;

function patch(simulator: Opened, id: string, body: unknown): Promise<Reply> {
  return simulator.send('PATCH', `/v1.0/users/${id}`, body);
}

async function read(simulator: Opened, id: string, property: string): Promise<unknown> {
  return (await simulator.get(`/v1.0/users/${id}?$select=${property}`)).json[property];
}

describe('a synced account', () => {
  test('takes the value of AD back with the next sync cycle, whenever it was changed', async () => {
    const simulator = await opened();
    simulator.clock.advance(20 * MINUTE);
    await patch(simulator, synced, { accountEnabled: false });
    simulator.clock.advance(10 * MINUTE - 1);
    expect(await read(simulator, synced, 'accountEnabled')).toBe(false);
    simulator.clock.advance(1);
    expect(await read(simulator, synced, 'accountEnabled')).toBe(true);
  });

  test('says when the last sync was, and one that is not synced says nothing', async () => {
    const simulator = await opened({ syncCycleMs: 10 * MINUTE });
    const lastSync = (id: string) => read(simulator, id, 'onPremisesLastSyncDateTime');
    expect(await lastSync(synced)).toBe('2026-11-23T10:00:00Z');
    simulator.clock.advance(29 * MINUTE);
    expect(await lastSync(synced)).toBe('2026-11-23T10:20:00Z');
    expect(await lastSync(dana)).toBeNull();
    expect(await lastSync(NAMED.onceSynced.id)).toBe('2026-01-27T10:00:00Z');
  });

  test('stays as AD says once it was changed there', async () => {
    const simulator = await opened();
    await simulator.send('POST', `/_simulator/people/${synced}`, { accountEnabled: false });
    await patch(simulator, synced, { accountEnabled: true });
    simulator.clock.advance(30 * MINUTE);
    expect(await read(simulator, synced, 'accountEnabled')).toBe(false);
  });

  test('takes a usage location, which is not of AD', async () => {
    const simulator = await opened();
    expect((await patch(simulator, synced, { usageLocation: 'PT' })).status).toBe(204);
    simulator.clock.advance(DAY);
    expect(await read(simulator, synced, 'usageLocation')).toBe('PT');
  });
});

describe('a change of an account', () => {
  test('needs the permission for what it changes', async () => {
    const simulator = await opened({ permissions: ['User.Read.All', 'User.EnableDisableAccount.All'] });
    expect((await patch(simulator, dana, { accountEnabled: false })).status).toBe(204);
    expect((await patch(simulator, dana, { usageLocation: 'PT' })).status).toBe(403);
    expect((await patch(simulator, dana, { accountEnabled: true, usageLocation: 'PT' })).status).toBe(403);
    expect(await read(simulator, dana, 'accountEnabled')).toBe(false);
    simulator.changePermissions({ grant: ['User.ReadWrite.All'] });
    expect((await patch(simulator, dana, { usageLocation: 'PT' })).status).toBe(204);
  });

  test.each(['Portugal', 'pt', ''])('to the usage location "%s" is refused', async (usageLocation) => {
    const simulator = await opened();
    const { json } = await patch(simulator, dana, { usageLocation });
    expect(json.error).toEqual(
      expect.objectContaining({
        code: 'Request_BadRequest',
        message: "Invalid value specified for property 'usageLocation' of resource 'User'.",
      }),
    );
  });

  test.each([
    ['holds a role', NAMED.roleHolder.id],
    ['is in a group that holds a role', NAMED.groupRoleHolder.id],
    ['is in a group that may hold one', NAMED.rightToLeftName.id],
  ])('is denied where somebody %s, but for their sessions', async (_what, id) => {
    const simulator = await opened();
    expect((await patch(simulator, id, { accountEnabled: false })).status).toBe(403);
    expect((await simulator.send('DELETE', `/v1.0/users/${id}`)).status).toBe(403);
    expect((await simulator.send('POST', `/v1.0/users/${id}/revokeSignInSessions`)).status).toBe(200);
  });

  test('that ends sessions shows from when on they count', async () => {
    const simulator = await opened();
    simulator.clock.advance(MINUTE);
    await simulator.send('POST', `/v1.0/users/${dana}/revokeSignInSessions`);
    expect(await read(simulator, dana, 'signInSessionsValidFromDateTime')).toBe('2026-11-23T10:01:00Z');
  });
});

describe('a deleted account', () => {
  const remove = (simulator: Opened, id: string): Promise<Reply> =>
    simulator.send('DELETE', `/v1.0/users/${id}`);
  const restore = (simulator: Opened, id: string): Promise<Reply> =>
    simulator.send('POST', `/v1.0/directory/deletedItems/${id}/restore`);
  const seats = async (simulator: Opened): Promise<unknown> => {
    const { json } = await simulator.get('/v1.0/subscribedSkus?$select=skuId,consumedUnits');
    const skus = json.value as readonly { readonly skuId: string; readonly consumedUnits: number }[];
    return skus.find(({ skuId }) => skuId === SKU.E5.skuId)?.consumedUnits;
  };
  const ALL = 'accountEnabled,assignedLicenses,licenseAssignmentStates,userPrincipalName';

  test('frees its seat, lies in the deleted items, and comes back as it was', async () => {
    const simulator = await opened();
    const before = (await simulator.get(`/v1.0/users/${dana}?$select=${ALL}`)).json;
    const used = Number(await seats(simulator));
    expect((await remove(simulator, dana)).status).toBe(204);
    expect((await simulator.get(`/v1.0/users/${dana}`)).status).toBe(404);
    expect((await remove(simulator, dana)).status).toBe(404);
    expect(await seats(simulator)).toBe(used - 1);
    const list = await simulator.get(
      '/v1.0/directory/deletedItems/microsoft.graph.user?$select=id,deletedDateTime',
    );
    expect(list.json.value).toEqual([{ id: dana, deletedDateTime: '2026-11-23T10:00:00Z' }]);
    const one = await simulator.get(`/v1.0/directory/deletedItems/${dana}?$select=id`);
    expect(one.json).toMatchObject({ '@odata.type': '#microsoft.graph.user', id: dana });

    const restored = await restore(simulator, dana);
    expect([restored.status, restored.json['id']]).toEqual([200, dana]);
    expect((await simulator.get(`/v1.0/users/${dana}?$select=${ALL}`)).json).toEqual(before);
    expect(await seats(simulator)).toBe(used);
    expect((await simulator.get(`/v1.0/directory/deletedItems/${dana}`)).status).toBe(404);
    expect((await restore(simulator, dana)).status).toBe(404);
  });

  test('can be restored for 30 days and not longer', async () => {
    const simulator = await opened();
    await remove(simulator, dana);
    simulator.clock.advance(30 * DAY - 1);
    expect((await simulator.get(`/v1.0/directory/deletedItems/${dana}`)).status).toBe(200);
    simulator.clock.advance(1);
    expect((await restore(simulator, dana)).status).toBe(404);
    expect((await simulator.get(`/v1.0/users/${dana}`)).status).toBe(404);
  });

  test('needs a permission to go and to come back, and another one to be seen', async () => {
    const simulator = await opened({ permissions: ['User.DeleteRestore.All'] });
    expect((await simulator.get(`/v1.0/directory/deletedItems/${dana}`)).status).toBe(403);
    expect((await remove(simulator, dana)).status).toBe(204);
    simulator.changePermissions({ grant: ['User.Read.All'], revoke: ['User.DeleteRestore.All'] });
    expect((await simulator.get(`/v1.0/directory/deletedItems/${dana}`)).status).toBe(200);
    expect((await restore(simulator, dana)).status).toBe(403);
  });

  test('is listed with others page by page, in the order of the directory', async () => {
    const simulator = await opened();
    const gone = [NAMED.neverSignedIn.id, NAMED.freeOnly.id, dana];
    for (const id of gone) await remove(simulator, id);
    const first = await simulator.get('/v1.0/directory/deletedItems/microsoft.graph.user?$select=id&$top=2');
    expect(first.json.value).toEqual([{ id: dana }, { id: NAMED.neverSignedIn.id }]);
    const second = await simulator.get(String(first.json['@odata.nextLink']));
    expect(second.json.value).toEqual([{ id: NAMED.freeOnly.id }]);
    expect(second.json['@odata.nextLink']).toBeUndefined();
  });

  test('is one when the membership of a group was meant, and can be restored then, too', async () => {
    const simulator = await opened();
    const path = `/v1.0/groups/${GROUPS.licensesE3.id}/members/${NAMED.groupLicensed.id}`;
    expect((await simulator.send('DELETE', path)).status).toBe(204);
    expect((await restore(simulator, NAMED.groupLicensed.id)).status).toBe(200);
  });
});
