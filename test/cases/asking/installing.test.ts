import { afterEach, describe, expect, it } from '@jest/globals';
import type { Delivery } from '../../../src/bot/messenger.js';
import { instant } from '../../../src/cases/case.js';
import { newCommand } from '../../../src/cases/command.js';
import { noteText } from '../../../src/cards/deliveries-card.js';
import type { Installation } from '../../../src/cases/asking/deliveries.js';
import { ENGLISH } from '../../../src/i18n/locale.js';
import { outboxId, type Outbox } from '../../../src/cases/asking/outbox.js';
import { addCommand } from '../../../src/cases/run-add-command.js';
import { readDeliveries } from '../../../src/cases/asking/run-deliveries.js';
import { setSwitch } from '../../../src/cases/campaign/run-switch.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../../world/case-world.js';
import { live, type Scenario } from '../../world/crash-life.js';
import { graphFailure } from '../../world/graph-world.js';
import { aPerson, idle, NOW } from '../../world/people.js';

const APP = 'd7c1f0a2-5b3e-4c8d-9f60-1a2b3c4d5e6f';
const MINUTE_MS = 60_000;
const MISSING: Extract<Delivery, { kind: 'failed' }> = {
  kind: 'failed',
  again: 'never',
  code: 'ForbiddenOperationException',
  status: 403,
};

const hans = aPerson('Hans', idle(1));
const grace = aPerson('Grace', { ...idle(1), manager: hans });
const ada = aPerson('Ada', { ...idle(150), manager: grace });
const GRACE = grace.person.id;
const HANS = hans.person.id;
const ADA = ada.person.id;

let world: CaseWorld;
const worlds: CaseWorld[] = [];
afterEach(async () => {
  for (const each of worlds.splice(0)) await each.close();
});

/** Grace is to be asked about Ada. She does not have the app before it is installed; everybody else does. */
async function begun(options: CaseWorldOptions = {}): Promise<void> {
  world = await aCaseWorld([ada, grace, hans], { teamsAppId: APP, ...options });
  worlds.push(world);
  world.teams.refuse = (to) => (to === GRACE && !world.graph.installed.has(to) ? MISSING : undefined);
}

async function asked(): Promise<void> {
  await world.audit();
  await world.work();
}

async function notesOf(name: string): Promise<readonly unknown[]> {
  const people = await readDeliveries(world.store);
  return people.find(({ displayName }) => displayName === name)?.notes ?? [];
}

const installs = (): number => world.graph.calls.get('installApp') ?? 0;

describe('somebody who is asked and does not have the app', () => {
  it('gets it, and the question at once', async () => {
    await begun();
    await asked();
    expect(await world.caseOf(ADA)).toMatchObject({ state: 'asked', askedOf: GRACE });
    expect([...world.graph.installed]).toEqual([[GRACE, APP]]);
    expect(world.teams.sent.map(({ to }) => to)).toEqual([GRACE]);
    expect(await notesOf('Grace')).toMatchObject([
      { became: 'delivered', installation: { is: 'installed' }, cases: 1 },
    ]);
    const outbox = await world.store.read<Outbox>('commands', outboxId(GRACE), outboxId(GRACE));
    expect(outbox?.doc.installation).toBeUndefined();
  });

  it('does not get it where its id in the catalog is not said: the next person is asked', async () => {
    await begun({ teamsAppId: undefined });
    await asked();
    expect(installs()).toBe(0);
    expect(await world.caseOf(ADA)).toMatchObject({ state: 'asked', askedOf: HANS });
    expect(await notesOf('Grace')).toEqual([
      {
        at: expect.any(String),
        became: 'notInstalled',
        code: 'ForbiddenOperationException',
        cases: 1,
      },
    ]);
  });

  it('is passed over where Teams refuses it for good, and the ledger says why', async () => {
    await begun({ appBlocked: [GRACE] });
    await asked();
    expect(await world.caseOf(ADA)).toMatchObject({ state: 'asked', askedOf: HANS });
    expect(installs()).toBe(1);
    expect(await notesOf('Grace')).toMatchObject([
      { became: 'notInstalled', installation: { is: 'refused', code: 'Forbidden' } },
    ]);
  });

  it('is waited for while Teams does not know yet that it is there, and no longer than deliverWithin', async () => {
    await begun();
    world.teams.refuse = (to) => (to === GRACE ? MISSING : undefined);
    await asked();
    expect(await world.caseOf(ADA)).toMatchObject({ state: 'opened', asking: { person: { id: GRACE } } });
    expect(await notesOf('Grace')).toMatchObject([
      { became: 'notInstalled', installation: { is: 'installed' } },
    ]);
    await world.work(4 * MINUTE_MS);
    expect((await world.caseOf(ADA)).state).toBe('opened');
    await world.work(2 * MINUTE_MS);
    expect(await world.caseOf(ADA)).toMatchObject({ state: 'asked', askedOf: HANS });
  });

  it('is waited for while Graph fails, and asked when it works again', async () => {
    let failing = true;
    await begun({
      through: (doors) => ({
        ...doors,
        graph: {
          ...doors.graph,
          installApp: async (...args) => {
            if (failing) throw graphFailure('forbidden');
            return doors.graph.installApp(...args);
          },
        },
      }),
    });
    await asked();
    expect((await world.caseOf(ADA)).state).toBe('opened');
    expect(await notesOf('Grace')).toMatchObject([
      { became: 'notInstalled', installation: { is: 'failed', code: 'forbidden' } },
    ]);
    failing = false;
    await world.work(MINUTE_MS);
    expect(await world.caseOf(ADA)).toMatchObject({ state: 'asked', askedOf: GRACE });
  });

  it('gets nothing when the campaign was paused meanwhile, and is not passed over for it', async () => {
    await begun({
      through: (doors) => ({
        ...doors,
        messenger: {
          ...doors.messenger,
          send: async (...args) => {
            await setSwitch(doors.store, 'paused', 'test', doors.clock.now().toISOString());
            return doors.messenger.send(...args);
          },
        },
      }),
    });
    await asked();
    expect(installs()).toBe(0);
    expect(await world.caseOf(ADA)).toMatchObject({ state: 'opened', asking: { person: { id: GRACE } } });
  });

  it('is told from somebody who blocked the bot, who gets nothing', async () => {
    await begun();
    const blocked = { ...MISSING, code: 'MessageWritesBlocked' };
    world.teams.refuse = (to) => (to === GRACE ? blocked : undefined);
    await asked();
    expect(installs()).toBe(0);
    expect(await world.caseOf(ADA)).toMatchObject({ askedOf: HANS });
  });
});

