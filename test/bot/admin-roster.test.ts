import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { readRoster } from '../../src/audit/roster/run-store.js';
import { keepRosterFor } from '../../src/cases/admin/run-roster-import.js';
import { readDeeds } from '../../src/cases/admin/run-deeds.js';
import { deedText } from '../../src/cards/deeds-card.js';
import { LARGEST_ROSTER, MOST_LINES } from '../../src/bot/roster-turn.js';
import { ENGLISH } from '../../src/i18n/locale.js';
import { buttonIn, factsIn, textIn } from './admin-world.js';
import {
  ADA,
  aHostileWorld,
  ALEX,
  ANNA,
  BEN,
  CHIARA,
  GRACE,
  HANNA,
  KIM,
  STRANGER,
  type HostileWorld,
  type Outcome,
} from './hostile-world.js';

let world: HostileWorld;
let server: Server;
/** Paths that were asked for. */
let asked: string[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

const SECRET = 'tempauth-of-the-sender';
const FILE = [
  'Object Id;Status;Leave from',
  `${ADA};Left;`,
  `${BEN};Active;`,
  `${KIM};gone fishing;`,
  ';Left;',
  '99999999-0000-4000-8000-000000000000;Left;',
].join('\r\n');

beforeEach(async () => {
  asked = [];
  answer = (_request, response) => response.end(`\uFEFF${FILE}`);
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  world = await aHostileWorld();
}, 60_000);

afterEach(async () => {
  await world.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

function address(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/download?${SECRET}`;
}

function attached(downloadUrl: unknown = address(), name: unknown = 'hr.csv'): object {
  const contentType = 'application/vnd.microsoft.teams.file.download.info';
  return { contentType, name, contentUrl: 'https://harbor.sharepoint.com/hr.csv', content: { downloadUrl } };
}

const HTML = { contentType: 'text/html', content: '<p>import roster</p>' };

function send(
  from: UserId,
  attachments: readonly unknown[] = [attached(), HTML],
  text = 'import roster',
): Promise<Outcome> {
  return world.post(from, { type: 'message', text, attachments });
}

async function holding(): Promise<string | undefined> {
  return (await readRoster(world.cases.store, world.cases.clock.now()))?.origin;
}

async function deeds(): Promise<readonly string[]> {
  return (await readDeeds(world.cases.store)).map((deed) => deedText(deed, ENGLISH));
}

/** The click on the button of a card. */
async function press(by: UserId, outcome: Outcome, title: string): Promise<Outcome> {
  const { verb, data } = buttonIn(outcome, title);
  return world.click(by, verb, data);
}

describe('A roster that an admin attaches', () => {
  it('is read as at a terminal, shown by lines and figures, and does not hold yet', async () => {
    const outcome = await send(ALEX);
    expect(factsIn(outcome)).toMatchObject({
      ...{ People: '3', Active: '1', Left: '1', 'On leave': '0', Unknown: '1' },
      'Rows that cannot be read': '1',
      'Cannot be read and are left out': 'line 5',
      'Name nobody in the directory': 'line 6',
      'Have a status that the policy does not know': 'line 4',
    });
    expect(outcome.sent).toContain('hr.csv of 23 Nov 2026: 5 rows');
    expect(outcome.sent).toContain('Line 5: it names nobody.');
    expect(outcome.sent).toContain('“gone fishing”');
    expect(outcome.sent).not.toContain(SECRET);
    expect(outcome.sent).not.toContain('Quillfeather');
    expect(await holding()).toBeUndefined();
    expect(await deeds()).toEqual([]);
  });

  it.each(['', '  ', '\n'])(
    'needs no words beside it (%j), and is nothing to anybody but admins',
    async (words) => {
      const { sent } = await send(ALEX, [attached()], words);
      expect(sent).toContain('hr.csv of 23 Nov 2026: 5 rows');
      expect(await holding()).toBeUndefined();
      asked = [];
      await send(GRACE, [attached()], words);
      expect(asked).toEqual([]);
    },
  );

  it('counts as of today where no day is named, which is said with how to name another', async () => {
    const assumed = 'You named no day, so the file counts as of today, 23 Nov 2026.';
    const { sent } = await send(ALEX);
    expect(sent).toContain(assumed);
    expect(sent).toContain('write **import roster as of 2026-11-20** with that day');
    const named = await send(ALEX, [attached()], 'import roster as of 23.11.2026');
    expect(named.sent).not.toContain('You named no day');
  });

  it('holds after a click, once, and who did it is written down', async () => {
    const seen = await send(ALEX, [attached()], 'please import this roster as of 20.11.2026');
    expect((await press(ALEX, seen, 'Keep this roster')).text).toContain('The roster is kept');
    expect((await press(ALEX, seen, 'Keep this roster')).text).toContain('The roster is kept');
    const roster = await readRoster(world.cases.store, world.cases.clock.now());
    expect(roster).toMatchObject({ origin: 'hr.csv', counts: { people: 3, left: 1 } });
    expect(roster?.factOf(ADA)?.status).toBe('left');
    expect(await deeds()).toEqual(['Imported a roster: hr.csv, by Alex']);
  });

  it('holds once when its button is pressed twice at one moment, and is written down once', async () => {
    const importId = String(buttonIn(await send(ALEX), 'Keep this roster').data['importId']);
    const keep = () => keepRosterFor(world.cases.doors, { by: ALEX, importId });
    const both = await Promise.all([keep(), keep()]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['beingKept', 'kept']);
    expect(await deeds()).toEqual(['Imported a roster: hr.csv, by Alex']);
    expect(await holding()).toBe('hr.csv');
  });

  it('is taken back by any admin, and what stood there before holds again', async () => {
    const first = await send(ALEX, [attached(address(), 'first.csv')]);
    await press(ALEX, first, 'Keep this roster');
    const seen = await send(ALEX, [attached(address(), 'second.csv')]);
    expect(seen.sent).toContain('It would take the place of first.csv of 23 Nov 2026 with 3 people');
    const { caseId: _caseId, ...data } = buttonIn(seen, 'Keep this roster').data;
    await world.click(ALEX, 'admin', data);
    expect(await holding()).toBe('second.csv');
    const rosterId = `roster-${String(data['importId'])}`;
    const back = await world.click(ANNA, 'admin', { do: 'takeRosterBack', rosterId });
    expect(back.text + back.sent).toContain('first.csv of 23 Nov 2026 counts again');
    expect(await holding()).toBe('first.csv');
    const again = await world.click(ANNA, 'admin', { do: 'takeRosterBack', rosterId });
    expect(again.text + again.sent).toContain('Nothing was changed');
    expect((await deeds()).at(-1)).toBe('Took an imported roster back: second.csv, by Anna');
    // What stood there before the first one is gone by now, so that it has no way back.
    const firstId = `roster-${String(buttonIn(first, 'Keep this roster').data['importId'])}`;
    const none = await world.click(ALEX, 'admin', { do: 'takeRosterBack', rosterId: firstId });
    expect(none.text + none.sent).toContain('Nothing was changed: the roster before this one is gone');
    expect((await press(ALEX, first, 'Keep this roster')).text).not.toContain('Take it back');
    expect(await holding()).toBe('first.csv');
  });

  it('is not kept by another admin, or after an hour', async () => {
    const seen = await send(ALEX);
    expect((await press(ANNA, seen, 'Keep this roster')).text).toContain('Nothing was kept');
    world.cases.clock.advance(61 * 60_000);
    expect((await press(ALEX, seen, 'Keep this roster')).text).toContain('Nothing was kept');
    expect(await holding()).toBeUndefined();
    expect(await deeds()).toEqual([]);
  });

  it('does not hold when another was imported since it was looked at', async () => {
    const seen = await send(ALEX, [attached(address(), 'mine.csv')]);
    await press(ANNA, await send(ANNA, [attached(address(), 'hers.csv')]), 'Keep this roster');
    expect((await press(ALEX, seen, 'Keep this roster')).text).toContain('another roster was imported');
    expect(await holding()).toBe('hers.csv');
  });

  it.each([
    ['is empty', '', 'is empty'],
    ['has no status', `ObjectId\n${ADA}\n`, 'has no column Status in its first line'],
    ['is open at its end', `ObjectId,Status\n${ADA},"Left\n`, 'in the row that begins on line 2'],
    ['is no text', `ObjectId,Status\n${ADA},Le\0ft\n`, 'line 2 has a zero character'],
    ['names mostly others', 'EmployeeId,Status\nX1,left\nX2,left\n', '2 of 2 rows name nobody'],
  ])('that %s says so with what to do, and cannot be kept', async (_what, text, why) => {
    answer = (_request, response) => response.end(text);
    const { sent } = await send(ALEX);
    expect(sent).toContain(why);
    expect(sent).toMatch(/attach it again|at a terminal/u);
    expect(sent).not.toContain('keepRoster');
  });

  it.each(['\n', '\r', '\r\n'])(
    'of more lines than the service can read at once is not read (%j)',
    async (end) => {
      answer = (_request, response) => response.end(`ObjectId;Status${end.repeat(MOST_LINES + 1)}`);
      const outcome = await send(ALEX);
      expect(outcome.sent).toContain('more than 500,000 lines');
      expect(outcome.isUnchanged).toBe(true);
    },
  );

  it('is read in UTF-16 as well', async () => {
    answer = (_request, response) => response.end(Buffer.from(`\uFEFF${FILE}`, 'utf16le'));
    expect(factsIn(await send(ALEX))).toMatchObject({ People: '3', Left: '1' });
  });

  it('is asked for when it is not there, or not alone', async () => {
    expect(textIn(await send(ALEX, [HTML]))).toContain('Attach one CSV file');
    expect(textIn(await send(ALEX, [attached(), attached()]))).toContain('attach one file alone');
    expect(textIn(await send(ALEX, [attached()], 'import roster as of yesterday'))).toContain(
      'as of 2026-11-20',
    );
    expect(textIn(await send(ALEX, [attached()], 'import roster as of 2027-01-01'))).toContain(
      'still to come',
    );
    expect(asked.length).toBe(1);
  });
});

