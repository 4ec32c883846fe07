import { afterEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import { readDeliveries } from '../../../src/cases/asking/run-deliveries.js';
import { sendAgain } from '../../../src/cases/asking/run-send-again.js';
import type { Case } from '../../../src/cases/case.js';
import { cancelProtected } from '../../../src/cases/run-outdated.js';
import { StoreUnavailable, type Store } from '../../../src/store/store.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../../world/case-world.js';
import { losesAnswer } from '../../world/lost-answers.js';
import { aPerson, idle, userId } from '../../world/people.js';

const DAY_MS = 86_400_000;
const WEEKS =
  'timetable: { reminders: [P3D], answerDue: P7D, deliverWithin: P3D, review: PT0S, afterDecision: PT5S, disableSignIn: P14D, convertMailbox: P15D, removeLicenses: P21D }';
const ADA = userId('Ada');
const GRACE = userId('Grace');
const HANS = userId('Hans');

let world: CaseWorld;

afterEach(() => world.close());

/** Idle reports of Grace, who reports to Hans; nobody was asked yet. */
async function reportsOfGrace(names: readonly string[], options: CaseWorldOptions = {}): Promise<void> {
  const hans = aPerson('Hans', idle(1));
  const grace = aPerson('Grace', { ...idle(1), manager: hans });
  const reports = names.map((name) => aPerson(name, { ...idle(150), manager: grace }));
  const others = Array.from({ length: 20 }, (_, n) => aPerson(`Other${n}`, idle(1)));
  world = await aCaseWorld([...reports, grace, hans, ...others], { policy: WEEKS, ...options });
}

/** What happens once, while the next message to somebody is on its way. */
function whileSending(to: UserId, happens: () => Promise<unknown>): void {
  const real = { ...world.teams };
  let isOver = false;
  world.teams.send = async (receiver, card, summary) => {
    if (receiver === to && !isOver) {
      isOver = true;
      await happens();
    }
    return real.send(receiver, card, summary);
  };
}

/** An admin protects Ada, so that her cases end. */
function adaIsProtected(): Promise<void> {
  return cancelProtected(world.doors, ADA, 'system');
}

/** What stands now in the newest message to somebody. */
function shownTo(to: UserId): string {
  const sent = world.teams.sent.findLast((each) => each.to === to);
  const edit = world.teams.edits.findLast(
    ({ message }) =>
      message.activityId === sent?.message.activityId &&
      message.conversationId === sent.message.conversationId,
  );
  return JSON.stringify(edit?.card ?? sent?.card);
}

function edits(): number {
  return world.teams.edits.length;
}

async function graceAnswers(): Promise<void> {
  const { caseId, version } = await world.caseOf(ADA);
  const answer = { kind: 'keep', reason: 'Back soon', until: '2027-01-15' } as const;
  expect((await world.desk.answer({ caseId, version, by: GRACE, answer })).kind).toBe('accepted');
}

describe('a question that was delivered when its case had ended', () => {
  it('says so, and has no buttons any more', async () => {
    await reportsOfGrace(['Ada']);
    whileSending(GRACE, adaIsProtected);
    await world.audit();
    await world.work(60_000);
    const c = await world.caseOf(ADA);
    expect(c).toMatchObject({ state: 'cancelled', cause: 'protected' });
    expect(shownTo(GRACE)).toContain('The question was withdrawn: The person is protected now.');
    expect(shownTo(GRACE)).not.toContain('"verb"');
    expect(c.message).toMatchObject({ to: GRACE, shows: c.version });
  });

  it('says so once Teams can edit again, and is edited once', async () => {
    await reportsOfGrace(['Ada']);
    whileSending(GRACE, adaIsProtected);
    const real = { ...world.teams };
    world.teams.update = async () => ({ kind: 'failed', again: 'later', code: 'Throttled', status: 429 });
    await world.audit();
    await world.work(20_000);
    expect(shownTo(GRACE)).toContain('Is this license still needed?');
    world.teams.update = (message, card) => real.update(message, card);
    await world.work(3_600_000);
    expect(shownTo(GRACE)).toContain('The question was withdrawn');
    expect(edits()).toBe(1);
  });

  it('is edited with its case, too, where the store could not write it down and it was sent once more', async () => {
    await reportsOfGrace(['Ada']);
    const refused = refusesWhatWasSent(3);
    await expect(world.audit()).rejects.toThrow(StoreUnavailable);
    await world.work(3_600_000);
    expect(refused()).toBe(3);
    const sent = world.teams.sent.filter(({ to }) => to === GRACE);
    expect(sent).toHaveLength(2);
    await graceAnswers();
    await world.work(60_000);
    for (const { message } of sent) {
      const edit = world.teams.edits.findLast((each) => each.message.activityId === message.activityId);
      expect(JSON.stringify(edit?.card)).toContain('Kept');
    }
  });

  it('says so after a crash before that was written down, and nothing is sent again', async () => {
    await reportsOfGrace(['Ada']);
    whileSending(GRACE, adaIsProtected);
    const real = { ...world.store };
    let crashes = 0;
    const replace: Store['replace'] = async (container, doc, etag) => {
      const isRecord = doc['kind'] === 'case' && (doc as unknown as Case).message !== undefined;
      if (!isRecord || crashes > 0) return real.replace(container, doc, etag);
      crashes += 1;
      throw new TypeError('killed');
    };
    Object.assign(world.store, { replace });
    await world.audit();
    await world.work(600_000);
    expect(crashes).toBe(1);
    expect(world.teams.sent).toHaveLength(1);
    expect(shownTo(GRACE)).toContain('The question was withdrawn');
  });

  it('waits for whoever has the case in hand, and takes nothing out of their hands', async () => {
    await reportsOfGrace(['Ada']);
    const lease = { owner: 'somebody else', until: '' };
    whileSending(GRACE, async () => {
      await adaIsProtected();
      const { caseId } = await world.caseOf(ADA);
      const stored = await world.store.read<Case>('cases', caseId, caseId);
      if (stored === undefined) throw new Error('no case');
      lease.until = new Date(world.clock.now().getTime() + 20_000).toISOString();
      await world.store.replace('cases', { ...stored.doc, lease } as Case, stored.etag);
    });
    await world.audit();
    await world.work(10_000);
    const held = await world.caseOf(ADA);
    expect([held.message, held.lease]).toEqual([undefined, lease]);
    await world.work(600_000);
    expect(shownTo(GRACE)).toContain('The question was withdrawn');
  });

  it('is no more than closed to whoever was next to be asked; the card of who was asked before is kept', async () => {
    await reportsOfGrace(['Ada']);
    await world.audit();
    await world.work();
    whileSending(HANS, adaIsProtected);
    for (let day = 0; day < 9; day += 1) {
      world.clock.advance(DAY_MS);
      await world.work(60_000);
    }
    const c = await world.caseOf(ADA);
    expect(c).toMatchObject({ state: 'cancelled', message: { to: GRACE, shows: c.version } });
    expect(shownTo(HANS)).toContain('This question is closed.');
    expect(shownTo(HANS)).not.toContain('"verb"');
    expect(shownTo(GRACE)).toContain('The question was withdrawn');
    expect(c.further).toEqual([]);
  });
});

describe('a card about several people that was delivered when one of their cases had ended', () => {
  it('says so of that one, also where it could not be edited at once, and asks about the others', async () => {
    await reportsOfGrace(['Ada', 'Bea']);
    whileSending(GRACE, adaIsProtected);
    const real = { ...world.teams };
    world.teams.update = async () => ({ kind: 'failed', again: 'later', code: 'Throttled', status: 429 });
    await world.audit();
    await world.work(20_000);
    expect(shownTo(GRACE)).not.toContain('settled');
    world.teams.update = (message, card) => real.update(message, card);
    await world.work(3_600_000);
    expect(shownTo(GRACE)).toContain('1 settled');
    expect(shownTo(GRACE)).toContain('"answerAll"');
    const [ada, bea] = [await world.caseOf(ADA), await world.caseOf(userId('Bea'))];
    expect(ada.message).toMatchObject({ digestId: bea.message?.digestId, shows: ada.version });
  });

  it('stays one card where the case has another message of its own already', async () => {
    await reportsOfGrace(['Ada', 'Bea']);
    await world.audit();
    await world.work();
    const real = { ...world.teams };
    whileSending(HANS, async () => {
      await adaIsProtected();
      world.teams.update = async () => ({ kind: 'failed', again: 'later', code: 'Throttled', status: 429 });
    });
    for (let day = 0; day < 7; day += 1) {
      world.clock.advance(DAY_MS);
      await world.work(60_000);
    }
    expect((await world.caseOf(ADA)).state).toBe('cancelled');
    expect(shownTo(HANS)).not.toContain('settled');
    world.teams.update = (message, card) => real.update(message, card);
    await world.work(3_600_000);
    expect(shownTo(HANS)).toContain('1 settled');
    expect(shownTo(HANS)).toContain('"answerAll"');
  });
});

describe('a reminder that was delivered when the question had been answered', () => {
  it('says what was answered, as the first card did', async () => {
    await reportsOfGrace(['Ada']);
    // Reminders come in working hours.
    world.clock.advance(6 * 3_600_000);
    await world.audit();
    await world.work();
    whileSending(GRACE, graceAnswers);
    for (let day = 0; day < 4; day += 1) {
      world.clock.advance(DAY_MS);
      await world.work(60_000);
    }
    const c = await world.caseOf(ADA);
    expect(c.state).toBe('kept');
    expect(world.teams.sent).toHaveLength(2);
    expect(shownTo(GRACE)).toContain('Back soon');
    expect(c.message).toMatchObject({ activityId: 'message-2', shows: c.version });
  });
});

describe('a question that was sent once more while it was answered', () => {
  it('says what was answered', async () => {
    await reportsOfGrace(['Ada']);
    await world.audit();
    await world.work();
    whileSending(GRACE, graceAnswers);
    expect(await sendAgain(world.doors, GRACE, [await world.caseOf(ADA)])).toBe(0);
    await world.work(60_000);
    expect(shownTo(GRACE)).toContain('Back soon');
    expect(shownTo(GRACE)).not.toContain('"verb":"answer"');
  });
});

describe('a question whose delivery is not written down at once', () => {
  it('is sent no second time where the store could not be used for a moment when it was to be written down', async () => {
    await reportsOfGrace(['Ada']);
    const refused = refusesWhatWasSent(2);
    await world.audit();
    await world.work(3_600_000);
    expect(refused()).toBe(2);
    expect(world.teams.sent.filter(({ to }) => to === GRACE)).toHaveLength(1);
    await graceAnswers();
    await world.work(60_000);
    expect(shownTo(GRACE)).toContain('Kept');
  });

  it('is sent no second time where it was written down and the store did not say so', async () => {
    await reportsOfGrace(['Ada']);
    const lost = losesAnswer(
      world.store,
      (doc) => (doc as { outgoing?: { is?: string } }).outgoing?.is === 'sent',
    );
    await world.audit();
    await world.work(3_600_000);
    expect(lost()).toBe(1);
    expect(world.teams.sent.filter(({ to }) => to === GRACE)).toHaveLength(1);
    const [grace] = await readDeliveries(world.store);
    expect(grace).toMatchObject({ userId: GRACE, notes: [{ became: 'delivered' }] });
  });
});

/** The store refuses so often to write down that a message was delivered. @returns how often it has */
function refusesWhatWasSent(times: number): () => number {
  const real = { ...world.store };
  let refused = 0;
  world.store.replace = async (container, doc, etag) => {
    const isSent = (doc as { outgoing?: { is?: string } }).outgoing?.is === 'sent';
    if (!isSent || refused >= times) return real.replace(container, doc, etag);
    refused += 1;
    throw new StoreUnavailable('The store cannot be used now.');
  };
  return () => refused;
}

describe('questions that were sent once more', () => {
  /** What stands now in every message to Grace. */
  function allShownToGrace(): readonly string[] {
    return world.teams.sent
      .filter(({ to }) => to === GRACE)
      .map(({ message, card }) => {
        const edit = world.teams.edits.findLast((each) => each.message.activityId === message.activityId);
        return JSON.stringify(edit?.card ?? card);
      });
  }

  /** The store refuses so many writes of that kind. */
  function refuses(isMeant: (operation: object) => boolean, times = 1): void {
    const real = { ...world.store };
    let left = times;
    world.store.batch = async (container, partition, operations) => {
      if (left === 0 || !operations.some(isMeant)) return real.batch(container, partition, operations);
      left -= 1;
      throw new StoreUnavailable('The store cannot be used now.');
    };
  }

  it('show what was answered on the earlier card, too, where the chat was not emptied', async () => {
    await reportsOfGrace(['Ada']);
    await world.audit();
    await world.work();
    expect(await sendAgain(world.doors, GRACE, [await world.caseOf(ADA)])).toBe(1);
    await graceAnswers();
    await world.work(60_000);
    expect(allShownToGrace()).toHaveLength(2);
    for (const card of allShownToGrace()) expect(card).toContain('Kept');
  });

  it('are edited with their cases where the store could not write that they were', async () => {
    await reportsOfGrace(['Ada']);
    await world.audit();
    await world.work();
    refuses((one) => 'doc' in one && (one.doc as { type?: string }).type === 'askedAgain');
    await expect(sendAgain(world.doors, GRACE, [await world.caseOf(ADA)])).rejects.toThrow(StoreUnavailable);
    await world.work(60_000);
    await graceAnswers();
    await world.work(60_000);
    expect(allShownToGrace()).toHaveLength(2);
    for (const card of allShownToGrace()) expect(card).toContain('Kept');
  });

  it('as one card that the store could not write down can be answered on the next one only', async () => {
    await reportsOfGrace(['Ada', 'Bea']);
    refusesWhatWasSent(3);
    await expect(world.audit()).rejects.toThrow(StoreUnavailable);
    await world.work(3_600_000);
    await graceAnswers();
    await world.work(60_000);
    const [first, second] = allShownToGrace();
    expect(first).not.toContain('"answerAll"');
    expect(second).toContain('1 settled');
    expect(second).toContain('"answerAll"');
  });
});

describe('questions that were sent once more on one card while one of them was answered', () => {
  it('say what was answered, and ask about the others', async () => {
    await reportsOfGrace(['Ada', 'Bea']);
    await world.audit();
    await world.work();
    whileSending(GRACE, graceAnswers);
    const waiting = [await world.caseOf(ADA), await world.caseOf(userId('Bea'))];
    expect(await sendAgain(world.doors, GRACE, waiting)).toBe(1);
    await world.work(60_000);
    expect(shownTo(GRACE)).toContain('1 settled');
    expect(shownTo(GRACE)).toContain('"answerAll"');
  });
});
