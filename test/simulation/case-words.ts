import type { Case } from '../../src/cases/case.js';
import { nameOf } from './cast.js';
import { planTask } from './tasks.js';
import type { World } from './world.js';

/* As what cases are counted and told. */

export const PARKED: Readonly<Record<string, string>> = {
  holding: 'licenses parked',
  undoing: 'parked come back',
};

/** Tasks for people, and what becomes of them. */
export function noteTask(world: World, was: Case | undefined, c: Case, count: (what: string) => void): void {
  const before = was?.state === 'needsPerson' ? was.watch : undefined;
  const watch = c.state === 'needsPerson' ? c.watch : undefined;
  if (before !== undefined && watch === undefined) count(TASK_ENDS[c.state] ?? 'tasks ended otherwise');
  const isKnown = was?.state === 'needsPerson' && (watch === undefined || before !== undefined);
  if (c.state !== 'needsPerson' || isKnown) return;
  if (watch !== undefined) count('tasks for people');
  planTask(world, c);
}

const TASK_ENDS: Readonly<Record<string, string>> = {
  scheduled: 'tasks seen done',
  undoing: 'tasks seen done',
  holding: 'tasks seen done',
};

export function moved(was: Case | undefined, c: Case): string {
  const about = `the case of ${nameOf(c.userId)} (${c.caseId})`;
  if (was === undefined) return `opens ${about}: ${c.scenario}`;
  const why = 'why' in c && c.why !== undefined ? `: ${c.why}` : 'task' in c ? `: ${c.task}` : '';
  const decision = c.state === 'decided' ? ` (${c.decision.kind} by ${nameOf(c.decision.by.id)})` : '';
  return `moves ${about} from ${was.state} to ${c.state}${decision}${why}`;
}
