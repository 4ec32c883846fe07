import { afterEach, describe, expect, it } from '@jest/globals';
import { historyOf } from '../../src/chat/run-read-model.js';
import { ADA, adasCase, progressOf, type AdasCase } from '../world/adas-case.js';
import { SKUS } from '../world/skus.js';

const TIMES =
  'timetable: { afterDecision: PT5S, review: PT0S, disableSignIn: PT6S, convertMailbox: PT7S, removeLicenses: PT2M, hold: PT10M, reminders: [] }';
const BLOCKS = `reclaim: { mailbox: waive, steps: { inactive: [disableSignIn, removeLicenses] } }\n${TIMES}`;
const CONVERTS = `reclaim: { mailbox: convert }\n${TIMES}`;
const IN_AD = { distinguishedName: 'CN=Ada,DC=corp,DC=example' };

let world: AdasCase;

afterEach(() => world.close());

async function deleted(): Promise<void> {
  await world.graph.deletePerson(ADA);
}

async function said(): Promise<string> {
  return (await historyOf(world.doors, (await world.now()).caseId)).map(({ text }) => text).join('\n');
}

describe('a case whose account somebody deletes in between', () => {
  it('comes to its end: what is left to take is gone with the account', async () => {
    world = await adasCase({}, { policy: BLOCKS });
    expect(progressOf(await world.reclaimed())).toEqual(['disableSignIn done', 'removeLicenses planned']);
    await deleted();
    await world.work(150_000);
    expect(progressOf(await world.now())).toEqual(['disableSignIn done', 'removeLicenses skipped']);
    expect(await said()).toContain('The account no longer exists.');
    await world.work(15 * 60_000);
    expect(await world.now()).toMatchObject({ state: 'closed', took: [] });
  });

  it('gives back what it did when the account is restored in its undo window', async () => {
    world = await adasCase({}, { policy: BLOCKS });
    await world.reclaimed();
    await deleted();
    await world.work(150_000);
    await world.graph.restorePerson(ADA);
    expect((await world.undone()).state).toBe('undone');
    expect(await world.graph.person(ADA)).toMatchObject({ accountEnabled: true });
    expect(await world.licenses()).toEqual([SKUS.E3.skuId]);
  });

  it('goes on with the account that is restored before the next step', async () => {
    world = await adasCase({}, { policy: BLOCKS });
    await world.reclaimed();
    await deleted();
    await world.graph.restorePerson(ADA);
    await world.work(150_000);
    expect(progressOf(await world.now())).toEqual(['disableSignIn done', 'removeLicenses done']);
  });

  it('is over where its owner in AD was to disable it, and nothing was done', async () => {
    world = await adasCase(IN_AD, { policy: BLOCKS });
    expect(await world.reclaimed()).toMatchObject({ state: 'needsPerson', watch: { for: 'effect' } });
    await deleted();
    await world.work(120_000);
    expect(await world.now()).toMatchObject({ state: 'cancelled', why: 'The account no longer exists.' });
  });

  it('is over where somebody was to convert its mailbox', async () => {
    world = await adasCase({}, { policy: CONVERTS });
    expect(await world.reclaimed()).toMatchObject({ state: 'needsPerson', watch: { for: 'effect' } });
    await deleted();
    await world.work(120_000);
    expect(await world.now()).toMatchObject({ state: 'cancelled', why: 'The account no longer exists.' });
  });
});

describe('a removal that Graph took just before the account was deleted', () => {
  it('is done', async () => {
    world = await adasCase(
      {},
      {
        policy: BLOCKS,
        through: (doors, graph) => ({
          ...doors,
          graph: {
            ...graph,
            changeLicenses: async (id, change) => {
              const answer = await graph.changeLicenses(id, change);
              await graph.deletePerson(id);
              return answer;
            },
          },
        }),
      },
    );
    await world.reclaimed();
    await world.work(150_000);
    expect(progressOf(await world.now())).toEqual(['disableSignIn done', 'removeLicenses done']);
    expect((await world.now()).state).toBe('holding');
  });
});
