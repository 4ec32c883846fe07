import { latestRun } from '../../audit/run-store.js';
import type { DoneRunDoc } from '../../audit/run-record.js';
import { instant } from '../case.js';
import { newCommand, type Command, type CommandOutcome } from '../command.js';
import type { Doors } from '../doors.js';
import { addCommand } from '../run-add-command.js';
import { isAbout, missingAtFirst } from './approved-part.js';
import { isCurrentRun } from './current-run.js';
import { WHO_ELSE_APPROVES } from './opening-words.js';
import { readApprovals, recordApproval } from './run-approval.js';
import { askerOf, mayApprove } from './run-approved-part.js';
import { openAfter } from './run-open-after.js';
import { readPlan, type PlannedRun } from './run-plan.js';
import type { Missing } from './second-person.js';

type Finished = Exclude<CommandOutcome, { is: 'waiting' }>;

/**
 * Safety rule 1: what is approved is a plan that can be looked at, under a policy that acts, and nothing that is not in it.
 * Safe to repeat: one that was broken off goes on with what it has approved already.
 * @throws GraphFailure
 */
export async function approve(doors: Doors, command: Command): Promise<Finished> {
  const { store, policy, clock } = doors;
  const at = instant(clock.now());
  const refused = (says: string): Finished => ({ is: 'failed', at, says });
  if (policy.mode === 'observe')
    return refused(
      'Nothing was approved: the policy observes only. Set mode to act first, and look at its plan.',
    );
  const run = await latestRun(store);
  if (run === undefined)
    return refused('Nothing was approved: there is no finished audit run yet to look at.');
  if (!isCurrentRun(run, policy, clock.now())) return refused(await auditAnew(doors, command));
  const given = await readApprovals(store, run.runId);
  const isGiven = given.some(({ commandId }) => commandId === command.id);
  const why = isGiven ? undefined : await approveNow(doors, command, run);
  if (why !== undefined) return refused(why);
  return { is: 'done', at, says: `Approved. ${await openAfter(doors, run.runId)}` };
}

/** @returns why the plan of the newest audit cannot be approved; undefined: it is */
async function approveNow(
  doors: Doors,
  { id, askedBy, askedAt, what }: Command,
  { runId }: Pick<DoneRunDoc, 'runId'>,
): Promise<string | undefined> {
  const seen = what.order === 'approve' ? what.planId : undefined;
  const found = await readPlan(doors);
  const isNewer = found?.run.runId !== runId || (seen === undefined && found.run.finishedAt > askedAt);
  if (found === undefined || isNewer)
    return 'Nothing was approved: a newer audit has ended since. Look at its plan, then approve it.';
  const { plan } = found;
  if (seen !== undefined && seen !== plan.planId)
    return `Nothing was approved: the plan is another one by now (${plan.planId}, not ${seen}). Look at it with \`plan --diff FILE\`.`;
  const other = await whoElse(doors, found, askedBy);
  if (other !== undefined)
    return `Nothing was approved: the plan is about you as well, so somebody else has to approve it. ${WHO_ELSE_APPROVES[other]}`;
  if (!(await mayApprove(doors, askedBy))) return 'Nothing was approved: you are no admin any more.';
  const at = instant(doors.clock.now());
  await recordApproval(doors.store, plan, { by: askedBy, at, commandId: id });
  return undefined;
}

/** Whose approval it takes where a plan is about somebody, who must not approve it; undefined: it is not about them. */
export async function whoElse(
  doors: Doors,
  { run, plan: { questions }, begun }: PlannedRun,
  by: string,
): Promise<Missing | undefined> {
  if (!isAbout({ questions, begun }, by)) return undefined;
  const asker = await askerOf(doors, run.runId);
  return missingAtFirst({ questions, begun, asker }, doors.policy);
}

/** Nobody could have seen what a new audit will find, so that it is not approved with its order. */
async function auditAnew(doors: Doors, { id, askedBy, what }: Command): Promise<string> {
  if (what.order === 'approve' && what.planId !== undefined)
    return 'Nothing was approved: the audit behind this plan is older than a day or had other rules. Approve the plan of a newer one.';
  const now = instant(doors.clock.now());
  await addCommand(doors, newCommand(`audit-${id}`, { order: 'audit' }, askedBy, now, now));
  return 'Nothing was approved: the latest audit is older than a day or had other rules, so a new one begins now. Look at its plan, then approve it.';
}
