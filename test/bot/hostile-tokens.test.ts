import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  aTokenIssuer,
  signed,
  signedWithPublicKey,
  teamsClaims,
  unsigned,
  type Claims,
  type TokenIssuer,
} from '../world/token-issuer.js';
import { aTeamsConnector, type TeamsConnector } from '../world/teams-connector.js';
import { reclaim } from './hostile-cards.js';
import { aHostileWorld, OTTO, ordinary, STRANGER, type HostileWorld, type Outcome } from './hostile-world.js';

const BOT = '11111111-0000-4000-8000-000000000000';
const OTHER_BOT = '22222222-0000-4000-8000-000000000000';
const TENANT = '33333333-0000-4000-8000-000000000000';
const ENTRA = 'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0';
const IDENTITY = {
  kind: 'registered',
  botId: BOT,
  tenantId: TENANT,
  type: 'UserAssignedMSI',
  password: undefined,
} as const;
/** What the bot would get from Entra to send with. */
const CREDENTIALS = {
  isValidAppId: async (appId: string) => appId === BOT,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({ signRequest: async (request: unknown) => request }),
} as never;

let issuer: TokenIssuer;
let world: HostileWorld;
let strangers: TeamsConnector;

beforeAll(async () => {
  // The SDK writes the keys of tokens that it refuses to the console.
  jest.spyOn(console, 'error').mockReturnValue(undefined);
  issuer = await aTokenIssuer();
  world = await aHostileWorld({ identity: IDENTITY, credentials: CREDENTIALS });
  strangers = await aTeamsConnector();
}, 60_000);

afterAll(async () => {
  await world.close();
  await strangers.close();
  await issuer.close();
  jest.restoreAllMocks();
});

function claims(change: Claims = {}): Claims {
  return { ...teamsClaims(BOT, world.connector.serviceUrl), ...change };
}

/** A click of the manager who was asked, which takes a license: what somebody with a forged token is after. */
function click(token: string | undefined, change: Record<string, unknown> = {}): Promise<Outcome> {
  const body = {
    ...ordinary(world.connector, OTTO, 1),
    conversation: {
      id: world.connector.conversationOf(OTTO),
      conversationType: 'personal',
      tenantId: TENANT,
    },
    channelData: { tenant: { id: TENANT } },
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: 'answer', data: reclaim(world) } },
    ...change,
  };
  return world.send(JSON.stringify(body), token === undefined ? {} : { authorization: token });
}

const seconds = (fromNow: number): number => Math.floor(Date.now() / 1000) + fromNow;

describe('A token that is not of Teams is refused with 401 and nothing else:', () => {
  it.each<[string, () => string | undefined]>([
    ['none', () => undefined],
    ['an empty one', () => 'Bearer '],
    ['a blank', () => ' '],
    ['what is none', () => 'Bearer x.y.z'],
    ['a token of 7,000 characters that is none', () => `Bearer ${'x'.repeat(7_000)}`],
    ['a password', () => 'Basic YTpi'],
    ['a good one under another scheme', () => `Token ${signed(claims(), issuer.teams)}`],
    ['a good one in small letters', () => `bearer ${signed(claims(), issuer.teams)}`],
    ['two good ones', () => `Bearer ${signed(claims(), issuer.teams)} ${signed(claims(), issuer.teams)}`],
    [
      'one signed with a key that nobody published, under the name of one that is',
      () => `Bearer ${signed(claims(), issuer.nobody)}`,
    ],
    [
      'one that names an unknown key',
      () => `Bearer ${signed(claims(), { ...issuer.teams, kid: 'unknown' })}`,
    ],
    [
      'one that names the key __proto__',
      () => `Bearer ${signed(claims(), { ...issuer.teams, kid: '__proto__' })}`,
    ],
    [
      'one whose key is endorsed for another channel',
      () => `Bearer ${signed(claims(), issuer.otherChannel)}`,
    ],
    [
      'one with the algorithm none',
      () => `Bearer ${unsigned({ alg: 'none', kid: issuer.teams.kid }, claims())}.`,
    ],
    [
      'one with the algorithm nOnE and a signature',
      () => `Bearer ${unsigned({ alg: 'nOnE', kid: issuer.teams.kid }, claims())}.x`,
    ],
    [
      'one signed with the public key as a secret',
      () => `Bearer ${signedWithPublicKey(claims(), issuer.teams)}`,
    ],
    [
      'one whose claims were changed after it was signed',
      () => {
        const [header, , signature] = signed(claims({ aud: OTHER_BOT }), issuer.teams).split('.');
        const forged = unsigned({}, claims()).split('.')[1];
        return `Bearer ${header}.${forged}.${signature}`;
      },
    ],
    ['one for another bot', () => `Bearer ${signed(claims({ aud: OTHER_BOT }), issuer.teams)}`],
    [
      'one for this bot among others',
      () => `Bearer ${signed(claims({ aud: [BOT, OTHER_BOT] }), issuer.teams)}`,
    ],
    ['one for nobody', () => `Bearer ${signed(claims({ aud: undefined }), issuer.teams)}`],
    [
      'one of another issuer',
      () => `Bearer ${signed(claims({ iss: 'https://api.botframework.com.evil.example' }), issuer.teams)}`,
    ],
    ['one of no issuer', () => `Bearer ${signed(claims({ iss: undefined }), issuer.teams)}`],
    [
      'one that ended ten minutes ago',
      () => `Bearer ${signed(claims({ exp: seconds(-600) }), issuer.teams)}`,
    ],
    ['one that begins in an hour', () => `Bearer ${signed(claims({ nbf: seconds(3_600) }), issuer.teams)}`],
    [
      'one for another service',
      () => `Bearer ${signed(claims({ serviceurl: 'https://smba.trafficmanager.net/emea/' }), issuer.teams)}`,
    ],
    ['one for no service', () => `Bearer ${signed(claims({ serviceurl: undefined }), issuer.teams)}`],
    [
      'one of another bot, as an agent sends it',
      () =>
        `Bearer ${signed({ iss: ENTRA, aud: BOT, ver: '2.0', azp: OTHER_BOT, exp: seconds(3_600) }, issuer.teams)}`,
    ],
    [
      'one of Entra for somebody else’s app, as the emulator sends it',
      () =>
        `Bearer ${signed({ iss: ENTRA, aud: OTHER_BOT, ver: '2.0', azp: OTHER_BOT, exp: seconds(3_600) }, issuer.teams)}`,
    ],
    [
      'one of Entra for an employee',
      () =>
        `Bearer ${signed({ iss: `https://sts.windows.net/${TENANT}/`, aud: BOT, ver: '1.0', appid: OTHER_BOT, oid: OTTO, exp: seconds(3_600) }, issuer.teams)}`,
    ],
  ])('%s', async (_what, token) => {
    const { status, text, sent, isUnchanged } = await click(token());
    expect([status, text, sent]).toEqual([401, '', '[]']);
    expect(isUnchanged).toBe(true);
  });
});

