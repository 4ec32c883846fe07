import { changeDocument } from '../../store/change-document.js';
import { AlreadyExists, type Doc, type Store } from '../../store/store.js';
import { coverOf } from './cover.js';
import type { CampaignPlan } from './campaign-plan.js';

/**
 * The first acting run is over (safety rule 1): cases of it were opened as somebody had approved them. Rows of earlier
 * versions were written with the approval and name no run; they stand for a first run that is over.
 */
interface FirstRun extends Doc {
  readonly kind: 'approval';
  readonly by: string;
  readonly at: string;
  readonly runId?: string;
}

const FIRST_RUN = 'approval-first-run';

export async function readFirstRun(store: Store): Promise<FirstRun | undefined> {
  return (await store.read<FirstRun>('meta', FIRST_RUN, FIRST_RUN))?.doc;
}

/** The one that was recorded first stands. */
export async function recordFirstRun(
  store: Store,
  first: Pick<FirstRun, 'by' | 'at' | 'runId'>,
): Promise<void> {
  await createOnce(store, { id: FIRST_RUN, kind: 'approval', ...first });
}

/** Somebody has approved a plan of a run. */
interface Given {
  readonly by: string;
  readonly at: string;
  /** The order by which they did. */
  readonly commandId: string;
  readonly planId: string;
}

/**
 * Who approved which plans of a run. Rows of earlier versions have `by` in place of `given` and do not say what was seen:
 * they count for nothing.
 */
interface RunApproval extends Doc {
  readonly kind: 'runApproval';
  readonly at: string;
  readonly given?: readonly Given[];
}

/** A part of what is in a plan that was approved. */
interface SeenPlan extends Doc {
  readonly kind: 'seenPlan';
  readonly at: string;
  readonly parts: number;
  readonly covers: readonly string[];
}

/** So many digests of cover.ts fit easily into a document. */
const IN_A_PART = 20_000;

function runApprovalId(runId: string): string {
  return `approval-of-${runId}`;
}

function seenPlanId(runId: string, planId: string, part: number): string {
  return `seen-plan-${runId}-${planId}-${part}`;
}

/** An approval with all that it covers; see cover.ts. */
export interface Approval extends Given {
  readonly covers: ReadonlySet<string>;
}

export async function readApprovals(store: Store, runId: string): Promise<readonly Approval[]> {
  const id = runApprovalId(runId);
  const given = (await store.read<RunApproval>('meta', id, id))?.doc.given ?? [];
  const plans = new Map<string, ReadonlySet<string>>();
  for (const { planId } of given)
    if (!plans.has(planId)) plans.set(planId, await readSeen(store, runId, planId));
  return given.map((each) => ({ ...each, covers: plans.get(each.planId) ?? new Set() }));
}

async function readSeen(store: Store, runId: string, planId: string): Promise<ReadonlySet<string>> {
  const covers = new Set<string>();
  for (let part = 0, parts = 1; part < parts; part += 1) {
    const id = seenPlanId(runId, planId, part);
    const seen = (await store.read<SeenPlan>('meta', id, id))?.doc;
    for (const digest of seen?.covers ?? []) covers.add(digest);
    parts = seen?.parts ?? 0;
  }
  return covers;
}

/** Safe to repeat: each order is there once. What was seen is written first, so that no approval is without it. */
export async function recordApproval(
  store: Store,
  { runId, planId, questions }: CampaignPlan,
  given: Omit<Given, 'planId'>,
): Promise<void> {
  const { at } = given;
  const covers = coverOf(questions);
  const parts = Math.max(1, Math.ceil(covers.length / IN_A_PART));
  for (let part = 0; part < parts; part += 1) {
    const id = seenPlanId(runId, planId, part);
    const some = covers.slice(part * IN_A_PART, (part + 1) * IN_A_PART);
    await createOnce(store, { id, kind: 'seenPlan', at, parts, covers: some });
  }
  const id = runApprovalId(runId);
  await changeDocument<RunApproval>(store, 'meta', id, (stored) => {
    const before = stored?.given ?? [];
    if (before.some(({ commandId }) => commandId === given.commandId)) return undefined;
    return { id, kind: 'runApproval', at, given: [...before, { ...given, planId }] };
  });
}

async function createOnce(store: Store, doc: FirstRun | SeenPlan): Promise<void> {
  try {
    await store.create('meta', doc);
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
  }
}
