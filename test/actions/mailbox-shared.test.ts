import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { Case } from '../../src/cases/case.js';
import { DAY_MS } from '../../src/config/durations.js';
import type { MailboxState } from '../../src/graph/exchange-door.js';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { aCaseWorld, type CaseWorld } from '../world/case-world.js';
import { exchangeWorld, type ExchangeOptions, type ExchangeWorld } from '../world/exchange-world.js';
import { aPerson, idle, userId } from '../world/people.js';
import { reportText } from '../world/report-texts.js';

const GB = 1024 ** 3;
const FORBIDDEN = { mailbox: new GraphFailure('forbidden', 'No.', { operation: 'exchange.mailbox' }) };

let world: CaseWorld;
let exchange: ExchangeWorld;

afterEach(() => world.close());

interface Given {
  /** Rows of the mailbox report; absent: the policy leaves it out. */
  readonly report?: { readonly bytes: number | ''; readonly archive?: boolean; readonly of?: string };
  /** Absent: the app has no right in Exchange. */
  readonly mailbox?: Partial<MailboxState>;
  readonly failing?: ExchangeOptions['failing'];
}

/** Ada is idle for 150 days and holds an E3; Grace reclaims it. */
async function reclaimed({ report, mailbox, failing }: Given = {}): Promise<Case> {
  const ada = aPerson('Ada', { ...idle(150), manager: aPerson('Grace'), mailbox: 'user' });
  const people = [ada, aPerson('Grace', idle(1)), ...['Bob', 'Carl', 'Dora'].map((n) => aPerson(n, idle(1)))];
  exchange = exchangeWorld(people, {
    mailboxes: new Map([[userId('Ada'), mailbox ?? {}]]),
    ...(failing === undefined ? {} : { failing }),
  });
  world = await aCaseWorld(people, {
    policy: `reclaim: { mailbox: convert }\nevidence: { reports: [${report === undefined ? '' : 'mailboxes'}] }`,
    ...(report === undefined
      ? {}
      : { reports: { mailboxes: reportOn(ada.person.userPrincipalName, report) } }),
    ...(mailbox === undefined && failing === undefined ? {} : { exchange }),
  });
  await world.audit();
  await world.work();
  const c = await theCase();
  const answer = { kind: 'reclaim', reason: '' } as const;
  await world.desk.answer({ caseId: c.caseId, version: c.version, by: userId('Grace'), answer });
  await world.work(60_000);
  return theCase();
}

function reportOn(upn: string, { bytes, archive, of = '2026-11-21' }: NonNullable<Given['report']>): string {
  const row = { upn, mailBytes: String(bytes), email: '', teams: '', sharePoint: '', apps: '' };
  const rest = { platforms: [], activations: {}, oneDriveBytes: '', sites: [] };
  return reportText('mailboxes', [{ ...row, ...rest, ...(archive === undefined ? {} : { archive }) }], of);
}

const theCase = (): Promise<Case> => world.caseOf(userId('Ada'));

async function held(): Promise<number> {
  return (await world.graph.person(userId('Ada')))?.licenses.length ?? 0;
}

async function convertedByHand(): Promise<Case> {
  world.graph.purposeIsNow(userId('Ada'), 'shared');
  await world.work(60_000);
  return theCase();
}

/** Minutes pass: Graph shows what Exchange was asked for. */
async function settled(): Promise<Case> {
  exchange.settle();
  world.graph.purposeIsNow(userId('Ada'), exchange.purposeOf(userId('Ada')));
  await world.work(60_000);
  return theCase();
}

async function waive(): Promise<Case> {
  const reason = 'Looked in Exchange: on no hold.';
  await world.order({ order: 'waive', userId: userId('Ada'), thing: 'mailbox', reason });
  await world.work(60_000);
  return theCase();
}

/** Days pass, in each of which what is due is done. */
async function days(count: number): Promise<void> {
  for (let day = 0; day < count; day += 1) {
    world.clock.advance(DAY_MS);
    await world.work();
  }
}

function taskOf(c: Case): string {
  return c.state === 'needsPerson' ? c.task : '';
}

const LOOK =
  'Without a license a shared mailbox may hold at most 50 GB, have no archive and be on no hold: look in Exchange whether that is so. ' +
  'The license goes once an administrator has waived that for this person: `steward waive USER mailbox --reason TEXT`.';

