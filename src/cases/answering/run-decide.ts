import { deletesAccount } from '../../actions/plan-deletion.js';
import { planSteps } from '../../actions/plan.js';
import { receiverFrom } from '../../actions/receiver.js';
import type { Person } from '../../audit/person.js';
import type { Stored } from '../../store/store.js';
import type { Case, PersonRef } from '../case.js';
import type { Taking } from '../decision.js';
import type { Doors } from '../doors.js';
import { filesPlan } from './files-plan.js';
import { move } from '../run-move.js';

/**
 * Writes down that licenses go, with the steps.
 * @param by who gave the last word, and whom the directory names for the receiver
 */
export async function decide(
  doors: Doors,
  stored: Stored<Case>,
  answered: Taking,
  { actor, found = [] }: { readonly actor: PersonRef; readonly found?: readonly Person[] },
): Promise<Stored<Case>> {
  const c = stored.doc;
  const files = filesPlan(c, answered.kind, answered.by, doors.policy);
  const decision = files === undefined || answered.kind === 'park' ? answered : { ...answered, files };
  const receiver =
    decision.kind === 'reassign' ? found.find(({ id }) => id === decision.receiver.id) : undefined;
  const plan = planSteps(c, decision, doors.policy, receiver && receiverFrom(receiver));
  const steps = plan.kind === 'steps' ? plan.steps : [];
  const told = plan.kind === 'steps' ? plan.tellFrom : undefined;
  const deletes = deletesAccount(c, doors.policy) && decision.kind === 'reclaim';
  const event = {
    type: 'decided',
    decision,
    steps,
    actsFrom: plan.actsFrom,
    tellFrom: told,
    deletes,
  } as const;
  const decided = await move(doors, stored, event, { actor, lease: 'release' });
  if (plan.kind === 'steps') return decided;
  const needed = { type: 'personNeeded', task: plan.task } as const;
  return move(doors, decided, needed, { actor: 'system', lease: 'release' });
}
