import { afterEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import { setSwitch } from '../../../src/cases/campaign/run-switch.js';
import { anHrWorld, CHIARA, HANNA, HUGO, type HrWorld } from '../../world/hr-world.js';

const HOUR_MS = 3_600_000;
const TIMES =
  'review: PT1S, afterDecision: PT1S, disableSignIn: PT1S, convertMailbox: PT2S, removeLicenses: PT3S, hold: P30D';
const BLOCKS = `timetable: { reminders: [], deliverWithin: P3D, answerDue: P7D, ${TIMES} }\nreclaim: { mailbox: waive, steps: { inactive: [disableSignIn, removeLicenses] } }`;
const IN_AD = { distinguishedName: 'CN=Chiara,DC=corp,DC=example' };
const TASK = 'Active Directory';

let world: HrWorld;
afterEach(() => world.close());

async function hoursPass(hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour += 1) {
    world.clock.advance(HOUR_MS);
    await world.work();
  }
}

/** Two of HR have agreed; Chiara's account is one of AD, so that somebody has to block her sign-in there. */
async function agreed(): Promise<void> {
  world = await anHrWorld({ policy: BLOCKS, chiara: IN_AD });
  expect(await world.answer(HANNA, { kind: 'reclaim', reason: 'Left the board' })).toBe('accepted');
  expect(await world.answer(HUGO, { kind: 'approve' })).toBe('accepted');
}

async function untilTask(): Promise<void> {
  for (let seconds = 0; seconds < 100 && (await world.chiara()).state !== 'needsPerson'; seconds += 1) {
    world.clock.advance(1_000);
    await world.work();
  }
  expect(await world.chiara()).toMatchObject({ state: 'needsPerson', task: expect.stringContaining(TASK) });
}

async function campaign(is: 'paused' | 'running'): Promise<void> {
  await setSwitch(world.store, is, 'Hanna', world.clock.now().toISOString());
}

/** To whom a card about what a person has to do went. */
function told(): readonly UserId[] {
  return world.teams.sent
    .filter(({ card }) => JSON.stringify(card).includes('Chiara') && JSON.stringify(card).includes(TASK))
    .map(({ to }) => to);
}

describe('a task in a case of HR', () => {
  it('is told to HR and nobody else, and once more after a week', async () => {
    await agreed();
    await untilTask();
    await hoursPass(12);
    expect([...told()].sort()).toEqual([HANNA, HUGO].sort());
    await hoursPass(5 * 24);
    expect(told()).toHaveLength(2);
    await hoursPass(4 * 24);
    expect([...told()].sort()).toEqual([HANNA, HANNA, HUGO, HUGO].sort());
    expect(world.teams.sent.filter(({ to }) => to === CHIARA)).toEqual([]);
  });

  it('is told while the campaign runs, and not while it is paused', async () => {
    await agreed();
    const real = { ...world.teams };
    let tries = 0;
    world.teams.send = async () => {
      tries += 1;
      return { kind: 'failed', again: 'later', code: 'Throttled', status: 429 };
    };
    await untilTask();
    expect(tries).toBeGreaterThan(0);
    await campaign('paused');
    await hoursPass(1);
    tries = 0;
    await hoursPass(24);
    expect(tries).toBe(0);
    world.teams.send = (...letter) => real.send(...letter);
    await campaign('running');
    await hoursPass(24);
    expect([...told()].sort()).toEqual([HANNA, HUGO].sort());
  });
});
