import { afterEach, describe, expect, it } from '@jest/globals';
import { SKUS, type SkuName } from '../world/skus.js';
import type { UserId } from '../../src/audit/person.js';
import type { Case } from '../../src/cases/case.js';
import { historyOf } from '../../src/chat/run-read-model.js';
import type { OwnedThing } from '../../src/graph/graph-door.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../world/case-world.js';
import { exchangeWorld } from '../world/exchange-world.js';
import { actingPolicy } from '../world/steward-world.js';
import { aPerson, groupId, idle, userId, type PersonSpec } from '../world/people.js';

const DELETES =
  'timetable: { afterDecision: PT5S, review: PT0S, disableSignIn: PT6S, convertMailbox: PT7S, removeLicenses: PT8S, hold: P30D, delete: P60D, reminders: [] }\nevidence: { require: [signIn], reports: [] }';
/** Nobody has to say anything of files. */
const NO_FILES = 'reclaim: { mailbox: waive, oneDrive: waive }';
const disabled = { enabled: false } as const;
const grace = aPerson('Grace');
const active = [
  ...['Bob', 'Carl', 'Dora'].map((name) => aPerson(name, idle(1))),
  aPerson('Eve', { ...idle(1), licenses: [{ sku: 'VISIO' }] }),
];
const crew: OwnedThing = { id: groupId('crew'), displayName: 'Harbor crew', isTeam: true, isSole: true };

let world: CaseWorld;

afterEach(() => world.close());

/** Ada's case, asked of Grace, who reclaims: Ada is idle for 150 days and holds an E3 unless said otherwise. */
async function reclaimed(spec: PersonSpec, policy: string, options: CaseWorldOptions = {}): Promise<void> {
  const ada = aPerson('Ada', { ...idle(150), manager: grace, ...spec });
  world = await aCaseWorld([ada, aPerson('Grace', idle(1)), ...active], { policy, ...options });
  await world.audit();
  await world.work();
  const c = await theCase();
  const answer = { kind: 'reclaim', reason: '' } as const;
  const asked = { caseId: c.caseId, version: c.version, by: userId('Grace'), answer };
  const outcome = await world.desk.answer(asked);
  if (outcome.kind !== 'accepted') throw new Error(`The answer was not taken: ${outcome.kind}`);
  await world.work(30_000);
}

/** Days go by, with an audit at their end. */
async function days(count: number): Promise<void> {
  world.clock.advance(count * 86_400_000);
  await world.audit();
  await world.work(60_000);
}

/** The undo window ends, and the day comes on which the account goes. */
async function untilDeletion(): Promise<void> {
  await days(31);
  await days(31);
}

async function waive(thing: string, reason = 'Looked at it.'): Promise<string> {
  const answer = await world.order({ order: 'waive', userId: userId('Ada'), thing, reason });
  await world.work(60_000);
  return answer;
}

async function undone(): Promise<Case> {
  await world.order({ order: 'undo', userId: userId('Ada') });
  await world.work(60_000);
  return theCase();
}

async function takenByHand(sku: SkuName): Promise<void> {
  await world.graph.changeLicenses(userId('Ada'), { add: [], remove: [SKUS[sku].skuId] });
}

const theCase = (): Promise<Case> => world.caseOf(userId('Ada'));

async function steps(): Promise<readonly string[]> {
  const c = await theCase();
  return 'steps' in c ? c.steps.map(({ step, progress }) => `${step.kind} ${progress.is}`) : [];
}

async function said(): Promise<string> {
  return (await historyOf(world.doors, (await theCase()).caseId)).map(({ text }) => text).join('\n');
}

const deletions = (): number => world.graph.calls.get('deletePerson') ?? 0;

/** When its day comes a person has the task, and the account is there. */
async function expectStays(task: string): Promise<void> {
  await untilDeletion();
  expect(await theCase()).toMatchObject({
    state: 'needsPerson',
    task: expect.stringContaining(task),
    watch: { for: 'clear' },
  });
  expect(deletions()).toBe(0);
}

