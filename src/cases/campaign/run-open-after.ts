import type { Finding } from '../../audit/finding.js';
import { findingsOf, latestRun } from '../../audit/run-store.js';
import type { Command } from '../command.js';
import type { Doors } from '../doors.js';
import { readApproval, readRunApprovals } from './run-approval.js';
import { openCases, planFor, type RunToOpen } from './run-opening.js';
import { readSwitch } from './run-switch.js';
import { missingApproval } from './second-person.js';

/**
 * Opens the cases of a finished run, if the policy acts and everything is approved that has to be. Safe to repeat.
 * @returns what became of it, in sentences
 */
export async function openAfter(doors: Doors, runId: string): Promise<string> {
  const { approvals, mode } = doors.policy;
  if (mode === 'observe') return 'The audit is done. The policy observes only, so nobody is asked.';
  if (approvals.firstRun === 'required' && (await readApproval(doors.store)) === undefined) {
    return 'The audit is done. Nobody is asked before the first run is approved: look at `npm run steward -- plan`, then approve it.';
  }
  if ((await readSwitch(doors.store)) === 'stopped')
    return 'The audit is done. Nobody is asked: the campaign is stopped.';
  const run = await runToOpen(doors, runId);
  if (run === undefined) return 'A newer audit has taken over.';
  const plan = await planFor(doors, run);
  const { open } = plan;
  const bulk = {
    cases: open.length,
    approvers: await readRunApprovals(doors.store, runId),
    asker: await askerOf(doors, runId),
  };
  const missing = missingApproval(bulk, approvals);
  if (missing !== undefined) {
    return (
      `The audit is done. ${open.length} people would be asked about at once, more than approvals.bulkOver ` +
      `(${approvals.bulkOver}), so ${WHO_APPROVES[missing]}`
    );
  }
  const opened = await openCases(doors, run, plan);
  return `The audit is done; ${opened} ${opened === 1 ? 'case was' : 'cases were'} opened.`;
}

const WHO_APPROVES = {
  anybody: 'an admin has to look at `npm run steward -- plan` and approve it.',
  another:
    'an admin other than whoever asked for it has to write `approve` to the bot in Teams: at a terminal nobody knows who approves.',
  two: 'two admins have to write `approve` to the bot in Teams, because it was asked for at a terminal, where nobody knows by whom; one admin is enough for an audit of the schedule.',
} as const;

/** What opening the cases of a run needs of it; undefined: a newer one has taken over. */
export async function runToOpen(doors: Doors, runId: string): Promise<RunToOpen | undefined> {
  const run = await latestRun(doors.store);
  if (run === undefined || run.runId !== runId) return undefined;
  const findings: Finding[] = [];
  for await (const { finding } of findingsOf(doors.store, runId)) findings.push(finding);
  const departments = new Map(Object.entries(run.figures.departments));
  return { runId, findings, people: run.figures.people, departments };
}

/** A run is named for the command that asked for it, and the try that finished it. */
async function askerOf(doors: Doors, runId: string): Promise<string> {
  const id = runId.replace(/-\d+$/, '');
  return (await doors.store.read<Command>('commands', id, id))?.doc.askedBy ?? 'unknown';
}
