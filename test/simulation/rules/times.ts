import type { Case } from '../../../src/cases/case.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { casesOf } from '../card-buttons.js';
import { nameOf } from '../cast.js';
import type { Rule } from '../watch.js';
import { begunStep, CLOCKS_MS, effectCall } from './truth.js';

export const timetable: Rule = {
  name: 'timetable',
  promise: '5: each step runs at the later of its date from the question and the decision plus afterDecision',
  watch: (world, broken) => {
    const askedAt = new Map<string, number>();
    const decided = new Map<string, { readonly from: number; readonly at: number }>();
    const notBefore = new Map<
      string,
      Readonly<Record<'disableSignIn' | 'convertMailbox' | 'removeLicenses', number>>
    >();
    return {
      arrived: ({ card, sentAt }) => {
        for (const id of casesOf(card)) if (!askedAt.has(id)) askedAt.set(id, sentAt);
      },
      wroteCase: (before, c, by) => {
        if (c.state === 'decided' && before?.state !== 'decided') {
          const isAnswer = before?.state === 'asked';
          const from = (isAnswer ? askedAt.get(c.caseId) : undefined) ?? Date.parse(c.openedAt);
          decided.set(c.caseId, { from, at: world.time.now() });
        }
        // What was not begun follows a policy that has changed.
        const answer = decided.get(c.caseId);
        if (answer === undefined || by === undefined || (c.state !== 'decided' && c.state !== 'acting'))
          return;
        if (c.state === before?.state) return;
        const { disableSignIn, convertMailbox, removeLicenses, afterDecision } = by.policy.timetable;
        const later = (wait: number): number => Math.max(answer.from + wait, answer.at + afterDecision);
        notBefore.set(c.caseId, {
          disableSignIn: later(disableSignIn),
          convertMailbox: later(convertMailbox),
          removeLicenses: later(removeLicenses),
        });
      },
      issued: (call) => {
        const asked = effectCall(call);
        if (asked === undefined || !asked.isTaking || asked.step === 'deleteAccount') return;
        const c = begunStep(world, asked)?.case;
        const dates = c && notBefore.get(c.caseId);
        const from =
          dates?.[
            asked.step === 'disableSignIn' || asked.step === 'convertMailbox' ? asked.step : 'removeLicenses'
          ];
        if (from !== undefined && world.time.now() < from - CLOCKS_MS)
          broken(
            `${asked.method} about ${nameOf(asked.userId)} goes out before ${new Date(from).toISOString()}`,
          );
      },
    };
  },
};

/** Microsoft restores what was deleted for so long. */
const RESTORABLE_MS = 30 * DAY_MS;

function isDeleted(c: Case): boolean {
  return (
    'steps' in c &&
    c.steps.some(({ step, progress }) => step.kind === 'deleteAccount' && progress.is === 'done')
  );
}

/** After a deletion a day less than Microsoft allows. */
function holdAfter(c: Case, hold: number): number {
  return isDeleted(c) ? Math.min(hold, RESTORABLE_MS - DAY_MS) : hold;
}

export const holdLasts: Rule = {
  name: 'hold lasts',
  promise: '6: everything can be undone until the undo window ends',
  watch: (world, broken) => {
    const until = new Map<string, number>();
    return {
      wroteCase: (before, c, by) => {
        // A deletion that was not needed comes after the undo window, and changes nothing.
        const isOver =
          'steps' in c &&
          c.steps.some(({ step, progress }) => step.kind === 'deleteAccount' && progress.is === 'skipped');
        // What came undone and is so again is held for as long as it was to be.
        const isNew =
          before?.state !== 'holding' && !(before?.state === 'needsPerson' && before.hold !== undefined);
        if (c.state === 'holding' && isNew && by !== undefined && !isOver)
          until.set(c.caseId, world.time.now() + holdAfter(c, by.policy.timetable.hold));
        if (
          c.state === 'holding' &&
          isDeleted(c) &&
          Date.parse(c.holdUntil) > world.time.now() + RESTORABLE_MS
        )
          broken(`the deletion of ${nameOf(c.userId)} can be undone until ${c.holdUntil}, it is said`);
        if (c.state !== 'closed' || before?.state !== 'holding') return;
        const end = until.get(c.caseId);
        if (end !== undefined && world.time.now() < end - CLOCKS_MS)
          broken(`the case of ${nameOf(c.userId)} is closed before ${new Date(end).toISOString()}`);
      },
    };
  },
};

/** A question whose answer is not seen for a day goes to a person; an undo is never held by a brake or a limit. */
const LONGEST_UNDO_MS = 2 * DAY_MS;

export const undoGoesOn: Rule = {
  name: 'undo goes on',
  promise: '8: undo is exempt from brakes and limits',
  watch: (world, broken) => {
    const begun = new Map<string, number>();
    const check = (c: Case): void => {
      const asked = begun.get(c.caseId);
      if (asked === undefined) return;
      const at = Math.max(asked, world.downUntil);
      if (world.time.now() - at > LONGEST_UNDO_MS)
        broken(
          `the undo about ${nameOf(c.userId)} was asked for at ${new Date(at).toISOString()} and is not done`,
        );
    };
    return {
      wroteCase: (before, c) => {
        if (c.state === 'undoing' && before?.state !== 'undoing') begun.set(c.caseId, world.time.now());
        if (before?.state === 'undoing') check(c);
        if (c.state !== 'undoing') begun.delete(c.caseId);
      },
      ended: () => {
        for (const c of world.store.peekKind<Case>('cases', 'case')) if (c.state === 'undoing') check(c);
      },
    };
  },
};

const INTENTIONS: ReadonlySet<string> = new Set([
  'askIntended',
  'askedAgain',
  'remindIntended',
  'tellIntended',
  'hrCardIntended',
]);

export const oneQuestion: Rule = {
  name: 'one question',
  promise: '9: a question goes out once for each time that it was written down to go out',
  watch: (_world, broken) => {
    const intended = new Map<string, number>();
    const arrived = new Map<string, number>();
    return {
      wrote: ({ after }) => {
        if (after?.kind !== 'event') return;
        const { type, caseId } = after as unknown as { readonly type: string; readonly caseId: string };
        if (INTENTIONS.has(type)) intended.set(caseId, (intended.get(caseId) ?? 0) + 1);
      },
      arrived: ({ card, isAnswer }) => {
        if (isAnswer) return;
        for (const id of casesOf(card)) {
          const count = (arrived.get(id) ?? 0) + 1;
          arrived.set(id, count);
          if (count > (intended.get(id) ?? 0))
            broken(`the question of case ${id} arrives ${count} times and was meant to go out less often`);
        }
      },
    };
  },
};
