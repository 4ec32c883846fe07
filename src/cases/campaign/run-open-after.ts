import { instant } from '../case.js';
import type { Doors } from '../doors.js';
import { openingText } from './opening-words.js';
import { noteCampaignWaits } from './run-campaign-waits.js';
import { recordFirstRun } from './run-approval.js';
import { readApprovedPart } from './run-approved-part.js';
import { openCases, planFor, runToOpen, skusFor } from './run-opening.js';
import { readSwitch } from './run-switch.js';

/**
 * Opens the cases of a finished run, if the policy acts; of those that need an approval the ones that were approved as they
 * are now. Safe to repeat.
 * @returns what became of it, in sentences
 * @throws GraphFailure when nobody knows whether who approved may do so still, or who would be asked
 */
export async function openAfter(doors: Doors, runId: string): Promise<string> {
  const { approvals, mode } = doors.policy;
  if (mode === 'observe') return 'The audit is done. The policy observes only, so nobody is asked.';
  if ((await readSwitch(doors.store)) === 'stopped')
    return 'The audit is done. Nobody is asked: the campaign is stopped.';
  const run = await runToOpen(doors, runId);
  if (run === undefined) return 'A newer audit has taken over.';
  const plan = await planFor(doors, run);
  const skus = await skusFor(doors);
  const part = await readApprovedPart(doors, runId, plan, skus);
  const begun = plan.begun.length;
  const { isFirstRun, approvedBy, ready, waiting } = part;
  // One of nobody is for HR's cases alone: nobody but a terminal can approve it.
  await noteCampaignWaits(doors, 'plan', waiting !== undefined && waiting.people > 0);
  if (waiting !== undefined && ready.size + begun === 0)
    return openingText({ ...part, opened: 0, begun }, approvals);
  const open = plan.open.filter(({ person }) => ready.has(person.id));
  const opened = await openCases(doors, run, { ...plan, open }, skus);
  if (isFirstRun && approvedBy !== undefined && opened + begun > 0)
    await recordFirstRun(doors.store, { by: approvedBy, at: instant(doors.clock.now()), runId });
  return openingText({ ...part, opened, begun }, approvals);
}
