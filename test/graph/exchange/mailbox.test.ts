import { describe, expect, test } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import type { MailboxState } from '../../../src/graph/exchange-door.js';
import { openExchange } from '../../../src/graph/exchange/open-exchange.js';
import type { OpenExchange } from '../../../src/graph/exchange/open-exchange.js';
import { entraTokens, fixedToken } from '../../../src/graph/tokens.js';
import { failureOf, TOKEN } from '../opened.js';
import { pretendGraph, throttled, tokenWith } from '../pretend-graph.js';
import type { Reply, Seen } from '../pretend-graph.js';
import { skippingClock } from '../test-clocks.js';

const ADA = '5a7c9e10-2b4d-4f68-8c31-000000000036' as UserId;

const ROW = {
  ExternalDirectoryObjectId: ADA,
  RecipientTypeDetails: 'UserMailbox',
  LitigationHoldEnabled: false,
  InPlaceHolds: [],
  ComplianceTagHoldApplied: false,
  DelayHoldApplied: false,
  ArchiveStatus: 'None',
  ArchiveGuid: '00000000-0000-0000-0000-000000000000',
};

function doorTo(origin: string, token = TOKEN): OpenExchange {
  return openExchange({
    baseUrl: origin,
    token: fixedToken(token),
    clock: skippingClock(),
    random: () => 0,
    tenantId: async () => 'tenant-1',
  });
}

interface Cmdlet {
  readonly CmdletName: string;
  readonly Parameters: Readonly<Record<string, string>>;
}

function cmdletOf({ body }: Seen): Cmdlet {
  return (JSON.parse(body) as { readonly CmdletInput: Cmdlet }).CmdletInput;
}

/** Exchange with one mailbox, unless `replies` says otherwise for a cmdlet. */
function exchange(row: object, replies: Readonly<Record<string, Reply>> = {}): (request: Seen) => Reply {
  return (request) => {
    const { CmdletName } = cmdletOf(request);
    const reply = replies[CmdletName];
    if (reply) return reply;
    if (CmdletName === 'Get-Mailbox') return { json: { value: [{ ...ROW, ...row }] } };
    if (CmdletName === 'Set-Mailbox') return { json: { value: [] } };
    return { json: { value: [{ TotalItemSize: '1.145 GB (1,229,401,088 bytes)' }] } };
  };
}

/** An error as Exchange writes it: the reason may be in three places. */
function failed(status: number, words: string, where: 'details' | 'inner' | 'message' = 'details'): Reply {
  const error = {
    code: 'InternalServerError',
    message: where === 'message' ? words : 'Error executing cmdlet',
    ...(where === 'details' ? { details: [{ code: 'Client', target: '', message: words }] } : {}),
    innererror: where === 'inner' ? { internalException: { message: words } } : { message: 'x' },
  };
  return { status, json: { error } };
}

const NOT_FOUND =
  "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'x' couldn't be found on 'DC1.PROD.OUTLOOK.COM'.";

