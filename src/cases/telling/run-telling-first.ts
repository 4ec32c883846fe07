import type { Recheck } from '../../actions/recheck.js';
import type { Stored } from '../../store/store.js';
import { instant, type Case, type CaseIn } from '../case.js';
import type { Doors } from '../doors.js';
import { join } from '../asking/run-outbox.js';
import { move, putOff } from '../run-move.js';
import { isUntold, noticeUntil, waitsForNotice } from './notice.js';

/**
 * Whether a step may begin, as far as telling the person goes: before the first one they are told, if the policy says so,
 * and have the time that it gives them. What speaks against the step itself ends the case before anybody is told.
 * @param look at what is live, for the step
 * @returns `goOn`; `waits`: the case was given back; or what speaks against the step
 */
export async function toldFirst(
  doors: Doors,
  stored: Stored<Case>,
  index: number,
  look: () => Promise<Recheck>,
): Promise<'goOn' | 'waits' | Exclude<Recheck, { kind: 'go' | 'byHand' }>> {
  const c = stored.doc;
  if (c.state !== 'scheduled') return 'goOn';
  if (isUntold(c, doors.policy)) return block(doors, { doc: c, etag: stored.etag }, index);
  if (waitsForNotice(c, doors.policy)) {
    const verdict = await look();
    if (verdict.kind !== 'go' && verdict.kind !== 'byHand') return verdict;
    await join(doors, stored, { id: c.userId, displayName: c.subject.displayName });
    return 'waits';
  }
  return putOffUntil(doors, stored, [c.steps[index]?.notBefore, noticeUntil(c)]);
}

/** It may have come up to be told about, which it needs not any more. */
async function putOffUntil(
  doors: Doors,
  stored: Stored<Case>,
  times: readonly (Case['dueAt'] | undefined)[],
): Promise<'goOn' | 'waits'> {
  const now = instant(doors.clock.now());
  const until = times
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
  if (until === undefined || until <= now) return 'goOn';
  await putOff(doors, stored, until);
  return 'waits';
}

async function block(doors: Doors, stored: Stored<CaseIn<'scheduled'>>, index: number): Promise<'waits'> {
  const { is } = stored.doc.notice ?? {};
  const code = is?.kind === 'notTold' ? is.code : 'unknown';
  const task =
    `The person could not be told in Teams (${code}): tell them, then waive the notice ` +
    '(`steward waive USER notice --reason TEXT`), or undo.';
  const lookAt = instant(new Date(doors.clock.now().getTime() + doors.pace.watch));
  await move(
    doors,
    stored,
    { type: 'stepBlocked', index, task, lookAt },
    { actor: 'system', lease: 'release' },
  );
  return 'waits';
}
