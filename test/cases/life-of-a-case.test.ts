import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import type { Case } from '../../src/cases/case.js';
import { historyOf } from '../../src/chat/run-read-model.js';
import { effectsOf } from '../../src/simulator/changes.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { verifyHistory } from '../../src/store/case-history.js';
import { actingPolicy, aSteward, type StewardWorld } from '../world/steward-world.js';

const manager = NAMED.itManager.id as UserId;
const idle = NAMED.plainInactive.id as UserId;

let world: StewardWorld;

beforeEach(async () => {
  world = await aSteward();
  await world.audit();
});

afterEach(() => world.close());

async function answer(
  c: Case,
  by: UserId,
  kind: 'reclaim' | 'keep' | 'reassign',
  receiver = '',
): Promise<string> {
  const given =
    kind === 'keep'
      ? ({ kind, reason: 'Back in January', until: '2027-01-15' } as const)
      : kind === 'reclaim'
        ? ({ kind, reason: '' } as const)
        : ({ kind, reason: '', receiver } as const);
  const outcome = await world.desk.answer({ caseId: c.caseId, version: c.version, by, answer: given });
  return outcome.kind;
}

async function directSkus(userId: string): Promise<string[]> {
  const person = await world.doors.graph.person(userId);
  return (person?.licenses ?? [])
    .filter((license) => license.paths.some((path) => path.kind === 'direct'))
    .map((license) => `${license.skuId} without ${[...license.disabledPlans].sort().join(' ')}`)
    .sort();
}

describe('the life of a case', () => {
  it('asks the manager about each inactive report and nobody else, on one card', async () => {
    await world.work(60_000);
    const asked = world.teams.sent.filter(({ to }) => to === manager);
    const about = await world.desk.waitingFor(manager);
    expect(about.map((c) => c.userId).sort()).toEqual(
      [NAMED.plainInactive, NAMED.inactiveWithVisio, NAMED.neverSignedIn, NAMED.disabledLicensed]
        .map(({ id }) => id)
        .sort(),
    );
    expect(asked).toHaveLength(1);
    for (const { caseId } of about) expect(JSON.stringify(asked[0]?.card)).toContain(caseId);
  });

  it('takes the license back after reclaim, and gives exactly the same back after undo', async () => {
    const before = await directSkus(idle);
    expect(before).toHaveLength(1);
    expect(await answer(await world.caseOf(idle), manager, 'reclaim')).toBe('accepted');
    await world.work(30_000);
    expect(await directSkus(idle)).toEqual([]);
    expect((await world.caseOf(idle)).state).toBe('holding');

    expect(await world.order({ order: 'undo', userId: idle })).toMatch(/^done/);
    await world.work(30_000);
    expect(await directSkus(idle)).toEqual(before);
    expect((await world.caseOf(idle)).state).toBe('undone');
    const effects = effectsOf(world.tenant.tenant.book).filter((effect) => effect.userId === idle);
    expect(effects.map(({ add, remove }) => [add.length, remove.length])).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it('says every step in the history, whose chains are intact', async () => {
    const { caseId } = await world.caseOf(idle);
    await answer(await world.caseOf(idle), manager, 'reclaim');
    await world.work(30_000);
    const said = (await historyOf(world.doors, caseId)).map(({ text }) => text);
    expect(said[0]).toContain('inactive');
    expect(said.join('\n')).toContain('Robin Hale decided: reclaim');
    expect(said.at(-1)).toContain('All steps are done');
    for await (const report of verifyHistory(world.store)) expect(report.faults).toEqual([]);
  });

  it('gives the freed license to the receiver when it is reassigned', async () => {
    const receiver = NAMED.thirdActiveReport;
    const [had] = await directSkus(idle);
    const c = await world.caseOf(idle);
    expect(await answer(c, manager, 'reassign', receiver.userPrincipalName)).toBe('accepted');
    await world.work(60_000);
    expect(await directSkus(idle)).toEqual([]);
    expect(
      (await directSkus(receiver.id)).some((sku) => sku.startsWith(had?.slice(0, 36) ?? 'nothing')),
    ).toBe(true);
    expect((await world.caseOf(idle)).state).toBe('holding');

    expect(await world.order({ order: 'undo', userId: idle })).toMatch(/^done/);
    await world.work(30_000);
    expect(await world.caseOf(idle)).toMatchObject({ state: 'undone', keptBy: { id: receiver.id } });
    const said = (await historyOf(world.doors, c.caseId)).map(({ text }) => text);
    expect(said.at(-1)).toBe(
      'Everything taken is given back as it was before. Mei Tanaka keeps what the reassignment gave.',
    );
  });

  it('takes nothing from somebody whose manager keeps the license', async () => {
    expect(await answer(await world.caseOf(idle), manager, 'keep')).toBe('accepted');
    await world.work(60_000);
    expect((await world.caseOf(idle)).state).toBe('kept');
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
  });

  it('changes nothing and shows nothing when somebody else clicks', async () => {
    const c = await world.caseOf(idle);
    expect(await answer(c, NAMED.financeHead.id as UserId, 'reclaim')).toBe('notYours');
    expect(await answer(c, idle, 'reclaim')).toBe('notYours');
    expect((await world.caseOf(idle)).version).toBe(c.version);
  });

  it('does nothing twice when a click arrives twice or late', async () => {
    const c = await world.caseOf(idle);
    const twice = await Promise.all([answer(c, manager, 'reclaim'), answer(c, manager, 'reclaim')]);
    expect(twice.sort()).toEqual(['accepted', 'movedOn']);
    await world.work(30_000);
    expect(await answer(c, manager, 'keep')).toBe('movedOn');
    expect(effectsOf(world.tenant.tenant.book)).toHaveLength(1);
  });

  it('never takes anything because nobody answered', async () => {
    expect((await world.silence(idle)).state).toBe('adminReview');
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
  });

  it('cancels the removal when the person has signed in again', async () => {
    await answer(await world.caseOf(idle), manager, 'reclaim');
    await fetch(`${world.tenant.url}/_simulator/people/${idle}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lastSuccessfulSignIn: world.clock.now().toISOString() }),
    });
    await world.work(30_000);
    expect(await world.caseOf(idle)).toMatchObject({
      state: 'cancelled',
      why: 'The person is active again, protected, or out of scope.',
    });
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
  });

  it('cancels the removal when the person has become an executive', async () => {
    await answer(await world.caseOf(idle), manager, 'reclaim');
    await fetch(`${world.tenant.url}/_simulator/people/${idle}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jobTitle: 'Chief Information Officer' }),
    });
    await world.work(30_000);
    expect((await world.caseOf(idle)).state).toBe('cancelled');
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
  });

  it('undoes before anything was done by stopping', async () => {
    const c = await world.caseOf(idle);
    await answer(c, manager, 'reclaim');
    const outcome = await world.desk.undo({ caseId: c.caseId, by: manager });
    expect(outcome).toMatchObject({ kind: 'accepted', case: { state: 'cancelled' } });
    await world.work(30_000);
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
  });

  it('opens no second case about a person who has one', async () => {
    const first = await world.caseOf(idle);
    await world.audit();
    expect((await world.caseOf(idle)).caseId).toBe(first.caseId);
  });

  it('leaves a person in peace after an undo', async () => {
    await answer(await world.caseOf(idle), manager, 'reclaim');
    await world.work(30_000);
    await world.order({ order: 'undo', userId: idle });
    await world.work(30_000);
    const undone = await world.caseOf(idle);
    await world.audit();
    expect(await world.caseOf(idle)).toEqual(undone);
  });

  it('edits the card in Teams to how the case stands', async () => {
    await answer(await world.caseOf(idle), manager, 'reclaim');
    await world.work(30_000);
    const c = await world.caseOf(idle);
    expect(c.message?.shows).toBe(c.version);
    const last = world.teams.edits.at(-1);
    expect(JSON.stringify(last?.card)).toContain('Undo');
  });
});

