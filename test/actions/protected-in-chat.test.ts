import { afterEach, describe, expect, it } from '@jest/globals';
import { protectionId, type ChatProtection } from '../../src/audit/protection/chat-protection.js';
import { keepProtection } from '../../src/audit/protection/run-chat-protections.js';
import type { Store } from '../../src/store/store.js';
import { aCaseWorld, type CaseWorld } from '../world/case-world.js';
import { aPerson, idle, userId } from '../world/people.js';

const ADA = userId('Ada');
const GRACE = userId('Grace');

const PROTECTION: ChatProtection = {
  id: protectionId(ADA),
  kind: 'chatProtection',
  userId: ADA,
  displayName: 'Ada',
  userPrincipalName: 'ada@harbor.example',
  how: 'protect',
  reason: 'on a project',
  by: { id: userId('Alex'), displayName: 'Alex' },
  at: '2026-11-23T06:00:00.000Z',
};

let world: CaseWorld;

afterEach(() => world.close());

/** @param afterLook what happens just after the so-manieth time at which somebody looks whether Ada is protected */
async function reclaimed(afterLook: (looks: number, store: Store) => Promise<void>): Promise<void> {
  const grace = aPerson('Grace', idle(1));
  const others = ['Bob', 'Carl', 'Dora'].map((name) => aPerson(name, idle(1)));
  let looks = 0;
  world = await aCaseWorld([aPerson('Ada', { ...idle(150), manager: grace }), grace, ...others], {
    through: (doors) => {
      const read: Store['read'] = async (container, partition, id) => {
        const stored = await doors.store.read(container, partition, id);
        if (id === PROTECTION.id) await afterLook((looks += 1), doors.store);
        return stored as never;
      };
      return { ...doors, store: watched(doors.store, read) };
    },
  });
  await world.audit();
  await world.work();
  const { caseId, version } = await world.caseOf(ADA);
  await world.desk.answer({ caseId, version, by: GRACE, answer: { kind: 'reclaim', reason: '' } });
  await world.work(60_000);
}

function watched(store: Store, read: Store['read']): Store {
  return new Proxy(store, {
    get: (target, key) => {
      if (key === 'read') return read;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

describe('Somebody whom an admin protects in mid-campaign', () => {
  it('loses nothing, also when it is said between the re-check and the step', async () => {
    await reclaimed(async (looks, store) => {
      if (looks === 1) await keepProtection(store, PROTECTION);
    });
    expect(world.graph.calls.get('changeLicenses') ?? 0).toBe(0);
    expect(await world.caseOf(ADA)).toMatchObject({ state: 'cancelled', cause: 'reasonGone' });
  });

  it('loses the license where nobody said so, which shows that the looks are what keeps it', async () => {
    await reclaimed(async () => {});
    expect(world.graph.calls.get('changeLicenses')).toBe(1);
    expect((await world.caseOf(ADA)).state).toBe('holding');
  });
});
