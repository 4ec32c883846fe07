import { afterEach, describe, expect, it } from '@jest/globals';
import { NamesStop } from '../../../src/audit/reveal/run-doors.js';
import { putBackNames } from '../../../src/audit/reveal/run-back.js';
import { readNames } from '../../../src/audit/reveal/run-record.js';
import { withNamesShown } from '../../../src/audit/reveal/run-reveal.js';
import { instant } from '../../../src/cases/case.js';
import type { Command } from '../../../src/cases/command.js';
import { workOnce } from '../../../src/worker.js';
import { readHistory } from '../../../src/store/case-history.js';
import { SETTINGS_CHAIN } from '../../../src/store/history.js';
import { StoreUnavailable, type Store } from '../../../src/store/store.js';
import { simulatedDoor, violationsIn } from '../../graph/simulated-door.js';
import { onBothStores } from '../../store/both-stores.js';
import { graphFailure } from '../../world/graph-world.js';
import { policyOf } from '../../world/policies.js';
import { aRevealWorld, REVEALING, type Process, type RevealWorld } from '../../world/reveal-world.js';
import { untilAborted } from '../../world/until-aborted.js';

const MINUTE = 60_000;
const worlds: RevealWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function aWorld(options: Parameters<typeof aRevealWorld>[0] = {}): Promise<RevealWorld> {
  const world = await aRevealWorld(options);
  worlds.push(world);
  return world;
}

const WHOLE = ['namesNoted', 'namesShown', 'namesConcealed'];

describe('on each kind of store', () => {
  onBothStores((open) => {
    it('names are shown while reports are read, concealed again, and the minutes are in the history', async () => {
      const [store] = await open(1);
      if (store === undefined) throw new Error('no store');
      const world = await aWorld({ store });
      expect(await world.process().audit()).toBe('names, names');
      expect(await world.evidence()).toEqual({
        concealed: true,
        state: 'concealed',
        history: WHOLE,
        faults: 0,
        waitingRows: 0,
      });
      expect(world.tenant.changes).toEqual([
        { concealed: false, by: 'us' },
        { concealed: true, by: 'us' },
      ]);
      const { events } = await readHistory(store, SETTINGS_CHAIN);
      // 5 and 15 seconds until reports follow, and the two minutes of the reading.
      expect(events.at(-1)).toMatchObject({ public: { by: 'audit', minutes: 3 } });
      expect(await world.process().audit()).toBe('names, names');
      expect((await world.evidence()).history).toEqual([...WHOLE, ...WHOLE]);
    });

    it('a due row conceals when the process is gone, and the audit of another can begin at once', async () => {
      const [store] = await open(1);
      if (store === undefined) throw new Error('no store');
      const world = await aWorld({ store });
      const killed = world.process({ crash: { at: 12, when: 'before' } });
      await Promise.race([killed.audit(), killed.died]);
      expect(world.tenant.concealed()).toBe(false);
      expect(await world.process().audit()).toBe('names, names');
      await world.restart();
      expect(await world.evidence()).toEqual({
        concealed: true,
        state: 'concealed',
        history: WHOLE,
        faults: 0,
        waitingRows: 0,
      });
    });
  });
});

describe('names that are visible', () => {
  it('are read and stay visible; nothing is noted', async () => {
    const world = await aWorld({ concealed: false });
    expect(await world.process().audit()).toBe('names, names');
    expect(await world.evidence()).toMatchObject({ concealed: false, state: undefined, history: [] });
    expect(world.tenant.changes).toEqual([]);
  });
});

