import { afterEach, describe, expect, it } from '@jest/globals';
import { noteFailure } from '../../src/actions/run-failure-guard.js';
import { seeSwitch } from '../../src/cases/campaign/run-switch.js';
import type { CaseId } from '../../src/cases/case.js';
import type { LicenseChangeAnswer } from '../../src/graph/graph-door.js';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { CASES } from '../cards/a-case.js';
import { ADA, adasCase, progressOf, withGraph, type AdasCase } from '../world/adas-case.js';
import { SKUS } from '../world/skus.js';

const E3 = SKUS.E3.skuId;
const POLICY = 'reclaim: { mailbox: waive }\ninactivity: { maxReportAgeDays: 30 }';
const NEEDS_IT: LicenseChangeAnswer = { kind: 'dependency', message: 'Plan X is needed.' };

let world: AdasCase;
/** What Graph says to every change of licenses; undefined: it makes them. */
let refusing: LicenseChangeAnswer | Error | undefined;
let calls: number;

afterEach(() => world.close());

async function begin(policy = POLICY): Promise<void> {
  refusing = NEEDS_IT;
  calls = 0;
  world = await adasCase(
    {},
    {
      policy,
      through: withGraph((graph) => ({
        changeLicenses: async (id, change) => {
          calls += 1;
          if (refusing instanceof Error) throw refusing;
          return refusing ?? graph.changeLicenses(id, change);
        },
      })),
    },
  );
}

describe('a removal that Graph refuses', () => {
  it('is tried again by itself, and done once nothing is in its way', async () => {
    await begin();
    await world.reclaimed();
    expect(await world.now()).toMatchObject({
      state: 'needsPerson',
      task: 'Another license depends on it: Plan X is needed.',
      watch: { for: 'again', index: 0 },
    });
    refusing = undefined;
    await world.work(300_000);
    expect(progressOf(await world.now())).toEqual(['removeLicenses done']);
    expect((await world.now()).state).toBe('holding');
    expect(await world.licenses()).toEqual([]);
    expect(await world.told()).toContain(
      'Step 1 cannot be done yet: Another license depends on it: Plan X is needed. It is tried again',
    );
  });

  it('is done when the license is read as gone, whoever took it', async () => {
    await begin();
    await world.reclaimed();
    await world.graph.changeLicenses(ADA, { add: [], remove: [E3] });
    await world.work(60_000);
    expect(progressOf(await world.now())).toEqual(['removeLicenses done']);
    expect(calls).toBe(1);
  });

  it('is tried ever more seldom, and fails for one person only', async () => {
    await begin();
    await world.reclaimed();
    await world.work(3_600_000);
    // Again after 3, 6 and 12 minutes, and then every 12.
    expect(calls).toBe(7);
    expect((await world.now()).state).toBe('needsPerson');
    expect(
      (await world.doors.store.read('meta', 'steps-failed-in-a-row', 'steps-failed-in-a-row'))?.doc,
    ).toMatchObject({
      cases: [(await world.now()).caseId],
    });
  });

  it.each<[string, LicenseChangeAnswer | Error, string]>([
    ['refuses', NEEDS_IT, 'Another license depends on it: Plan X is needed.'],
    [
      'forbids',
      new GraphFailure('forbidden', 'The permission is missing.', { operation: 'changeLicenses' }),
      'Microsoft Graph keeps failing: The permission is missing.',
    ],
  ])('pauses the campaign as the third in a row, and says what Graph %s', async (_does, answer, says) => {
    await begin();
    refusing = answer;
    for (const name of ['a', 'b'])
      await noteFailure(world.doors, { ...CASES.acting, caseId: name as CaseId }, 'Something else.');
    await world.reclaimed();
    expect(await seeSwitch(world.doors.store)).toMatchObject({ campaign: 'paused', guarded: { says } });
  });

  it('is not tried while the campaign is held', async () => {
    await begin();
    await world.reclaimed();
    await world.campaign('paused');
    refusing = undefined;
    await world.work(600_000);
    expect(calls).toBe(1);
    await world.campaign('running');
    await world.work(300_000);
    expect((await world.now()).state).toBe('holding');
  });

  it('is not tried any more when the reason for the case is gone', async () => {
    await begin();
    await world.reclaimed();
    Object.assign(world.doors.graph, {
      signInsOf: async () => [
        { userId: ADA, successful: world.clock.now(), interactive: undefined, nonInteractive: undefined },
      ],
    });
    await world.work(600_000);
    expect(calls).toBe(1);
    expect(await world.now()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('The step had been begun'),
    });
  });

  it('can be left as it is, and undone', async () => {
    await begin();
    await world.reclaimed();
    expect(await world.waived('rest', 'The vendor says no')).toContain('waived');
    expect((await world.now()).state).toBe('cancelled');
  });
});

describe('an undo that Graph refuses', () => {
  it('is tried again by itself', async () => {
    await begin();
    refusing = undefined;
    await world.reclaimed();
    expect((await world.now()).state).toBe('holding');
    refusing = { kind: 'conflict', message: 'Plans X and Y are mutually exclusive.' };
    await world.undone();
    expect(await world.now()).toMatchObject({ state: 'needsPerson', watch: { for: 'again', index: 0 } });
    refusing = undefined;
    await world.work(300_000);
    expect((await world.now()).state).toBe('undone');
    expect(await world.licenses()).toEqual([E3]);
  });

  it('is over when somebody has given it back', async () => {
    await begin();
    refusing = undefined;
    await world.reclaimed();
    refusing = { kind: 'conflict', message: 'Plans X and Y are mutually exclusive.' };
    await world.undone();
    const before = calls;
    world.graph.giveByHand(ADA, E3);
    await world.work(90_000);
    expect((await world.now()).state).toBe('undone');
    expect(calls).toBe(before);
  });
});
