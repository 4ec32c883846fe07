import { describe, expect, it } from '@jest/globals';
import { admit } from '../../src/bot/admission.js';

const REGISTERED = {
  bot: {
    kind: 'registered',
    botId: 'bot',
    tenantId: 'OUR-tenant',
    type: 'UserAssignedMSI',
    password: undefined,
  },
  serviceUrl: 'https://smba.trafficmanager.net/teams/',
} as const;
const TRY_OUT = { bot: { kind: 'tryOut' }, serviceUrl: 'http://localhost:56150/_connector' } as const;

function activity(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'message',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    conversation: { id: 'c', tenantId: 'our-tenant' },
    from: { id: '29:x' },
    recipient: { id: '28:bot' },
    channelData: { tenant: { id: 'our-TENANT' } },
    ...change,
  };
}

describe('A registered bot', () => {
  it.each([
    ['of our tenant', {}],
    ['from a regional Teams host', { serviceUrl: 'https://emea.ng.teams.microsoft.com/x' }],
    ['from the US government cloud', { serviceUrl: 'https://smba.infra.gov.teams.microsoft.us/teams' }],
    ['that names its tenant in one place', { channelData: null }],
  ])('admits an activity %s', (_what, change) => {
    expect(admit(activity(change), REGISTERED)).toEqual({ kind: 'admitted' });
  });

  it.each([
    [
      'of another tenant',
      { conversation: { id: 'c', tenantId: 'other' }, channelData: { tenant: { id: 'other' } } },
      'tenant',
    ],
    ['whose channel data is of another tenant', { channelData: { tenant: { id: 'other' } } }, 'tenant'],
    ['whose sender is of another tenant', { from: { id: 'x', tenantId: 'other' } }, 'tenant'],
    ['of no tenant', { conversation: { id: 'c' }, channelData: {} }, 'tenant'],
    ['that wants answers sent elsewhere', { serviceUrl: 'https://evil.example/' }, 'serviceUrl'],
    [
      'from a host that only looks like Teams',
      { serviceUrl: 'https://teams.microsoft.com.evil.example/' },
      'serviceUrl',
    ],
    [
      'from a host whose name ends like Teams',
      { serviceUrl: 'https://evilteams.microsoft.com/' },
      'serviceUrl',
    ],
    [
      'with Teams as the user name of another host',
      { serviceUrl: 'https://smba.trafficmanager.net@evil.example/' },
      'serviceUrl',
    ],
    ['over plain http', { serviceUrl: 'http://smba.trafficmanager.net/emea/' }, 'serviceUrl'],
    ['from this machine', { serviceUrl: 'http://127.0.0.1:1/' }, 'serviceUrl'],
    ['without an address for answers', { serviceUrl: 'nowhere' }, 'serviceUrl'],
    ['of another channel', { channelId: 'webchat' }, 'channel'],
    ['of a channel that only begins like Teams', { channelId: 'msteams:agents' }, 'channel'],
  ])('refuses an activity %s', (_what, change, why) => {
    expect(admit(activity(change), REGISTERED)).toEqual({ kind: 'refused', status: 403, why });
  });

  it.each([
    undefined,
    null,
    'text',
    [],
    {},
    { type: 'message' },
    { ...activity(), type: '' },
    { ...activity(), from: 7 },
    { ...activity(), channelId: undefined },
    { ...activity(), recipient: undefined },
    { ...activity(), text: 7 },
    { ...activity(), text: {} },
    { ...activity(), name: ['adaptiveCard/action'] },
    { ...activity(), action: {} },
    { ...activity(), replyToId: 7 },
    { ...activity(), membersAdded: 'everybody' },
    { ...activity(), from: { id: '29:x', aadObjectId: {} } },
    { ...activity(), from: { id: 'x'.repeat(1001) } },
    { ...activity(), conversation: { id: 'c\r\nHost: evil', tenantId: 'our-tenant' } },
    { ...activity(), conversation: { id: 'c\u0000', tenantId: 'our-tenant' } },
    { ...activity(), conversation: { id: '\ud800', tenantId: 'our-tenant' } },
    { ...activity(), conversation: { id: 'c', conversationType: {}, tenantId: 'our-tenant' } },
  ])('refuses what is no activity (%#)', (body) => {
    expect(admit(body, REGISTERED)).toEqual({ kind: 'refused', status: 400, why: 'noActivity' });
  });
});

describe('The try-out', () => {
  it('admits what comes from this machine, of any tenant', () => {
    const serviceUrl = 'http://localhost:56150/_connector';
    expect(admit(activity({ serviceUrl, conversation: { id: 'c' } }), TRY_OUT)).toEqual({ kind: 'admitted' });
  });

  it('answers to no other machine', () => {
    expect(admit(activity(), TRY_OUT)).toMatchObject({ kind: 'refused', why: 'serviceUrl' });
  });
});
