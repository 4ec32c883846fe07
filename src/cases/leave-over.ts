import type { CaseIn } from './case.js';

/** true: what was parked comes back because the leave is over, and not because somebody asked for it before. Pure. */
export function isLeaveOver({
  decision,
  undoAskedAt,
}: Pick<CaseIn<'undoing'>, 'decision' | 'undoAskedAt'>): boolean {
  return decision.kind === 'park' && undoAskedAt !== undefined && undoAskedAt >= decision.until;
}
