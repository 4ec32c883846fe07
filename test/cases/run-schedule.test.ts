import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import type { DoneRunDoc } from '../../src/audit/run-record.js';
import { doneRuns } from '../../src/audit/run-store.js';
import { instant, type Instant } from '../../src/cases/case.js';
import { newCommand, type Command } from '../../src/cases/command.js';
import { addCommand } from '../../src/cases/run-add-command.js';
import type { CommandDoors } from '../../src/cases/run-command.js';
import { planAudits } from '../../src/cases/run-schedule.js';
import type { Policy } from '../../src/config/policy.js';
import type { WorkTerms } from '../../src/cases/due-work.js';
import { workOnce } from '../../src/worker.js';
import { actingPolicy, aSteward, type StewardWorld } from '../world/steward-world.js';
import { untilAborted } from '../world/until-aborted.js';

const HOUR = 3_600_000;

let world: StewardWorld;
beforeEach(async () => {
  world = await aSteward({ people: 12, policy: scheduled('0 6 * * *') });
});
afterEach(() => world.close());

function scheduled(schedule: string, timeZone = 'Etc/UTC', more = ''): Policy {
  const policy = actingPolicy(more);
  return { ...policy, mode: 'observe', audit: { schedule, timeZone } };
}

/** Another instance on the same store, perhaps with another policy file. */
function instance(policy = world.doors.policy): CommandDoors {
  return { ...world.doors, policy };
}

function optionsOf(owner: string): WorkTerms {
  return { owner, pollMs: 300, leaseMs: 15_000, sleep: untilAborted };
}

async function works(doors: CommandDoors, owner = 'worker-1'): Promise<void> {
  while (await workOnce(doors, optionsOf(owner))) {
    // until nothing is due
  }
}

function to(time: string): void {
  world.clock.advance(Date.parse(time) - world.clock.now().getTime());
}

async function rows(): Promise<readonly string[]> {
  const found: Command[] = [];
  const where = [{ field: 'kind', is: '=', value: 'command' }] as const;
  for await (const { doc } of world.store.query<Command>({ container: 'commands', where })) found.push(doc);
  return found.map(({ id, state, dueAt }) => `${id} ${state} ${dueAt ?? ''}`.trim()).sort();
}

async function command(id: string): Promise<Command> {
  const stored = await world.store.read<Command>('commands', id, id);
  if (stored === undefined) throw new Error(`no command ${id}`);
  return stored.doc;
}

async function runs(): Promise<readonly string[]> {
  const done: readonly DoneRunDoc[] = await doneRuns(world.store, 'startedAt');
  return done.map(({ startedAt }) => startedAt.slice(0, 16)).reverse();
}

async function order(id: string): Promise<void> {
  const now = instant(world.clock.now());
  await addCommand(world.doors, newCommand(id, { order: 'audit' }, 'test', now, now));
}

describe('a schedule', () => {
  it('runs each time once, and always has one row for the next', async () => {
    await planAudits(world.doors);
    expect(await rows()).toEqual(['audit-20261124060000000 waiting 2026-11-24T06:00:00.000Z']);
    for (let hour = 0; hour < 72; hour += 1) {
      world.clock.advance(HOUR);
      await works(world.doors);
    }
    expect(await runs()).toEqual(['2026-11-24T06:00', '2026-11-25T06:00', '2026-11-26T06:00']);
    expect((await rows()).filter((row) => row.includes('waiting'))).toEqual([
      'audit-20261127060000000 waiting 2026-11-27T06:00:00.000Z',
    ]);
  });

  it('catches up once after the service was down, however many times have passed', async () => {
    await planAudits(world.doors);
    to('2026-12-03T10:00:00Z');
    await planAudits(instance());
    await works(world.doors);
    expect(await runs()).toEqual(['2026-12-03T10:00']);
    expect(await command('audit-20261124060000000')).toMatchObject({ state: 'done' });
    expect((await rows()).filter((row) => row.includes('waiting'))).toEqual([
      'audit-20261204060000000 waiting 2026-12-04T06:00:00.000Z',
    ]);
  });

  it('is planned once by instances that start together', async () => {
    await Promise.all([planAudits(world.doors), planAudits(instance()), planAudits(instance())]);
    expect(await rows()).toHaveLength(1);
  });

  test.each<[string, string, string, string, readonly string[]]>([
    [
      'the night without a 02:30 in Berlin',
      '30 2 * * *',
      'Europe/Berlin',
      '2027-03-27T00:00:00Z',
      ['2027-03-27T01:30', '2027-03-28T01:00', '2027-03-29T00:30'],
    ],
    [
      'the night with two of them',
      '30 2 * * *',
      'Europe/Berlin',
      '2027-10-30T00:00:00Z',
      ['2027-10-30T00:30', '2027-10-31T00:30', '2027-11-01T01:30'],
    ],
    [
      'the night without a 02:30 in New York',
      '30 2 * * *',
      'America/New_York',
      '2027-03-13T06:00:00Z',
      ['2027-03-13T07:30', '2027-03-14T07:00', '2027-03-15T06:30'],
    ],
    [
      'the night with two 01:30 in New York',
      '30 1 * * *',
      'America/New_York',
      '2027-11-06T05:00:00Z',
      ['2027-11-06T05:30', '2027-11-07T05:30', '2027-11-08T06:30'],
    ],
    [
      'the half hour that lacks on Lord Howe Island',
      '15 2 * * *',
      'Australia/Lord_Howe',
      '2027-10-01T15:00:00Z',
      ['2027-10-01T15:45', '2027-10-02T15:30', '2027-10-03T15:15'],
    ],
  ])('runs once a night, also in %s', async (_what, schedule, timeZone, start, expected) => {
    const doors = instance(scheduled(schedule, timeZone));
    to(start);
    await planAudits(doors);
    for (let quarter = 0; quarter < 60 * 4 && (await runs()).length < expected.length; quarter += 1) {
      await works(doors);
      world.clock.advance(HOUR / 4);
    }
    expect(await runs()).toEqual(expected);
  });
});