describe('what a mailbox is', () => {
  test('is asked of Exchange in two cmdlets, anchored to nobody', async () => {
    const server = await pretendGraph(exchange({}));
    expect(await doorTo(server.origin).mailbox(ADA)).toEqual({
      type: 'user',
      litigationHold: false,
      inPlaceHolds: false,
      hasArchive: false,
      bytes: 1_229_401_088,
    });
    expect(server.seen.map((request) => [request.method, request.url, cmdletOf(request)])).toEqual([
      [
        'POST',
        '/adminapi/beta/tenant-1/InvokeCommand?$select=ExternalDirectoryObjectId,RecipientTypeDetails,LitigationHoldEnabled,InPlaceHolds,ComplianceTagHoldApplied,DelayHoldApplied,ArchiveStatus,ArchiveGuid',
        { CmdletName: 'Get-Mailbox', Parameters: { Identity: ADA } },
      ],
      [
        'POST',
        '/adminapi/beta/tenant-1/InvokeCommand?$select=TotalItemSize',
        { CmdletName: 'Get-MailboxStatistics', Parameters: { Identity: ADA } },
      ],
    ]);
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'x-anchormailbox': 'APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@tenant-1',
      prefer: 'odata.maxpagesize=1000',
    });
  });

  test.each<readonly [object, Partial<MailboxState>]>([
    [{ RecipientTypeDetails: 'SharedMailbox' }, { type: 'shared' }],
    [{ RecipientTypeDetails: 'RoomMailbox' }, { type: 'room' }],
    [{ RecipientTypeDetails: 'EquipmentMailbox' }, { type: 'equipment' }],
    [{ RecipientTypeDetails: 'TeamMailbox' }, { type: 'other' }],
    [{ LitigationHoldEnabled: true }, { litigationHold: true, inPlaceHolds: false }],
    [
      { InPlaceHolds: ['mbx7cfb30345d454ac0a989ab3041051209:1'] },
      { inPlaceHolds: true, litigationHold: false },
    ],
    // Left out of a policy that holds others.
    [{ InPlaceHolds: ['-mbxf2fd0d5a29dd4d9d8a45ae1c79b8ce71:1'] }, { inPlaceHolds: false }],
    [{ InPlaceHolds: null }, { inPlaceHolds: false }],
    [{ ComplianceTagHoldApplied: true }, { inPlaceHolds: true }],
    [{ DelayHoldApplied: true }, { inPlaceHolds: true }],
    [{ ArchiveStatus: 'Active' }, { hasArchive: true }],
    [{ ArchiveGuid: '6d1f3c52-84ab-4e07-9b1e-000000000001' }, { hasArchive: true }],
    [{ ExternalDirectoryObjectId: ADA.toUpperCase() }, { type: 'user' }],
  ])('%j', async (row, expected) => {
    const server = await pretendGraph(exchange(row));
    expect(await doorTo(server.origin).mailbox(ADA)).toMatchObject(expected);
  });

  test.each<readonly [Reply, number | undefined]>([
    [{ json: { value: [{ TotalItemSize: '49.9 GB (53,580,000,001 bytes)' }] } }, 53_580_000_001],
    [{ json: { value: [{ TotalItemSize: '1,1 GB (1.229.401.088 bytes)' }] } }, 1_229_401_088],
    [{ json: { value: [{ TotalItemSize: '0 B (0 bytes)' }] } }, 0],
    [{ json: { value: [{ TotalItemSize: 'Unlimited' }] } }, undefined],
    [{ json: { value: [{ TotalItemSize: { Value: 1 } }] } }, undefined],
    [{ json: { value: [{}] } }, undefined],
    [{ json: { value: [], '@adminapi.warnings': ["The user hasn't logged on to mailbox."] } }, undefined],
    [failed(500, NOT_FOUND), undefined],
  ])('with the size of %j is %p bytes large', async (reply, bytes) => {
    const server = await pretendGraph(exchange({}, { 'Get-MailboxStatistics': reply }));
    expect(await doorTo(server.origin).mailbox(ADA)).toMatchObject({ bytes });
  });

  test.each([
    ['details', 404],
    ['details', 500],
    ['inner', 400],
    ['message', 500],
  ] as const)(
    'is nothing where Exchange says so in %s with %d, without another try',
    async (where, status) => {
      const server = await pretendGraph(() => failed(status, NOT_FOUND, where));
      expect(await doorTo(server.origin).mailbox(ADA)).toBe('noMailbox');
      expect(server.seen).toHaveLength(1);
    },
  );

  test.each<readonly [string, Reply]>([
    ['another mailbox', { json: { value: [{ ...ROW, ExternalDirectoryObjectId: 'bob' }] } }],
    ['two mailboxes', { json: { value: [ROW, ROW] } }],
    ['none, without a word', { json: { value: [] } }],
    ['a row without holds', { json: { value: [{ ...ROW, LitigationHoldEnabled: undefined }] } }],
    ['no rows at all', { json: {} }],
    ['that it lies out of reach', failed(400, "is out of the current user's write scope.")],
  ])('is not known where the answer is %s', async (_what, reply) => {
    const server = await pretendGraph(exchange({}, { 'Get-Mailbox': reply }));
    expect((await failureOf(doorTo(server.origin).mailbox(ADA))).kind).toBe('unexpectedAnswer');
  });
});

