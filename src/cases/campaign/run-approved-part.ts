import type { Sku, UserId } from '../../audit/person.js';
import { isKnownPerson } from '../asked-by.js';
import type { Command } from '../command.js';
import type { Doors } from '../doors.js';
import { approvedPart, type ApprovedPart } from './approved-part.js';
import type { OpeningPlan } from './opening.js';
import { readApprovals, readFirstRun, type Approval } from './run-approval.js';
import { begunIn, readPlanOf } from './run-plan.js';

/** The part of a run's plan that may be opened now. */
export interface OpenNow extends ApprovedPart {
  readonly isFirstRun: boolean;
  /** Whose approval is the first that counts. */
  readonly approvedBy: string | undefined;
  /** Approvals by people who are no admins any more. */
  readonly ofFormerAdmins: number;
}

/**
 * What of a plan needs no approval, or has one that holds: for the plan as it is now, of people who are admins now.
 * @throws GraphFailure when nobody knows whether they are, or who would be asked
 */
export async function readApprovedPart(
  doors: Doors,
  runId: string,
  plan: OpeningPlan,
  skus: readonly Sku[],
): Promise<OpenNow> {
  const { approvals: rules } = doors.policy;
  const isFirstRun = rules.firstRun === 'required' && (await isFirst(doors, runId));
  const isBulk = plan.open.length > 0 && plan.begun.length + plan.open.length > rules.bulkOver;
  if (!isFirstRun && !isBulk) return { ...FREE, ready: idsOf(plan.open) };
  const given = await readApprovals(doors.store, runId);
  const approvals = await ofAdmins(doors, given);
  const part = approvedPart(
    {
      questions: (await readPlanOf(doors, runId, plan, skus)).questions,
      begun: begunIn(plan),
      asker: await askerOf(doors, runId),
      approvals,
      isFirstRun,
    },
    doors.policy,
  );
  const ofFormerAdmins = given.length - approvals.length;
  return { ...part, isFirstRun, approvedBy: approvals[0]?.by, ofFormerAdmins };
}

const FREE: Omit<OpenNow, 'ready'> = {
  waiting: undefined,
  ofThoseInIt: 0,
  isFirstRun: false,
  approvedBy: undefined,
  ofFormerAdmins: 0,
};

function idsOf(findings: OpeningPlan['open']): ReadonlySet<UserId> {
  return new Set(findings.map(({ person }) => person.id));
}

/** A run is the first as long as none before it has opened anything, and stays it for what it opens later. */
async function isFirst({ store }: Doors, runId: string): Promise<boolean> {
  const first = await readFirstRun(store);
  return first === undefined || first.runId === runId;
}

/** An approval counts as long as whoever gave it could give it now. Whoever is at a terminal has no role to lose. */
async function ofAdmins(doors: Doors, given: readonly Approval[]): Promise<readonly Approval[]> {
  const counting: Approval[] = [];
  for (const approval of given) if (await mayApprove(doors, approval.by)) counting.push(approval);
  return counting;
}

/** Safety rule 10: by the roles of this moment. @throws GraphFailure */
export async function mayApprove({ rolesOf }: Pick<Doors, 'rolesOf'>, by: string): Promise<boolean> {
  return !isKnownPerson(by) || (await rolesOf(by.toLowerCase() as UserId)).includes('admin');
}

/** A run is named for the command that asked for it, and the try that finished it. */
export async function askerOf({ store }: Pick<Doors, 'store'>, runId: string): Promise<string> {
  const id = runId.replace(/-\d+$/, '');
  return (await store.read<Command>('commands', id, id))?.doc.askedBy ?? 'unknown';
}
