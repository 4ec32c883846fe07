import type { AuditResult } from '../audit/audit-result.js';
import { runAudit } from '../audit/run-audit.js';
import { putBackNames } from '../audit/run-reveal-back.js';
import { auditDoorsOf } from '../cases/run-command.js';
import { silentLog } from '../telemetry/log.js';
import type { ProgressDisplay } from './progress.js';
import type { CommandWorld } from './setup.js';
import { note } from './terminal.js';

/** Audits the tenant for a command that found no run on this store, and keeps nothing of it. */
export async function readNow(world: CommandWorld, display: ProgressDisplay): Promise<AuditResult> {
  note(`No audit has run yet; reading ${world.source} ...`);
  await putBackNames({ ...world.doors, graph: world.doors.auditGraph });
  try {
    return await runAudit(
      {
        ...auditDoorsOf(world.doors),
        log: silentLog,
        progress: (progress) => display.show(progress),
        announce: display.note,
      },
      world.doors.policy,
    );
  } finally {
    display.end();
  }
}
