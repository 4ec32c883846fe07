import { afterEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import type { Delivery } from '../../../src/bot/messenger.js';
import { readCase } from '../../../src/cases/answering/run-rights.js';
import { instant, type Case } from '../../../src/cases/case.js';
import type { Stored } from '../../../src/store/store.js';
import { anHrWorld, CHIARA, HANNA, HUGO, type HrWorld } from '../../world/hr-world.js';
import { losesAnswer } from '../../world/lost-answers.js';
import { graphFailure } from '../../world/graph-world.js';

const APP = 'd7c1f0a2-5b3e-4c8d-9f60-1a2b3c4d5e6f';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** As long as a manager may take. */
const WEEK = 'timetable: { answerDue: P7D, deliverWithin: P3D, review: P7D }';
const MISSING: Extract<Delivery, { kind: 'failed' }> = {
  kind: 'failed',
  again: 'never',
  code: 'ForbiddenOperationException',
  status: 403,
};

let world: HrWorld;
afterEach(() => world.close());

/** Cards about Chiara, in their order. */
function about(): HrWorld['teams']['sent'] {
  return world.teams.sent.filter(({ card }) => JSON.stringify(card).includes('Chiara'));
}

/** To whom they went. */
function told(): readonly UserId[] {
  return about().map(({ to }) => to);
}

/** Works through so many days, an hour at a time; a due row is never looked for later than that. */
async function daysPass(days: number): Promise<void> {
  for (let hours = 0; hours < days * 24; hours += 1) {
    world.clock.advance(HOUR_MS);
    await world.work();
  }
}

describe('a case that waits for HR', () => {
  it('is told of once more after a week, and the earlier cards point to the new ones', async () => {
    world = await anHrWorld({ policy: WEEK });
    await daysPass(6);
    expect(told()).toHaveLength(2);
    await daysPass(3);
    expect([...told()].sort()).toEqual([HANNA, HANNA, HUGO, HUGO].sort());
    const edited = new Set(world.teams.edits.map(({ message }) => message.activityId));
    expect(about().map(({ message }) => edited.has(message.activityId))).toEqual([true, true, false, false]);
    expect(await world.history()).toContain('It still waits: everybody of HR is told once more.');
  });

  it('is told once where that was written down and the store did not say so', async () => {
    world = await anHrWorld({ policy: WEEK });
    const lost = losesAnswer(world.store, (doc) => (doc as { type?: string }).type === 'hrCardSent');
    await daysPass(9);
    expect(lost()).toBe(1);
    expect([...told()].sort()).toEqual([HANNA, HANNA, HUGO, HUGO].sort());
    const entries = await world.history();
    expect(entries.filter((entry) => /^Told .* in Teams\.$/.test(entry))).toHaveLength(4);
  });

  it('is shown as it is on an earlier card that could not be edited when the new one came', async () => {
    world = await anHrWorld({ policy: WEEK });
    await daysPass(1);
    const real = { ...world.teams };
    world.teams.update = async () => ({ kind: 'failed', again: 'later', code: 'Throttled', status: 429 });
    await daysPass(8);
    expect(told()).toHaveLength(4);
    world.teams.update = (message, card) => real.update(message, card);
    await world.answer(HANNA, { kind: 'keep', reason: 'Back soon', until: '2027-06-30' });
    await daysPass(1);
    for (const { message } of about()) {
      const edit = world.teams.edits.findLast(
        ({ message: { activityId } }) => activityId === message.activityId,
      );
      expect(JSON.stringify(edit?.card)).not.toContain('"answer"');
      expect(JSON.stringify(edit?.card)).toContain('Kept');
    }
  });

  it('of which everybody was told looks for others as seldom as tasks are looked at, while Graph fails', async () => {
    let isDown = false;
    let tries = 0;
    world = await anHrWorld({
      policy: WEEK,
      pace: { watch: 6 * HOUR_MS },
      through: (doors) => ({
        ...doors,
        graph: {
          ...doors.graph,
          person: async (...call) => {
            if (!isDown) return doors.graph.person(...call);
            tries += 1;
            throw graphFailure('serverError');
          },
        },
      }),
    });
    expect([...told()].sort()).toEqual([HANNA, HUGO].sort());
    isDown = true;
    await daysPass(2);
    // From the next day on, four times a day: the first and the last one count.
    expect(tries).toBe(5);
    isDown = false;
    await daysPass(1);
    expect(told()).toHaveLength(2);
  });

  it('asks whether who was told is of HR still once they are to be told anew, and not before', async () => {
    let asked = 0;
    world = await anHrWorld({
      policy: WEEK,
      through: (doors) => ({
        ...doors,
        rolesOf: async (userId) => {
          if (userId === HANNA || userId === HUGO) asked += 1;
          return doors.rolesOf(userId);
        },
      }),
    });
    expect(told()).toHaveLength(2);
    asked = 0;
    await daysPass(6);
    expect(asked).toBe(0);
    await daysPass(2);
    expect(told()).toHaveLength(4);
    expect(asked).toBeGreaterThan(1);
  });

  it('is told of in working hours, week after week', async () => {
    world = await anHrWorld({ policy: WEEK });
    const times: Date[] = [];
    for (let hours = 0; hours < 23 * 24; hours += 1) {
      const before = told().length;
      world.clock.advance(HOUR_MS);
      await world.work();
      if (told().length > before) times.push(world.clock.now());
    }
    expect(times).toHaveLength(3);
    expect(told()).toHaveLength(2 + 3 * 2);
    for (const at of times) {
      expect([1, 2, 3, 4, 5]).toContain(at.getUTCDay());
      expect(at.getUTCHours()).toBeGreaterThanOrEqual(9);
      expect(at.getUTCHours()).toBeLessThan(18);
    }
  });

  it('is not told of again to the one who proposed, while somebody else has to agree', async () => {
    world = await anHrWorld({ policy: WEEK });
    await world.answer(HANNA, { kind: 'reclaim', reason: 'Left the board' });
    await daysPass(9);
    expect((await world.chiara()).state).toBe('hrProposed');
    expect(told().filter((to) => to === HANNA)).toHaveLength(1);
    // Of the case, of the proposal, and once more.
    expect(told().filter((to) => to === HUGO)).toHaveLength(3);
  });

  it('is told of once in a try-out, whose weeks are minutes', async () => {
    world = await anHrWorld({ policy: 'timetable: { answerDue: PT2M, reminders: [] }' });
    await daysPass(3);
    expect(told()).toHaveLength(2);
  });
});

describe('a card of HR that was delivered when somebody else had the case already', () => {
  /** What somebody does once, while the first card to Hugo is on its way. */
  async function whileSent(happens: () => Promise<unknown>): Promise<void> {
    const refusal = { kind: 'failed', again: 'later', code: 'Throttled', status: 429 } as const;
    world = await anHrWorld({ policy: WEEK, refuse: (to) => (to === HUGO ? refusal : undefined) });
    world.teams.refuse = undefined;
    const real = { ...world.teams };
    let isOver = false;
    world.teams.send = async (to, card, summary) => {
      if (to === HUGO && !isOver) {
        isOver = true;
        await happens();
      }
      return real.send(to, card, summary);
    };
    await world.work(600_000);
    expect(isOver).toBe(true);
  }

  function shownToHugo(): string {
    const [sent] = about().filter(({ to }) => to === HUGO);
    const edit = world.teams.edits.findLast(({ message }) => message.activityId === sent?.message.activityId);
    return JSON.stringify(edit?.card ?? sent?.card);
  }

  async function hannaKeeps(): Promise<void> {
    const { caseId, version } = await world.caseOf(CHIARA);
    const answer = { kind: 'keep', reason: 'She is back soon', until: '2027-01-15' } as const;
    await world.desk.answer({ caseId, version, by: HANNA, answer });
  }

  it('shows what was answered', async () => {
    await whileSent(hannaKeeps);
    await world.work(60_000);
    expect((await world.caseOf(CHIARA)).state).toBe('kept');
    expect(shownToHugo()).toContain('She is back soon');
    expect(shownToHugo()).not.toContain('"verb":"answer"');
  });

  it('shows it once nobody has the case in hand any more', async () => {
    let inHand: Stored<Case> | undefined;
    await whileSent(async () => {
      await hannaKeeps();
      const { caseId } = await world.caseOf(CHIARA);
      const found = await readCase(world.doors, caseId);
      if (found === undefined) throw new Error('The case is gone.');
      const until = instant(new Date(world.clock.now().getTime() + HOUR_MS));
      const lease = { owner: 'another process', until };
      inHand = await world.store.replace<Case>('cases', { ...found.doc, lease }, found.etag);
    });
    const { caseId } = await world.caseOf(CHIARA);
    expect((await readCase(world.doors, caseId))?.etag).toBe(inHand?.etag);
    await daysPass(1);
    expect(shownToHugo()).toContain('She is back soon');
    expect(shownToHugo()).not.toContain('"verb":"answer"');
  });

  it('is sent once where they only look', async () => {
    await whileSent(async () => {
      const { caseId } = await world.caseOf(CHIARA);
      await world.desk.show({ caseId, by: HANNA });
    });
    await world.work(600_000);
    expect([...told()].sort()).toEqual([HANNA, HUGO].sort());
    expect((await world.caseOf(CHIARA)).copies?.map(({ to }) => to).toSorted()).toEqual([HANNA, HUGO].sort());
  });
});

describe('a reviewer who does not have the app', () => {
  it('gets it, and the card at once', async () => {
    let tries = 0;
    world = await anHrWorld({
      teamsAppId: APP,
      refuse: (to) => (to === HUGO && (tries += 1) === 1 ? MISSING : undefined),
    });
    expect([...world.graph.installed]).toEqual([[HUGO, APP]]);
    expect([...told()].sort()).toEqual([HANNA, HUGO].sort());
    const history = await world.history();
    expect(history.slice(history.indexOf('About to tell Hugo.')).slice(0, 4)).toEqual([
      'About to tell Hugo.',
      'About to install the app for Hugo.',
      'Installed the app for Hugo.',
      'Told Hugo in Teams.',
    ]);
  });

  it('is passed over where a policy of Teams keeps them from it, and sees the case when they ask', async () => {
    world = await anHrWorld({
      teamsAppId: APP,
      refuse: (to) => (to === HUGO ? MISSING : undefined),
      through: (doors) => ({
        ...doors,
        graph: { ...doors.graph, installApp: async () => ({ kind: 'refused', code: 'AppBlocked' }) },
      }),
    });
    expect(told()).toEqual([HANNA]);
    expect(await world.history()).toEqual(
      expect.arrayContaining([
        'The app could not be installed for Hugo (AppBlocked).',
        'Hugo could not be told in Teams (ForbiddenOperationException).',
      ]),
    );
    expect((await world.desk.hrQueue(HUGO)).cases.map(({ userId }) => userId)).toEqual([CHIARA]);
  });

  it('is tried again while Graph fails', async () => {
    let isDown = true;
    world = await anHrWorld({
      teamsAppId: APP,
      refuse: (to) => (to === HUGO && isDown ? MISSING : undefined),
      through: (doors) => ({
        ...doors,
        graph: {
          ...doors.graph,
          installApp: async (...call) => {
            if (isDown) throw graphFailure('serverError');
            return doors.graph.installApp(...call);
          },
        },
      }),
    });
    expect(told()).toEqual([HANNA]);
    isDown = false;
    await world.work(DAY_MS / 24);
    expect([...told()].sort()).toEqual([HANNA, HUGO].sort());
  });

  it('has as long as everybody else had, also when they come to HR later', async () => {
    let isInHr = false;
    let tries = 0;
    world = await anHrWorld({
      policy: WEEK,
      teamsAppId: APP,
      // Teams takes an hour to know of the app.
      refuse: (to) => (to === HUGO && (tries += 1) < 3 ? MISSING : undefined),
      through: (doors) => ({
        ...doors,
        rolesOf: async (id) => (id === HUGO && !isInHr ? [] : doors.rolesOf(id)),
      }),
    });
    await daysPass(4);
    expect(told()).toEqual([HANNA]);
    isInHr = true;
    await daysPass(2);
    expect(told()).toEqual([HANNA, HUGO]);
  });

  it('does not get it where its id in the catalog is not said', async () => {
    world = await anHrWorld({ refuse: (to) => (to === HUGO ? MISSING : undefined) });
    expect(world.graph.calls.get('installApp') ?? 0).toBe(0);
    expect(await world.history()).toContain('Hugo could not be told in Teams (ForbiddenOperationException).');
  });
});
