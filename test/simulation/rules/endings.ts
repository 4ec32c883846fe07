import type { UserId } from '../../../src/audit/person.js';
import { letBeIn } from '../../../src/cases/answering/waiver.js';
import type { Case } from '../../../src/cases/case.js';
import { isSealed } from '../../../src/cases/hr/sealed.js';
import { workDueAt } from '../../../src/cases/transition.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { CALM_DAYS } from '../calendar.js';
import { nameOf } from '../cast.js';
import type { Holding } from '../tenant.js';
import { directly, isSame } from '../tenant-licenses.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { isGift, isOver } from './books.js';
import { following } from './effects.js';
import { byHandSince, isReviewer, licenseCall, SETTLED_MS } from './truth.js';

export const restoredExactly: Rule = {
  name: 'restored exactly',
  promise: '6: undo restores exactly what was taken, with the plans as they were',
  watch: (world, broken) => {
    const follow = following(world);
    const taken = new Map<string, { readonly holdings: readonly Holding[]; readonly at: number }>();
    const check = (c: Case): void => {
      const lost = taken.get(c.caseId);
      const isLetBe = letBeIn(c).some(({ waived }) => waived.of === 'undo');
      if (lost === undefined || isLetBe || byHandSince(world, c.userId, lost.at)) return;
      const { account } = world.tenant.someone(c.userId);
      if (!account.exists) return;
      const held = directly(account.person.licenses);
      const missing = lost.holdings.filter(
        (one) => !held.some((other) => isSame(one, other)) && !isTakenSince(world, c, one),
      );
      if (missing.length === 0) return;
      const what = missing.map(({ skuId, disabledPlans }) => `${skuId} without [${disabledPlans.join()}]`);
      broken(`the case of ${nameOf(c.userId)} is undone, and ${what.join(' and ')} is not back`);
    };
    return {
      issued: (call, by) => {
        const asked = licenseCall(call);
        if (asked !== undefined && asked.change.remove.length > 0) follow.issued(asked, by);
      },
      landed: (effect) => {
        if (effect.took.length === 0 || effect.gave.length > 0) return;
        const c = follow.landed(effect)?.step.case;
        // What somebody changed by hand just before may not have been read any more.
        if (c === undefined || isGift(c) || byHandSince(world, effect.userId, effect.at - SETTLED_MS)) return;
        const before = taken.get(c.caseId)?.holdings ?? [];
        taken.set(c.caseId, { holdings: [...before, ...effect.took], at: effect.at });
      },
      wroteCase: (before, c) => {
        if (c.state === 'undone' && before?.state !== 'undone') check(c);
      },
      ended: () => {
        for (const c of casesIn(world)) if (c.state === 'undone') check(c);
      },
    };
  },
};

/** Another case of the same person has taken it after the undo, such as one that undoes a gift. */
function isTakenSince(world: World, c: Case, { skuId }: Holding): boolean {
  if (c.state !== 'undone') return false;
  const end = Date.parse(c.closedAt);
  return world.tenant.effects.some(
    ({ userId, took, at }) => userId === c.userId && at > end && took.some((one) => one.skuId === skuId),
  );
}

/** All of the store. */
export function casesIn(world: World): readonly Case[] {
  return world.store.peekKind<Case>('cases', 'case');
}

/**
 * What a daily limit, a brake, an outage or an audit that comes late may add to the timetable: less than the quiet days at
 * the end of a life, or no case would ever be late.
 */
const SLACK_MS = (CALM_DAYS - 2) * DAY_MS;
/** Something that was due for so long, with nothing in its way, is forgotten. */
const FORGOTTEN_MS = 2 * DAY_MS;
const TOLD_WITHIN_MS = 3 * DAY_MS;

export const everyCaseEnds: Rule = {
  name: 'every case ends',
  promise: 'after 28 days and the hold each case is over or waits for a named person',
  watch: (world, broken) => {
    /** When a person had done what a case waited for. */
    const wentOn = new Map<string, number>();
    const isLate = (c: Case): boolean => {
      const hold = world.policy.timetable.hold;
      const late = Math.max(Date.parse(c.openedAt) + 28 * DAY_MS + hold, wentOn.get(c.caseId) ?? 0);
      return world.time.now() - late >= SLACK_MS;
    };
    return {
      wroteCase: (before, c) => {
        if (before?.state === 'needsPerson' && c.state !== 'needsPerson')
          wentOn.set(c.caseId, world.time.now());
      },
      ended: () => {
        const now = world.time.now();
        for (const c of casesIn(world)) {
          if (isOver(c)) continue;
          const about = `the case of ${nameOf(c.userId)} is ${c.state} since ${c.openedAt.slice(0, 10)}`;
          if (c.dueAt !== undefined && Date.parse(c.dueAt) < now - FORGOTTEN_MS)
            broken(`${about}, due at ${c.dueAt} and forgotten`);
          if (c.state === 'needsPerson' && c.task === '') broken(`${about}, and nobody is told for what`);
          if (isUntoldToHr(world, c)) broken(`${about}, and nobody of HR was told`);
          const due = workDueAt(c);
          if (c.dueAt === undefined && due !== undefined)
            broken(`${about} and has no date, although nobody is asked to decide`);
          // Undo windows and dates that somebody named come to their end by themselves.
          // A task for a person is looked at again and again, until they have done it.
          const isTask = c.state === 'needsPerson' || waitsForHr(world, c);
          const hasAnEnd = due === undefined || isTask || Date.parse(due) > now;
          if (hasAnEnd || !isLate(c)) continue;
          broken(`${about} and waits for nobody`);
        }
      },
    };
  },
};

/** Only HR may know of it, and the task waits for so long that somebody should. */
function isUntoldToHr(world: World, c: Case): boolean {
  if (c.state !== 'needsPerson' || !isSealed(c)) return false;
  const isSomebody = world.cast.hr.some((id) => id !== c.userId && isReviewer(world, id));
  const since = Date.parse(c.tell?.since ?? c.openedAt);
  const isLong = world.time.now() - since > TOLD_WITHIN_MS;
  return isSomebody && isLong && (c.tell?.told ?? []).length === 0;
}

/**
 * HR's reviewers have a card, and newcomers are looked for every day. Whoever has blocked the bot is tried anew every week,
 * and finds the case in the queue.
 */
function waitsForHr(world: World, c: Case): boolean {
  if (c.state !== 'hrReview' && c.state !== 'hrProposed') return false;
  const isTried = (to: UserId): boolean => world.teams.blocked.has(to) && c.tell?.told.includes(to) === true;
  const reached = (c.copies ?? []).map(({ to }) => to);
  return [...reached, ...world.cast.hr.filter(isTried)].some((to) => isReviewer(world, to));
}