describe('a changed schedule', () => {
  it('replaces the row of the old one', async () => {
    await planAudits(world.doors);
    await planAudits(instance(scheduled('0 18 * * *')));
    expect(await rows()).toEqual([
      'audit-20261123180000000 waiting 2026-11-23T18:00:00.000Z',
      'audit-20261124060000000 done',
    ]);
    expect((await command('audit-20261124060000000')).outcome).toMatchObject({
      says: expect.stringContaining('audit.schedule was changed'),
    });
  });

  it('runs its own times alone, also when a time of the old one was missed', async () => {
    await planAudits(world.doors);
    to('2026-11-25T12:00:00Z');
    const doors = instance(scheduled('0 18 * * *'));
    await planAudits(doors);
    await works(doors);
    expect(await runs()).toEqual([]);
    to('2026-11-25T18:00:00Z');
    await works(doors);
    expect(await runs()).toEqual(['2026-11-25T18:00']);
  });

  it('of another time zone is another schedule', async () => {
    await planAudits(world.doors);
    await planAudits(instance(scheduled('0 6 * * *', 'Europe/Berlin')));
    expect(await rows()).toEqual([
      'audit-20261124050000000 waiting 2026-11-24T05:00:00.000Z',
      'audit-20261124060000000 done',
    ]);
  });

  it('takes over a row of the same time, and can be changed back', async () => {
    await planAudits(world.doors);
    const weekly = scheduled('0 6 * * 2');
    await planAudits(instance(weekly));
    expect(await rows()).toEqual(['audit-20261124060000000 waiting 2026-11-24T06:00:00.000Z']);
    expect((await command('audit-20261124060000000')).what).toMatchObject({
      planned: { schedule: '0 6 * * 2' },
    });
    await planAudits(instance(scheduled('0 18 * * *')));
    await planAudits(world.doors);
    expect((await rows()).filter((row) => row.includes('waiting'))).toEqual([
      'audit-20261124060000000 waiting 2026-11-24T06:00:00.000Z',
    ]);
    to('2026-11-24T06:00:00Z');
    await works(world.doors);
    expect(await runs()).toEqual(['2026-11-24T06:00']);
  });

  it('is gone on with by an instance that still has the old policy', async () => {
    await planAudits(instance(scheduled('0 18 * * *')));
    to('2026-11-23T18:00:00Z');
    await works(world.doors);
    expect(await runs()).toEqual(['2026-11-23T18:00']);
    expect((await rows()).filter((row) => row.includes('waiting'))).toEqual([
      'audit-20261124180000000 waiting 2026-11-24T18:00:00.000Z',
    ]);
  });

  it('leaves out a row of the old one that was written after the change', async () => {
    await planAudits(instance(scheduled('0 18 * * *')));
    const due = instant(world.clock.now());
    const planned = { schedule: '0 6 * * *', timeZone: 'Etc/UTC', due };
    await addCommand(
      world.doors,
      newCommand('audit-late', { order: 'audit', planned }, 'schedule', due, due),
    );
    await works(world.doors);
    expect(await command('audit-late')).toMatchObject({
      state: 'done',
      outcome: { says: expect.stringMatching(/left out/) },
    });
    expect(await runs()).toEqual([]);
  });
});

