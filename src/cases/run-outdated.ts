import type { Finding } from '../audit/finding.js';
import { findingsOf } from '../audit/run-store.js';
import type { UserId } from '../audit/person.js';
import { ChangedMeanwhile, type Stored } from '../store/store.js';
import type { Case } from './case.js';
import type { Doors } from './doors.js';
import { outdatedBy, type Outdated } from './outdated.js';
import { move } from './run-move.js';

/** A case that moves on each time is worked on; the live re-check before a step looks at it again. */
const MOST_TRIES = 5;

/** Ends the open cases that a new audit no longer bears out. Safe to repeat. */
export async function cancelOutdated(doors: Doors, runId: string): Promise<void> {
  const findings = new Map<UserId, Finding>();
  for await (const { finding } of findingsOf(doors.store, runId)) findings.set(finding.person.id, finding);
  await cancelWhere(doors, (c) => outdatedBy(c, findings.get(c.userId)));
}

/** Ends every case in which nothing was done yet, because somebody stopped the campaign. */
export async function cancelStopped(doors: Doors): Promise<void> {
  const stopped: Outdated = { cause: 'stopped', why: 'The campaign was stopped.' };
  await cancelWhere(doors, (c) => (outdatedBy(c, undefined) === undefined ? undefined : stopped));
}

async function cancelWhere(doors: Doors, why: (c: Case) => Outdated | undefined): Promise<void> {
  const query = { container: 'cases', where: [{ field: 'kind', is: '=', value: 'case' }] } as const;
  const outdated: Stored<Case>[] = [];
  for await (const stored of doors.store.query<Case>(query)) {
    if (why(stored.doc) !== undefined) outdated.push(stored);
  }
  for (const stored of outdated) await cancel(doors, stored, why);
}

/** Whoever moved the case meanwhile may not have ended it: it is looked at anew. */
async function cancel(
  doors: Doors,
  found: Stored<Case>,
  why: (c: Case) => Outdated | undefined,
): Promise<void> {
  let stored: Stored<Case> | undefined = found;
  for (let tries = 0; stored !== undefined && tries < MOST_TRIES; tries += 1) {
    const reason = why(stored.doc);
    if (reason === undefined) return;
    try {
      await move(doors, stored, { type: 'cancelled', ...reason }, { actor: 'system', lease: 'release' });
      return;
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
      stored = await doors.store.read<Case>('cases', found.doc.caseId, found.doc.caseId);
    }
  }
}
