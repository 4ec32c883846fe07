import { afterEach, describe, expect, it } from '@jest/globals';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import { ADA, adasCase, progressOf, withGraph, type AdasCase } from '../world/adas-case.js';
import { graphFailure } from '../world/graph-world.js';
import { userId } from '../world/people.js';

const BLOCKS = 'reclaim: { mailbox: waive, steps: { inactive: [disableSignIn, removeLicenses] } }';

let world: AdasCase;

afterEach(() => world.close());

/** One of the two calls of the step fails the first time, before or after it was carried out. */
async function failing(
  method: 'revokeSessions' | 'setAccountEnabled',
  when: 'before' | 'after',
): Promise<void> {
  const failed = new Set<string>();
  const once =
    <A extends unknown[], R>(name: string, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const fails = name === method && !failed.has(name);
      failed.add(name);
      if (fails && when === 'before') throw graphFailure('throttled');
      const answer = await call(...args);
      if (fails) throw graphFailure('throttled');
      return answer;
    };
  const through = (graph: GraphDoor): GraphDoor => ({
    ...graph,
    revokeSessions: once('revokeSessions', (id) => graph.revokeSessions(id)),
    setAccountEnabled: once('setAccountEnabled', (id, enabled) => graph.setAccountEnabled(id, enabled)),
  });
  world = await adasCase(
    {},
    { policy: BLOCKS, through: (doors, graph) => ({ ...doors, graph: through(graph) }) },
  );
}

describe('a step that blocks sign-in', () => {
  it.each([
    ['revokeSessions', 'before'],
    ['revokeSessions', 'after'],
    ['setAccountEnabled', 'before'],
    ['setAccountEnabled', 'after'],
  ] as const)(
    'has signed out everywhere, too, when it is done, although %s failed %s it was done',
    async (method, when) => {
      await failing(method, when);
      await world.reclaimed();
      await world.work(60_000);
      expect(progressOf(await world.now())).toEqual(['disableSignIn done', 'removeLicenses done']);
      expect(await world.graph.person(ADA)).toMatchObject({ accountEnabled: false });
      expect(world.graph.calls.get('revokeSessions')).toBeGreaterThanOrEqual(1);
    },
  );

  it('does not block any more what somebody wants back while everything is being signed out', async () => {
    const asked: boolean[] = [];
    world = await adasCase(
      {},
      {
        policy: BLOCKS,
        through: withGraph((graph) => ({
          revokeSessions: async (id) => {
            const answer = await graph.revokeSessions(id);
            const { caseId } = await world.now();
            await world.desk.undo({ caseId, by: userId('Grace') });
            return answer;
          },
          setAccountEnabled(id, enabled) {
            asked.push(enabled);
            return graph.setAccountEnabled(id, enabled);
          },
        })),
      },
    );
    await world.reclaimed();
    await world.work(3_600_000);
    expect(await world.now()).toMatchObject({ state: 'undone' });
    expect(asked).not.toContain(false);
    expect(await world.graph.person(ADA)).toMatchObject({ accountEnabled: true });
  });
});
