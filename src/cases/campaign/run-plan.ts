import { latestRun } from '../../audit/run-store.js';
import type { DoneRunDoc } from '../../audit/run-record.js';
import type { Sku, UserId } from '../../audit/person.js';
import { instant } from '../case.js';
import { askedAbout, campaignPlan, type CampaignPlan } from './campaign-plan.js';
import type { OpeningPlan } from './opening.js';
import { readPlannedPeople } from './run-planned-people.js';
import type { Doors } from '../doors.js';
import { planFor, runToOpen, skusFor } from './run-opening.js';

export interface PlannedRun {
  readonly run: DoneRunDoc;
  readonly plan: CampaignPlan;
  /** Whom the run has asked about already. */
  readonly begun: readonly UserId[];
}

/**
 * The newest finished run with the plan of what opening its cases would do now; undefined: there is none yet. Reads only.
 * @throws GraphFailure
 */
export async function readPlan(doors: Doors): Promise<PlannedRun | undefined> {
  const run = await latestRun(doors.store);
  const found = run && (await runToOpen(doors, run.runId));
  if (run === undefined || found === undefined) return undefined;
  const opening = await planFor(doors, found);
  const plan = await readPlanOf(doors, run.runId, opening, await skusFor(doors));
  return { run, plan, begun: begunIn(opening) };
}

/** What opening the cases of a run would do now, as it is printed and approved. @throws GraphFailure */
export async function readPlanOf(
  doors: Pick<Doors, 'graph' | 'store' | 'policy' | 'clock'>,
  runId: string,
  opening: OpeningPlan,
  skus: readonly Sku[],
): Promise<CampaignPlan> {
  const { policy, clock } = doors;
  const routed = await readPlannedPeople(doors, runId, askedAbout(opening));
  return campaignPlan(opening, { runId, policy, skus, routed, now: instant(clock.now()) });
}

export function begunIn({ begun }: Pick<OpeningPlan, 'begun'>): readonly UserId[] {
  return begun.map(({ person }) => person.id);
}
