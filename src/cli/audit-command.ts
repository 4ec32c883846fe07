import path from 'node:path';
import type { DoneAudit } from '../audit/audit-result.js';
import { scenarioCounts } from '../audit/files/summary.js';
import { auditFiles } from '../audit/files/files.js';
import { missingSources, missingText } from '../audit/sources/state.js';
import { policyHash } from '../config/policy-hash.js';
import { runAudit } from '../audit/run-audit.js';
import { AuditInterrupted } from '../audit/interrupted.js';
import { withNamesPutBack } from '../audit/reveal/run-stay.js';
import { watchPeople } from '../audit/scope/run-scope.js';
import { withPeople } from '../config/open-policy.js';
import { CannotWrite, checkFolder, writeFiles } from '../audit/files/run-files.js';
import { auditDoorsOf } from '../cases/run-command.js';
import { silentLog } from '../telemetry/log.js';
import type { CommandLine } from './command-line.js';
import { EXIT, WrongUse, type ExitCode } from './exit.js';
import { figuresTable } from './figures-table.js';
import { interruptible } from './interruptible.js';
import { progressDisplay, type ProgressDisplay } from './progress.js';
import { unmatchedText } from './people-text.js';
import { openCommandWorld, type CommandWorld } from './setup.js';
import { say } from './terminal.js';

/** Reads the tenant and writes the files of design 7. Changes nothing anywhere else: no case, no run in the store. */
export async function auditCommand(line: CommandLine): Promise<ExitCode> {
  const out = await folderOf(line.out);
  const display = progressDisplay(process.stderr);
  const world = await openCommandWorld(line.env, { note: display.note });
  const interrupted = interruptible();
  try {
    display.note(`Reading ${world.source} ...`);
    const names = { ...world.doors, graph: world.doors.auditGraph, announce: display.note };
    const audit = (): Promise<ExitCode> =>
      auditInto(out, line, { world, display, signal: interrupted.signal });
    return await withNamesPutBack(names, audit);
  } catch (error) {
    if (!(error instanceof AuditInterrupted)) throw error;
    display.note(error.message);
    return EXIT.failed;
  } finally {
    interrupted.end();
    display.end();
    await world.close();
  }
}

interface Around {
  readonly world: CommandWorld;
  readonly display: ProgressDisplay;
  readonly signal: AbortSignal;
}

async function auditInto(
  out: string,
  line: CommandLine,
  { world, display, signal }: Around,
): Promise<ExitCode> {
  const policy = line.people === undefined ? world.doors.policy : withPeople(world.doors.policy, line.people);
  const { graph, unmatched } = watchPeople(world.doors.auditGraph, policy.scope.peopleKeys ?? new Map());
  const result = await runAudit(
    {
      ...auditDoorsOf(world.doors),
      graph,
      // A guard's reason is said below, with what to do.
      log: silentLog,
      progress: (step) => display.show(step),
      announce: display.note,
      signal,
    },
    policy,
    line.acceptJump ? { acceptJump: 'any' } : {},
  );
  display.end();
  if (result.kind === 'stopped') {
    display.note(['The audit was stopped; nothing was written:', ...result.why].join('\n  '));
    return EXIT.stopped;
  }
  await writeFiles(out, auditFiles(result, policy, policyHash(policy), line.csv));
  const nobody = unmatchedText(unmatched());
  if (nobody !== undefined) display.note(nobody);
  const folder = path.resolve(out);
  say(
    `${summary(result)}\n\nThe files are in ${folder}.\nOpen ${path.join(folder, 'report.html')} in a browser.`,
  );
  return EXIT.done;
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
  const missing = missingSources(result.sources).map((source) => `Missing: ${missingText(source)}`);
  return [
    figuresTable(result.figures, scenarioCounts(result.findings)),
    '',
    ...result.caveats.map((caveat) => `Note: ${caveat}`),
    ...missing,
  ].join('\n');
}