describe('an account', () => {
  it('is never deleted unless the policy says so', async () => {
    await reclaimed(disabled, DELETES.replace('P60D', 'never'));
    await untilDeletion();
    expect((await theCase()).state).toBe('closed');
    expect(deletions()).toBe(0);
  });

  it('is not deleted under a policy that came to it only after the decision: nobody decided that', async () => {
    await reclaimed(disabled, DELETES.replace('P60D', 'never'));
    Object.assign(world.doors, { policy: actingPolicy(DELETES) });
    await untilDeletion();
    expect((await theCase()).state).toBe('closed');
    expect(deletions()).toBe(0);
  });

  it('is not deleted while the newest audit is older than eight days', async () => {
    await reclaimed(disabled, `${DELETES}\n${NO_FILES}`);
    await days(31);
    await days(25);
    world.clock.advance(9 * 86_400_000);
    await world.work(60_000);
    expect(deletions()).toBe(0);
    expect(await said()).toContain('The newest audit is more than 8 days old');
    await world.audit();
    await world.work(60_000);
    expect(deletions()).toBe(1);
  });

  it('is deleted after its undo window and its date, and restored with everything by an undo', async () => {
    await reclaimed(disabled, `${DELETES}\n${NO_FILES}`);
    await days(31);
    await days(25);
    expect(deletions()).toBe(0);
    expect(await theCase()).toMatchObject({ state: 'scheduled' });
    await days(7);
    expect(await steps()).toEqual(['removeLicenses done', 'deleteAccount done']);
    expect(await world.graph.deletedItem(userId('Ada'))).toBeDefined();
    expect((await undone()).state).toBe('undone');
    expect(await world.graph.person(userId('Ada'))).toMatchObject({
      accountEnabled: false,
      licenses: [{ skuId: SKUS.E3.skuId }],
    });
  });

  it('whose mailbox was made shared stays, because the mailbox needs it', async () => {
    const exchange: CaseWorldOptions['exchange'] = {
      ...exchangeWorld([aPerson('Ada', { mailbox: 'user' })]),
      convert: async (id, to) => {
        world.graph.purposeIsNow(id, to);
        return { kind: 'accepted' };
      },
    };
    await reclaimed(disabled, `${DELETES}\nreclaim: { mailbox: convert }`, { exchange });
    await untilDeletion();
    expect((await theCase()).state).toBe('closed');
    expect(await said()).toContain('The shared mailbox needs the account.');
    expect(deletions()).toBe(0);
  });

  it('of somebody still employed stays whatever the policy says', async () => {
    await reclaimed({}, DELETES);
    await untilDeletion();
    expect((await theCase()).state).toBe('closed');
    expect(deletions()).toBe(0);
  });
});

describe('what is still in an account before it is deleted', () => {
  const VISIO_ONLY = `${DELETES}\nscope: { skus: [VISIOCLIENT] }\nreclaim: { mailbox: convert }`;
  const visioAndSuite: PersonSpec = {
    ...disabled,
    licenses: [{ sku: 'VISIO' }, { sku: 'E3' }],
    mailbox: 'user',
  };

  it('is for a person to decide: a license that the case is not about, and the mailbox under it', async () => {
    await reclaimed(visioAndSuite, VISIO_ONLY);
    await expectStays(
      'The account still holds Microsoft 365 E3. Its mailbox is not a shared one. All of that would go with the account',
    );
    expect(await steps()).toEqual(['removeLicenses done', 'deleteAccount planned']);
  });

  it('keeps the account until it is gone, and then somebody has seen to the files', async () => {
    await reclaimed(visioAndSuite, VISIO_ONLY);
    await untilDeletion();
    await takenByHand('E3');
    await world.work(60_000);
    expect(await theCase()).toMatchObject({
      task: expect.stringMatching(/^Its mailbox is not a shared one\. All of that/),
    });
    world.graph.purposeIsNow(userId('Ada'), 'noMailbox');
    await world.work(60_000);
    expect(await theCase()).toMatchObject({
      task: expect.stringContaining('The files in OneDrive go 30 days'),
    });
    expect(await waive('OneDrive', 'There are none.')).toContain('done: the files in OneDrive is waived');
    expect(deletions()).toBe(1);
  });

  it('goes with it once an admin has waived it by name', async () => {
    await reclaimed(visioAndSuite, VISIO_ONLY);
    await untilDeletion();
    expect(await waive('OneDrive')).toContain('done');
    expect(deletions()).toBe(0);
    expect(await waive('the account')).toBe(
      'done: what is in the account is waived in this case: it goes on.',
    );
    expect(deletions()).toBe(1);
    expect(await said()).toContain('test (terminal) waived what is in the account: Looked at it.');
  });

  it('is a mailbox that became shared: the account stays for it', async () => {
    await reclaimed({ ...disabled, mailbox: 'user' }, `${DELETES}\n${NO_FILES}`);
    Object.assign(world.doors, {
      policy: actingPolicy(`${DELETES}\nreclaim: { mailbox: convert, oneDrive: waive }`),
    });
    await expectStays('Its mailbox is not a shared one.');
    world.graph.purposeIsNow(userId('Ada'), 'shared');
    await world.work(60_000);
    expect((await theCase()).state).toBe('closed');
    expect(deletions()).toBe(0);
  });

  it('is nothing where it is free', async () => {
    const spec: PersonSpec = { ...disabled, licenses: [{ sku: 'E3' }, { sku: 'FLOW_FREE' }] };
    await reclaimed(spec, `${DELETES}\n${NO_FILES}`);
    await untilDeletion();
    expect(deletions()).toBe(1);
  });

  it('is files of which nobody has said that somebody else has them', async () => {
    await reclaimed(disabled, DELETES);
    await expectStays(
      'give Grace access to them, then say so (`steward waive USER OneDrive --reason TEXT`).',
    );
    await waive('OneDrive', 'Grace has them.');
    expect(deletions()).toBe(1);
  });

  it.each([
    ['deletes accounts as well', DELETES],
    ['deletes none', DELETES.replace('P60D', 'never')],
  ])('ends 30 days after somebody else has deleted it, where the policy %s', async (_how, policy) => {
    await reclaimed(disabled, policy);
    world.clock.advance(20 * 86_400_000);
    await world.graph.deletePerson(userId('Ada'));
    const deletedAt = new Date(world.clock.now().getTime() + 30 * 86_400_000).toISOString();
    await days(11);
    await days(31);
    expect(await theCase()).toMatchObject({ state: 'closed', files: { deletedAt } });
  });

  it.each([
    ['is gone for good', undefined],
    ['was deleted on a day that Graph does not tell', { at: undefined }],
  ])('ends 30 days after the last step at the earliest, where the account %s', async (_how, item) => {
    await reclaimed(disabled, DELETES);
    const { steps } = (await theCase()) as Extract<Case, { steps: unknown }>;
    await world.graph.deletePerson(userId('Ada'));
    world.graph.deletedItem = () => Promise.resolve(item);
    await untilDeletion();
    const done = steps.flatMap(({ progress }) => (progress.is === 'done' ? [Date.parse(progress.at)] : []));
    const earliest = new Date(Math.max(...done) + 30 * 86_400_000).toISOString();
    expect(await theCase()).toMatchObject({ state: 'closed', files: { deletedAt: earliest } });
  });

  it('can be settled while everything can still be undone, and no other thing then', async () => {
    await reclaimed(disabled, DELETES);
    expect((await theCase()).state).toBe('holding');
    expect(await waive('notice')).toContain('failed: Nothing stands in the way of this case');
    expect(await waive('onedrive', 'Grace has them.')).toContain('done: the files in OneDrive is waived');
    await untilDeletion();
    expect(deletions()).toBe(1);
  });

  it('is no waiver of an account that stays', async () => {
    await reclaimed(disabled, DELETES.replace('P60D', 'never'));
    expect(await waive('account')).toContain('failed: Nothing stands in the way of this case');
  });
});

