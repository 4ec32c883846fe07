import { planSteps } from '../actions/plan.js';
import type { Stored } from '../store/store.js';
import type { Case, Decision, PersonRef } from './case.js';
import type { Doors } from './doors.js';
import { move } from './run-move.js';

/** Writes down that licenses go, with the steps. @param actor who gave the last word */
export async function decide(
  doors: Doors,
  stored: Stored<Case>,
  decision: Extract<Decision, { kind: 'reclaim' | 'reassign' }>,
  actor: PersonRef,
): Promise<Stored<Case>> {
  const plan = planSteps(stored.doc, decision, doors.policy);
  const steps = plan.kind === 'steps' ? plan.steps : [];
  const event = { type: 'decided', decision, steps, actsFrom: plan.actsFrom } as const;
  const decided = await move(doors, stored, event, { actor, lease: 'release' });
  if (plan.kind === 'steps') return decided;
  const needed = { type: 'personNeeded', task: plan.task } as const;
  return move(doors, decided, needed, { actor: 'system', lease: 'release' });
}
