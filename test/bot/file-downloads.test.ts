import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LINK_MS, openFileLinks, type FileLink } from '../../src/bot/file-links.js';
import { eraseOld } from '../../src/cases/run-erasing.js';
import { StoreUnavailable } from '../../src/store/store.js';
import { ADMIN, NOW } from '../cards/a-case.js';
import { FIGURES, FINDINGS } from '../chat/query/a-tenant.js';
import { memoryStore } from '../simulation/memory-store.js';
import { silentLog } from '../../src/telemetry/log.js';
import { eventually } from '../world/try-out-process.js';
import { policyOf } from '../world/policies.js';
import { aBot, type BotWorld } from './bot-world.js';

let world: BotWorld;
let logged: string;

beforeEach(async () => {
  logged = '';
  const note = (...what: unknown[]): void => void (logged += `${JSON.stringify(what)}\n`);
  world = await aBot({ log: { debug: note, info: note, warn: note, error: note } });
  world.roles.set(ADMIN.id, ['admin']);
  world.readModel.run = FIGURES;
  world.readModel.findings.push(...FINDINGS);
});

afterEach(async () => {
  await world.close();
});

function said(): string {
  return JSON.stringify(world.connector.chatOf(ADMIN.id).at(-1)?.activity);
}

/** The address that an admin is given with the file. */
async function address(locale = 'en-US'): Promise<string> {
  await world.post(ADMIN.id, { type: 'message', text: 'export inactive E5 in Sales', locale });
  const [found] = /https?:\/\/[\w.:]+\/files\/[0-9a-f]+/u.exec(said()) ?? [];
  if (found === undefined) throw new Error('No address was given.');
  return found;
}

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly headers: Headers;
  readonly body: string;
}

async function visit(url: string, method: 'GET' | 'POST', init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { method, ...init });
  const { status, headers } = response;
  const body = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  return { status, type: headers.get('content-type'), headers, body };
}

const PAGE = 'text/html; charset=utf-8';

