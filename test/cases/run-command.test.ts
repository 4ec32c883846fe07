import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { latestRun } from '../../src/audit/run-store.js';
import { instant, type Case } from '../../src/cases/case.js';
import { newCommand, type Command, type CommandOrder } from '../../src/cases/command.js';
import { addCommand } from '../../src/cases/run-add-command.js';
import { planAudits } from '../../src/cases/run-schedule.js';
import type { Policy } from '../../src/config/policy.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { graphFailure } from '../world/graph-world.js';
import { actingPolicy, aSteward, type StewardWorld } from '../world/steward-world.js';

const idle = NAMED.plainInactive.id as UserId;
const robin = NAMED.itManager.id as UserId;
const MINUTE = 60_000;

let world: StewardWorld;

beforeEach(async () => {
  world = await aSteward({ people: 12 });
});

afterEach(() => world.close());

async function withPolicy(policy: Policy): Promise<void> {
  await world.close();
  world = await aSteward({ people: 12, policy });
}

function needingApproval(casesPerRun = 100): Policy {
  const policy = actingPolicy(`# ${casesPerRun}`);
  return {
    ...policy,
    approvals: { ...policy.approvals, firstRun: 'required' },
    limits: { ...policy.limits, casesPerRun: { count: casesPerRun, percent: 100 } },
  };
}

/** Writes a due row and carries it out once; it may wait afterwards. */
async function once(what: CommandOrder, id = 'command-1', askedBy = 'test'): Promise<Command> {
  const now = instant(world.clock.now());
  await addCommand(world.doors, newCommand(id, what, askedBy, now, now));
  await world.work();
  return command(id);
}

async function command(id: string): Promise<Command> {
  const stored = await world.store.read<Command>('commands', id, id);
  if (stored === undefined) throw new Error(`no command ${id}`);
  return stored.doc;
}

async function openCases(): Promise<number> {
  let count = 0;
  const query = { container: 'cases', where: [{ field: 'kind', is: '=', value: 'case' }] } as const;
  for await (const { doc } of world.store.query<Case>(query)) count += doc.kind === 'case' ? 1 : 0;
  return count;
}

async function answerReclaim(): Promise<void> {
  const c = await world.caseOf(idle);
  const answer = { kind: 'reclaim', reason: '' } as const;
  expect(await world.desk.answer({ caseId: c.caseId, version: c.version, by: robin, answer })).toMatchObject({
    kind: 'accepted',
  });
}

describe('audit', () => {
  it('says what it opened, and is not due any more', async () => {
    expect(await once({ order: 'audit' })).toMatchObject({
      state: 'done',
      outcome: { is: 'done', runId: 'command-1-1', says: 'The audit is done; 4 cases were opened.' },
      attempts: 1,
    });
    expect((await command('command-1')).dueAt).toBeUndefined();
    expect((await latestRun(world.store))?.runId).toBe('command-1-1');
  });

  it('asks nobody under a policy that observes', async () => {
    await withPolicy({ ...actingPolicy(), mode: 'observe' });
    expect(await world.order({ order: 'audit' })).toBe(
      'done: The audit is done. The policy observes only, so nobody is asked.',
    );
    expect(await openCases()).toBe(0);
  });

  it('fails at once, with the reason, when a permission is missing', async () => {
    world.tenant.faults.add({
      times: 99,
      path: '/users',
      answer: { kind: 'status', status: 403, code: 'Authorization_RequestDenied' },
    });
    const failed = await once({ order: 'audit' });
    expect(failed).toMatchObject({ state: 'failed', attempts: 1 });
    expect(failed.outcome).toMatchObject({
      is: 'failed',
      says: expect.stringMatching(/User\.Read\.All|permission/),
    });
    expect(await latestRun(world.store)).toBeUndefined();
    expect(await openCases()).toBe(0);
  });

  it('waits and tries again when Graph is away for a while', async () => {
    world.tenant.faults.add({ times: 999, path: 'subscribedSkus', answer: { kind: 'status', status: 503 } });
    expect(await once({ order: 'audit' })).toMatchObject({ state: 'waiting', attempts: 1 });
    world.tenant.faults.clear();
    await world.work();
    expect(await command('command-1')).toMatchObject({ state: 'waiting', attempts: 1 });
    await world.work(2 * MINUTE);
    expect(await command('command-1')).toMatchObject({ state: 'done', attempts: 2 });
  });

  it('is given up, with the reason, when Graph stays away', async () => {
    world.tenant.faults.add({
      times: 99_999,
      path: 'subscribedSkus',
      answer: { kind: 'status', status: 503 },
    });
    await once({ order: 'audit' });
    await world.work(40 * MINUTE);
    expect(await command('command-1')).toMatchObject({
      state: 'failed',
      attempts: 5,
      outcome: { is: 'failed', says: expect.stringMatching(/\.$/) },
    });
  });

  it('is not given up by Graph being away once after tries that ended otherwise', async () => {
    world.tenant.faults.add({ times: 999, path: 'subscribedSkus', answer: { kind: 'status', status: 503 } });
    const now = instant(world.clock.now());
    await addCommand(world.doors, {
      ...newCommand('command-1', { order: 'audit' }, 'test', now, now),
      attempts: 4,
    });
    await world.work();
    expect(await command('command-1')).toMatchObject({ state: 'waiting', attempts: 5, unanswered: 1 });
    world.tenant.faults.clear();
    await world.work(2 * MINUTE);
    expect(await command('command-1')).toMatchObject({ state: 'done', attempts: 6 });
  });

  it('fails at once, with the reason, when its cases cannot be opened for want of a permission', async () => {
    await withPolicy(actingPolicy('reclaim: { mailbox: waive, licenses: all }'));
    const { graph } = world.doors;
    const skus = async (): Promise<never> => {
      throw graphFailure('forbidden');
    };
    Object.assign(world.doors, { graph: { ...graph, skus } });
    expect(await once({ order: 'audit' })).toMatchObject({
      state: 'failed',
      attempts: 1,
      outcome: { says: 'Graph could not be used.' },
    });
    expect((await latestRun(world.store))?.runId).toBe('command-1-1');
  });

  it('opens its cases with another try when Graph is away for a while', async () => {
    await withPolicy(actingPolicy('reclaim: { mailbox: waive, licenses: all }'));
    const { graph } = world.doors;
    let fails = 1;
    const skus: typeof graph.skus = async () => {
      if (fails-- > 0) throw graphFailure('serverError');
      return graph.skus();
    };
    Object.assign(world.doors, { graph: { ...graph, skus } });
    expect(await once({ order: 'audit' })).toMatchObject({ state: 'waiting', attempts: 1 });
    await world.work(2 * MINUTE);
    expect(await command('command-1')).toMatchObject({ state: 'done', outcome: { runId: 'command-1-1' } });
  });

  it('is stopped by a guard, with the reason, and opens nothing', async () => {
    const { auditGraph } = world.doors;
    Object.assign(world.doors, { auditGraph: { ...auditGraph, namesConcealed: async () => true } });
    expect(await once({ order: 'audit' })).toMatchObject({
      state: 'stopped',
      outcome: { is: 'stopped', says: expect.stringContaining('conceals names in usage reports') },
    });
    expect(await openCases()).toBe(0);
    expect(await latestRun(world.store)).toBeUndefined();
  });

  it('that the schedule asked for plans the next one, whatever becomes of it', async () => {
    world.tenant.faults.add({ times: 99, path: '/users', answer: { kind: 'status', status: 403 } });
    await planAudits(world.doors);
    const first = 'audit-20261130060000000';
    expect(await command(first)).toMatchObject({ state: 'waiting', dueAt: '2026-11-30T06:00:00.000Z' });
    await planAudits(world.doors);
    world.clock.advance(7 * 86_400_000);
    await world.work();
    expect(await command(first)).toMatchObject({ state: 'failed', askedBy: 'schedule' });
    expect(await command('audit-20261207060000000')).toMatchObject({
      state: 'waiting',
      dueAt: '2026-12-07T06:00:00.000Z',
    });
  });
});

