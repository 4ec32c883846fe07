import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LicenseChangeAnswer } from '../../src/graph/graph-door.js';
import { userId } from '../world/people.js';
import { ADA, adasCase, progressOf, withGraph, type AdasCase } from '../world/adas-case.js';
import type { GraphWorld } from '../world/graph-world.js';
import { SKUS } from '../world/skus.js';

const E3 = SKUS.E3.skuId;
const POLICY = 'reclaim: { mailbox: waive }\ninactivity: { maxReportAgeDays: 30 }';
const BLOCKS = `reclaim: { mailbox: waive, steps: { inactive: [disableSignIn, removeLicenses] } }
inactivity: { maxReportAgeDays: 30 }`;
const EXCLUDED: LicenseChangeAnswer = { kind: 'conflict', message: 'Plans X and Y are mutually exclusive.' };
const EVE = userId('Eve');

let world: AdasCase;
/** What Graph says to every gift to Eve, and to every other one. */
let says: { eve?: LicenseChangeAnswer | undefined; others?: LicenseChangeAnswer | undefined };
/** What somebody does at the moment at which Ada's license has gone. */
let meanwhile: (graph: GraphWorld) => Promise<unknown>;

beforeEach(() => {
  meanwhile = async () => {};
});

afterEach(() => world.close());

/** Grace gives Ada's license to Eve. */
async function reassigned(policy = POLICY, answers: typeof says = {}): Promise<void> {
  says = { eve: EXCLUDED, ...answers };
  world = await adasCase(
    {},
    {
      policy,
      through: withGraph((graph) => ({
        changeLicenses: async (id, change) => {
          const answer = change.add.length === 0 ? undefined : id === EVE ? says.eve : says.others;
          const made = answer ?? (await graph.changeLicenses(id, change));
          if (change.remove.length > 0) await meanwhile(graph);
          return made;
        },
      })),
    },
  );
  await world.answered({ kind: 'reassign', reason: '', receiver: 'eve@harbor.example' });
}

const evesLicenses = async () => ((await world.graph.person(EVE))?.licenses ?? []).map(({ skuId }) => skuId);

describe('a receiver to whom Graph refuses what was taken for them', () => {
  it('gets nothing, and everything is as it was', async () => {
    await reassigned(BLOCKS);
    await world.work(60_000);
    expect(await world.now()).toMatchObject({
      state: 'undone',
      notGiven: 'It conflicts with another license: Plans X and Y are mutually exclusive.',
    });
    expect(await world.licenses()).toEqual([E3]);
    expect(await world.graph.person(ADA)).toMatchObject({ accountEnabled: true });
    expect(await evesLicenses()).toEqual([SKUS.VISIO.skuId]);
    expect(await world.told()).toContain(
      'The receiver could not get it, so everything is given back: It conflicts with another license: Plans X and Y are mutually exclusive.',
    );
  });

  it('is what the card says, and nobody has undone it', async () => {
    await reassigned();
    await world.work(60_000);
    const card = world.adminsCard(await world.now());
    expect(card).toContain('Not reassigned: everything is as it was');
    expect(card).toContain('The receiver could not get it. It conflicts with another license');
    expect(card).not.toContain('Undone by');
  });

  it('keeps its holder waiting only until there is a seat', async () => {
    await reassigned(POLICY, { others: { kind: 'noFreeSeat', skuId: E3 } });
    await world.work(20_000);
    expect(await world.now()).toMatchObject({ state: 'needsPerson', watch: { for: 'clear', index: 0 } });
    says.others = undefined;
    await world.work(120_000);
    expect(await world.now()).toMatchObject({ state: 'undone', notGiven: expect.any(String) });
    expect(await world.licenses()).toEqual([E3]);
  });

  it('keeps its holder waiting only until it can be given back', async () => {
    await reassigned(POLICY, { others: EXCLUDED });
    await world.work(20_000);
    expect(await world.now()).toMatchObject({ state: 'needsPerson', watch: { for: 'again', index: 0 } });
    says.others = undefined;
    await world.work(300_000);
    expect((await world.now()).state).toBe('undone');
  });
});

describe('a receiver who cannot have it any more once it was taken for them', () => {
  it('because they were disabled: it goes back at once', async () => {
    meanwhile = (graph) => graph.setAccountEnabled(EVE, false);
    await reassigned(POLICY, { eve: undefined });
    await world.work(60_000);
    expect(await world.now()).toMatchObject({
      state: 'undone',
      notGiven: 'The receiver’s account is disabled: choose another one.',
    });
    expect(await world.licenses()).toEqual([E3]);
  });

  it('because of another license: a person can put that right', async () => {
    meanwhile = givesF3;
    await reassigned(POLICY, { eve: undefined });
    expect(await world.now()).toMatchObject({
      state: 'needsPerson',
      watch: { for: 'clear', index: 1, giveBackFrom: expect.any(String) },
    });
    expect(world.adminsCard(await world.now())).toContain('Otherwise everything is given back');
    await world.graph.changeLicenses(EVE, { add: [], remove: [SKUS.F3.skuId] });
    await world.work(60_000);
    expect((await world.now()).state).toBe('holding');
    expect(await evesLicenses()).toContain(E3);
  });

  it('because of another license: it goes back when nobody does', async () => {
    meanwhile = givesF3;
    await reassigned(POLICY, { eve: undefined });
    await world.work(180_000);
    expect(await world.now()).toMatchObject({
      state: 'undone',
      notGiven: expect.stringContaining('The receiver has Microsoft 365 F3, which excludes'),
    });
    expect(await world.licenses()).toEqual([E3]);
    expect(progressOf(await world.now())).toEqual([]);
  });
});

function givesF3(graph: GraphWorld): Promise<unknown> {
  return graph.changeLicenses(EVE, { add: [{ skuId: SKUS.F3.skuId, disabledPlans: [] }], remove: [] });
}
