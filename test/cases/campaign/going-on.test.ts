import { afterEach, describe, expect, it } from '@jest/globals';
import type { Case } from '../../../src/cases/case.js';
import { goOn, goOnAfterObserving } from '../../../src/cases/campaign/run-going-on.js';
import { setSwitch, type Switch } from '../../../src/cases/campaign/run-switch.js';
import { StoreUnavailable, type Doc, type Store, type Stored } from '../../../src/store/store.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, idle, userId } from '../../world/people.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let world: CaseWorld;

afterEach(() => world.close());

/** Ada's manager has answered that her license may go; its step comes a few seconds later. */
async function adasLicenseMayGo(): Promise<void> {
  const grace = aPerson('Grace', idle(1));
  const ada = aPerson('Ada', { ...idle(150), manager: grace });
  const others = ['Bob', 'Carl'].map((name) => aPerson(name, idle(1)));
  world = await aCaseWorld([ada, grace, ...others], { pace: { held: 6 * HOUR } });
  await world.audit();
  await world.work();
  const { caseId, version } = await adasCase();
  const reclaim = { kind: 'reclaim', reason: 'Left the project.' } as const;
  const outcome = await world.desk.answer({ caseId, version, by: userId('Grace'), answer: reclaim });
  expect(outcome.kind).toBe('accepted');
}

const adasCase = (): Promise<Case> => world.caseOf(userId('Ada'));
const licenses = async (): Promise<number | undefined> =>
  (await world.graph.person(userId('Ada')))?.licenses.length;

function turn(to: Switch): Promise<void> {
  return setSwitch(world.store, to, 'alex', world.clock.now().toISOString());
}

async function rowOf(caseId: string): Promise<Stored<Case>> {
  const found = await world.store.read<Case>('cases', caseId, caseId);
  if (found === undefined) throw new Error('no case');
  return found;
}

describe('a case that the campaign holds', () => {
  it('is looked at a few times a day, however long the campaign is paused', async () => {
    await adasLicenseMayGo();
    await turn('paused');
    await world.work(MINUTE);
    let looks = 0;
    let { etag } = await rowOf((await adasCase()).caseId);
    for (let passed = 0; passed < 2 * DAY; passed += 10 * MINUTE) {
      world.clock.advance(10 * MINUTE);
      await world.work();
      const now = await rowOf((await adasCase()).caseId);
      if (now.etag !== etag) looks += 1;
      etag = now.etag;
    }
    expect(looks).toBeGreaterThanOrEqual(7);
    expect(looks).toBeLessThanOrEqual(8);
    expect(await licenses()).toBe(1);
  });

  it('goes on at once when the campaign does', async () => {
    await adasLicenseMayGo();
    await turn('paused');
    await world.work(MINUTE);
    world.clock.advance(HOUR);
    await turn('running');
    await world.work(MINUTE);
    expect(await licenses()).toBe(0);
  });

  it('goes on soon even if it was in hand at that moment, by somebody who still read that it is held', async () => {
    await adasLicenseMayGo();
    await turn('paused');
    await world.work(MINUTE);
    const { doc, etag } = await rowOf((await adasCase()).caseId);
    const now = world.clock.now().getTime();
    const lease = { owner: 'other', until: new Date(now + 10_000).toISOString() } as Case['lease'] & object;
    const inHand = await world.store.replace<Case>('cases', { ...doc, lease }, etag);
    await turn('running');
    await world.work(1_000);
    const put = { ...doc, lease: undefined };
    await world.store.replace<Case>('cases', put, inHand.etag);
    world.clock.advance(MINUTE);
    await world.work(MINUTE);
    expect(await licenses()).toBe(0);
  });

  it('goes on although whoever let it ended as soon as the switch was set', async () => {
    await adasLicenseMayGo();
    await turn('paused');
    await world.work(MINUTE);
    const ended: Store = {
      ...world.store,
      replace: async (...row) => {
        await world.store.replace(...row);
        throw new StoreUnavailable('Nobody is there any more to hear of it.');
      },
    };
    const at = world.clock.now().toISOString();
    await expect(setSwitch(ended, 'running', 'alex', at)).rejects.toThrow(StoreUnavailable);
    await world.work(MINUTE);
    expect(await licenses()).toBe(0);
  });

  it('goes on soon when a service that acts takes over from one that only observes and has not ended yet', async () => {
    await adasLicenseMayGo();
    const { policy } = world.doors;
    const observing = { ...policy, mode: 'observe' } as const;
    Object.assign(world.doors, { policy: observing });
    await goOnAfterObserving(world.doors);
    await world.work(MINUTE);
    await goOnAfterObserving({ ...world.doors, policy });
    // The order is carried out by the one that ends, which holds the case anew.
    await world.work(1_000);
    Object.assign(world.doors, { policy });
    world.clock.advance(MINUTE);
    await world.work(MINUTE);
    expect(await licenses()).toBe(0);
  });
});

describe('an order to go on', () => {
  it('is for a case as well in which a card is remembered at that moment', async () => {
    await adasLicenseMayGo();
    await turn('paused');
    world.clock.advance(MINUTE);
    await world.work(MINUTE);
    const { caseId, version } = await adasCase();
    const replace = world.store.replace.bind(world.store);
    let opens = true;
    const replaceAfter: Store['replace'] = async (container, doc, etag) => {
      if (opens && doc.id === caseId) {
        opens = false;
        const message = { conversationId: 'chat', activityId: 'card', serviceUrl: 'http://127.0.0.1/teams' };
        await world.desk.keepCard({ caseId, by: userId('Grace'), message, shows: version });
      }
      return replace(container, doc, etag);
    };
    const doors = { ...world.doors, store: { ...world.store, replace: replaceAfter } };
    expect(await goOn(doors)).toBe(1);
    expect((await adasCase()).further).toHaveLength(1);
  });

  it('leaves alone what is not due yet, and what is over', async () => {
    await adasLicenseMayGo();
    await turn('paused');
    const before = await rowOf((await adasCase()).caseId);
    expect(await goOn(world.doors)).toBe(0);
    expect((await rowOf(before.doc.caseId)).etag).toBe(before.etag);
  });

  it.each([
    ['observed', 'act', 1],
    ['acted', 'act', 0],
    ['acted', 'observe', 0],
  ] as const)('comes from a service that starts after one that %s: %s', async (before, now, orders) => {
    await adasLicenseMayGo();
    const policyOf = (mode: 'act' | 'observe'): typeof world.doors => ({
      ...world.doors,
      policy: { ...world.doors.policy, mode },
    });
    await goOnAfterObserving(policyOf(before === 'observed' ? 'observe' : 'act'));
    const known = await goOnOrders();
    world.clock.advance(1_000);
    await goOnAfterObserving(policyOf(now));
    expect((await goOnOrders()) - known).toBe(orders);
  });
});

async function goOnOrders(): Promise<number> {
  let count = 0;
  for await (const { doc } of world.store.query<Doc>({
    container: 'commands',
    where: [{ field: 'kind', is: '=', value: 'command' }],
  }))
    if (doc.id.startsWith('go-on-')) count += 1;
  return count;
}