describe('a team that only the person owns by the time the account goes', () => {
  it('keeps the account until it is handed over or waived', async () => {
    const owned = new Map<UserId, readonly OwnedThing[]>();
    await reclaimed(disabled, `${DELETES}\n${NO_FILES}`, { owned });
    owned.set(userId('Ada'), [crew]);
    await expectStays('The person is the only owner of the team Harbor crew');
    expect(await waive('Harbor crew')).toContain('done');
    expect(deletions()).toBe(1);
  });

  it('is nobody’s matter where the account stays for its shared mailbox', async () => {
    const owned = new Map<UserId, readonly OwnedThing[]>();
    await reclaimed(disabled, `${DELETES}\n${NO_FILES}`, { owned });
    owned.set(userId('Ada'), [crew]);
    world.graph.purposeIsNow(userId('Ada'), 'shared');
    await untilDeletion();
    expect((await theCase()).state).toBe('closed');
  });
});

describe('an undo', () => {
  const LONG = DELETES.replace('hold: P30D', 'hold: P60D').replace('P60D, reminders', 'P61D, reminders');

  it('of a deletion is promised for no longer than Microsoft keeps the account', async () => {
    await reclaimed(disabled, `${LONG}\n${NO_FILES}`);
    await days(61);
    await days(2);
    expect(deletions()).toBe(1);
    // Deleted on 23 January 2027; held for a day less than 30.
    const holdUntil = expect.stringMatching(/^2027-02-21T/);
    expect(await theCase()).toMatchObject({ state: 'holding', holdUntil });
  });

  it('of a license whose mail is gone says so, in the history too', async () => {
    await reclaimed({ ...disabled, mailbox: 'user' }, `${LONG}\n${NO_FILES}`);
    await days(40);
    expect(await undone()).toMatchObject({ state: 'undone', mailGone: true });
    expect(await said()).toContain(
      'What was taken is given back. Mail from before did not come back: Exchange keeps it for 30 days without a license.',
    );
  });

  it('within 30 days has all of it back, and so has one of somebody without a mailbox', async () => {
    await reclaimed({ ...disabled, mailbox: 'user' }, `${LONG}\n${NO_FILES}`);
    await days(20);
    expect(await undone()).not.toHaveProperty('mailGone');
    expect(await said()).toContain('Everything is as it was before.');
    await world.close();
    await reclaimed({ ...disabled, mailbox: 'noMailbox' }, `${LONG}\n${NO_FILES}`);
    await days(40);
    expect(await undone()).not.toHaveProperty('mailGone');
  });
});