describe('Where Teams shows no question about a file', () => {
  it('is an address where it can be downloaded, beside the question', async () => {
    const url = await address();
    expect(said()).toContain('15 minutes and one download');
    const { status, type, headers, body } = await visit(url, 'POST');
    expect([status, type]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(headers.get('content-disposition')).toBe('attachment; filename="licenses-2026-11-23.csv"');
    const [columns, ...people] = body.trimEnd().split('\r\n');
    expect(columns?.startsWith('\ufeffuserId,')).toBe(true);
    expect(people).toEqual([expect.stringContaining(',Ada,'), expect.stringContaining(',Ben,')]);
  });

  it('is a page first, which tells nothing of the file and leaves it to be taken', async () => {
    const url = await address();
    for (let look = 0; look < 3; look += 1) {
      const { status, type, body } = await visit(url, 'GET');
      expect([status, type]).toEqual([200, PAGE]);
      expect(body).toContain('<form method="post">');
      expect(body).not.toMatch(/Ada|Ben|licenses-2026/u);
    }
    expect((await visit(url, 'POST')).status).toBe(200);
  });

  it('is good for one download, be they asked for at the same moment', async () => {
    const url = await address();
    const both = await Promise.all([visit(url, 'POST'), visit(url, 'POST')]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 404]));
    for (const method of ['GET', 'POST'] as const) {
      const { status, body } = await visit(url, method);
      expect([status, body.includes('downloaded already')]).toEqual([404, true]);
    }
  });

  it('is good for a quarter of an hour', async () => {
    const url = await address();
    world.advance(LINK_MS);
    expect((await visit(url, 'GET')).status).toBe(200);
    world.advance(1);
    expect((await visit(url, 'GET')).status).toBe(404);
    expect((await visit(url, 'POST')).status).toBe(404);
  });

  it('gives nothing to who is no admin any more', async () => {
    const url = await address();
    world.roles.set(ADMIN.id, []);
    const { status, type, body } = await visit(url, 'POST');
    expect([status, type]).toEqual([403, PAGE]);
    expect(body).not.toMatch(/Ada|Ben/u);
  });

  it('says so when a newer audit has finished', async () => {
    const url = await address();
    world.readModel.run = { ...FIGURES, runId: 'run-2' };
    const { status, body } = await visit(url, 'POST');
    expect([status, body.includes('A newer audit has finished')]).toEqual([410, true]);
  });

  it('stays good when the file cannot be made just now', async () => {
    const url = await address();
    const latestAudit = world.readModel.latestAudit.bind(world.readModel);
    Object.assign(world.readModel, {
      latestAudit: () => Promise.reject(new StoreUnavailable('The store of Contoso is away.')),
    });
    const { status, body } = await visit(url, 'POST');
    expect([status, body.includes('try again in a minute')]).toEqual([503, true]);
    expect(body).not.toContain('Contoso');
    expect(logged).toContain('A file could not be downloaded.');
    expect(logged).not.toContain(url.split('/').at(-1));
    Object.assign(world.readModel, { latestAudit });
    expect((await visit(url, 'POST')).status).toBe(200);
  });

  it('stays good for whoever clicks once more while it is made', async () => {
    const url = await address();
    const latestAudit = world.readModel.latestAudit.bind(world.readModel);
    let looks = 0;
    let goOn = (): void => {};
    const goesOn = new Promise<void>((resolve) => (goOn = resolve));
    const slowly = async (): ReturnType<typeof latestAudit> => {
      looks += 1;
      await goesOn;
      return latestAudit();
    };
    Object.assign(world.readModel, { latestAudit: slowly });
    const first = new AbortController();
    const given = visit(url, 'POST', { signal: first.signal });
    await eventually('The first click', async () => (looks === 1 ? true : undefined));
    first.abort();
    await expect(given).rejects.toThrow('aborted');
    const second = visit(url, 'POST');
    await eventually('The second click', async () => (looks === 2 ? true : undefined));
    goOn();
    expect((await second).status).toBe(200);
  });

  it('speaks the language of whoever asked, and writes numbers as they do', async () => {
    const url = await address('de-DE');
    expect(said()).toContain('15 Minuten und für einen Download');
    const page = await visit(url, 'GET', { headers: { 'accept-language': 'fr' } });
    expect(page.body).toContain('<html lang="de">');
    expect(page.body).toContain('Datei herunterladen');
    expect((await visit(url, 'POST')).body.split('\r\n')[1]).toContain(';684,00;USD;');
    const over = await visit(url, 'GET', { headers: { 'accept-language': 'de-AT,de;q=0.8,en;q=0.5' } });
    expect(over.body).toContain('schon heruntergeladen');
  });

  it('is kept, framed and passed on by nobody', async () => {
    const url = await address();
    for (const method of ['GET', 'POST'] as const) {
      const { headers } = await visit(url, method);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });

  it('stands neither in the store nor in the log', async () => {
    const url = await address();
    const secret = url.split('/').at(-1) ?? '';
    const kept: string[] = [];
    for (const kind of ['fileLink', 'lastQuestion']) {
      const where = [{ field: 'kind', is: '=', value: kind }] as const;
      for await (const { doc } of world.store.query({ container: 'refs', where }))
        kept.push(JSON.stringify(doc));
    }
    expect(kept.some((doc) => doc.includes('fileLink'))).toBe(true);
    await visit(url, 'POST');
    await visit(`${url}x`, 'POST');
    expect(secret).toHaveLength(64);
    expect(kept.join('\n')).not.toContain(secret);
    expect(logged).not.toContain(secret);
  });

  it.each([
    ['one that nobody was given', 'a'.repeat(64)],
    ['a shorter one', 'A'],
    ['a far longer one', 'A'.repeat(5_000)],
    ['a path', '..%2F..%2Fetc%2Fpasswd'],
    ['a null byte', `${'a'.repeat(63)}%00`],
    ['what is no encoding', '%E0%A4%A'],
    ['a script', '%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
    ['the name of a prototype', '__proto__'],
  ])('gives nothing for %s', async (_what, token) => {
    const base = (await address()).replace(/[0-9a-f]+$/u, '');
    for (const method of ['GET', 'POST'] as const) {
      const { status, body } = await visit(`${base}${token}`, method);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(body).not.toMatch(/Ada|Ben|<script/u);
    }
  });

  it('takes no other method', async () => {
    const url = await address();
    for (const method of ['PUT', 'DELETE', 'PATCH']) expect((await fetch(url, { method })).status).toBe(405);
    expect((await visit(url, 'POST')).status).toBe(200);
  });

  it('begins with the address that is set', async () => {
    await world.close();
    world = await aBot({ address: 'https://steward.example' });
    world.roles.set(ADMIN.id, ['admin']);
    world.readModel.run = FIGURES;
    world.readModel.findings.push(...FINDINGS);
    expect(await address()).toMatch(/^https:\/\/steward\.example\/files\//u);
  });

  it('is a command at a terminal while no address can be kept', async () => {
    const create = world.store.create.bind(world.store);
    world.store.create = (container, doc) =>
      doc.kind === 'fileLink' ? Promise.reject(new StoreUnavailable('away')) : create(container, doc);
    await world.say(ADMIN.id, 'export inactive E5 in Sales');
    expect(said()).toContain('npm run steward -- audit --out DIR');
    expect(said()).not.toContain('/files/');
  });
});

describe('The addresses of files', () => {
  const clock = { now: () => new Date(NOW) };
  const source = { savings: true } as const;

  it('begin with the one by which the service is reached', async () => {
    const links = openFileLinks({ store: memoryStore(), clock }, () => 'https://steward.example');
    expect(await links.make(ADMIN.id, source, 'en')).toMatch(
      /^https:\/\/steward\.example\/files\/[0-9a-f]{64}$/u,
    );
  });

  it('are not made where nobody knows that', async () => {
    const store = memoryStore();
    const links = openFileLinks({ store, clock }, () => undefined);
    expect(await links.make(ADMIN.id, source, 'en')).toBeUndefined();
    expect(store.peekKind<FileLink>('refs', 'fileLink')).toEqual([]);
  });

  it('leave nothing of what was asked once they are spent, and nothing at all a day later', async () => {
    const store = memoryStore();
    const links = openFileLinks({ store, clock }, () => 'https://steward.example');
    const question = 'who is inactive but licensed, manager "Grace Hopper"';
    const url = await links.make(ADMIN.id, { question, runId: 'run-1' }, 'en');
    const link = await links.find(url?.split('/').at(-1) ?? '');
    if (link === undefined) throw new Error('There is no such address.');
    expect(link.doc.source).toEqual({ question, runId: 'run-1' });
    expect(await links.spend(link)).toBe(true);
    expect(await links.spend(link)).toBe(false);
    const kept = (): string => JSON.stringify(store.peekKind<FileLink>('refs', 'fileLink'));
    expect(kept()).toContain('spentAt');
    expect(kept()).not.toMatch(/Grace|00000000-/u);
    const later = (hours: number) => ({ now: () => new Date(Date.parse(NOW) + hours * 3_600_000) });
    await eraseOld({ store, clock: later(23), policy: policyOf(), log: silentLog });
    expect(kept()).not.toBe('[]');
    await eraseOld({ store, clock: later(24), policy: policyOf(), log: silentLog });
    expect(kept()).toBe('[]');
  });
});
