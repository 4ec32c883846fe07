import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { dayOf, isoDay, type Day } from '../../src/audit/day.js';
import type { UserId } from '../../src/audit/person.js';
import { readRoster } from '../../src/audit/roster/run-store.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { openStore } from '../../src/store/open-store.js';
import { silentLog } from '../../src/telemetry/log.js';
import type { Ended } from '../world/try-out-process.js';
import { aFolder, rowsOf, steward } from './at-the-terminal.js';

jest.setTimeout(120_000);

const folder = aFolder();
const data = folder.at('data');
const at = (...args: readonly string[]): Promise<Ended> => steward(args, { DATA_DIR: data });
/** The service and the terminal share a real clock. */
const now = new Date(Date.now());
const today = dayOf(now);
const before = (days: number): string => isoDay((today - days) as Day);

function file(name: string, text: string): string {
  writeFileSync(folder.at(name), text);
  return folder.at(name);
}

async function kept() {
  const store = await openStore(
    { kind: 'embedded', dataDir: data },
    { log: silentLog, newId: () => 'never used', wait: async () => undefined },
  );
  try {
    const roster = await readRoster(store, now);
    const of = (person: { readonly id: string }) => roster?.factOf(person.id as UserId)?.status;
    return { roster, of };
  } finally {
    await store.close();
  }
}

const { plainInactive: dana, inactiveWithVisio: jonas, itManager: robin, hrPartner: priya } = NAMED;

const HR = [
  'Object Id;User Principal Name;Status;Leave from;Leave until',
  `${dana.id};;Retired;;`,
  `;${jonas.userPrincipalName.toUpperCase()};Active;${before(10)};`,
  `;${robin.userPrincipalName};Active;;`,
  `;${robin.userPrincipalName};aktiv;;`,
  `;${priya.userPrincipalName};gone fishing;;`,
  ';somebody.else@harbor.example;Left;;',
].join('\r\n');

let first: Ended;
beforeAll(async () => {
  first = await at('import-roster', file('hr.csv', `\uFEFF${HR}`), '--out', folder.at('problems.csv'));
});
afterAll(() => folder.remove());

describe('import-roster', () => {
  it('says what the file says of how many people, and until when audits use it', () => {
    expect(first.code).toBe(0);
    expect(first.err).toContain(`Reading everybody in the simulated tenant in ${data} ...`);
    expect(first.out).toContain(`hr.csv of ${isoDay(today)}`);
    const figures = { Rows: 6, People: 4, Active: 2, Left: 1, 'On leave': 0, Unknown: 1 };
    for (const [name, count] of Object.entries(figures))
      expect(first.out).toMatch(new RegExp(`^ *${name} +${count}$`, 'm'));
    expect(first.out).toContain(`Audits use it until ${before(-14)} (roster.maxAgeDays is 14), and leave`);
  });

  it('names what is wrong by line, and words by the key of the policy that takes them', () => {
    expect(first.out).toContain(
      'Name nobody in the directory: 1\n  line 7 (somebody.else@harbor.example): no account has this key',
    );
    expect(first.out).toContain(`lines 4, 5 (${robin.userPrincipalName}): says the same`);
    expect(first.out).toMatch(/"gone fishing" \(1 row\)\. Add each word to roster\.statuses\.active/);
  });

  it('writes every problem to a file of its owner’s own', () => {
    expect(statSync(folder.at('problems.csv')).mode & 0o777).toBe(0o600);
    expect(
      rowsOf(readFileSync(folder.at('problems.csv'), 'utf8')).map(({ line, otherLines, problem }) =>
        [problem, line, otherLines].join(' ').trim(),
      ),
    ).toEqual(['unmatched 7', 'unknownStatus 6', 'duplicate 4 5']);
  });

  it('keeps the facts with their day and origin', async () => {
    const { roster, of } = await kept();
    expect(roster).toMatchObject({ asOf: today, origin: 'hr.csv', counts: { rows: 6, people: 4 } });
    expect([dana, jonas, robin, priya].map(of)).toEqual(['left', 'active', 'active', 'unknown']);
    expect(roster?.factOf(jonas.id as UserId)).toMatchObject({
      leaveFrom: today - 10,
      leaveUntil: undefined,
    });
    expect(of(NAMED.financeHead)).toBeUndefined();
  });
});

describe('import-roster keeps nothing', () => {
  it.each<[string, string, string]>([
    ['without a key', 'Name,Status\nDana,Left\n', 'has no column ObjectId, UserPrincipalName or EmployeeId'],
    ['without a status', `UPN\n${dana.userPrincipalName}\n`, 'has no column Status in its first line.'],
    ['without a row', 'UPN,Status\n', 'has a header and no rows.'],
    ['when empty', '', 'is empty.'],
  ])('%s', async (_name, text, why) => {
    const { code, err } = await at('import-roster', file('bad.csv', text));
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`${folder.at('bad.csv')} cannot be used: ${why}`),
    ]);
    expect((await kept()).roster?.origin).toBe('hr.csv');
  });

  it('of a file that is mostly about others, unless it is forced', async () => {
    const others = file('others.csv', `EmployeeId,Status\nX1,left\nX2,left\n${'E10000'},left\n`);
    const refused = await at('import-roster', others);
    expect([refused.code, refused.out]).toEqual([
      1,
      expect.stringContaining('line 2 (X1): no account has this key'),
    ]);
    expect(refused.err).toContain('Nothing was kept: 2 of 3 rows name nobody whom this directory knows');
    expect((await kept()).roster?.origin).toBe('hr.csv');

    expect((await at('import-roster', others, '--force')).code).toBe(0);
    const { roster, of } = await kept();
    expect([roster?.origin, of(robin)]).toEqual(['others.csv', 'left']);
  });

  it('of a file older than the one that is kept', async () => {
    const old = file('old.csv', HR);
    const refused = await at('import-roster', old, '--as-of', before(3));
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringContaining(`a newer one is kept already, others.csv of ${isoDay(today)}`),
    ]);
    const stale = await at('import-roster', old, '--as-of', before(15), '--force');
    expect([stale.code, stale.out]).toEqual([0, expect.stringContaining('more than 14 days old')]);
  });
});

describe('import-roster asks for what it needs', () => {
  it('by the right word and exit code 2', async () => {
    const good = file('good.csv', HR);
    const future = file('future.csv', HR);
    utimesSync(future, new Date(now.getTime() + 3 * 86_400_000), new Date(now.getTime() + 3 * 86_400_000));
    const asked: readonly [readonly string[], string][] = [
      [[folder.at('none.csv')], `There is no file ${folder.at('none.csv')}: correct the path.`],
      [[folder.path], 'is a folder: name the file in it.'],
      [[], '`import-roster` needs one file.'],
      [[good, '--as-of', '20.11.2026'], '--as-of is "20.11.2026": use a day such as'],
      [[good, '--as-of', before(-1)], `--as-of ${before(-1)} is still to come`],
      [[future], `was last changed on ${before(-3)}, which is still to come: say with --as-of`],
      [
        [good, '--out', folder.at('none/p.csv')],
        `--out names a file in ${folder.at('none')}, which is no folder`,
      ],
      [[good, '--out', good], '--out names the file that is read: choose another name.'],
    ];
    for (const [args, sentence] of asked) {
      const { code, err } = await at('import-roster', ...args);
      expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
    }
    expect(existsSync(folder.at('none'))).toBe(false);
    expect(readFileSync(good, 'utf8')).toBe(HR);
  });
});
