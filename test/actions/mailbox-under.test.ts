import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { Case } from '../../src/cases/case.js';
import type { MailboxState } from '../../src/graph/exchange-door.js';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../world/case-world.js';
import { exchangeWorld, type ExchangeOptions, type ExchangeWorld } from '../world/exchange-world.js';
import { aPerson, idle, userId, type PersonSpec } from '../world/people.js';
import { SKUS, type SkuName } from '../world/skus.js';

const GB = 1024 ** 3;
const grace = aPerson('Grace');

/** Exchange does not let the app look. */
const FORBIDDEN = { mailbox: new GraphFailure('forbidden', 'No.', { operation: 'exchange.mailbox' }) };

let world: CaseWorld;
let exchange: ExchangeWorld;

afterEach(() => world.close());

interface Given {
  /** Default: SPE_F1, with a mailbox of 2 GB. */
  readonly rule?: string;
  readonly mailbox?: Partial<MailboxState>;
  readonly spec?: PersonSpec;
  readonly policy?: string;
  readonly hasDoor?: boolean;
  /** What Exchange refuses. */
  readonly failing?: ExchangeOptions['failing'];
  readonly options?: CaseWorldOptions;
}

/** Ada is idle for 150 days and holds an E5; Grace reclaims it, for which she gets a cheaper one. */
async function replaced(given: Given = {}): Promise<Case> {
  const { rule = 'sku: SPE_E5, by: SPE_F1', mailbox = {}, hasDoor = true } = given;
  const ada = aPerson('Ada', {
    ...idle(150),
    manager: grace,
    licenses: [{ sku: 'E5' }],
    mailbox: 'user',
    ...given.spec,
  });
  const people = [ada, aPerson('Grace', idle(1)), ...['Bob', 'Carl', 'Dora'].map((n) => aPerson(n, idle(1)))];
  exchange = exchangeWorld(people, {
    mailboxes: new Map([[userId('Ada'), mailbox]]),
    ...(given.failing === undefined ? {} : { failing: given.failing }),
  });
  world = await aCaseWorld(people, {
    policy: `reclaim: { mailbox: ${given.policy ?? 'convert'}, replace: [{ ${rule} }] }`,
    ...(hasDoor ? { exchange } : {}),
    ...given.options,
  });
  await world.audit();
  await world.work();
  const c = await theCase();
  const answer = { kind: 'reclaim', reason: '' } as const;
  await world.desk.answer({ caseId: c.caseId, version: c.version, by: userId('Grace'), answer });
  await world.work(30_000);
  return theCase();
}

/** An admin has looked into the mailbox. */
async function waive(thing: string): ReturnType<CaseWorld['order']> {
  const reason = 'Looked in Exchange: 1 GB, no archive, no hold.';
  const answer = await world.order({ order: 'waive', userId: userId('Ada'), thing, reason });
  await world.work(30_000);
  return answer;
}

const theCase = (): Promise<Case> => world.caseOf(userId('Ada'));

async function held(): Promise<readonly string[]> {
  const person = await world.graph.person(userId('Ada'));
  return (person?.licenses ?? []).map(({ skuId }) => skuId);
}

async function expectReplaced(by: SkuName): Promise<void> {
  expect(await held()).toEqual([SKUS[by].skuId]);
}

async function expectUntouched(): Promise<void> {
  expect(await held()).toEqual([SKUS.E5.skuId]);
  expect(world.graph.calls.get('changeLicenses')).toBeUndefined();
}