describe('brakes', () => {
  it('hold every step while the campaign is paused, and let it go on after', async () => {
    const { setSwitch } = await import('../../src/cases/campaign/run-switch.js');
    await setSwitch(world.store, 'paused', 'test', 'now');
    await answer(await world.caseOf(idle), manager, 'reclaim');
    await world.work(60_000);
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
    await setSwitch(world.store, 'running', 'test', 'now');
    await world.work(60_000);
    expect(effectsOf(world.tenant.tenant.book)).toHaveLength(1);
  });
});

describe('a policy that observes', () => {
  it('asks nobody and changes nothing', async () => {
    await world.close();
    world = await aSteward({ policy: { ...actingPolicy(), mode: 'observe' } });
    await world.audit();
    await world.work(60_000);
    expect(world.teams.sent).toEqual([]);
    await expect(world.caseOf(idle)).rejects.toThrow('no case');
  });
});

describe('a policy whose first run needs approval', () => {
  it('asks nobody before it is given, and everybody after', async () => {
    await world.close();
    const policy = actingPolicy();
    world = await aSteward({
      policy: { ...policy, approvals: { ...policy.approvals, firstRun: 'required' } },
    });
    await world.audit();
    await world.work(60_000);
    expect(world.teams.sent).toEqual([]);
    await world.order({ order: 'approve' });
    await world.work(60_000);
    expect(world.teams.sent.length).toBeGreaterThan(0);
  });
});

describe('a policy that converts mailboxes', () => {
  it('takes no license that carries a mailbox, and says what a person has to do', async () => {
    await world.close();
    const policy = actingPolicy();
    world = await aSteward({ policy: { ...policy, reclaim: { ...policy.reclaim, mailbox: 'convert' } } });
    await world.audit();
    await answer(await world.caseOf(idle), manager, 'reclaim');
    await world.work(60_000);
    expect(await world.caseOf(idle)).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('shared mailbox'),
    });
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
  });
});
