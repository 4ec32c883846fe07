import { describe, expect, test } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { opened, reportRows } from './opened.js';
import type { Json, Opened, Reply } from './opened.js';

const MINUTE = 60_000;

function get(simulator: Opened, Identity: string, cmdlet = 'Get-Mailbox', select?: string): Promise<Reply> {
  return simulator.invoke({ CmdletName: cmdlet, Parameters: { Identity } }, select);
}

function convert(simulator: Opened, Identity: string, Type: string): Promise<Reply> {
  return simulator.invoke({ CmdletName: 'Set-Mailbox', Parameters: { Identity, Type } });
}

async function row(simulator: Opened, id: string): Promise<Json> {
  return ((await get(simulator, id)).json.value as readonly Json[] | undefined)?.[0] ?? {};
}

async function purpose(simulator: Opened, id: string): Promise<unknown> {
  return (await simulator.get(`/v1.0/users/${id}/mailboxSettings/userPurpose`)).json.value;
}

describe('a mailbox', () => {
  test('is found by object id and by user principal name, and shows what is selected', async () => {
    const simulator = await opened();
    const { id, userPrincipalName } = NAMED.plainInactive;
    const select = 'ExternalDirectoryObjectId,RecipientTypeDetails';
    const expected = [{ ExternalDirectoryObjectId: id, RecipientTypeDetails: 'UserMailbox' }];
    expect((await get(simulator, id, 'Get-Mailbox', select)).json.value).toEqual(expected);
    expect((await get(simulator, userPrincipalName, 'Get-Mailbox', select)).json.value).toEqual(expected);
  });

  test('that is not there is told in the details of an error', async () => {
    const simulator = await opened();
    for (const id of [NAMED.serviceAccount.id, 'nobody']) {
      const answer = await get(simulator, id);
      expect(answer.status).toBe(404);
      expect(answer.json.error).toMatchObject({
        code: 'NotFound',
        details: [{ message: expect.stringContaining('ManagementObjectNotFoundException') }],
      });
    }
  });

  test('may be on hold, have an archive, be large or be that of a place', async () => {
    const simulator = await opened();
    expect(await row(simulator, NAMED.otherCaseInReport.id)).toMatchObject({ LitigationHoldEnabled: true });
    expect(await row(simulator, NAMED.managerDisabled.id)).toMatchObject({
      LitigationHoldEnabled: false,
      InPlaceHolds: [expect.stringMatching(/^mbx[0-9a-f]{32}:3$/)],
    });
    expect(await row(simulator, NAMED.managerIsSelf.id)).toMatchObject({ ArchiveStatus: 'Active' });
    expect(await row(simulator, NAMED.roomMailbox.id)).toMatchObject({ RecipientTypeDetails: 'RoomMailbox' });
    const { json } = await get(simulator, NAMED.punctuatedName.id, 'Get-MailboxStatistics');
    expect(json.value).toMatchObject([{ TotalItemSize: '58.00 GB (62,277,025,792 bytes)' }]);
  });

  test('is as large as the usage report says', async () => {
    const simulator = await opened();
    const rows = await reportRows(simulator, "getMailboxUsageDetail(period='D180')");
    const { userPrincipalName, id } = NAMED.plainInactive;
    const bytes = rows.find((each) => each['User Principal Name'] === userPrincipalName)?.[
      'Storage Used (Byte)'
    ];
    const { json } = await get(simulator, id, 'Get-MailboxStatistics', 'TotalItemSize');
    const told = String((json.value as readonly Json[])[0]?.['TotalItemSize']);
    expect(told.replaceAll(',', '')).toContain(`(${bytes ?? ''} bytes)`);
  });

  test('of ordinary people is the same for the same seed: few are on hold', async () => {
    const [one, other] = [await opened({ people: 400 }), await opened({ people: 400 })];
    const { rows } = {
      rows: (await one.get('/v1.0/users?$top=400&$select=id')).json.value as readonly Json[],
    };
    let held = 0;
    for (const { id } of rows.slice(100, 200)) {
      const [mine, yours] = [await row(one, String(id)), await row(other, String(id))];
      expect(mine).toEqual(yours);
      if (mine['LitigationHoldEnabled'] === true) held += 1;
    }
    expect(held).toBeLessThan(10);
  });
});