describe('a mailbox that is to live on under a cheaper license', () => {
  test.each<[string, Partial<MailboxState>, string]>([
    ['holds more than fits', { bytes: 2 * GB + 1 }, 'holds more than 2 GB, for which there is no room under'],
    ['is on litigation hold', { litigationHold: true }, 'is on hold, for which'],
    ['is held by a retention policy', { inPlaceHolds: true }, 'is on hold, for which'],
    ['has an archive', { hasArchive: true }, 'has an archive, for which'],
    [
      'is of a size that nobody can read',
      { bytes: undefined },
      'How much is in the mailbox could not be read',
    ],
  ])('keeps its license where it %s, and a person is told what to do', async (_what, mailbox, task) => {
    const c = await replaced({ mailbox });
    expect(c).toMatchObject({
      state: 'needsPerson',
      watch: { for: 'clear' },
      task: expect.stringContaining(task),
    });
    await expectUntouched();
  });

  it('moves where everything fits', async () => {
    expect((await replaced({ mailbox: { bytes: 2 * GB } })).state).toBe('holding');
    await expectReplaced('F3');
  });

  it('is not asked about where there is as much room as before', async () => {
    const rule = 'sku: SPE_E5, by: SPE_E3';
    const c = await replaced({ rule, mailbox: { bytes: 90 * GB, litigationHold: true, hasArchive: true } });
    expect(c.state).toBe('holding');
    await expectReplaced('E3');
    expect(exchange.calls).toEqual([]);
  });

  it('fits 50 GB under Exchange Online Plan 1, but no hold', async () => {
    const rule = 'sku: SPE_E5, by: EXCHANGESTANDARD';
    expect((await replaced({ rule, mailbox: { bytes: 50 * GB } })).state).toBe('holding');
    await expectReplaced('EXCHANGE');
    await world.close();
    const c = await replaced({ rule, mailbox: { bytes: 50 * GB, litigationHold: true } });
    expect(c).toMatchObject({ task: expect.stringContaining('is on hold, for which') });
    await expectUntouched();
  });

  it('fits what the policy says that the cheaper one has', async () => {
    const rule = 'sku: SPE_E5, by: SPE_F1, mailboxGB: 5';
    expect((await replaced({ rule, mailbox: { bytes: 5 * GB } })).state).toBe('holding');
    await world.close();
    const c = await replaced({ rule, mailbox: { bytes: 5 * GB + 1 } });
    expect(c).toMatchObject({ task: expect.stringContaining('holds more than 5 GB') });
  });

  it('keeps its license although the policy accepts the loss of mailboxes that go: this one lives on', async () => {
    const c = await replaced({ mailbox: { litigationHold: true }, policy: 'waive' });
    expect(c).toMatchObject({ task: expect.stringContaining('is on hold, for which') });
    await expectUntouched();
  });

  it('keeps its license of an edition that nobody knows, which may have had room for everything', async () => {
    const plans = [{ id: 'fc52cc4b-ed7d-472d-bbe7-b081c23ecc00', name: 'EXCHANGE_S_ESSENTIALS' }];
    const skus = Object.values(SKUS).map((sku) => (sku.skuId === SKUS.E5.skuId ? { ...sku, plans } : sku));
    const c = await replaced({ mailbox: { bytes: 49 * GB, hasArchive: true }, options: { skus } });
    expect(c).toMatchObject({ task: expect.stringContaining('has an archive and holds more than 2 GB') });
    await expectUntouched();
  });

  it('is looked at by a person where Exchange does not permit the app to read it', async () => {
    const c = await replaced({ failing: FORBIDDEN });
    expect(c).toMatchObject({ watch: { for: 'clear' }, task: expect.stringContaining('could not be read') });
    await waive('mailbox');
    expect((await theCase()).state).toBe('holding');
    await expectReplaced('F3');
  });

  it('is not asked about where there is none', async () => {
    expect((await replaced({ failing: FORBIDDEN, spec: { mailbox: 'noMailbox' } })).state).toBe('holding');
    await expectReplaced('F3');
    expect(exchange.calls).toEqual([]);
  });

  it('keeps its license where there is no right to look into it, until an admin has looked', async () => {
    const c = await replaced({ hasDoor: false });
    expect(c).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('What is in the mailbox could not be read'),
    });
    await expectUntouched();

    await waive('the mailbox');
    expect((await theCase()).state).toBe('holding');
    await expectReplaced('F3');
  });

  it('goes on by itself once there is room', async () => {
    await replaced({ mailbox: { bytes: 3 * GB } });
    exchange.change(userId('Ada'), { bytes: GB });
    await world.work(30_000);
    expect((await theCase()).state).toBe('holding');
    await expectReplaced('F3');
  });
});

describe('the mailbox of a case in which nothing with a mailbox is given instead', () => {
  it('may be waived for what is in it, and keeps its license until it is shared all the same', async () => {
    const c = await replaced({ rule: 'sku: SPE_E5, by: POWER_BI_PRO', hasDoor: false });
    expect(c.state).toBe('needsPerson');
    expect(await waive('mailbox')).toContain('what is in the mailbox is waived');
    expect((await theCase()).state).toBe('needsPerson');
    await expectUntouched();
  });
});
