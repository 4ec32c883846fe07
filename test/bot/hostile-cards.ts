import type { CaseId } from '../../src/cases/case.js';
import type { UserId } from '../../src/audit/person.js';
import { ADA, BEN, OTTO, ordinary, PAUL, type HostileWorld, type Outcome } from './hostile-world.js';

/** What the card of a case sends to name it. */
export function of(world: HostileWorld, subject: UserId): { caseId: CaseId; version: number } {
  const { caseId, version } = world.about(subject);
  return { caseId, version };
}

/** What the card of the question about Paul sends for Reclaim, with what is forged. */
export function reclaim(world: HostileWorld, change: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...of(world, PAUL), answer: 'reclaim', reclaimReason: 'x', ...change };
}

/** What the card about Ada and Ben sends for Reclaim of both, with what is forged. */
export function digest(world: HostileWorld, change: Record<string, unknown> = {}): Record<string, unknown> {
  const cases = [of(world, ADA), of(world, BEN)];
  const chosen = Object.fromEntries(cases.map(({ caseId }) => [`answer-${caseId}`, 'reclaim']));
  return { digestId: world.about(ADA).message?.digestId, cases, ...chosen, ...change };
}

/** A click of Otto whose data is nothing but brackets. */
export function deepClick(world: HostileWorld): Promise<Outcome> {
  const action = { type: 'Action.Execute', verb: 'answer', data: 'DEEP' };
  const click = { type: 'invoke', name: 'adaptiveCard/action', value: { action } };
  const activity = JSON.stringify({ ...ordinary(world.connector, OTTO, 0), ...click });
  return world.send(activity.replace('"DEEP"', '['.repeat(100_000) + ']'.repeat(100_000)));
}
