import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WorkTerms } from '../src/cases/due-work.js';
import type { UserId } from '../src/audit/person.js';
import type { Messenger } from '../src/bot/messenger.js';
import type { Case } from '../src/cases/case.js';
import { instant } from '../src/cases/case.js';
import { newCommand, type Command } from '../src/cases/command.js';
import { outboxId, type Outbox } from '../src/cases/asking/outbox.js';
import { addCommand } from '../src/cases/run-add-command.js';
import type { CommandDoors } from '../src/cases/run-command.js';
import { setSwitch } from '../src/cases/campaign/run-switch.js';
import { NAMED } from '../src/simulator/named-people.js';
import { StoreUnavailable, type Doc, type Store } from '../src/store/store.js';
import type { Log } from '../src/telemetry/log.js';
import { HEARTBEAT, startWorker, workOnce, workOnRow, type Worker } from '../src/worker.js';
import { aSteward, type StewardWorld } from './world/steward-world.js';

const LEASE_MS = 15_000;
/** Cases, messages, audits, other orders and the heartbeat. */
const LOOPS = 5;
const WAITING = [NAMED.plainInactive, NAMED.inactiveWithVisio, NAMED.neverSignedIn, NAMED.disabledLicensed];

let world: StewardWorld;

/** Four cases are open, and none was asked about. */
beforeEach(async () => {
  world = await aSteward({ people: 12 });
  await setSwitch(world.store, 'paused', 'test', 'now');
  await world.audit();
  await setSwitch(world.store, 'running', 'test', 'now');
  world.clock.advance(3_600_000);
});

afterEach(() => world.close());

/** Sleeps as long as somebody says; `tick` ends the sleeps that are on. */
function sleeper(): {
  readonly sleep: WorkTerms['sleep'];
  readonly tick: () => void;
  readonly asleep: () => number;
} {
  let wake: (() => void)[] = [];
  return {
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        wake.push(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
    tick() {
      const now = wake;
      wake = [];
      for (const each of now) each();
    },
    asleep: () => wake.length,
  };
}

function optionsOf(owner: string, sleep = sleeper().sleep): WorkTerms {
  return { owner, pollMs: 300, leaseMs: LEASE_MS, sleep };
}

/** A door that opens when the test says so. */
function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('It never came so.');
}

function withMessenger(send: Messenger['send']): CommandDoors {
  return {
    ...world.doors,
    messenger: { send, update: (message, card) => world.teams.update(message, card) },
  };
}

/** Doors through which a case comes to its outbox only after `first`, which may also fail. */
function withWayToOutbox(first: () => Promise<void>): CommandDoors {
  const { store } = world.doors;
  return {
    ...world.doors,
    store: {
      ...store,
      async read(container, partition, id) {
        if (id === outboxId(manager)) await first();
        return store.read(container, partition, id);
      },
    },
  };
}

const manager = NAMED.itManager.id as UserId;

/** What was logged, as `level message`. */
function logged(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return { lines, log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } };
}

async function cases(): Promise<readonly Case[]> {
  return Promise.all(WAITING.map(({ id }) => world.caseOf(id)));
}

async function anAudit(): Promise<string> {
  const now = instant(world.clock.now());
  await addCommand(world.doors, newCommand('the-audit', { order: 'audit' }, 'test', now, now));
  return 'the-audit';
}

async function command(id: string): Promise<Command> {
  const stored = await world.store.read<Command>('commands', id, id);
  if (stored === undefined) throw new Error(`no command ${id}`);
  return stored.doc;
}

