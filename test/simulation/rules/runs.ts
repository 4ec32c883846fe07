import type { DoneRunDoc, RunDoc } from '../../../src/audit/run-record.js';
import type { Case } from '../../../src/cases/case.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { nameOf } from '../cast.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';

/** The newest complete audit, and when it was stored in the time of the world. */
export interface KnownRun {
  readonly runId: string;
  readonly finishedAt: string;
  readonly startedAt: number;
  readonly storedAt: number;
  readonly people: number;
  readonly departments: Readonly<Record<string, number>>;
}

export function knownRun({ runId, finishedAt, startedAt, figures }: DoneRunDoc, now: number): KnownRun {
  return {
    runId,
    finishedAt,
    startedAt: Date.parse(startedAt),
    storedAt: now,
    people: figures.people,
    departments: figures.departments,
  };
}

export function isDone(doc: RunDoc): doc is DoneRunDoc {
  return doc.state === 'done';
}

export function latestRunOf(world: World): KnownRun | undefined {
  return world.runs.at(-1);
}

/** In these states nothing was done yet, so that a case ends without a trace in the tenant. */
const NOTHING_DONE: ReadonlySet<Case['state']> = new Set([
  'opened',
  'asked',
  'escalated',
  'adminReview',
  'decided',
]);

export const auditEnds: Rule = {
  name: 'audit ends',
  promise:
    '5: a case in which nothing was done ends with the audit that finds nothing about the person any more',
  watch: (world, broken) => {
    let looked: string | undefined;
    return {
      wrote: () => {
        const run = latestRunOf(world);
        const now = world.time.now();
        if (run === undefined || run.runId === looked) return;
        if (now < Math.max(run.storedAt, world.downUntil) + DAY_MS) return;
        looked = run.runId;
        // Of who opened a case and who audited one may have had a clock behind, and the other one ahead.
        const surelyBefore = run.startedAt - 2 * world.mostOffset;
        for (const c of world.store.peekKind<Case>('cases', 'case')) {
          if (!NOTHING_DONE.has(c.state) || Date.parse(c.openedAt) > surelyBefore) continue;
          if (world.store.peek('runs', run.runId, c.userId) === undefined)
            broken(
              `the case of ${nameOf(c.userId)} is ${c.state}, and the audit of ${run.finishedAt} found nothing`,
            );
        }
      },
    };
  },
};