describe('a process that ends while it installs the app', () => {
  const untilQuiet: Scenario<CaseWorld> = {
    name: 'install',
    acts: [
      async (life) => {
        const { doors, clock } = life.world;
        const now = instant(clock.now());
        await addCommand(doors, newCommand('audit-0', { order: 'audit' }, 'test', now, now));
        await life.quiet();
      },
    ],
  };

  it('leaves one installation and a question that waits for the right person, wherever it ends', async () => {
    await begun();
    const [calls = []] = (await live(world, untilQuiet, {})).calls;
    expect(calls.filter((name) => /send|installApp/.test(name))).toEqual([
      'messenger.send',
      'graph.installApp',
      'messenger.send',
    ]);
    const first = calls.indexOf('messenger.send') + 1;
    const last = calls.lastIndexOf('messenger.send') + 2;
    for (let at = first; at <= last; at += 1) {
      for (const when of ['before', 'after'] as const) {
        await begun();
        await live(world, untilQuiet, { crashes: [{ at, when }] });
        const where = `${when} call ${at} (${calls[at - 1]})`;
        expect({ where, ...(await world.caseOf(ADA)) }).toMatchObject({
          where,
          state: 'asked',
          askedOf: GRACE,
        });
        expect([...world.graph.installed]).toEqual([[GRACE, APP]]);
      }
    }
    expect(last - first).toBeGreaterThan(4);
  }, 60_000);

  it('has written down before what it was about to do', async () => {
    const seen: unknown[] = [];
    await begun({
      through: (doors) => ({
        ...doors,
        graph: {
          ...doors.graph,
          installApp: async (...args) => {
            const row = await doors.store.read<Outbox>('commands', outboxId(GRACE), outboxId(GRACE));
            seen.push(row?.doc.installation, row?.doc.outgoing?.is);
            return doors.graph.installApp(...args);
          },
        },
      }),
    });
    await asked();
    expect(seen).toEqual([{ is: 'intended' }, 'intended']);
  });
});

describe('the app of somebody in the ledger', () => {
  it.each<[Installation, string]>([
    [{ is: 'intended' }, 'the app was being installed'],
    [{ is: 'installed' }, 'the app was installed for it'],
    [{ is: 'refused', code: 'Forbidden' }, 'installing the app was refused (Forbidden)'],
    [{ is: 'failed', code: 'throttled' }, 'installing the app failed (throttled)'],
  ])('that is %j is said as such', (installation, words) => {
    const note = { at: instant(NOW), became: 'notInstalled', code: MISSING.code, cases: 1 } as const;
    expect(noteText({ ...note, installation }, ENGLISH)).toBe(
      `the app is not installed (ForbiddenOperationException); ${words}`,
    );
    expect(noteText({ at: note.at, became: 'delivered', cases: 1 }, ENGLISH)).toBe('delivered');
  });
});
