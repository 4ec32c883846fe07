import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { pauseByGuard } from '../../src/cases/campaign/run-switch.js';
import { openStore } from '../../src/store/open-store.js';
import { silentLog } from '../../src/telemetry/log.js';
import type { Ended } from '../world/try-out-process.js';
import { aFolder, rowsOf, steward } from './at-the-terminal.js';

jest.setTimeout(60_000);

const folder = aFolder();
const out = folder.at('out');
const at = (...args: readonly string[]): Promise<Ended> => steward(args, { DATA_DIR: folder.at('data') });
const read = (name: string): string => readFileSync(folder.at('out', name), 'utf8');

/** As design 7 fixes them. */
const COLUMNS =
  'userId,userPrincipalName,displayName,scenario,verdict,daysInactive,lastActivityDate,lastSuccessfulSignIn,' +
  'lastInteractiveSignIn,lastNonInteractiveSignIn,exchangeLastActivity,oneDriveLastActivity,sharePointLastActivity,' +
  'teamsLastActivity,yammerLastActivity,skypeLastActivity,appsLastActivity,licenses,licensePaths,annualCost,currency,' +
  'accountEnabled,department,jobTitle,country,usageLocation,managerName,managerEmail,onPremisesSync,onPremisesDomain,' +
  'createdDate,recommendation,reportRefreshDate';
const LISTS = ['inactive-users', 'protected-users', 'unknown-users', 'guests', 'hr-review'] as const;

let audit: Ended;
beforeAll(async () => {
  audit = await at('audit', '--out', out);
});
afterAll(() => folder.remove());

