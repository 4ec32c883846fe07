import { TERMINAL, type Case } from '../../../src/cases/case.js';
import { eventHash, NO_HEAD, type HistoryEvent } from '../../../src/store/history.js';
import type { Doc } from '../../../src/store/store.js';
import { nameOf } from '../cast.js';
import type { Rule } from '../watch.js';

export function isOver(c: Case): boolean {
  return (TERMINAL as readonly string[]).includes(c.state);
}

/** A license that an admin gives: no reclamation, so that the rules of campaigns are not about it. */
export function isGift({ scenario }: Pick<Case, 'scenario'>): boolean {
  return scenario === 'given';
}

export const oneOpenCase: Rule = {
  name: 'one open case',
  promise: 'at most one open case per person',
  watch: (_world, broken) => {
    const open = new Map<string, Set<string>>();
    return {
      wroteCase: (_before, c) => {
        if (isGift(c)) return;
        const ids = open.get(c.userId) ?? new Set();
        open.set(c.userId, ids);
        if (isOver(c)) ids.delete(c.caseId);
        else ids.add(c.caseId);
        if (ids.size > 1) broken(`${nameOf(c.userId)} has ${ids.size} open cases`);
      },
    };
  },
};

/** Of so many events the hash is computed again; the links are looked at for all. */
const EVERY = 8;

export const unbrokenChain: Rule = {
  name: 'unbroken chain',
  promise: '13: the history is one hash chain per case, and its head is in the case',
  watch: (world, broken) => {
    const heads = new Map<string, { seq: number; head: string }>();
    /** Cases whose newest entry is still to come in the same batch. */
    const owed = new Map<string, { readonly seq: number; readonly head: string; readonly event: number }>();
    const settle = (): void => {
      for (const [caseId, { event }] of owed) {
        if (event === world.time.event()) continue;
        owed.delete(caseId);
        broken(`the case ${caseId} was changed without an entry in its history`);
      }
    };
    return {
      wrote: ({ before, after }) => {
        if (owed.size > 0) settle();
        if (after === undefined || after.kind !== 'event') return;
        const event = after as HistoryEvent;
        const last = heads.get(event.caseId) ?? { seq: -1, head: NO_HEAD };
        if (before !== undefined || event.seq !== last.seq + 1 || event.previous !== last.head)
          return broken(`the history of ${event.caseId} has a wrong entry ${event.seq}`);
        if (event.seq % EVERY === 0 && eventHash(event) !== event.hash)
          broken(`entry ${event.seq} of ${event.caseId} has a wrong hash`);
        heads.set(event.caseId, { seq: event.seq, head: event.hash });
        const due = owed.get(event.caseId);
        if (due?.head === event.hash) owed.delete(event.caseId);
      },
      wroteCase: (before, c) => {
        if (before?.head === c.head) {
          if (before.state !== c.state || before.version !== c.version)
            broken(
              `the case of ${nameOf(c.userId)} moves from ${before.state} to ${c.state} without an entry`,
            );
          return;
        }
        if (heads.get(c.caseId)?.head === c.head) return;
        owed.set(c.caseId, { seq: c.seq, head: c.head, event: world.time.event() });
      },
      ended: settle,
    };
  },
};

interface Leased extends Doc {
  readonly lease?: { readonly owner: string; readonly until: string };
}

export const leasesHold: Rule = {
  name: 'leases hold',
  promise: 'a row that somebody works on is not taken by somebody else before its lease has passed',
  watch: (world, broken) => ({
    wrote: ({ before, after }, by) => {
      const was = (before as Leased | undefined)?.lease;
      const is = (after as Leased | undefined)?.lease;
      if (by === undefined || was === undefined || is === undefined || was.owner === is.owner) return;
      const now = new Date(world.time.now() + by.offset).toISOString();
      if (was.until > now)
        broken(`${is.owner} takes ${after?.id}, which ${was.owner} holds until ${was.until}`);
    },
  }),
};

export const everyTryLeased: Rule = {
  name: 'work is leased',
  promise: 'a process writes a case only under its lease, or as the answer to a click or a command',
  watch: (world, broken) => ({
    wroteCase: (before, c, by) => {
      if (before === undefined || by === undefined || before.lease === undefined) return;
      const { owner, until } = before.lease;
      const now = new Date(world.time.now() + by.offset).toISOString();
      // People and audits end a case whoever has it in hand, and a look that is noted leaves it in that hand.
      const isByWorker = c.lease !== undefined && !isNote(before, c);
      if (isByWorker && owner !== by.name && until > now)
        broken(`${by.name} writes the case of ${nameOf(c.userId)}, which ${owner} holds`);
    },
  }),
};

/** An entry of the history, or what the person was told too late, and nothing else: who has the case in hand, keeps it. */
function isNote(before: Case, c: Case): boolean {
  const isSameHand = before.lease?.owner === c.lease?.owner && before.lease?.until === c.lease?.until;
  const isTold = c.notice?.message?.activityId !== before.notice?.message?.activityId;
  return isSameHand && c.version === before.version && (c.seq > before.seq || isTold);
}

export const noSurprise: Rule = {
  name: 'no surprise',
  promise: 'nothing of the product ends in an error that nobody foresaw',
  watch: (_world, broken) => ({
    logged: (_by, { message, fields }) => {
      if (message !== 'A row could not be worked on; it rests.') return;
      const error = String(fields['error']);
      if (!error.startsWith('GraphFailure')) broken(error);
    },
  }),
};
