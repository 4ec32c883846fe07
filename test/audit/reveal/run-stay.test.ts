import { afterEach, describe, expect, it } from '@jest/globals';
import { readNames } from '../../../src/audit/reveal/run-record.js';
import { withNamesPutBack } from '../../../src/audit/reveal/run-stay.js';
import { withNamesShown } from '../../../src/audit/reveal/run-reveal.js';
import { instant } from '../../../src/cases/case.js';
import { graphFailure } from '../../world/graph-world.js';
import { policyOf } from '../../world/policies.js';
import { aRevealWorld, REVEALING, type Process, type RevealWorld } from '../../world/reveal-world.js';

const MINUTE = 60_000;
const worlds: RevealWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function aWorld(): Promise<RevealWorld> {
  const world = await aRevealWorld();
  worlds.push(world);
  return world;
}

/** An audit as a command does it, in a process that ends with it. */
function command(process: Process): Promise<string> {
  return withNamesPutBack(process.doors, () => process.audit());
}

/** A world in which an audit was killed while it read, a moment ago. */
async function killed(at = 12): Promise<RevealWorld> {
  const world = await aWorld();
  const dead = world.process({ crash: { at, when: 'before' } });
  await Promise.race([dead.audit(), dead.died]);
  return world;
}

describe('a command that begins before the hold of a killed audit has passed', () => {
  it.each([0, 1, 2, 2.9])(
    '%d minutes later, ends with names concealed, without a service',
    async (minutes) => {
      const found: string[] = [];
      for (let at = 1; at <= 45; at += 1) {
        const world = await killed(at);
        world.clock.advance(minutes * MINUTE);
        const outcome = await command(world.process());
        const { concealed, state, faults } = await world.evidence();
        if (outcome !== 'names, names') found.push(`${at}: ${outcome}`);
        if (!concealed || state !== 'concealed' || faults > 0) found.push(`${at}: ${concealed}, ${state}`);
      }
      expect(found).toEqual([]);
    },
  );

  it('says that it waits, and that names are concealed', async () => {
    const world = await killed();
    await command(world.process());
    expect(world.announced.slice(-2)).toEqual([
      expect.stringMatching(/^Waiting for another audit before names .* concealed again: .* \(at most 3 min/),
      expect.stringMatching(/^Names in usage reports are concealed again, after an audit that did not end/),
    ]);
  });

  it('also ends so when it shows no names itself, and when its work fails', async () => {
    const forbidden = await killed();
    const { doors } = forbidden.process();
    const stopped = withNamesPutBack(doors, () => withNamesShown(doors, policyOf(''), async () => 'read'));
    await expect(stopped).rejects.toThrow(/clear "Display concealed user, group, and site names/);
    expect(forbidden.tenant.concealed()).toBe(true);

    const failing = await killed();
    const work = withNamesPutBack(failing.process().doors, () => Promise.reject(graphFailure('forbidden')));
    await expect(work).rejects.toMatchObject({ kind: 'forbidden' });
    expect(failing.tenant.concealed()).toBe(true);
  });

  it('fails with what to do when names cannot be concealed, whatever it has read', async () => {
    const world = await killed();
    world.tenant.before = (name) => {
      if (name === 'setNamesConcealed') throw graphFailure('serverError');
    };
    await expect(command(world.process())).rejects.toThrow(
      /are still shown in the whole tenant.*admin center/,
    );
  });
});

describe('a command beside a process that conceals without end', () => {
  it('gives up after minutes, and says that names may be shown', async () => {
    const world = await killed();
    const stored = await readNames(world.store);
    if (stored === undefined) throw new Error('no note');
    const until = instant(new Date(world.clock.now().getTime() + 60 * MINUTE));
    const busy = { ...stored.doc, state: 'concealing', holders: [{ id: 'other', until }] } as const;
    await world.store.replace('cases', busy, stored.etag);
    const ending = withNamesPutBack(world.process().doors, async () => 'read');
    await expect(ending).rejects.toThrow(/may still be shown in the whole tenant/);
  });
});

describe('a command beside an audit that is alive', () => {
  it('ends with its sign of life, and the other conceals', async () => {
    const world = await aWorld();
    const answer = await withNamesShown(world.process().doors, REVEALING, async () => {
      expect(await command(world.process())).toBe('names, names');
      expect(world.tenant.concealed()).toBe(false);
      return 'read';
    });
    expect(answer).toBe('read');
    expect(world.announced.at(-2)).toMatch(/^Another audit still reads usage reports/);
    expect(await world.evidence()).toMatchObject({ concealed: true, state: 'concealed', waitingRows: 0 });
  });

  it('does not wait where nobody else reads', async () => {
    const world = await aWorld();
    await command(world.process());
    expect(world.announced.filter((line) => line.startsWith('Waiting'))).toEqual([]);
  });
});