describe('a running worker', () => {
  let worker: Worker | undefined;

  afterEach(() => worker?.stop());

  it('carries out what is due, cases and commands, and leaves a heartbeat for terminals', async () => {
    const id = await anAudit();
    const { sleep, tick } = sleeper();
    worker = startWorker(world.doors, optionsOf('worker-1', sleep));
    await until(() => {
      tick();
      return world.teams.sent.length === 1;
    });
    await until(async () => (await command(id)).state === 'done');
    expect((await world.store.read('meta', HEARTBEAT, HEARTBEAT))?.doc).toMatchObject({
      at: world.clock.now().toISOString(),
    });
    await worker.stop();
    expect(await world.store.read('meta', HEARTBEAT, HEARTBEAT)).toBeUndefined();
  });

  it('ends after the row in hand, and gives back at once what it had claimed', async () => {
    const attempts = new Map((await cases()).map((c) => [c.caseId, c.attempts]));
    const { passed, open } = gate();
    let came = 0;
    const doors = withWayToOutbox(() => {
      came += 1;
      return passed;
    });
    worker = startWorker(doors, optionsOf('worker-1'));
    await until(() => came === 1);
    const stopped = Promise.all([worker.stop(), worker.stop()]);
    open();
    await stopped;
    expect(came).toBe(1);
    expect(world.teams.sent).toEqual([]);
    const found = await cases();
    const isDue = (c: Case): boolean => c.dueAt !== undefined && c.dueAt <= world.clock.now().toISOString();
    expect(found.filter(isDue)).toHaveLength(3);
    for (const c of found) expect(c.lease).toBeUndefined();
    for (const c of found.filter(isDue)) expect(c.attempts).toBe(attempts.get(c.caseId));
  });

  it('goes on looking after the store could not be used', async () => {
    const { lines, log } = logged();
    let broken = true;
    const store: Store = {
      ...world.store,
      query(query) {
        if (broken) throw new StoreUnavailable('The store is away.');
        return world.store.query(query);
      },
    };
    const { sleep, tick, asleep } = sleeper();
    worker = startWorker({ ...world.doors, store, log }, optionsOf('worker-1', sleep));
    await until(() => asleep() === LOOPS);
    // All but the heartbeat, which asks for no rows.
    expect(lines.filter((line) => line.startsWith('error'))).toEqual(
      Array.from(
        { length: LOOPS - 1 },
        () => 'error The worker could not look for due rows; it tries again.',
      ),
    );
    broken = false;
    await until(() => {
      tick();
      return world.teams.sent.length === 1;
    });
  });

  it('says nothing about a heartbeat that another instance writes at the same moment', async () => {
    const { lines, log } = logged();
    const beat = { id: HEARTBEAT, kind: 'heartbeat', at: 'before' };
    await world.store.create('meta', beat);
    let hidden = true;
    const store: Store = {
      ...world.store,
      async read(container, partition, id) {
        if (id !== HEARTBEAT || !hidden) return world.store.read(container, partition, id);
        hidden = false;
        return undefined;
      },
    };
    const { sleep, tick, asleep } = sleeper();
    worker = startWorker({ ...world.doors, store, log }, optionsOf('worker-1', sleep));
    await until(() => asleep() === LOOPS);
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
    tick();
    const now = world.clock.now().toISOString();
    await until(async () => {
      const stored = await world.store.read<Doc & { readonly at: string }>('meta', HEARTBEAT, HEARTBEAT);
      return stored?.doc.at === now;
    });
  });
});

describe('a row that fails for a reason nobody foresaw', () => {
  it('rests for a minute, stops no other, and is tried again', async () => {
    const { lines, log } = logged();
    let wrong = true;
    let calls = 0;
    const doors = {
      ...withWayToOutbox(async () => {
        calls += 1;
        if (wrong && calls === 2) throw new TypeError('undefined is not a function');
      }),
      log,
    };
    while (await workOnce(doors, optionsOf('worker-1')));
    expect(world.teams.sent).toHaveLength(1);
    const [resting, ...others] = (await cases()).filter(({ state }) => state === 'opened');
    expect(others).toEqual([]);
    const inAMinute = new Date(world.clock.now().getTime() + 60_000).toISOString();
    expect(resting).toMatchObject({ dueAt: inAMinute, state: 'opened' });
    expect(resting?.lease).toBeUndefined();
    expect(lines).toContain('error A row could not be worked on; it rests.');

    wrong = false;
    world.clock.advance(59_999);
    expect(await workOnce(doors, optionsOf('worker-1'))).toBe(false);
    world.clock.advance(1);
    while (await workOnce(doors, optionsOf('worker-1')));
    expect(world.teams.sent).toHaveLength(2);
    expect((await cases()).map(({ state }) => state)).toEqual(['asked', 'asked', 'asked', 'asked']);
  });

  it('is a command, too: it rests, and is tried again', async () => {
    const id = await anAudit();
    const failing = {
      ...world.doors,
      auditGraph: { ...world.doors.auditGraph, tenant: () => Promise.reject(new TypeError('oh')) },
    };
    await workOnRow(failing, optionsOf('worker-1'), { container: 'commands', id });
    expect(await command(id)).toMatchObject({
      state: 'waiting',
      attempts: 1,
      dueAt: '2026-11-23T10:01:00.000Z',
    });
    expect((await command(id)).lease).toBeUndefined();
    world.clock.advance(60_000);
    await workOnRow(world.doors, optionsOf('worker-1'), { container: 'commands', id });
    expect(await command(id)).toMatchObject({ state: 'done', attempts: 2 });
  });
});

