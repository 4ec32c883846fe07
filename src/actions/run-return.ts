import type { SkuId, UserId } from '../audit/person.js';
import type { Case } from '../cases/case.js';
import { parkingOf } from '../cases/decision.js';
import type { Doors } from '../cases/doors.js';
import type { CaseEvent } from '../cases/events.js';
import { ACCOUNT_GONE } from '../cases/reason-gone.js';
import type { Before } from '../cases/step.js';
import { lackedBy } from './receiver.js';
import { at } from './run-step-moves.js';
import { isServed } from './seats.js';

/** What became of a step that was begun, where the account is gone: nothing that was parked comes back to nobody. Pure. */
export function withoutAccount(c: Case): CaseEvent {
  return c.state === 'undoing' && parkingOf(c) !== undefined
    ? { type: 'cancelled', ...ACCOUNT_GONE }
    : { type: 'personNeeded', task: ACCOUNT_GONE.why };
}

/** What has become of whom, or of what, something parked is to come back to; `open`: it can. */
export type ReturnStands = 'open' | 'noAccount' | 'notServed';

/** Reads whether there is anybody to give it back to, and anything of it in the tenant. @throws GraphFailure */
export async function returnStands(
  { graph }: Pick<Doors, 'graph'>,
  userId: UserId,
  before: Before | undefined,
): Promise<ReturnStands> {
  const person = await graph.person(userId);
  if (person === undefined) return 'noAccount';
  const lacked = before !== undefined && 'licenses' in before ? lackedBy(person, before.licenses) : [];
  if (lacked.length === 0) return 'open';
  const skus = await graph.skus();
  const isGone = ({ skuId }: { readonly skuId: SkuId }): boolean => !isServed({ skus }, skuId);
  return lacked.every(isGone) ? 'notServed' : 'open';
}

/** Why no call gives back what was parked; undefined: one may. @throws GraphFailure */
export async function againstReturn(
  doors: Doors,
  c: Case,
  index: number,
  before: Before,
): Promise<CaseEvent | undefined> {
  if (parkingOf(c) === undefined) return undefined;
  const stands = await returnStands(doors, c.userId, before);
  if (stands === 'noAccount') return { type: 'cancelled', ...ACCOUNT_GONE };
  if (stands === 'open') return undefined;
  const lookAt = at(doors, doors.pace.watch);
  return { type: 'stepBlocked', index, task: NOT_SERVED, lookAt, notServed: true };
}

const NOT_SERVED =
  'This tenant does not have the product any more: buy it, or leave what cannot be given back as it is.';