describe('the policy without revealNames', () => {
  it('stops before anything is changed, and says what to do', async () => {
    const world = await aWorld();
    const { doors } = world.process();
    const reading = withNamesShown(doors, policyOf(''), async () => 'read');
    await expect(reading).rejects.toThrow(NamesStop);
    await expect(reading).rejects.toThrow(/clear "Display concealed user, group, and site names/);
    expect(world.tenant.changes).toEqual([]);
    expect((await world.evidence()).state).toBeUndefined();
  });
});

describe('showing names', () => {
  it('is announced before it is done', async () => {
    const world = await aWorld();
    world.tenant.before = (name) => {
      if (name === 'setNamesConcealed' && world.tenant.changes.length === 0)
        expect(world.announced.at(-1)).toContain('they are shown now, in the whole tenant');
    };
    await world.process().audit();
    expect(world.announced[0]).toContain('The tenant conceals names in usage reports.');
    expect(world.announced.at(-1)).toBe(
      'Names in usage reports are concealed again; they were shown for at most 3 minutes.',
    );
  });

  it('is given up when reports do not follow within ten minutes', async () => {
    const world = await aWorld();
    world.tenant.followMs = 24 * 60 * MINUTE;
    let looks = 0;
    world.tenant.before = (name) => void (looks += name === 'report' ? 1 : 0);
    expect(await world.process().audit()).toMatch(/^stopped: Names .* still came with concealed names/);
    expect(looks).toBe(8);
    expect(await world.evidence()).toMatchObject({ concealed: true, history: WHOLE, waitingRows: 0 });
  });

  it('is given up with what Graph was in trouble with, when every look at the reports failed', async () => {
    const world = await aWorld();
    world.tenant.before = (name) => {
      if (name === 'report') throw graphFailure('serverError');
    };
    await expect(world.process().audit()).rejects.toMatchObject({ kind: 'serverError' });
    expect(await world.evidence()).toMatchObject({ concealed: true, history: WHOLE, waitingRows: 0 });
  });

  it('ends with the work that fails, whose error stands', async () => {
    const world = await aWorld();
    const reading = withNamesShown(world.process().doors, REVEALING, async () => {
      expect(world.tenant.concealed()).toBe(false);
      throw graphFailure('notFound');
    });
    await expect(reading).rejects.toMatchObject({ kind: 'notFound' });
    expect(await world.evidence()).toMatchObject({ concealed: true, history: WHOLE, waitingRows: 0 });
  });

  it('ends after 45 minutes, however long the work goes on', async () => {
    const world = await aWorld();
    const ticking = (async () => {
      for (let minute = 0; minute < 60; minute += 1) {
        world.clock.advance(MINUTE);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })();
    const reading = withNamesShown(world.process().doors, REVEALING, () => new Promise<never>(() => {}));
    await expect(reading).rejects.toThrow(/could not be read within the 45 minutes/);
    expect(world.tenant.concealed()).toBe(true);
    await ticking;
    expect(await world.evidence()).toMatchObject({ state: 'concealed', faults: 0, waitingRows: 0 });
  });

  it('goes on for longer than a hold lasts, because signs of life keep it', async () => {
    const world = await aWorld();
    const answer = await withNamesShown(world.process().doors, REVEALING, async () => {
      for (let minute = 0; minute < 20; minute += 1) {
        world.clock.advance(MINUTE);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      expect(await putBackNames(world.process().doors)).toMatchObject({ is: 'held' });
      return 'read';
    });
    expect(answer).toBe('read');
    expect(await world.evidence()).toMatchObject({ concealed: true, history: WHOLE });
  });

  it('ends at once when nobody waits any more, as after Ctrl-C', async () => {
    const world = await aWorld();
    world.tenant.followMs = 0;
    const stop = new AbortController();
    const doors = { ...world.process().doors, ending: stop.signal };
    const reading = withNamesShown(doors, REVEALING, () => {
      stop.abort();
      return new Promise<never>(() => {});
    });
    await expect(reading).rejects.toThrow(/broken off while names in usage reports were shown/);
    expect(await world.evidence()).toMatchObject({ concealed: true, history: WHOLE, waitingRows: 0 });
  });

  it('works with the door to a tenant: the first rows are looked at, the whole report is read by the work', async () => {
    const world = await aWorld();
    const { door, clock, tenant } = await simulatedDoor();
    await door.setNamesConcealed(true);
    const doors = { ...world.process().doors, graph: door, clock, sleep: untilAborted };
    const text = await withNamesShown(doors, REVEALING, async () => {
      let whole = '';
      for await (const chunk of door.report('activeUsers')) whole += chunk;
      return whole;
    });
    expect(text.split('\r\n')[1]).toContain('@');
    expect(await door.namesConcealed()).toBe(true);
    const changes = tenant.requests.filter(({ method }) => method === 'PATCH').map(({ path: at }) => at);
    expect(changes).toEqual(Array.from({ length: 3 }, () => '/v1.0/admin/reportSettings'));
    expect(violationsIn(tenant)).toEqual([]);
  });

  it('without the permission to change the setting stops by its name, and nothing is left behind', async () => {
    const world = await aWorld();
    world.tenant.before = (name) => {
      if (name === 'setNamesConcealed') throw graphFailure('forbidden');
    };
    expect(await world.process().audit()).toMatch(
      /^stopped: The tenant conceals names .* because the permission ReportSettings\.ReadWrite\.All is missing\. Grant/,
    );
    expect(world.tenant.changes).toEqual([]);
    expect(await world.evidence()).toMatchObject({
      concealed: true,
      state: 'concealed',
      history: ['namesNoted', 'namesFoundConcealed'],
      waitingRows: 0,
    });
  });
});

describe('concealing that fails', () => {
  it('is said loudly, is no success of the audit, and is tried by due rows until it holds', async () => {
    const world = await aWorld();
    let broken = true;
    world.tenant.before = (name) => {
      if (name === 'setNamesConcealed' && broken && world.tenant.changes.length > 0)
        throw graphFailure('serverError');
    };
    await expect(world.process().audit()).rejects.toThrow(
      /still shown in the whole tenant.*A running service goes on trying/,
    );
    await world.restart();
    expect(world.tenant.concealed()).toBe(false);
    expect(await world.evidence()).toMatchObject({ waitingRows: 1, state: 'concealing' });
    const errors = world.log.filter((line) =>
      line.startsWith('error Names in usage reports are still shown'),
    );
    expect(errors.length).toBeGreaterThan(5);
    broken = false;
    await world.restart();
    expect(await world.evidence()).toMatchObject({
      concealed: true,
      history: WHOLE,
      waitingRows: 0,
      faults: 0,
    });
  });

  it('is done even when the store is away, and written down when it is back', async () => {
    const world = await aWorld();
    const { doors } = world.process();
    let away = false;
    const store = new Proxy(doors.store, {
      get: (target, name: keyof typeof doors.store) =>
        away ? () => Promise.reject(new StoreUnavailable('The store is away.')) : target[name],
    });
    const reading = withNamesShown({ ...doors, store }, REVEALING, async () => {
      away = true;
      return 'read';
    });
    await expect(reading).rejects.toThrow(StoreUnavailable);
    expect(world.tenant.concealed()).toBe(true);
    await world.restart();
    expect(await world.evidence()).toMatchObject({
      concealed: true,
      state: 'concealed',
      history: ['namesNoted', 'namesShown', 'namesFoundConcealed'],
    });
  });
});

describe('a sign of life of the same audit', () => {
  it('that is written while it writes down that names are concealed ends it no other way', async () => {
    const world = await aWorld();
    const { doors } = world.process();
    const { store } = world;
    let written = false;
    const batch: Store['batch'] = async (container, partition, operations) => {
      const isEnd = operations.some(({ kind }) => kind === 'create') && world.tenant.concealed();
      if (!written && isEnd && (await readNames(store))?.doc.state === 'concealing') {
        written = true;
        const note = await readNames(store);
        if (note !== undefined) await store.replace('cases', note.doc, note.etag);
      }
      return store.batch(container, partition, operations);
    };
    const read = await withNamesShown(
      { ...doors, store: { ...store, batch } },
      REVEALING,
      async () => 'read',
    );
    expect(written).toBe(true);
    expect(read).toBe('read');
    expect(await world.evidence()).toMatchObject({ concealed: true, state: 'concealed', history: WHOLE });
  });
});

describe('a start after a crash', () => {
  async function crashed(): Promise<RevealWorld> {
    const world = await aWorld();
    const killed = world.process({ crash: { at: 12, when: 'before' } });
    await Promise.race([killed.audit(), killed.died]);
    expect(world.tenant.concealed()).toBe(false);
    return world;
  }

  it('leaves names shown as long as their reader may be alive', async () => {
    const world = await crashed();
    expect(await putBackNames(world.process().doors)).toMatchObject({ is: 'held' });
    expect(world.tenant.concealed()).toBe(false);
  });

  it('conceals when the reader is gone, also under a policy that forbids to show', async () => {
    const world = await crashed();
    world.clock.advance(4 * MINUTE);
    const reading = withNamesShown(world.process().doors, policyOf(''), async () => 'read');
    await expect(reading).rejects.toThrow(NamesStop);
    expect(await world.evidence()).toMatchObject({ concealed: true, history: WHOLE, waitingRows: 0 });
  });

  it('only writes down what somebody else has concealed meanwhile', async () => {
    const world = await crashed();
    world.tenant.flip(true);
    world.clock.advance(4 * MINUTE);
    expect(await putBackNames(world.process().doors)).toMatchObject({ is: 'foundConcealed' });
    expect(world.tenant.changes.map(({ by }) => by)).toEqual(['us', 'other']);
    expect((await world.evidence()).history).toEqual(['namesNoted', 'namesShown', 'namesFoundConcealed']);
  });

  it('does nothing where nothing was left', async () => {
    const world = await aWorld();
    expect(await putBackNames(world.process().doors)).toEqual({ is: 'nothing' });
    await world.process().audit();
    world.tenant.flip(false);
    expect(await putBackNames(world.process().doors)).toEqual({ is: 'nothing' });
    expect(world.tenant.concealed()).toBe(false);
  });
});

describe('a process whose clock is an hour ahead', () => {
  /** Everything that a reader has done, while somebody else with such a clock does something. */
  async function whileOneReads(
    other: (ahead: Process, world: RevealWorld) => Promise<void>,
  ): Promise<string> {
    const world = await aWorld();
    return withNamesShown(world.process().doors, REVEALING, async () => {
      const { clock } = world;
      const early = { now: () => new Date(clock.now().getTime() + 60 * MINUTE) };
      const process = world.process();
      const ahead: Process = {
        ...process,
        doors: { ...process.doors, clock: early },
        commandDoors: { ...process.commandDoors, clock: early },
      };
      await other(ahead, world);
      expect(world.tenant.concealed()).toBe(false);
      return 'read';
    });
  }

  it('does not conceal under a reader, whatever row is due for it', async () => {
    const read = whileOneReads(async ({ commandDoors }, { store }) => {
      const owner = 'ahead';
      const terms = { owner, pollMs: 300, leaseMs: 5 * MINUTE, sleep: untilAborted };
      expect(await workOnce(commandDoors, terms)).toBe(true);
      const where = [{ field: 'state', is: '=', value: 'waiting' }] as const;
      const waiting: Command[] = [];
      for await (const { doc } of store.query<Command>({ container: 'commands', where })) waiting.push(doc);
      expect(waiting.map(({ what }) => what)).toEqual([{ order: 'concealNames', seen: expect.any(String) }]);
    });
    expect(await read).toBe('read');
  });

  it('waits with an audit of its own until the reader has given a sign of life, and reads with them', async () => {
    let shared = '';
    const read = whileOneReads(async ({ doors }, world) => {
      let looks = 0;
      const patient = {
        ...doors,
        sleep: async (ms: number, signal?: AbortSignal): Promise<void> => {
          if (signal !== undefined) return untilAborted(ms, signal);
          looks += 1;
          world.clock.advance(ms);
          if (looks === 3) await hold(world, doors.clock.now());
        },
      };
      shared = await withNamesShown(patient, REVEALING, async () => 'read as well');
    });
    expect(await read).toBe('read');
    expect(shared).toBe('read as well');
  });
});

/** The reader is heard of again, by a clock that is right after all. */
async function hold({ store }: RevealWorld, until: Date): Promise<void> {
  const stored = await readNames(store);
  if (stored === undefined) throw new Error('no note');
  const at = instant(new Date(until.getTime() + 3 * MINUTE));
  const holders = stored.doc.holders.map((holder) => ({ ...holder, until: at }));
  await store.replace('cases', { ...stored.doc, holders }, stored.etag);
}