describe('the lease of a command that takes long', () => {
  /** Doors whose audit waits in the middle until the gate is opened. */
  function slowAudit(): {
    readonly doors: CommandDoors;
    readonly begun: () => boolean;
    readonly open: () => void;
  } {
    const { passed, open } = gate();
    let begun = false;
    const { auditGraph } = world.doors;
    const tenant = async (): ReturnType<typeof auditGraph.tenant> => {
      begun = true;
      await passed;
      return auditGraph.tenant();
    };
    return { doors: { ...world.doors, auditGraph: { ...auditGraph, tenant } }, begun: () => begun, open };
  }

  it('is renewed, so that nobody else begins it', async () => {
    const id = await anAudit();
    const { doors, begun, open } = slowAudit();
    const { sleep, tick, asleep } = sleeper();
    const row = { container: 'commands', id } as const;
    const working = workOnRow(doors, optionsOf('worker-1', sleep), row);
    await until(() => begun() && asleep() === 1);
    const first = (await command(id)).lease;
    expect(first).toEqual({ owner: 'worker-1', until: '2026-11-23T10:00:15.000Z' });

    for (let thirds = 0; thirds < 4; thirds += 1) {
      world.clock.advance(LEASE_MS / 3);
      tick();
      await until(() => asleep() === 1);
    }
    expect((await command(id)).lease).toEqual({ owner: 'worker-1', until: '2026-11-23T10:00:35.000Z' });
    await workOnRow(world.doors, optionsOf('worker-2'), row);
    expect(await command(id)).toMatchObject({ state: 'waiting', attempts: 1, lease: { owner: 'worker-1' } });

    open();
    await working;
    expect(await command(id)).toMatchObject({ state: 'done', attempts: 1 });
    expect((await command(id)).lease).toBeUndefined();
  });

  /** An audit in hand, under a store that cannot be used for so many writes of its row, the first of which is the claim. */
  function underFaultyStore(id: string, failing: readonly number[], { isWritten }: { isWritten: boolean }) {
    const slow = slowAudit();
    const { sleep, tick, asleep } = sleeper();
    const { lines, log } = logged();
    let writes = 0;
    const replace: Store['replace'] = async (container, doc, etag) => {
      if (doc.id !== id || !failing.includes((writes += 1))) return world.store.replace(container, doc, etag);
      if (isWritten) await world.store.replace(container, doc, etag);
      throw new StoreUnavailable('The store cannot be used.');
    };
    const doors = { ...slow.doors, log, store: { ...world.doors.store, replace } };
    const working = workOnRow(doors, optionsOf('worker-1', sleep), { container: 'commands', id });
    return {
      ...slow,
      working,
      lines,
      pass: async (share: number): Promise<void> => {
        await until(() => slow.begun() && asleep() === 1);
        world.clock.advance(LEASE_MS / share);
        tick();
      },
    };
  }

  it.each([
    ['was not written', false],
    ['was written although its answer was lost', true],
  ])('outlives renewals that failed: each %s', async (_what, isWritten) => {
    const id = await anAudit();
    const { pass, open, working, lines } = underFaultyStore(id, [2, 3], { isWritten });
    for (const share of [3, 12, 12, 3, 3]) await pass(share);
    open();
    await working;
    expect(await command(id)).toMatchObject({ state: 'done', attempts: 1 });
    expect(lines).not.toContain('warn The lease of a command could not be kept.');
  });

  it('keeps no other order waiting: a stop is carried out while an audit goes on', async () => {
    await anAudit();
    const { doors, begun, open } = slowAudit();
    const { sleep, tick } = sleeper();
    const worker = startWorker(doors, optionsOf('worker-1', sleep));
    await until(() => {
      tick();
      return begun();
    });
    await setSwitch(world.store, 'stopped', 'alex', world.clock.now().toISOString());
    await until(async () => {
      tick();
      return (await cases()).every(({ state }) => state === 'cancelled');
    });
    expect((await command('the-audit')).state).toBe('waiting');
    open();
    await until(async () => {
      tick();
      return (await command('the-audit')).state === 'done';
    });
    await worker.stop();
  });

  it('is given up before its end when it cannot be renewed, and so is the audit, for the next one', async () => {
    // By then, sign-in dates have to be read again.
    world.clock.advance(25 * 3_600_000);
    const id = await anAudit();
    const failing = Array.from({ length: 8 }, (_, at) => at + 2);
    const { pass, open, working, lines } = underFaultyStore(id, failing, { isWritten: false });
    // 5, 6.25, 7.5 ... and 13.75 of 15 seconds.
    for (const share of [3, 12, 12, 12, 12, 12, 12, 12]) await pass(share);
    await until(() => lines.includes('warn The lease of a command could not be kept.'));
    open();
    await working;
    expect((await command(id)).state).toBe('waiting');
    expect((await command(id)).lease).toBeUndefined();
    expect(lines).toContain('info The audit was broken off; the next service takes it up.');
  });

  it('is lost to somebody else, whose word then counts', async () => {
    for (const noticed of [true, false]) {
      const id = noticed ? 'noticed' : 'unnoticed';
      const now = instant(world.clock.now());
      await addCommand(world.doors, newCommand(id, { order: 'audit' }, 'test', now, now));
      const { doors, begun, open } = slowAudit();
      const { sleep, tick, asleep } = sleeper();
      const { lines, log } = logged();
      const row = { container: 'commands', id } as const;
      const working = workOnRow({ ...doors, log }, optionsOf('worker-1', sleep), row);
      await until(() => begun() && asleep() === 1);

      world.clock.advance(LEASE_MS);
      await workOnRow(world.doors, optionsOf('worker-2'), row);
      const theirs = await command(id);
      expect(theirs).toMatchObject({ state: 'done', attempts: 2 });
      if (noticed) {
        tick();
        await until(() => lines.includes('warn The lease of a command could not be kept.'));
      }
      open();
      await working;
      expect(await command(id)).toEqual(theirs);
      expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
    }
  });
});