describe('The address of a file', () => {
  it.each([
    ['another host', 'https://evil.example/hr.csv'],
    ['the cloud’s own metadata', 'http://169.254.169.254/metadata/identity/oauth2/token'],
    ['a host that only ends alike', 'https://sharepoint.com.evil.example/hr.csv'],
    ['a host without its tenant', 'https://sharepoint.com/hr.csv'],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:text/csv,ObjectId'],
    ['no address', 'hr.csv'],
    ['a name and password', 'https://a:b@harbor.sharepoint.com/hr.csv'],
    ['another port', 'https://harbor.sharepoint.com:8443/hr.csv'],
    ['no encryption', 'http://harbor.sharepoint.com/hr.csv'],
  ])('that is %s is never called', async (_what, url) => {
    const outcome = await send(ALEX, [attached(url)]);
    expect(textIn(outcome)).toContain('does not come from OneDrive or SharePoint');
    expect(outcome.isUnchanged).toBe(true);
  });

  it.each([
    ['nothing', null],
    ['a list', ['https://harbor.sharepoint.com']],
    ['something endless', `https://harbor.sharepoint.com/${'x'.repeat(9_000)}`],
  ])('that is %s is no file', async (_what, url) => {
    const outcome = await send(ALEX, [attached(url)]);
    expect(outcome.status).toBe(200);
    expect(textIn(outcome)).toContain('Attach one CSV file');
  });

  it('that sends on to another one is not followed', async () => {
    const target = address();
    answer = (request, response) => {
      if (request.url === '/elsewhere') return response.end(FILE);
      response.writeHead(302, { location: target.replace(/\/download.*/u, '/elsewhere') });
      response.end();
    };
    expect(textIn(await send(ALEX))).toContain('could not be fetched');
    expect(asked).toEqual([`/download?${SECRET}`]);
  });

  it.each([404, 500])('that answers %d leaves nothing', async (status) => {
    answer = (_request, response) => {
      response.statusCode = status;
      response.end(FILE);
    };
    const outcome = await send(ALEX);
    expect(textIn(outcome)).toContain('could not be fetched');
    expect(outcome.isUnchanged).toBe(true);
  });

  it('that breaks off leaves nothing', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write(FILE, () => response.destroy());
    };
    expect(textIn(await send(ALEX))).toContain('could not be fetched');
  });

  it('that sends too much, packed or endless, is left before all of it is there', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(LARGEST_ROSTER + 1, 0x41)));
    };
    expect(textIn(await send(ALEX))).toContain('larger than 20 MB');
    let sent = 0;
    answer = (_request, response) => {
      const chunk = Buffer.alloc(1 << 20, 0x41);
      const more = (): void => {
        sent += 1;
        if (!response.destroyed) response.write(chunk, more);
      };
      more();
    };
    const outcome = await send(ALEX);
    expect(textIn(outcome)).toContain('larger than 20 MB');
    expect(sent).toBeLessThan(60);
    expect(outcome.isUnchanged).toBe(true);
  });
});

describe.each([
  ['a manager', GRACE],
  ['somebody of HR', HANNA],
  ['an executive', CHIARA],
  ['an employee', STRANGER],
])('%s', (_who, by) => {
  it('has no file read, kept or taken back', async () => {
    const refused = await send(by);
    expect(refused.sent).toBe((await world.say(by, 'import roster')).sent.replaceAll('in-2', 'in-1'));
    expect(refused.isUnchanged).toBe(true);
    expect(asked).toEqual([]);
    const seen = await send(ALEX);
    const kept = await press(by, seen, 'Keep this roster');
    expect(kept.text + kept.sent).toContain('I did not understand that');
    await press(ALEX, seen, 'Keep this roster');
    const rosterId = `roster-${String(buttonIn(seen, 'Keep this roster').data['importId'])}`;
    const back = await world.click(by, 'admin', { do: 'takeRosterBack', rosterId });
    expect(back.text + back.sent).toContain('I did not understand that');
    expect(back.isUnchanged).toBe(true);
    expect(await holding()).toBe('hr.csv');
  });
});
