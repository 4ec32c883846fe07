import { afterEach, describe, expect, it } from '@jest/globals';
import { protectionId } from '../../../src/audit/protection/chat-protection.js';
import { keepProtection } from '../../../src/audit/protection/run-chat-protections.js';
import { latestRun } from '../../../src/audit/run-store.js';
import { openAfter } from '../../../src/cases/campaign/run-open-after.js';
import { setSwitch } from '../../../src/cases/campaign/run-switch.js';
import { allCases } from '../../../src/chat/run-read-model.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, idle, userId } from '../../world/people.js';

const grace = aPerson('Grace', idle(1));
const idlers = ['Ada', 'Ben', 'Cleo'].map((name) => aPerson(name, { ...idle(150), manager: grace }));
const others = ['Dora', 'Eve', 'Fay', 'Gus', 'Hal'].map((name) => aPerson(name, idle(1)));

let world: CaseWorld;

afterEach(() => world.close());

/** What an admin says is kept; its cases were ended before. */
async function isProtected(name: string): Promise<void> {
  const id = userId(name);
  await keepProtection(world.store, {
    id: protectionId(id),
    kind: 'chatProtection',
    userId: id,
    displayName: name,
    userPrincipalName: `${name.toLowerCase()}@harbor.example`,
    how: 'protect',
    reason: 'on a project',
    by: { id: userId('Hal'), displayName: 'Hal' },
    at: world.clock.now().toISOString(),
  });
}

async function opened(): Promise<number> {
  return (await allCases(world.doors)).length;
}

describe('somebody whom an admin protects in chat', () => {
  it('after they were asked about makes no room for one more than the run may ask about', async () => {
    world = await aCaseWorld([grace, ...idlers, ...others], {
      policy: 'limits: { casesPerRun: { count: 2, percent: 100 } }',
    });
    await world.audit();
    expect(await opened()).toBe(2);
    const [first] = await allCases(world.doors);
    await isProtected(first?.subject.displayName ?? '');
    const run = await latestRun(world.store);
    await openAfter(world.doors, run?.runId ?? '');
    expect(await opened()).toBe(2);
  });

  it('while cases are opened is not asked about any more', async () => {
    world = await aCaseWorld([grace, ...idlers, ...others]);
    await setSwitch(world.store, 'paused', 'test', '2026-11-23T06:00:00.000Z');
    await world.audit();
    // Ada's case was not there yet when those of people who are protected were ended.
    await isProtected('Ada');
    await setSwitch(world.store, 'running', 'test', '2026-11-23T06:01:00.000Z');
    await world.work(60_000);
    expect(await world.caseOf(userId('Ada'))).toMatchObject({ state: 'cancelled', cause: 'protected' });
    expect((await world.caseOf(userId('Ben'))).state).toBe('asked');
    expect(JSON.stringify(world.teams.sent)).not.toMatch(/\bAda\b/);
  });
});