describe('an audit in a fresh folder', () => {
  it('reads the simulated tenant, says so, and says where the files are', () => {
    expect(audit.code).toBe(0);
    expect(audit.err).toContain(`Reading the simulated tenant in ${folder.at('data')} ...`);
    expect(audit.out).toMatch(/^People with managed licenses +\d+$/m);
    expect(audit.out).toContain(`The files are in ${out}.`);
    expect(audit.out).toContain(`Open ${out}/report.html in a browser.`);
  });

  it('tells why people are asked about, and the reasons add up', () => {
    const { scenarios } = JSON.parse(read('summary.json')) as { scenarios: Record<string, number> };
    const inactive = rowsOf(read('inactive-users.csv'));
    expect(Object.values(scenarios).reduce((a, b) => a + b, 0)).toBe(inactive.length);
    for (const [scenario, count] of Object.entries(scenarios)) {
      expect(inactive.filter((row) => row['scenario'] === scenario)).toHaveLength(count);
    }
    expect(audit.out).toMatch(new RegExp(`^ {2}never signed in +${scenarios['neverSignedIn']}$`, 'm'));
  });

  it('writes a page that names everybody who is asked about and nobody who is for HR alone', () => {
    const page = read('report.html');
    const ids = (name: string) => rowsOf(read(`${name}.csv`)).map((row) => row['userPrincipalName'] ?? '');
    for (const name of ids('inactive-users')) expect(page.includes(JSON.stringify(name))).toBe(true);
    for (const name of ids('hr-review')) expect(page.includes(name)).toBe(false);
  });

  it('writes the files of the design and nothing else', () => {
    expect(readdirSync(out).sort()).toEqual(
      [
        ...LISTS.map((name) => `${name}.csv`),
        'position.csv',
        'plan.json',
        'summary.json',
        'report.html',
      ].sort(),
    );
  });

  it.each(LISTS)('writes %s as RFC 4180 for spreadsheets, with the fixed columns first', (name) => {
    const text = read(`${name}.csv`);
    expect(text.startsWith(`\uFEFF${COLUMNS},`)).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const rows = rowsOf(text);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      for (const [column, cell] of Object.entries(row)) {
        expect(cell).not.toMatch(/^[=+\-@]|undefined|NaN|\[object/);
        if (/Date$|LastActivity$|SignIn$/.test(column)) expect(cell).toMatch(/^(\d{4}-\d\d-\d\d)?$/);
      }
      expect(row['annualCost'] === '').toBe(row['currency'] === '');
    }
  });

  it('writes the same with semicolons and decimal commas for spreadsheets that want them', async () => {
    expect((await at('audit', '--out', folder.at('german'), '--csv', 'semicolon')).code).toBe(0);
    for (const name of [...LISTS, 'position']) {
      const usual = rowsOf(read(`${name}.csv`));
      const rows = rowsOf(readFileSync(folder.at('german', `${name}.csv`), 'utf8'), ';');
      const column = name === 'position' ? 'annualReclaimable' : 'annualCost';
      expect(rows.map((row) => row[column])).toEqual(usual.map((row) => row[column]?.replace('.', ',')));
      expect(rows.map((row) => row['name'] ?? row['licenses'])).toEqual(
        usual.map((row) => row['name'] ?? row['licenses']),
      );
    }
  });

  it('tells the same numbers in the table, the summary and the lists', () => {
    const { figures } = JSON.parse(read('summary.json')) as { figures: Record<string, number> };
    const count = (name: string): number => rowsOf(read(`${name}.csv`)).length;
    expect(figures).toMatchObject({
      inactive: count('inactive-users'),
      protected: count('protected-users') + count('hr-review'),
      unknown: count('unknown-users'),
      guests: count('guests'),
    });
    expect(audit.out).toMatch(new RegExp(`^With idle licenses +${figures['inactive']}$`, 'm'));
    const { active = 0, inactive = 0, unknown = 0, guests = 0, people } = figures;
    expect(active + inactive + (figures['protected'] ?? 0) + unknown + guests).toBe(people);
  });

  it('writes a position in which every row and the money add up', () => {
    let reclaimable = 0;
    for (const row of rowsOf(read('position.csv'))) {
      const of = (name: string): number => Number(row[name]);
      expect(of('bought')).toBe(of('assigned') + of('free'));
      expect(of('idle')).toBe(of('protected') + of('reclaimable'));
      expect(of('assigned')).toBe(
        of('active') + of('idle') + of('unknown') + of('outOfScope') + of('unaccounted'),
      );
      if (row['currency'] === '') expect(row['annualReclaimable']).toBe('');
      else expect(of('annualReclaimable')).toBe(of('annualPrice') * of('reclaimable'));
      reclaimable += of('annualReclaimable');
    }
    const cost = rowsOf(read('inactive-users.csv')).reduce((sum, row) => sum + Number(row['annualCost']), 0);
    expect(reclaimable).toBe(cost);
  });

  it('shows executives to HR alone, in a file that only its owner may read', () => {
    expect(statSync(folder.at('out', 'hr-review.csv')).mode & 0o777).toBe(0o600);
    const [executive] = rowsOf(read('hr-review.csv'));
    const { userId: id, userPrincipalName, displayName: name } = executive ?? {};
    expect(name).toBe('Eleanor Voss');
    const others = readdirSync(out).filter((file) => file !== 'hr-review.csv');
    for (const file of others) {
      for (const secret of [id, userPrincipalName, name]) expect(read(file)).not.toContain(secret ?? '');
    }
  });

  it('opened no case and kept no run', async () => {
    expect((await at('cases')).out).toBe('There are no cases yet.\n');
    expect((await at('position')).err).toContain('No audit has run yet');
  });
});

