import type { DoneRunDoc, RunDoc } from '../../../src/audit/run-record.js';
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
