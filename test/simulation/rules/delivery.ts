import type { UserId } from '../../../src/audit/person.js';
import type { Case, CaseIn } from '../../../src/cases/case.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { casesOf } from '../card-buttons.js';
import { nameOf } from '../cast.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { CLOCKS_MS } from './truth.js';

interface SwitchDoc {
  readonly campaign: string;
}

type Unasked = CaseIn<'opened' | 'escalated'>;

/** A question is on its way to somebody, or looks for whom it goes to. */
function isOnItsWay(c: Case): c is Unasked {
  return c.state === 'opened' || c.state === 'escalated';
}

/** Whom it goes to; undefined: nobody, so that it goes on at once. */
function receiverOf({ asking }: Unasked): UserId | undefined {
  return asking.kind === 'ask' ? asking.person.id : undefined;
}

/** true: nothing is sent now, whatever is due. */
function isHeld({ running, downUntil, time }: World): boolean {
  return (
    time.now() < downUntil || running.length === 0 || running.some(({ policy }) => policy.mode === 'observe')
  );
}

/**
 * The last try comes a tenth of the time later. Who is next takes a dozen reads of Graph, of which any may fail, and is
 * looked for anew only after half an hour.
 */
const SLACK_MS = 5 * DAY_MS;

export const undeliveredGoesOn: Rule = {
  name: 'undelivered goes on',
  promise: '4: a question that has reached nobody within deliverWithin goes to the next person or the admins',
  watch: (world, broken) => {
    /** Cases whose question is on its way, and since when. */
    const waiting = new Map<string, number>();
    let pausedBy: string | undefined;
    /** Before that, nothing could go out. */
    let freeSince = world.start;
    let soonest = Infinity;
    const longest = (): number =>
      Math.max(
        ...[world.policy, ...world.running.map(({ policy }) => policy)].map(
          ({ timetable }) => timetable.deliverWithin,
        ),
      );
    const look = (): void => {
      const now = world.time.now();
      if (pausedBy !== undefined || isHeld(world)) freeSince = now;
      if (now < soonest) return;
      const most = longest() + SLACK_MS;
      soonest = Infinity;
      for (const [caseId, since] of waiting) {
        const by = Math.max(since, freeSince) + most;
        if (now <= by) {
          soonest = Math.min(soonest, by);
          continue;
        }
        waiting.delete(caseId);
        const c = world.store.peek<Case>('cases', caseId, caseId)?.doc;
        if (c !== undefined)
          broken(
            `the question about ${nameOf(c.userId)} has reached nobody since ${new Date(since).toISOString()}`,
          );
      }
    };
    return {
      wrote: ({ after }) => {
        if (after?.kind === 'switch') {
          const { campaign } = after as unknown as SwitchDoc;
          pausedBy = campaign === 'running' ? undefined : campaign;
        }
        look();
      },
      wroteCase: (before, c) => {
        if (!isOnItsWay(c)) return void waiting.delete(c.caseId);
        if (!isPassedOn(before, c)) return;
        waiting.set(c.caseId, world.time.now());
        soonest = 0;
      },
      ended: look,
    };
  },
};

export const answerClock: Rule = {
  name: 'answer clock',
  promise: '4: the answer clock starts at confirmed delivery to whoever is asked',
  watch: (world, broken) => {
    const arrivals = new Map<string, number>();
    /** Since when the question goes to whoever has it now. */
    const turns = new Map<string, number>();
    const due = new Map<string, number>();
    return {
      arrived: ({ to, card, isAnswer, sentAt }) => {
        if (!isAnswer) for (const id of casesOf(card)) arrivals.set(`${to} ${id}`, sentAt);
      },
      wroteCase: (before, c, by) => {
        if (isPassedOn(before, c)) turns.set(c.caseId, world.time.now());
        if (c.state === 'asked' && before?.state !== 'asked' && by !== undefined) {
          const arrived = arrivals.get(`${c.askedOf} ${c.caseId}`);
          if (arrived === undefined || arrived < (turns.get(c.caseId) ?? 0))
            return broken(
              `the case of ${nameOf(c.userId)} counts as asked, and no question has reached ${nameOf(c.askedOf)}`,
            );
          due.set(c.caseId, arrived + by.policy.timetable.answerDue);
          if (Date.parse(c.answerDue) < arrived + by.policy.timetable.answerDue - CLOCKS_MS)
            broken(`the answer about ${nameOf(c.userId)} is due at ${c.answerDue}, too early`);
        }
        if (before?.state !== 'asked' || c.state !== 'adminReview' || !/in time/.test(c.why)) return;
        const end = due.get(c.caseId);
        if (end !== undefined && world.time.now() < end - CLOCKS_MS)
          broken(`nobody is to have answered about ${nameOf(c.userId)} in time, before the time is over`);
      },
    };
  },
};

/** true: the question goes to somebody, or to somebody else, from now on. */
function isPassedOn(before: Case | undefined, c: Case): boolean {
  if (!isOnItsWay(c)) return false;
  return before === undefined || !isOnItsWay(before) || receiverOf(before) !== receiverOf(c);
}