describe('without a service', () => {
  it('shows the position by reading the tenant, in the numbers of position.csv', async () => {
    const { code, out: text } = await at('position');
    expect(code).toBe(0);
    for (const row of rowsOf(read('position.csv'))) {
      const numbers = ['bought', 'free', 'assigned', 'active', 'unknown', 'idle', 'protected', 'reclaimable'];
      expect(text.replaceAll(/ +/g, ' ')).toContain(
        [row['name'], ...numbers.map((column) => row[column])].join(' '),
      );
    }
  });

  it('tells what was saved, and writes its figures', async () => {
    const file = folder.at('savings.csv');
    const { code, out: text, err } = await at('savings', '--out', file);
    expect([code, text]).toEqual([0, expect.stringContaining('Nothing is saved for good yet\nAs of ')]);
    expect(err).toContain(`Every figure is in ${file}.`);
    expect(readFileSync(file, 'utf8')).toBe(
      '\uFEFFstanding,month,outcome,partNumber,license,seats,annualSaving,currency\r\n',
    );
  });

  it.each(['case', 'history', 'undo'])('%s finds nobody and says where to look', async (command) => {
    const { code, err } = await at(command, 'dana');
    expect([code, err]).toEqual([1, expect.stringContaining('There is no case about "dana". `cases` lists')]);
  });

  it('approve changes nothing, and says how it could', async () => {
    const waiting = await at('approve');
    expect(waiting.code).toBe(1);
    expect(waiting.err).toMatch(/No service is running.*nothing was done[\s\S]+add --now/);
  });

  it('approve --now approves no run that nobody could look at', async () => {
    const { code, err } = await at('approve', '--now');
    expect(code).toBe(1);
    expect(err).toContain('Nothing was approved: there is no finished audit run yet');
  });

  it('plan says that there is nothing to plan from, and what makes it', async () => {
    const { code, err } = await at('plan');
    expect([code, err]).toEqual([1, expect.stringContaining('There is no finished audit yet')]);
  });

  it('plan names a file that is no plan', async () => {
    const { code, err } = await at('plan', '--diff', folder.at('out', 'summary.json'));
    expect([code, err]).toEqual([2, expect.stringContaining('is no plan: keep one with `plan --out FILE`')]);
  });

  it('pause, stop and resume hold for the next service', async () => {
    for (const [command, said] of [
      ['pause', 'Paused: nobody is asked'],
      ['stop', 'Stopped: nobody is asked'],
      ['resume', 'Running: questions and steps go on.'],
    ] as const) {
      const { code, out: text, err } = await at(command);
      expect([code, text]).toEqual([0, expect.stringContaining(said)]);
      expect(err).toContain('No service is running on this store; it holds for the next one.');
    }
  });

  it('every answer about the simulated tenant says that it is one', async () => {
    for (const command of ['cases', 'pause', 'resume', 'verify-history']) {
      expect((await at(command)).err).toContain(`This is the simulated tenant in ${folder.at('data')}.`);
    }
  });

  it('each of them is in the history of what admins did', async () => {
    expect(await at('verify-history')).toMatchObject({ code: 0, out: '1 chain, 5 entries: all intact.\n' });
    const { out: text } = await at('history', '--settings');
    expect(text.match(/^.{19} {2}(Paused|Stopped|Let the campaign go on).*terminal/gm)).toHaveLength(5);
  });

  it('resume says why a guard had paused the campaign, also where somebody has paused it on top', async () => {
    const deps = { log: silentLog, newId: randomUUID, wait: async (): Promise<void> => undefined };
    const store = await openStore({ kind: 'embedded', dataDir: folder.at('data') }, deps);
    const why = 'Microsoft Graph refused: the permission is missing.';
    await pauseByGuard(store, 'steps failing in a row', why, new Date().toISOString());
    await store.close();
    expect((await at('pause')).code).toBe(0);
    const { code, err } = await at('resume');
    expect(code).toBe(0);
    expect(err).toContain('Mend that, or it pauses again.');
    expect(err).toContain(`Last failure: ${why}`);
    expect((await at('resume')).err).not.toContain('Last failure');
  });
});

describe('words about the commands themselves', () => {
  const nowhere = folder.at('never-made');
  const plain = (...args: readonly string[]): Promise<Ended> => steward(args, { DATA_DIR: nowhere });

  it('help goes to stdout; nothing at all is wrong use, with the same help on stderr', async () => {
    const [help, nothing] = await Promise.all([plain('help'), plain()]);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(nothing).toEqual({ code: 2, out: '', err: help.out });
  });

  it('a slip of the finger is met with the nearest command', async () => {
    expect(await plain('histroy', 'dana')).toEqual({
      code: 2,
      out: '',
      err: 'There is no command "histroy". Did you mean `history`?\nAll commands: npm run steward -- help\n',
    });
  });

  it('a missing word or an option of another command says how it is used', async () => {
    const [user, folderOf, option] = await Promise.all([
      plain('undo'),
      plain('audit'),
      plain('cases', '--now'),
    ]);
    expect([user.code, user.err]).toEqual([2, expect.stringContaining('-- undo USER [--now]')]);
    expect([folderOf.code, folderOf.err]).toEqual([2, expect.stringContaining('-- audit --out DIR')]);
    expect([option.code, option.err]).toEqual([2, expect.stringContaining('`cases` has no option --now')]);
  });

  it('the states are explained without any store', async () => {
    const { code, out: text } = await plain('states');
    expect(code).toBe(0);
    expect(text).toMatch(/^  holding: holding \(all steps are done and can still be undone\)$/m);
    expect(text).toMatch(/^  holding --> closed: holdEnded$/m);
    expect(existsSync(nowhere)).toBe(false);
  });
});