describe('a case that somebody else has', () => {
  it('is left alone until the lease has passed', async () => {
    const c = await world.caseOf(NAMED.plainInactive.id);
    const stored = await world.store.read<Case>('cases', c.caseId, c.caseId);
    if (stored === undefined) throw new Error('no case');
    const until = instant(new Date(world.clock.now().getTime() + LEASE_MS));
    await world.store.replace<Case>(
      'cases',
      { ...stored.doc, lease: { owner: 'worker-2', until } },
      stored.etag,
    );
    while (await workOnce(world.doors, optionsOf('worker-1')));
    expect((await world.caseOf(c.userId)).state).toBe('opened');
    expect(world.teams.sent).toHaveLength(1);
    world.clock.advance(LEASE_MS);
    while (await workOnce(world.doors, optionsOf('worker-1')));
    expect((await world.caseOf(c.userId)).state).toBe('asked');
    expect(world.teams.sent).toHaveLength(2);
  });
});

describe('an outbox that somebody else has', () => {
  it('is not written to by whoever lost it in the middle, and no case hears of a message from them', async () => {
    let stolen: Outbox | undefined;
    const doors = withMessenger(async (to, card, summary) => {
      const found = await world.store.read<Outbox>('commands', outboxId(to), outboxId(to));
      if (found !== undefined && stolen === undefined) {
        const lease = { owner: 'worker-2', until: instant(world.clock.now()) };
        stolen = (
          await world.store.replace<Outbox>('commands', { ...found.doc, lease, dueAt: undefined }, found.etag)
        ).doc;
      }
      return world.teams.send(to, card, summary);
    });
    const { lines, log } = logged();
    await workOnce({ ...doors, log }, optionsOf('worker-1'));
    expect(stolen).toBeDefined();
    const id = outboxId(manager);
    expect((await world.store.read<Outbox>('commands', id, id))?.doc).toEqual(stolen);
    expect((await cases()).map(({ state }) => state)).toEqual(['opened', 'opened', 'opened', 'opened']);
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});
