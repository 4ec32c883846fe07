import type { UserId } from '../../../src/audit/person.js';
import type { Case, CaseIn } from '../../../src/cases/case.js';
import { isUntouched } from '../../../src/cases/step-progress.js';
import { casesOf } from '../card-buttons.js';
import { nameOf } from '../cast.js';
import { TELL_BEFORE_MS } from '../policies.js';
import type { Rule } from '../watch.js';
import { tells } from './telling-admins.js';
import { CLOCKS_MS } from './truth.js';

const WORK_HERE: ReadonlySet<Case['scenario']> = new Set(['neverSignedIn', 'inactive', 'unusedLicense']);

/** The case whose very first step is begun by this write; undefined: it is another write. */
function beginning(before: Case | undefined, c: Case): CaseIn<'acting'> | undefined {
  if (before?.state !== 'scheduled' || c.state !== 'acting') return undefined;
  const isFirst = before.steps.every(({ progress }) => progress.is === 'planned');
  return isFirst && c.steps.some(({ progress }) => progress.is === 'intended') ? c : undefined;
}

export const toldFirst: Rule = {
  name: 'told first',
  promise: 'tell.person: whoever works here hears what happens, and when, before anything is taken from them',
  watch: (world, broken) => {
    /** When somebody got their last message about nobody else: a second notice has no button that tells of its case. */
    const told = new Map<UserId, { readonly at: number; readonly lead: number }>();
    /** What a notice promises holds whatever the policy says later. */
    const leadNow = (): number => {
      const policies = [world.policy, ...world.running.map(({ policy }) => policy)];
      return policies.some(({ tell }) => tell.person === 'never') ? 0 : TELL_BEFORE_MS;
    };
    return {
      arrived: ({ to, card, isAnswer }) => {
        const isAboutThem = (id: string): boolean =>
          world.store.peek<Case>('cases', id, id)?.doc.userId === to;
        if (!isAnswer && !tells(card) && casesOf(card).every(isAboutThem))
          told.set(to, { at: world.time.now(), lead: leadNow() });
      },
      wroteCase: (before, after, by) => {
        const c = beginning(before, after);
        if (c === undefined || by === undefined || !WORK_HERE.has(c.scenario)) return;
        if (c.decision.kind !== 'reclaim' && c.decision.kind !== 'reassign') return;
        const { tell } = by.policy;
        if (tell.person === 'never' || c.protections.length > 0) return;
        const { at, lead = 0 } = told.get(c.userId) ?? {};
        const about = `the first step of the case of ${nameOf(c.userId)} begins`;
        const isThisDecision = at !== undefined && at >= Date.parse(c.decision.at) - CLOCKS_MS;
        if (!isThisDecision) {
          if (tell.undelivered === 'wait') broken(`${about}, and they were not told`);
          return;
        }
        // That it arrived after all is told to nobody where its answer is lost.
        if (tell.undelivered === 'goOn' && c.notice?.is.kind === 'notTold') return;
        if (world.time.now() < at + lead - CLOCKS_MS) broken(`${about} too soon after they were told`);
      },
    };
  },
};

export const objectionHolds: Rule = {
  name: 'objection holds',
  promise: 'tell.person: one click of the person stops the steps until an admin decides anew',
  watch: (world, broken) => {
    const open = new Map<string, UserId>();
    return {
      clicked: ({ by, verb, caseId }) => {
        const c = world.store.peek<Case>('cases', caseId, caseId)?.doc;
        if (verb !== 'object' || c?.userId !== by || c.state !== 'scheduled') return;
        if (isUntouched(c.steps) && c.notice?.is.kind === 'told' && c.notice.objectedAt === undefined)
          open.set(caseId, by);
      },
      replied: ({ verb, caseId, by }, reply) => {
        if (verb !== 'object' || open.get(caseId) !== by) return;
        open.delete(caseId);
        // They were told that it did not arrive.
        if (reply === 'failed') return;
        const c = world.store.peek<Case>('cases', caseId, caseId)?.doc;
        if (c?.state === 'scheduled' && c.notice?.objectedAt === undefined)
          broken(`${nameOf(by)} has said that they need it, and the steps go on`);
      },
      wroteCase: (before, c) => {
        if (
          before === undefined ||
          c.notice?.objectedAt === undefined ||
          before.notice?.objectedAt !== undefined
        )
          return;
        if (c.state !== 'adminReview') broken(`${nameOf(c.userId)} has objected, and no admin decides`);
      },
    };
  },
};
