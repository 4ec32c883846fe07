import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { noteFailure, noteSuccess } from '../../src/actions/run-failure-guard.js';
import type { Case, CaseId } from '../../src/cases/case.js';
import { readSwitch, seeSwitch, setSwitch } from '../../src/cases/campaign/run-switch.js';
import { CASES } from '../cards/a-case.js';
import { aSteward, type StewardWorld } from '../world/steward-world.js';

let world: StewardWorld;

beforeEach(async () => {
  world = await aSteward({ people: 10 });
});

afterEach(() => world.close());

function aCase(caseId: string, change: Partial<Case> = {}): Case {
  return { ...CASES.acting, ...change, caseId: caseId as CaseId } as Case;
}

async function fail(...names: readonly string[]): Promise<void> {
  for (const name of names) await noteFailure(world.doors, aCase(name), `The step of ${name} failed.`);
}

const campaign = (): Promise<string> => readSwitch(world.store);

describe('steps that fail in a row', () => {
  it('pause the campaign when they are of three different people', async () => {
    await fail('a', 'b');
    expect(await campaign()).toBe('running');
    await fail('c');
    expect(await campaign()).toBe('paused');
  });

  it('say to the admins why the last one failed, until one of them lets the campaign go on', async () => {
    await fail('a', 'b', 'c');
    expect(await seeSwitch(world.store)).toMatchObject({
      campaign: 'paused',
      guarded: { says: 'The step of c failed.' },
    });
    await setSwitch(world.store, 'running', 'admin', 'now');
    expect((await seeSwitch(world.store)).guarded).toBeUndefined();
  });

  it('do not pause it when they are always of the same one', async () => {
    await fail('a', 'a', 'a', 'b', 'a', 'b', 'b');
    expect(await campaign()).toBe('running');
  });

  it('are forgotten when one succeeds in between', async () => {
    await fail('a', 'b');
    await noteSuccess(world.doors, aCase('z'));
    await fail('c', 'd');
    expect(await campaign()).toBe('running');
    await fail('e');
    expect(await campaign()).toBe('paused');
  });

  it('are counted anew after an admin has let the campaign go on', async () => {
    await fail('a', 'b', 'c');
    await setSwitch(world.store, 'running', 'admin', 'now');
    await fail('d', 'e');
    expect(await campaign()).toBe('running');
    await fail('f');
    expect(await campaign()).toBe('paused');
  });

  it('are all counted when instances note them at the same moment', async () => {
    await Promise.all(['a', 'b', 'c'].map((name) => fail(name)));
    expect(await campaign()).toBe('paused');
  });

  it('of HR’s cases neither pause it nor end a row, which would tell of them', async () => {
    const ofHr = (name: string): Case => aCase(name, { protections: ['onLeave'] });
    for (const name of ['x', 'y', 'z']) await noteFailure(world.doors, ofHr(name), 'It failed.');
    expect(await campaign()).toBe('running');
    await fail('a', 'b');
    await noteSuccess(world.doors, ofHr('x'));
    await fail('c');
    expect(await campaign()).toBe('paused');
  });

  it('never start a campaign again that an admin has stopped', async () => {
    await setSwitch(world.store, 'stopped', 'admin', 'now');
    await fail('a', 'b', 'c');
    expect(await campaign()).toBe('stopped');
  });
});