describe('a mailbox of which the app may not ask Exchange', () => {
  it('is converted by a person who is told what the report says, and loses its license once that is waived', async () => {
    const c = await reclaimed({ report: { bytes: 3 * GB, archive: false } });
    expect(c).toMatchObject({ state: 'needsPerson', watch: { for: 'effect', index: 0 } });
    expect(taskOf(c)).toBe(
      `Convert the mailbox to a shared mailbox in the Exchange admin center. By the mailbox report of 2026-11-21 it holds 3 GB and has no archive. ${LOOK}`,
    );

    const shared = await convertedByHand();
    expect(shared).toMatchObject({ state: 'needsPerson', watch: { for: 'clear', index: 1 } });
    expect(taskOf(shared)).toBe(
      `The mailbox is a shared one by now. By the mailbox report of 2026-11-21 it holds 3 GB and has no archive. ${LOOK}`,
    );
    expect(await held()).toBe(1);

    expect((await waive()).state).toBe('holding');
    expect(await held()).toBe(0);
  });

  it('goes on by itself where it was waived before it was converted', async () => {
    await reclaimed();
    await waive();
    expect(await held()).toBe(1);
    expect((await convertedByHand()).state).toBe('holding');
    expect(await held()).toBe(0);
  });

  test.each([
    ['there is no report', undefined],
    ['the report has no figure', { bytes: '' as const }],
    ['the report is too old', { bytes: 3 * GB, of: '2026-11-07' }],
  ])('is not taken for small where %s', async (_why, report) => {
    const c = await reclaimed(report === undefined ? {} : { report });
    expect(taskOf(c)).toContain('How much is in it is not known here.');
    expect(taskOf(await convertedByHand())).toContain('How much is in it is not known here.');
    expect(await held()).toBe(1);
  });

  test.each([
    [{ bytes: 90 * GB, archive: false }, 'it holds 90 GB and has no archive. So the mailbox needs'],
    [{ bytes: GB, archive: true }, 'it holds 1 GB and has an archive. So the mailbox needs'],
  ])('is not converted before somebody has decided, where the report says %j', async (report, words) => {
    const c = await reclaimed({ report });
    expect(c).toMatchObject({ state: 'needsPerson', watch: { for: 'clear', index: 0 } });
    expect(taskOf(c)).toContain(words);
    expect(await waive()).toMatchObject({ state: 'needsPerson', watch: { for: 'effect', index: 0 } });
    expect((await convertedByHand()).state).toBe('holding');
  });

  it('is treated so as well where Exchange refuses to show it', async () => {
    const c = await reclaimed({ failing: FORBIDDEN });
    expect(c).toMatchObject({ state: 'needsPerson', watch: { for: 'effect', index: 0 } });
    expect(taskOf(c)).toContain(LOOK);
  });
});

describe('a mailbox that Exchange shows', () => {
  it('of a size that nobody can read is not converted, unless the report knows it', async () => {
    const c = await reclaimed({ mailbox: { bytes: undefined } });
    expect(c).toMatchObject({ state: 'needsPerson', watch: { for: 'clear', index: 0 } });
    expect(taskOf(c)).toContain('How much is in the mailbox could not be read');
    await world.close();
    await reclaimed({ mailbox: { bytes: undefined }, report: { bytes: 3 * GB } });
    expect((await settled()).state).toBe('holding');
  });

  it('is looked into once more before its license goes', async () => {
    await reclaimed({ mailbox: {} });
    exchange.change(userId('Ada'), { litigationHold: true });
    const c = await settled();
    expect(c).toMatchObject({ state: 'needsPerson', watch: { for: 'clear', index: 1 } });
    expect(taskOf(c)).toContain('The mailbox is on hold, so it needs an Exchange Online Plan 2 license');
    expect(await held()).toBe(1);
    expect((await waive()).state).toBe('holding');
  });
});

describe('a mailbox that is no shared one any more while the case is held', () => {
  async function onHold(): Promise<Case> {
    await reclaimed({ mailbox: {} });
    return settled();
  }

  it.each(['user', 'noMailbox'] as const)(
    'is noticed within a day, as %s, and becomes a task',
    async (purpose) => {
      expect((await onHold()).state).toBe('holding');
      await days(3);
      expect((await theCase()).state).toBe('holding');
      world.graph.purposeIsNow(userId('Ada'), purpose);
      await days(1);
      const c = await theCase();
      expect(c).toMatchObject({ state: 'needsPerson', watch: { for: 'stays', index: 0 } });
      expect(taskOf(c)).toContain('Undo, which gives the license back');
    },
  );

  it('is held on as before once it is shared again, for as long as it was to be', async () => {
    const before = await onHold();
    world.graph.purposeIsNow(userId('Ada'), 'user');
    await days(2);
    expect((await theCase()).state).toBe('needsPerson');
    world.graph.purposeIsNow(userId('Ada'), 'shared');
    await days(1);
    const after = await theCase();
    expect(after.state).toBe('holding');
    expect(after).toMatchObject({ holdUntil: 'holdUntil' in before ? before.holdUntil : '' });
    await days(32);
    expect((await theCase()).state).toBe('closed');
  });

  it('gets its license back with an undo', async () => {
    await onHold();
    exchange.change(userId('Ada'), { type: 'user' });
    world.graph.purposeIsNow(userId('Ada'), 'user');
    await days(2);
    await world.order({ order: 'undo', userId: userId('Ada') });
    await world.work(60_000);
    expect((await theCase()).state).toBe('undone');
    expect(await held()).toBe(1);
  });

  it('stays as it is where an admin leaves it so', async () => {
    await onHold();
    world.graph.purposeIsNow(userId('Ada'), 'user');
    await days(2);
    await world.order({ order: 'waive', userId: userId('Ada'), thing: 'rest', reason: 'Nobody needs it.' });
    expect((await theCase()).state).toBe('holding');
    await days(32);
    expect((await theCase()).state).toBe('closed');
  });

  it('is noticed at the end where the case is of a version that did not look', async () => {
    const c = await onHold();
    const stored = await world.store.read<Case>('cases', c.caseId, c.caseId);
    if (stored?.doc.state !== 'holding') throw new Error('It is not held.');
    const { lookAt: _lookAt, ...old } = stored.doc;
    await world.store.replace('cases', { ...old, dueAt: old.holdUntil }, stored.etag);
    world.graph.purposeIsNow(userId('Ada'), 'user');
    await days(32);
    expect((await theCase()).state).toBe('needsPerson');
  });
});