describe('rows of an earlier version, which do not name their schedule', () => {
  async function old(due: string): Promise<string> {
    const id = `audit-${due.replaceAll(/[^0-9]/g, '')}`;
    const at = instant(world.clock.now());
    await addCommand(world.doors, newCommand(id, { order: 'audit' }, 'schedule', at, due as Instant));
    return id;
  }

  it('are planned anew when they lie ahead', async () => {
    await old('2026-11-24T05:00:00.000Z');
    await planAudits(world.doors);
    expect((await rows()).filter((row) => row.includes('waiting'))).toEqual([
      'audit-20261124060000000 waiting 2026-11-24T06:00:00.000Z',
    ]);
  });

  it('are caught up once when they were missed', async () => {
    const id = await old('2026-11-23T05:00:00.000Z');
    await planAudits(world.doors);
    await works(world.doors);
    expect(await command(id)).toMatchObject({ state: 'done', outcome: { runId: `${id}-1` } });
    expect(await runs()).toEqual(['2026-11-23T09:00']);
  });
});

describe('one audit at a time', () => {
  /** Holds an audit up in its first call until it is let go. */
  function held(): { doors: CommandDoors; begun: Promise<void>; letGo(): void } {
    let begin = (): void => undefined;
    let letGo = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const { auditGraph } = world.doors;
    const namesConcealed = async (): Promise<boolean> => {
      begin();
      await gate;
      return auditGraph.namesConcealed();
    };
    return {
      doors: { ...world.doors, auditGraph: { ...auditGraph, namesConcealed } },
      begun,
      letGo: () => letGo(),
    };
  }

  it('is run by one of two instances', async () => {
    await planAudits(world.doors);
    to('2026-11-24T06:00:00Z');
    await Promise.all([works(world.doors, 'worker-1'), works(instance(), 'worker-2')]);
    expect(await runs()).toEqual(['2026-11-24T06:00']);
    expect(await command('audit-20261124060000000')).toMatchObject({ state: 'done', attempts: 1 });
  });

  it('is ordered twice: the second waits for the first, and then has its own run', async () => {
    const first = held();
    await order('first');
    const working = works(first.doors, 'worker-1');
    await first.begun;
    await order('second');
    await works(instance(), 'worker-2');
    expect(await command('second')).toMatchObject({ state: 'waiting', attempts: 0 });
    expect((await command('second')).lease).toBeUndefined();
    expect(await runs()).toEqual([]);
    first.letGo();
    await working;
    expect(await command('first')).toMatchObject({ state: 'done' });
    await works(instance(), 'worker-2');
    expect(await command('second')).toMatchObject({ state: 'waiting' });
    world.clock.advance(30_000);
    await works(instance(), 'worker-2');
    expect(await command('second')).toMatchObject({ state: 'done', outcome: { runId: 'second-1' } });
    expect(await runs()).toHaveLength(2);
  });

  it('that was under way at a planned time does what was planned', async () => {
    await planAudits(world.doors);
    to('2026-11-24T05:59:50Z');
    const first = held();
    await order('by-hand');
    const working = works(first.doors, 'worker-1');
    await first.begun;
    to('2026-11-24T06:00:00Z');
    await works(instance(), 'worker-2');
    first.letGo();
    await working;
    world.clock.advance(30_000);
    await works(instance(), 'worker-2');
    expect(await command('audit-20261124060000000')).toMatchObject({
      state: 'done',
      outcome: { runId: 'by-hand-1', says: expect.stringContaining('did already what was planned') },
    });
    expect(await runs()).toEqual(['2026-11-24T05:59']);
  });

  it('that had other rules does not do what was planned', async () => {
    await planAudits(world.doors);
    to('2026-11-24T06:01:00Z');
    await order('by-hand');
    const other = scheduled('0 6 * * *', 'Etc/UTC', 'inactivity: { days: 60 }');
    const row = await world.store.read<Command>(
      'commands',
      'audit-20261124060000000',
      'audit-20261124060000000',
    );
    if (row === undefined) throw new Error('no row');
    await world.store.replace(
      'commands',
      { ...row.doc, dueAt: '2026-11-24T06:02:00.000Z' as Instant },
      row.etag,
    );
    await works(instance(other));
    to('2026-11-24T06:02:00Z');
    await works(world.doors);
    expect(await runs()).toEqual(['2026-11-24T06:01', '2026-11-24T06:02']);
  });

  it('whose process is gone is not waited for longer than its lease', async () => {
    const first = held();
    await order('first');
    const gone = works(first.doors, 'worker-1');
    await first.begun;
    await order('second');
    world.clock.advance(15_000);
    await works(instance(), 'worker-2');
    expect(await runs()).toHaveLength(2);
    first.letGo();
    await gone.catch(() => undefined);
    expect(await command('first')).toMatchObject({ state: 'done' });
    expect(await command('second')).toMatchObject({ state: 'done' });
  });
});
