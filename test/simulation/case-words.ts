import type { Case } from '../../src/cases/case.js';
import { nameOf } from './cast.js';

/* As what cases are counted and told. */

export const PARKED: Readonly<Record<string, string>> = {
  holding: 'licenses parked',
  undoing: 'parked come back',
};

export function moved(was: Case | undefined, c: Case): string {
  const about = `the case of ${nameOf(c.userId)} (${c.caseId})`;
  if (was === undefined) return `opens ${about}: ${c.scenario}`;
  const why = 'why' in c && c.why !== undefined ? `: ${c.why}` : 'task' in c ? `: ${c.task}` : '';
  const decision = c.state === 'decided' ? ` (${c.decision.kind} by ${nameOf(c.decision.by.id)})` : '';
  return `moves ${about} from ${was.state} to ${c.state}${decision}${why}`;
}
