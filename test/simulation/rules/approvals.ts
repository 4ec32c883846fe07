import { createHash } from 'node:crypto';
import type { UserId } from '../../../src/audit/person.js';
import type { Case } from '../../../src/cases/case.js';
import type { Command } from '../../../src/cases/command.js';
import { isSealed } from '../../../src/cases/hr/sealed.js';
import type { Doc } from '../../../src/store/store.js';
import { nameOf } from '../cast.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { isGift } from './books.js';

interface Approved extends Doc {
  readonly given: readonly { readonly planId: string; readonly by: string }[];
}

interface Seen extends Doc {
  readonly covers: readonly string[];
}

/** Who has approved to ask this person about that one, or the admins. As src/cases/campaign/cover.ts writes it down. */
function approversOf(world: World, c: Case, asks: UserId | null): readonly string[] {
  const id = `approval-of-${c.runId}`;
  const given = world.store.peek<Approved>('meta', id, id)?.doc.given ?? [];
  if (given.length === 0) return [];
  const question = JSON.stringify([c.userId, 'question', c.scenario, asks]);
  const digest = createHash('sha256').update(question).digest('base64url').slice(0, 16);
  return given.flatMap(({ planId, by }) => {
    const plan = `seen-plan-${c.runId}-${planId}-0`;
    const covers = world.store.peek<Seen>('meta', plan, plan)?.doc.covers ?? [];
    return covers.includes(digest) ? [by] : [];
  });
}

/**
 * Whether enough people have approved to ask the same person, whoever that was to be, about the person of a case: where they
 * saw different plans, those of each count for themselves.
 */
function isApproved(world: World, c: Case, isEnough: (approvers: readonly string[]) => boolean): boolean {
  const named = c.state === 'opened' && c.asking.kind === 'ask' ? [c.asking.person.id] : [];
  const others = [...world.cast.managers, ...world.cast.everybody.map(({ id }) => id)];
  return [null, ...named, ...others].some((asks) => isEnough(approversOf(world, c, asks)));
}

interface FirstRun extends Doc {
  readonly runId?: string;
}

export const approvedFirst: Rule = {
  name: 'approved first',
  promise: '1: the first acting run needs an approval of a plan of its own',
  watch: (world, broken) => ({
    wroteCase: (before, c, by) => {
      if (before !== undefined || isGift(c) || by?.policy.approvals.firstRun !== 'required') return;
      const first = world.store.peek<FirstRun>('meta', 'approval-first-run', 'approval-first-run');
      const isOver = first !== undefined && first.doc.runId !== c.runId;
      if (!isOver && !isSealed(c) && !isApproved(world, c, ({ length }) => length > 0))
        broken(`the case of ${nameOf(c.userId)} begins, and no plan with it was approved in the first run`);
    },
  }),
};

/** Nobody asked for these. */
const OWN = ['schedule', 'service'];

export function isOwn(asker: string): boolean {
  return OWN.includes(asker);
}

export function askerOf({ store }: World, { runId }: { readonly runId: string }): string {
  const id = runId.replace(/-\d+$/, '');
  return store.peek<Command>('commands', id, id)?.doc.askedBy ?? '';
}

/** Whether those who have approved are enough for many cases, none of whom the run is about. */
function isEnough({ cast }: World, asker: string, approvers: readonly string[]): boolean {
  if (isOwn(asker)) return approvers.length > 0;
  // Somebody at a terminal may be anybody, also whoever wrote to the bot.
  const others = new Set(approvers.filter((by) => by !== asker && cast.admins.includes(by as UserId)));
  return others.size >= (cast.admins.includes(asker as UserId) ? 1 : 2);
}

/** Cases of one plan begin within this time. */
const TOGETHER_MS = 10 * 60_000;

export const bulkApproved: Rule = {
  name: 'bulk approved',
  promise:
    '10: more cases than approvals.bulkOver begin only when somebody else than whoever asked has approved',
  watch: (world, broken) => {
    /** Cases that have begun together, of which it is not known yet whether they are many. */
    const begun = new Map<string, { readonly c: Case; readonly at: number }[]>();
    const isApprovedFor = (c: Case, about: ReadonlySet<string>, asker: string): boolean =>
      isApproved(world, c, (by) =>
        isEnough(
          world,
          asker,
          by.filter((id) => !about.has(id)),
        ),
      );
    return {
      wroteCase: (before, c) => {
        if (before !== undefined || isGift(c) || isSealed(c)) return;
        const now = world.time.now();
        const together = (begun.get(c.runId) ?? []).filter(({ at }) => at > now - TOGETHER_MS);
        together.push({ c, at: now });
        begun.set(c.runId, together);
        const ofRun = world.store
          .peekKind<Case>('cases', 'case')
          .filter((other) => other.runId === c.runId && !isGift(other) && !isSealed(other));
        const { bulkOver } = world.policy.approvals;
        if (ofRun.length <= bulkOver) return;
        const about = new Set<string>(ofRun.map(({ userId }) => userId));
        const asker = askerOf(world, c);
        begun.delete(c.runId);
        for (const { c: each } of together)
          if (!isApprovedFor(each, about, asker))
            broken(
              `the case of ${nameOf(each.userId)} is one of ${ofRun.length} of a run that ${asker} asked for, ` +
                `more than ${bulkOver}, and too few have approved it`,
            );
      },
    };
  },
};