describe('converting a mailbox', () => {
  test.each([
    ['shared', 'UserMailbox', 'Shared'],
    ['user', 'SharedMailbox', 'Regular'],
  ] as const)('to %s looks first, then sets the type', async (to, is, type) => {
    const server = await pretendGraph(exchange({ RecipientTypeDetails: is }));
    expect(await doorTo(server.origin).convert(ADA, to)).toEqual({ kind: 'accepted' });
    expect(server.seen.map(cmdletOf).map(({ CmdletName, Parameters }) => [CmdletName, Parameters])).toEqual([
      ['Get-Mailbox', { Identity: ADA }],
      ['Set-Mailbox', { Identity: ADA, Type: type }],
    ]);
    expect(server.seen[1]?.url).toBe('/adminapi/beta/tenant-1/InvokeCommand');
  });

  test('that is so already changes nothing', async () => {
    const server = await pretendGraph(exchange({ RecipientTypeDetails: 'SharedMailbox' }));
    expect(await doorTo(server.origin).convert(ADA, 'shared')).toEqual({ kind: 'unchanged' });
    expect(server.seen).toHaveLength(1);
  });

  test.each(['RoomMailbox', 'EquipmentMailbox', 'LinkedMailbox'])('%s is refused', async (type) => {
    const server = await pretendGraph(exchange({ RecipientTypeDetails: type }));
    expect(await doorTo(server.origin).convert(ADA, 'shared')).toMatchObject({ kind: 'refused' });
    expect(server.seen).toHaveLength(1);
  });

  test.each<readonly [string, string]>([
    [NOT_FOUND, 'There is no mailbox in Exchange Online.'],
    [
      "The operation on mailbox \"Ada Lovelace\" failed because it's out of the current user's write scope. The action 'Set-Mailbox', 'Type', can't be performed on the object 'Ada' because the object is being synchronized from your on-premises organization.",
      'The mailbox is mastered in AD: change it there.',
    ],
    [
      'The operation on mailbox "Ada" failed because it\'s out of the current user\'s write scope.',
      "The mailbox is outside of what the app's role in Exchange may change.",
    ],
  ])('is refused for good, in our words', async (words, message) => {
    const server = await pretendGraph(exchange({}, { 'Set-Mailbox': failed(400, words) }));
    expect(await doorTo(server.origin).convert(ADA, 'shared')).toEqual({ kind: 'refused', message });
    expect(server.seen).toHaveLength(2);
  });

  test('that could only be looked at late is not begun, and passes by itself', async () => {
    const server = await pretendGraph((request, index) =>
      index === 0 ? throttled('60') : exchange({})(request),
    );
    const failure = await failureOf(doorTo(server.origin).convert(ADA, 'shared'));
    expect(failure.kind).toBe('network');
    expect(failure.details.outcomeUnknown).toBeUndefined();
    expect(server.seen.map((request) => cmdletOf(request).CmdletName)).toEqual([
      'Get-Mailbox',
      'Get-Mailbox',
    ]);
  });

  test('without the right names the permission, the role and Exchange', async () => {
    for (const reply of [
      { status: 403 },
      failed(400, "The term 'Set-Mailbox' is not recognized as a name of a cmdlet, function, script file."),
    ]) {
      const server = await pretendGraph(exchange({}, { 'Set-Mailbox': reply }));
      const failure = await failureOf(doorTo(server.origin).convert(ADA, 'shared'));
      expect(failure).toMatchObject({ kind: 'forbidden', details: { operation: 'exchange.convert' } });
      expect(failure.message).toMatch(
        /^Exchange Online refused to convert a mailbox .* Exchange\.ManageAsApp, with admin consent and the Entra role Exchange Recipient Administrator\./,
      );
    }
  });

  test('that fails in words that we do not know is a failure with those words, without addresses', async () => {
    const server = await pretendGraph(
      exchange({}, { 'Set-Mailbox': failed(400, 'The value of ada@contoso.example is odd.') }),
    );
    const failure = await failureOf(doorTo(server.origin).convert(ADA, 'shared'));
    expect(failure.kind).toBe('badRequest');
    expect(failure.message).toContain('The value of (address) is odd.');
  });
});

describe('the line to Exchange', () => {
  test('is as patient as that to Graph', async () => {
    const server = await pretendGraph((request, index) => {
      const trouble = [throttled('7'), { status: 503 }, { cut: true }][index];
      return trouble ?? exchange({})(request);
    });
    const clock = skippingClock();
    const door = openExchange({
      baseUrl: server.origin,
      token: fixedToken(TOKEN),
      clock,
      random: () => 0,
      tenantId: async () => 't',
    });
    expect(await door.mailbox(ADA)).toMatchObject({ type: 'user' });
    expect(clock.sleeps).toEqual([7_000, 2_000, 4_000]);
  });

  test('says of a conversion whose answer was lost that it may have been done', async () => {
    const server = await pretendGraph(exchange({}, { 'Set-Mailbox': { cut: true } }));
    const failure = await failureOf(doorTo(server.origin).convert(ADA, 'shared'));
    expect(failure).toMatchObject({ kind: 'network', details: { outcomeUnknown: true } });
    expect(failure.message).toMatch(
      /^Exchange Online could not be reached to convert .* EXCHANGE_BASE_URL\.$/,
    );
  });

  test('never carries an Entra token over http', () => {
    const credential = { getToken: () => Promise.resolve({ token: 'real', expiresOnTimestamp: 0 }) };
    const open = (baseUrl: string) => () =>
      openExchange({
        baseUrl,
        token: entraTokens(credential),
        clock: skippingClock(),
        tenantId: async () => 't',
      });
    expect(open('http://127.0.0.1:1')).toThrow('the Exchange address must begin with https');
    expect(open('outlook')).toThrow('use https://outlook.office365.com.');
    expect(open('https://outlook.office365.com')).not.toThrow();
  });

  test('tells what its token carries', async () => {
    const permissions = await doorTo(
      'http://127.0.0.1:1',
      tokenWith('Exchange.ManageAsApp'),
    ).grantedPermissions();
    expect([...(permissions ?? [])]).toEqual(['Exchange.ManageAsApp']);
  });

  test('fails like a read of Graph when nobody knows the tenant', async () => {
    const server = await pretendGraph(exchange({}));
    const door = openExchange({
      baseUrl: server.origin,
      token: fixedToken(TOKEN),
      clock: skippingClock(),
      tenantId: () => Promise.reject(new Error('Graph is away')),
    });
    await expect(door.mailbox(ADA)).rejects.toThrow('Graph is away');
    expect(server.seen).toEqual([]);
  });
});
