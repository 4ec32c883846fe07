import type { UserId } from '../../../src/audit/person.js';
import { letBeIn } from '../../../src/cases/answering/waiver.js';
import type { Case } from '../../../src/cases/case.js';
import { isSealed } from '../../../src/cases/hr/sealed.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { nameOf } from '../cast.js';
import type { Click, Rule } from '../watch.js';
import type { World } from '../world.js';
import { isGift } from './books.js';
import { CLOCKS_MS, effectCall, isReviewer, stepsAbout, wasLately } from './truth.js';

const CHAIN = 5;

/** true: somebody is above a person, now or a few minutes ago. */
function isAbove(world: World, by: UserId, userId: UserId): boolean {
  let level: readonly UserId[] = [userId];
  for (let up = 0; up < CHAIN; up += 1) {
    const next: UserId[] = [];
    for (const id of level) {
      wasLately(world.tenant.someone(id), world.time.now(), ({ manager }) => {
        if (manager !== undefined) next.push(manager);
        return false;
      });
    }
    if (next.includes(by)) return true;
    level = [...new Set(next)];
  }
  return false;
}

function decisionOf(c: Case | undefined): Extract<Case, { decision: unknown }>['decision'] | undefined {
  return c !== undefined && 'decision' in c ? c.decision : undefined;
}

/** Whose click is the last word: in HR's lane that of the second person. */
function wordOf(
  before: Case,
  decision: NonNullable<ReturnType<typeof decisionOf>>,
): { readonly by: UserId; readonly answer: string } {
  if (before.state !== 'hrProposed') return { by: decision.by.id, answer: decision.kind };
  const isOfHr = decision.kind === 'reclaim' || decision.kind === 'park';
  const second = isOfHr ? decision.approvedBy : undefined;
  return { by: second?.id ?? decision.by.id, answer: 'approve' };
}

/** Why somebody's answer may not count; undefined: it may. */
function whyNotEntitled(world: World, by: UserId, c: Case): string | undefined {
  if (by === c.userId) return 'who decides about themself';
  const isAdmin = world.cast.admins.includes(by);
  if (c.state === 'adminReview') return isAdmin ? undefined : 'who is no admin';
  if (isSealed(c)) return isReviewer(world, by) ? undefined : 'who is not HR';
  if (!world.teams.hadCard(by, c.caseId)) return 'who was never asked';
  const someone = world.tenant.someone(by);
  if (!wasLately(someone, world.time.now(), ({ person, exists }) => exists && person.accountEnabled))
    return 'whose account is disabled';
  // Whoever was named, or answers for the department, was asked because of that.
  return c.manager?.id !== by || isAbove(world, by, c.userId) ? undefined : 'who is not the manager any more';
}

export const entitledDecision: Rule = {
  name: 'entitled decision',
  promise:
    '10: an answer counts by object id and stored state: of who was asked, or of an admin where admins decide',
  watch: (world, broken) => {
    const clicks: Click[] = [];
    return {
      clicked: (click) => void clicks.push(click),
      wroteCase: (before, c, by) => {
        const decision = decisionOf(c);
        if (decision === undefined || decisionOf(before) !== undefined || before === undefined) return;
        if (before.state === 'hrReview' && (decision.kind === 'reclaim' || decision.kind === 'park'))
          return broken(`the case of ${nameOf(c.userId)} is decided by one person of HR`);
        const word = wordOf(before, decision);
        const made = clicks.filter(
          (click) => click.by === word.by && click.caseId === c.caseId && click.answer === word.answer,
        );
        const about = `the case of ${nameOf(c.userId)} is decided (${decision.kind}) by ${nameOf(word.by)}`;
        if (made.length === 0) return broken(`${about}, who has not clicked that`);
        if (!made.some(({ version, instance }) => version === before.version && instance === by))
          return broken(`${about} by a click on an older card`);
        if (before.state === 'hrProposed' && word.by === before.proposal.by.id)
          return broken(`${about}, who proposed it`);
        const why = whyNotEntitled(world, word.by, before);
        if (why !== undefined) broken(`${about}, ${why}`);
      },
    };
  },
};

export const standingDecision: Rule = {
  name: 'standing decision',
  promise: '4: silence never removes anything; nothing is taken without a decision that stands',
  watch: (world, broken) => {
    const decided = new Set<string>();
    return {
      wroteCase: (before, c) => {
        if (decisionOf(before) === undefined && decisionOf(c) !== undefined) decided.add(c.caseId);
      },
      issued: (call) => {
        const asked = effectCall(call);
        if (asked === undefined || !asked.isTaking) return;
        const standing = stepsAbout(world, asked.userId).some(
          ({ case: c, step }) =>
            (step.kind === asked.step && decided.has(c.caseId) && c.decision.kind !== 'give') ||
            // Somebody wants it taken back.
            (isGift(c) && c.state === 'undoing'),
        );
        if (!standing)
          broken(`${asked.method} about ${nameOf(asked.userId)} goes out, and nobody decided that`);
      },
    };
  },
};

export const sealedReply: Rule = {
  name: 'sealed reply',
  promise: '3 and 10: a case is shown to who was asked and to admins; executives and leave to HR alone',
  watch: (world, broken) => ({
    replied: (click, reply) => {
      const shown = (reply as { readonly kind?: string; readonly case?: Case }).case;
      if (shown === undefined) return;
      const { by } = click;
      if (by === shown.userId) return broken(`${nameOf(by)} is shown the case about themself`);
      if (isSealed(shown) && !isReviewer(world, by))
        return broken(`${nameOf(by)} is shown the case of ${nameOf(shown.userId)}, which is for HR alone`);
      // Teams may not have delivered the question to somebody whom the directory names.
      const wasToBeAsked = (shown.hops ?? []).some((hop) => hop.asAdmin !== true && hop.askedOf.id === by);
      const mayKnow = wasToBeAsked || world.cast.admins.includes(by) || world.teams.hadCard(by, shown.caseId);
      if (!isSealed(shown) && !mayKnow)
        broken(`${nameOf(by)} is shown the case of ${nameOf(shown.userId)} and was never asked`);
    },
  }),
};

export const letBe: Rule = {
  name: 'let be',
  promise: 'a step that an admin let be is not taken, and not given back, any more',
  watch: (_world, broken) => ({
    wroteCase: (_before, c) => {
      if (!('steps' in c)) return;
      for (const { index } of letBeIn(c).flatMap(({ waived }) => waived.left)) {
        const is = c.steps[index]?.progress.is;
        if (is !== 'skipped' && is !== 'left')
          broken(`step ${index + 1} about ${nameOf(c.userId)} was let be, and is ${is ?? 'gone'}`);
      }
    },
  }),
};

export const coolDown: Rule = {
  name: 'cool-down',
  promise: '5: an answer that gave something back is respected as long as the inactivity threshold',
  watch: (world, broken) => {
    const givenBack = new Map<UserId, number>();
    return {
      wroteCase: (before, c, by) => {
        if (isGift(c)) return;
        const isLetBe = c.state === 'closed' && letBeIn(c).length > 0;
        const isBack =
          isLetBe || c.state === 'undone' || (c.state === 'cancelled' && c.cause === 'takenBack');
        if (isBack && before?.state !== c.state) givenBack.set(c.userId, world.time.now());
        if (before !== undefined || by === undefined) return;
        const at = givenBack.get(c.userId);
        const days = by.policy.inactivity.days;
        if (at !== undefined && world.time.now() < at + days * DAY_MS - CLOCKS_MS)
          broken(`a new case about ${nameOf(c.userId)} begins soon after one was taken back`);
      },
    };
  },
};
