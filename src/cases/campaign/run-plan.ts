import { latestRun } from '../../audit/run-store.js';
import type { DoneRunDoc } from '../../audit/run-record.js';
import { instant } from '../case.js';
import { campaignPlan, type CampaignPlan } from './campaign-plan.js';
import type { Doors } from '../doors.js';
import { runToOpen } from './run-open-after.js';
import { planFor, skusFor } from './run-opening.js';

/** The newest finished run with the plan of what opening its cases would do now; undefined: there is none yet. Reads only. */
export async function readPlan(
  doors: Doors,
): Promise<{ readonly run: DoneRunDoc; readonly plan: CampaignPlan } | undefined> {
  const run = await latestRun(doors.store);
  const found = run && (await runToOpen(doors, run.runId));
  if (run === undefined || found === undefined) return undefined;
  const opening = await planFor(doors, found);
  const { policy, clock } = doors;
  const made = { runId: run.runId, policy, skus: await skusFor(doors, opening), now: instant(clock.now()) };
  return { run, plan: campaignPlan(opening, made) };
}