describe('a mailbox that is converted', () => {
  const { id } = NAMED.plainInactive;

  test('is so in Exchange at once, and in Graph some minutes later', async () => {
    const simulator = await opened();
    expect((await convert(simulator, id, 'Shared')).json).toEqual({ value: [] });
    expect(await row(simulator, id)).toMatchObject({ RecipientTypeDetails: 'SharedMailbox' });
    expect(await purpose(simulator, id)).toBe('user');
    simulator.clock.advance(3 * MINUTE);
    expect(await purpose(simulator, id)).toBe('shared');
    await convert(simulator, id, 'Regular');
    simulator.clock.advance(3 * MINUTE);
    expect(await purpose(simulator, id)).toBe('user');
  });

  test('to what it is already changes nothing, with a warning', async () => {
    const simulator = await opened();
    expect((await convert(simulator, id, 'Regular')).json['@adminapi.warnings']).toEqual([
      `The command completed successfully but no settings of '${id}' have been modified.`,
    ]);
    expect(simulator.tenant.book.all).toEqual([]);
  });

  test('although AD knows it flips back with the next sync', async () => {
    const simulator = await opened({ mailboxDelayMs: 5 * MINUTE });
    const hybrid = NAMED.syncedFromAd.id;
    await convert(simulator, hybrid, 'Shared');
    simulator.clock.advance(29 * MINUTE);
    expect(await purpose(simulator, hybrid)).toBe('shared');
    simulator.clock.advance(MINUTE);
    expect(await purpose(simulator, hybrid)).toBe('user');
    expect(await row(simulator, hybrid)).toMatchObject({ RecipientTypeDetails: 'UserMailbox' });
  });

  test('stays so while its owner is deleted and restored', async () => {
    const simulator = await opened();
    await convert(simulator, id, 'Shared');
    simulator.clock.advance(3 * MINUTE);
    await simulator.send('DELETE', `/v1.0/users/${id}`);
    expect((await get(simulator, id)).status).toBe(404);
    await simulator.send('POST', `/v1.0/directory/deletedItems/${id}/restore`);
    expect(await purpose(simulator, id)).toBe('shared');
  });
});

describe('what Exchange refuses', () => {
  const { id } = NAMED.plainInactive;

  test('without its own permission is everything, whatever Graph allows', async () => {
    const simulator = await opened();
    simulator.changePermissions({ revoke: ['Exchange.ManageAsApp'] });
    expect((await get(simulator, id)).status).toBe(403);
    expect((await simulator.get(`/v1.0/users/${id}`)).status).toBe(200);
  });

  test('is another tenant, another token, an unknown cmdlet, type or body', async () => {
    const simulator = await opened();
    const path = `/adminapi/beta/${simulator.tenant.id}/InvokeCommand`;
    const anchor = { 'X-AnchorMailbox': 'x' };
    const body = { CmdletInput: { CmdletName: 'Get-Mailbox', Parameters: { Identity: id } } };
    const send = async (to: string, what: unknown, headers: Readonly<Record<string, string>>) =>
      (await simulator.send('POST', to, what, headers)).status;
    expect(await send(path.replace(simulator.tenant.id, 'other'), body, anchor)).toBe(403);
    expect(await send(path, body, { ...anchor, authorization: 'Bearer other' })).toBe(401);
    expect(await send(path, body, {})).toBe(400);
    expect(await send(path, { CmdletInput: 1 }, anchor)).toBe(400);
    expect(await send('/adminapi/v2.0/x/Mailbox', body, anchor)).toBe(404);
    expect((await convert(simulator, id, 'Sharded')).status).toBe(400);
    const { json } = await simulator.invoke({ CmdletName: 'Remove-Mailbox', Parameters: { Identity: id } });
    expect(json.error).toMatchObject({
      details: [{ message: expect.stringContaining("'Remove-Mailbox' is not recognized") }],
    });
    expect(simulator.requests.map(({ origin }) => origin)).toEqual(Array(7).fill('exchange'));
  });

  test('may be scripted, before and after the deed', async () => {
    const simulator = await opened();
    simulator.faults.add({ path: 'InvokeCommand', answer: { kind: 'status', status: 429, retryAfter: '3' } });
    expect((await convert(simulator, id, 'Shared')).status).toBe(429);
    simulator.faults.add({ path: 'InvokeCommand', answer: { kind: 'cutAfter' } });
    await expect(convert(simulator, id, 'Shared')).rejects.toThrow('fetch failed');
    expect(await row(simulator, id)).toMatchObject({ RecipientTypeDetails: 'SharedMailbox' });
  });
});
