import type { DoneRunDoc, RunDoc } from '../../../src/audit/run-record.js';
import { letBeIn } from '../../../src/cases/answering/waiver.js';
import type { Case, CaseIn } from '../../../src/cases/case.js';
import { isSealed } from '../../../src/cases/hr/sealed.js';
import type { Doc } from '../../../src/store/store.js';
import type { HistoryEvent } from '../../../src/store/history.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { idOf, nameOf } from '../cast.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { isOver } from './books.js';
import { casesIn } from './endings.js';
import { CLOCKS_MS } from './truth.js';

/** Names go with an audit: one a week, and a day in which all its tries fail. */
const ERASED_WITHIN_MS = 8 * DAY_MS;
/** Ids of people, and their names. */
const NAMED = new RegExp(`${idOf(0).slice(0, -3)}[0-9]{3}|${nameOf(idOf(0)).slice(0, -3)}[0-9]{3}`);

export const namesErased: Rule = {
  name: 'names erased',
  promise:
    '13: after privacy.retainDays nothing of a case tells whom it was about, and its history stays whole',
  watch: (world, broken) => ({
    wroteCase: (before, c) => {
      if (before?.erasedAt !== undefined)
        return broken(`the case ${c.caseId} is written after it was erased`);
      if (c.erasedAt === undefined || before === undefined) return;
      const about = `the case of ${nameOf(before.userId)}`;
      if (!isOver(before)) broken(`${about} is erased, and it is ${before.state}`);
      if (!isPast(world, before, world.time.now() + CLOCKS_MS)) broken(`${about} is erased too early`);
      if (c.head !== before.head || c.seq !== before.seq)
        broken(`${about} has another history since it is erased`);
      const named = documentsOf(world, c.caseId).flatMap((doc) => NAMED.exec(JSON.stringify(doc))?.[0] ?? []);
      if (named.length > 0) broken(`${about} is erased, and it names ${[...new Set(named)].join()}`);
    },
    ended: () => {
      const since = world.time.now() - ERASED_WITHIN_MS;
      for (const c of casesIn(world))
        if (c.erasedAt === undefined && isReclaimed(c) && isPast(world, c, since))
          broken(`the case of ${nameOf(c.userId)} ended at ${c.closedAt}, and is not erased`);
      for (const { runId, finishedAt } of oldRuns(world, since))
        if (documentsIn(world, 'runs', runId).some(({ kind }) => kind === 'finding'))
          broken(`the audit ${runId} ended at ${finishedAt}, and its findings are there still`);
    },
  }),
};

/** true: nothing keeps the person in peace that would be forgotten with the names. */
function isReclaimed(c: Case): c is CaseIn<'closed'> {
  return c.state === 'closed' && c.took !== undefined && letBeIn(c).length === 0;
}

/** true: at that time it has ended longer ago than names may be kept. */
function isPast({ choice }: World, c: Case, at: number): boolean {
  return 'closedAt' in c && Date.parse(c.closedAt) + choice.retainDays * DAY_MS <= at;
}

/** The newest complete audit is kept, however old it is, until another one has begun after the next. */
function oldRuns(world: World, since: number): readonly DoneRunDoc[] {
  const runs = world.store
    .peekKind<RunDoc>('runs', 'run')
    .flatMap((run) => (run.state === 'done' ? [run] : []))
    .toSorted((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
  const newest = runs.findLastIndex(({ finishedAt }) => Date.parse(finishedAt) <= since);
  const days = world.choice.retainDays;
  return runs
    .slice(0, Math.max(0, newest))
    .filter(({ finishedAt }) => Date.parse(finishedAt) + days * DAY_MS <= since);
}

function documentsOf(world: World, caseId: string): readonly Doc[] {
  return documentsIn(world, 'cases', caseId);
}

function documentsIn(world: World, container: 'cases' | 'runs', partition: string): readonly Doc[] {
  const found = world.store.find<Doc>({ container, partition, where: [] });
  return found.rows(0, found.size).map(({ doc }) => doc);
}

/** Of so many histories the newest move may be in no log: a process ended, or the answer of the store was lost. */
const MOST_UNLOGGED = 0.8;
const ENOUGH = 10;

export const headsLogged: Rule = {
  name: 'heads logged',
  promise: '13: the heads of histories are written outside the store',
  watch: (_world, broken) => {
    const heads = new Map<string, string>();
    const moved = new Map<string, number>();
    const logged = new Map<string, number>();
    /** Nothing of them is in a general log. */
    const sealed = new Set<string>();
    return {
      wroteCase: (_before, c) => {
        if (isSealed(c)) sealed.add(c.caseId);
      },
      wrote: ({ after }) => {
        if (after?.kind !== 'event') return;
        const { caseId, seq, hash, public: facts } = after as HistoryEvent & { readonly public: object };
        heads.set(`${caseId} ${seq + 1}`, hash);
        if ('from' in facts) moved.set(caseId, seq + 1);
      },
      logged: (_by, { fields: { caseId, seq, head } }) => {
        if (head === undefined) return;
        logged.set(String(caseId), Number(seq));
        if (heads.get(`${String(caseId)} ${String(seq)}`) !== head)
          broken(`the log tells another head of ${String(caseId)} than its history has`);
      },
      ended: () => {
        const open = [...moved].filter(([caseId]) => !sealed.has(caseId));
        const lost = open.filter(([caseId, seq]) => (logged.get(caseId) ?? 0) < seq);
        if (open.length >= ENOUGH && lost.length > open.length * MOST_UNLOGGED)
          broken(`the newest move of ${lost.length} of ${open.length} histories is not in the log`);
      },
    };
  },
};
