import path from 'node:path';
import type { AuditProgress, DoneAudit } from '../audit/audit-result.js';
import { scenarioCounts, sourcesOf } from '../audit/file-summary.js';
import { auditFiles } from '../audit/files.js';
import { missingSources, missingText } from '../audit/source-state.js';
import { policyHash } from '../config/policy-hash.js';
import { runAudit } from '../audit/run-audit.js';
import { watchPeople } from '../audit/run-scope.js';
import { withPeople } from '../config/open-policy.js';
import { CannotWrite, checkFolder, writeFiles } from '../audit/run-files.js';
import { silentLog } from '../telemetry/log.js';
import type { CommandLine } from './command-line.js';
import { EXIT, WrongUse, type ExitCode } from './exit.js';
import { figuresTable } from './figures-table.js';
import { progressDisplay } from './progress.js';
import { unmatchedText } from './people-text.js';
import { openCommandWorld } from './setup.js';
import { say } from './terminal.js';

/** Reads the tenant and writes the files of design 7. Changes nothing anywhere else: no case, no run in the store. */
export async function auditCommand(line: CommandLine): Promise<ExitCode> {
  const out = await folderOf(line.out);
  const display = progressDisplay(process.stderr);
  const world = await openCommandWorld(line.env, { note: display.note });
  try {
    display.note(`Reading ${world.source} ...`);
    const { auditGraph, clock } = world.doors;
    const policy =
      line.people === undefined ? world.doors.policy : withPeople(world.doors.policy, line.people);
    const { graph, unmatched } = watchPeople(auditGraph, policy.scope.peopleKeys ?? new Map());
    // A guard's reason is said below, with what to do.
    const progress = (step: AuditProgress): void => display.show(step);
    const result = await runAudit({ graph, clock, log: silentLog, progress }, policy);
    display.end();
    if (result.kind === 'stopped') {
      display.note(['The audit was stopped; nothing was written:', ...result.why].join('\n  '));
      return EXIT.stopped;
    }
    await writeFiles(out, auditFiles(result, policy, policyHash(policy)));
    const nobody = unmatchedText(unmatched());
    if (nobody !== undefined) display.note(nobody);
    const folder = path.resolve(out);
    say(
      `${summary(result)}\n\nThe files are in ${folder}.\nOpen ${path.join(folder, 'report.html')} in a browser.`,
    );
    return EXIT.done;
  } finally {
    display.end();
    await world.close();
  }
}

/** Looked at before the tenant is read, which may take half an hour. */
async function folderOf(out: string | undefined): Promise<string> {
  if (out === undefined || out.trim() === '')
    throw new WrongUse('Say where the files go.\nUsage: npm run steward -- audit --out DIR');
  try {
    await checkFolder(out);
    return out;
  } catch (error) {
    if (error instanceof CannotWrite) throw new WrongUse(error.message);
    throw error;
  }
}

function summary(result: DoneAudit): string {
  const missing = missingSources(sourcesOf(result) ?? []).map((source) => `Missing: ${missingText(source)}`);
  return [
    figuresTable(result.figures, scenarioCounts(result.findings)),
    '',
    ...result.caveats.map((caveat) => `Note: ${caveat}`),
    ...missing,
  ].join('\n');
}