describe('approve', () => {
  it('is nothing under a policy that observes, and nothing before there is a run to look at', async () => {
    expect(await world.order({ order: 'approve' })).toBe(
      'failed: Nothing was approved: there is no finished audit run yet to look at.',
    );
    await withPolicy({ ...needingApproval(), mode: 'observe' });
    await world.order({ order: 'audit' });
    expect(await world.order({ order: 'approve' })).toBe(
      'failed: Nothing was approved: the policy observes only. Set mode to act first, and look at its plan.',
    );
  });

  it('opens the cases of the run that was looked at', async () => {
    await withPolicy(needingApproval());
    await world.order({ order: 'audit' });
    expect(await openCases()).toBe(0);
    expect(await world.order({ order: 'approve' })).toBe(
      'done: Approved. The audit is done; 4 cases were opened.',
    );
    expect(await openCases()).toBe(4);
  });

  it('twice opens no more than one run may', async () => {
    await withPolicy(needingApproval(2));
    await world.order({ order: 'audit' });
    expect(await world.order({ order: 'approve' })).toBe(
      'done: Approved. The audit is done; 2 cases were opened.',
    );
    expect(await world.order({ order: 'approve' })).toBe(
      'done: Approved. The audit is done; 0 cases were opened.',
    );
    expect(await openCases()).toBe(2);
  });

  it('counts for later runs, too', async () => {
    await withPolicy(needingApproval(2));
    await world.order({ order: 'audit' });
    await world.order({ order: 'approve' });
    world.clock.advance(1_000);
    expect(await world.order({ order: 'audit' })).toBe('done: The audit is done; 2 cases were opened.');
  });
});

describe('undo', () => {
  it('of somebody unknown says so', async () => {
    const userId = 'ffffffff-0000-4000-8000-000000000000' as UserId;
    expect(await world.order({ order: 'undo', userId })).toBe('failed: There is no case about this person.');
  });

  it('before an answer says that there is nothing to undo', async () => {
    await world.audit();
    expect(await world.order({ order: 'undo', userId: idle })).toBe(
      'failed: Nothing can be undone: the question was delivered, the answer is awaited.',
    );
  });

  it('of a reclaimed license begins once, however often it is ordered', async () => {
    await world.audit();
    await answerReclaim();
    await world.work(MINUTE);
    expect(await world.order({ order: 'undo', userId: idle })).toBe('done: The undo has begun.');
    expect(await world.order({ order: 'undo', userId: idle })).toBe('done: It is being undone already.');
    await world.work(MINUTE);
    expect((await world.caseOf(idle)).state).toBe('undone');
    expect(await world.order({ order: 'undo', userId: idle })).toBe('done: It was undone already.');
  });

  it('names who ordered it at the terminal in the case', async () => {
    await world.audit();
    await answerReclaim();
    await world.work(MINUTE);
    await once({ order: 'undo', userId: idle }, 'undo-1', 'ops');
    expect(await world.caseOf(idle)).toMatchObject({
      undoneBy: { id: 'terminal', displayName: 'ops (terminal)' },
    });
  });
});

test('a row that is there already is not written again', async () => {
  await world.order({ order: 'audit' });
  const before = await once({ order: 'audit' });
  const now = instant(world.clock.now());
  await addCommand(world.doors, newCommand('command-1', { order: 'approve' }, 'other', now, now));
  expect(await command('command-1')).toEqual(before);
});
