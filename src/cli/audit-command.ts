import { createHash } from 'node:crypto';
import path from 'node:path';
import type { AuditProgress, DoneAudit } from '../audit/audit-result.js';
import { auditFiles } from '../audit/files.js';
import { runAudit } from '../audit/run-audit.js';
import { writeFiles } from '../audit/run-files.js';
import { EXIT, WrongUse, type ExitCode } from './exit.js';
import { progressDisplay } from './progress.js';
import { openCommandWorld } from './setup.js';
import type { CommandLine } from './steward.js';
import { figuresTable } from './figures-table.js';

/** Reads the tenant and writes the files of design 7. Changes nothing anywhere else: no case, no run in the store. */
export async function auditCommand(line: CommandLine): Promise<ExitCode> {
  if (line.out === undefined)
    throw new WrongUse('Say where the files go. Usage: npm run steward -- audit --out DIR');
  const world = await openCommandWorld(line.env);
  const display = progressDisplay(process.stderr);
  try {
    process.stderr.write(`Reading ${world.source} ...\n`);
    const { graph, clock, log, policy } = world.doors;
    const result = await runAudit(
      { graph, clock, log, progress: (p: AuditProgress) => display.show(p) },
      policy,
    );
    display.end();
    if (result.kind === 'stopped') {
      process.stderr.write(
        ['The audit was stopped; nothing was written:', ...result.why].join('\n  ') + '\n',
      );
      return EXIT.stopped;
    }
    await writeFiles(line.out, auditFiles(result, policy, hashOf(policy)));
    process.stdout.write(`${summary(result)}\n\nThe files are in ${path.resolve(line.out)}.\n`);
    return EXIT.done;
  } finally {
    display.end();
    await world.close();
  }
}

function summary(result: DoneAudit): string {
  return [figuresTable(result.figures), ...result.caveats.map((caveat) => `Note: ${caveat}`)].join('\n');
}

/** So that a reader of summary.json can tell whether two runs had the same rules. */
function hashOf(policy: unknown): string {
  const text = JSON.stringify(policy, (_key, value: unknown) =>
    value instanceof RegExp ? value.source : value,
  );
  return createHash('sha256').update(text).digest('hex');
}
