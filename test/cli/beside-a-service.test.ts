import type { ChildProcess } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { aTeamsConnector, type TeamsConnector } from '../world/teams-connector.js';
import { answerOn, caseOn } from '../world/card-actions.js';
import { endOf, eventually, freePort, run, type Ended } from '../world/try-out-process.js';
import { aFolder, NOTHING_SET, steward } from './at-the-terminal.js';

jest.setTimeout(90_000);

const { plainInactive: dana, inactiveWithVisio: jonas, itManager: manager } = NAMED;

const folder = aFolder();
let connector: TeamsConnector;
let simulator: Process;
let service: Process;
let environment: Readonly<Record<string, string>>;
let graphUrl: string;
let botUrl: string;
let heldByJonas: string;

/** A process of ours that goes on until it is told to end. */
interface Process {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

function start(args: readonly string[], more: Readonly<Record<string, string>> = {}): Process {
  const child = run(args, { ...NOTHING_SET, ...more });
  return { child, ended: endOf(child) };
}

function end({ child, ended }: Process): Promise<Ended> {
  child.kill('SIGTERM');
  return ended;
}

async function startService(): Promise<void> {
  service = start(['dist/index.js'], environment);
  await eventually('The service', () => answers(`${botUrl}/healthz`));
}

async function answers(url: string): Promise<true | undefined> {
  const answer = await fetch(url).catch(() => undefined);
  return answer?.ok === true ? true : undefined;
}

beforeAll(async () => {
  connector = await aTeamsConnector();
  const simulatorPort = await freePort();
  simulator = start([
    'dist/cli/simulator.js',
    ...['--data', folder.at('tenant'), '--people', '60', '--port', String(simulatorPort)],
    ...['--license-delay', '500'],
  ]);
  graphUrl = `http://127.0.0.1:${simulatorPort}`;
  await eventually('The simulated tenant', async () =>
    (await fetch(`${graphUrl}/v1.0/organization`).catch(() => undefined)) === undefined ? undefined : true,
  );
  const port = await freePort();
  botUrl = `http://127.0.0.1:${port}`;
  environment = {
    DATA_DIR: folder.at('data'),
    POLICY_FILE: 'src/simulator/policy.yaml',
    GRAPH_BASE_URL: graphUrl,
    TEAMS_SERVICE_URL: connector.serviceUrl,
    PORT: String(port),
    LOG_LEVEL: 'error',
  };
  await startService();
  for (const person of [dana, jonas]) {
    await eventually(`The question about ${person.name}`, async () => questionAbout(person.name));
  }
});

afterAll(async () => {
  await end(service);
  await end(simulator);
  await connector.close();
  folder.remove();
});

const at = (...args: readonly string[]): Promise<Ended> => steward(args, environment);

function questionAbout(name: string) {
  return connector
    .chatOf(manager.id)
    .find(({ activity }) => JSON.stringify(activity['attachments'] ?? '').includes(name));
}

async function reclaim(name: string): Promise<void> {
  const message = questionAbout(name);
  const card = message?.activity['attachments'];
  const action = answerOn(card, caseOn(card, name), 'reclaim');
  const answer = await fetch(`${botUrl}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'invoke',
      name: 'adaptiveCard/action',
      channelId: 'msteams',
      id: `click-${name}`,
      replyToId: message?.id,
      serviceUrl: connector.serviceUrl,
      from: { id: `29:${manager.id}`, aadObjectId: manager.id },
      recipient: { id: '28:bot' },
      conversation: { id: message?.conversationId, conversationType: 'personal', tenantId: 'tenant' },
      channelData: { tenant: { id: 'tenant' } },
      value: { action: { type: 'Action.Execute', ...action }, trigger: 'manual' },
    }),
  });
  expect(answer.status).toBe(200);
}

async function licensesOf(userId: string): Promise<string> {
  const answer = await fetch(`${graphUrl}/v1.0/users/${userId}?$select=id,assignedLicenses`, {
    headers: { authorization: 'Bearer simulated-tenant-token' },
  });
  const { assignedLicenses } = (await answer.json()) as {
    assignedLicenses: { skuId: string; disabledPlans: string[] }[];
  };
  const texts = assignedLicenses.map(
    ({ skuId, disabledPlans }) => `${skuId} -${disabledPlans.toSorted().join(' -')}`,
  );
  return texts.toSorted().join('\n');
}

async function inState(person: { readonly userPrincipalName: string }, state: string): Promise<void> {
  await eventually(`${state} of ${person.userPrincipalName}`, async () => {
    const { out } = await at('case', person.userPrincipalName);
    return new RegExp(`^State +${state}$`, 'm').test(out) ? true : undefined;
  });
}

describe('beside a running service', () => {
  it('the terminal sees its audit, its cases and whom it asked', async () => {
    const [position, cases, one] = await Promise.all([at('position'), at('cases'), at('case', 'dana')]);
    expect(position).toMatchObject({ code: 0, err: expect.stringContaining('As of the audit of 20') });
    expect(position.out).toMatch(/^Microsoft 365 E5 +\d/m);
    expect(cases.out).toMatch(
      /^Dana Whitfield +dana\.whitfield@\S+ +inactive +\$684 +\d{4}-\S+ +the question was delivered, the answer is awaited$/m,
    );
    expect(one.out).toMatch(/^Answer due +\d{4}-\d\d-\d\d \d\d:\d\d UTC$/m);
    expect(`${cases.err}${one.err}`).toBe('');
  });

  it('somebody about whom there is no case cannot be undone', async () => {
    const { code, err } = await at('undo', 'robin.hale');
    expect([code, err]).toEqual([1, expect.stringContaining('There is no case about "robin.hale"')]);
  });

  it('nothing can be undone before something was taken, and the terminal says so', async () => {
    const { code, err } = await at('undo', 'jonas');
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('Nothing can be undone: the question was delivered, the answer is awaited.'),
    ]);
  });

  it('undo is carried out by the service, and gives back exactly what was held', async () => {
    const before = await licensesOf(dana.id);
    heldByJonas = await licensesOf(jonas.id);
    await reclaim(dana.name);
    await reclaim(jonas.name);
    await inState(dana, 'holding');
    expect(await licensesOf(dana.id)).toBe('');

    const undo = await at('undo', 'dana');
    expect(undo).toEqual({
      code: 0,
      out: 'The undo has begun.\nDana Whitfield has exactly the same licenses as before.\n',
      err: '',
    });
    expect(await licensesOf(dana.id)).toBe(before);
    expect((await at('undo', 'dana')).out).toContain('It was undone already.');

    const history = await at('history', 'dana');
    expect(history.out).toMatch(/\(terminal\) asked to undo\.\n[\s\S]+Everything is as it was before\.\n$/);
    expect(history.out).not.toMatch(/T\d\d:\d\d:\d\d/);
  });

  it('a license is given by the service, with the reason in the history, and an undo takes it back', async () => {
    const before = await licensesOf(dana.id);
    const missing = await at('give', 'dana', 'VISIOCLIENT');
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('Say why')]);
    const unknown = await at('give', 'dana', 'NO_SUCH', '--reason', 'Draws plans');
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('no product NO_SUCH')]);
    expect(await at('give', 'dana', 'VISIOCLIENT', '--reason', 'Draws plans')).toEqual({
      code: 0,
      out: 'Visio Plan 2 is being given to Dana Whitfield.\nDana Whitfield has the license.\n',
      err: '',
    });
    expect(await licensesOf(dana.id)).not.toBe(before);
    expect((await at('history', 'dana')).out).toContain('(terminal) gives Visio Plan 2: Draws plans');
    expect((await at('case', 'dana')).out).toMatch(/^Scenario +is given a license$/m);
    expect((await at('undo', 'dana')).code).toBe(0);
    expect(await licensesOf(dana.id)).toBe(before);
  });

  it('the history is intact, and a log that cannot be read is wrong use', async () => {
    const log = folder.at('empty.log');
    expect(await at('verify-history')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+ chains, \d+ entries: all intact\.\n$/),
    });
    expect(await at('verify-history', '--log', log)).toMatchObject({
      code: 2,
      err: expect.stringContaining(log),
    });
  });
});

describe('after the service has ended', () => {
  it('undo without --now does nothing and says what to do; with --now it does that one case alone', async () => {
    await inState(jonas, 'holding');
    expect(await end(service)).toMatchObject({ code: 0, err: '' });
    const refused = await at('undo', 'jonas');
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('add --now to do it here')]);
    expect(await licensesOf(jonas.id)).toBe('');

    const undo = await at('undo', 'jonas', '--now');
    expect(undo).toMatchObject({
      code: 0,
      out: expect.stringContaining('has exactly the same licenses as before.'),
    });
    expect(await licensesOf(jonas.id)).toBe(heldByJonas);
  });

  it('the next service goes on with the same cases, and the history is intact', async () => {
    await startService();
    expect((await at('case', 'jonas')).out).toMatch(/^State +undone$/m);
    expect((await at('verify-history')).out).toContain('all intact');
  });

  it('a history that was changed behind its back is found, and the case and entry are named', async () => {
    await end(service);
    const db = new DatabaseSync(folder.at('data', 'license-steward.sqlite'));
    db.exec('DROP TRIGGER events_stay_as_they_are');
    const [event] = db
      .prepare("SELECT number, caseId FROM docs WHERE kind = 'event' AND seq = 1 ORDER BY number")
      .all();
    db.prepare("UPDATE docs SET body = json_set(body, '$.type', 'asked!') WHERE number = ?").run(
      Number(event?.['number']),
    );
    db.close();
    const { code, out, err } = await at('verify-history');
    expect([code, out]).toEqual([1, expect.stringMatching(/entries: 1 broken\.\n$/)]);
    expect(err).toContain(`Case ${String(event?.['caseId'])}: entry 2 was changed.`);
  });
});