describe('A good token does not open what is not ours:', () => {
  it.each<[string, Record<string, unknown>]>([
    [
      'a chat of another tenant',
      { conversation: { id: 'c', conversationType: 'personal', tenantId: OTHER_BOT } },
    ],
    ['channel data of another tenant', { channelData: { tenant: { id: OTHER_BOT } } }],
    ['a sender of another tenant', { from: { id: 'x', aadObjectId: OTTO, tenantId: OTHER_BOT } }],
    ['no tenant anywhere', { conversation: { id: 'c', conversationType: 'personal' }, channelData: {} }],
    ['an empty tenant', { channelData: { tenant: { id: '' } } }],
    ['a tenant that begins like ours', { channelData: { tenant: { id: `${TENANT}0` } } }],
    ['another channel', { channelId: 'webchat' }],
    ['a channel in capitals', { channelId: 'MSTEAMS' }],
  ])('%s', async (_what, change) => {
    const { status, text, sent, isUnchanged } = await click(
      `Bearer ${signed(claims(), issuer.teams)}`,
      change,
    );
    expect([status, text, sent]).toEqual([403, '', '[]']);
    expect(isUnchanged).toBe(true);
  });

  it.each<[string, number, Record<string, unknown>]>([
    [
      'a tenant that is a list',
      400,
      { conversation: { id: 'c', conversationType: 'personal', tenantId: [TENANT] } },
    ],
    ['no channel', 400, { channelId: undefined }],
  ])('%s', async (_what, wanted, change) => {
    const { status, text, isUnchanged } = await click(`Bearer ${signed(claims(), issuer.teams)}`, change);
    expect([status, text]).toEqual([wanted, '']);
    expect(isUnchanged).toBe(true);
  });

  it.each<[string, (own: string) => string]>([
    ['a service of a stranger that its token names as well', (own) => own],
    ['one in small print', (own) => own.replace('127.0.0.1', 'localhost')],
    ['one behind the name of Teams', (own) => own.replace('http://', 'http://smba.trafficmanager.net@')],
    ['one with Teams in its path', (own) => `${own}/smba.trafficmanager.net/teams`],
    ['the number of this machine', (own) => own.replace('127.0.0.1', '2130706433')],
    ['Teams without encryption', () => 'http://smba.trafficmanager.net/teams/'],
    ['a host that ends like Teams', () => 'https://evilteams.microsoft.com/'],
    ['a host that begins like Teams', () => 'https://smba.trafficmanager.net.evil.example/'],
    ['Teams with a dot after it', () => 'https://smba.trafficmanager.net./teams/'],
    ['letters that look like Teams', () => 'https://smba.trafficmanаger.net/teams/'],
  ])('%s gets no call of ours', async (_what, urlOf) => {
    const serviceUrl = urlOf(strangers.serviceUrl);
    const token = signed(claims({ serviceurl: serviceUrl }), issuer.teams);
    const { status, text, sent, isUnchanged } = await click(`Bearer ${token}`, { serviceUrl });
    expect([status, text, sent]).toEqual([403, '', '[]']);
    expect(strangers.calls).toEqual([]);
    expect(isUnchanged).toBe(true);
  });

  it('the click of somebody else, however often it is sent', async () => {
    const token = `Bearer ${signed(claims(), issuer.teams)}`;
    for (let n = 0; n < 3; n += 1) {
      const { status, text, isUnchanged } = await click(token, { from: { id: 'x', aadObjectId: STRANGER } });
      expect([status, isUnchanged]).toEqual([200, true]);
      expect(text).toContain('put to somebody else');
    }
  });
});

describe('A good token', () => {
  it('is taken, and a replay of it takes nothing twice', async () => {
    const token = `Bearer ${signed(claims({ exp: seconds(-240) }), issuer.teams)}`;
    const first = await click(token);
    expect([first.status, first.isUnchanged]).toEqual([200, false]);
    for (let n = 0; n < 3; n += 1) {
      const again = await click(token);
      expect([again.status, again.isUnchanged]).toEqual([200, true]);
    }
  });
});
