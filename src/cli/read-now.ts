import type { AuditProgress, AuditResult } from '../audit/audit-result.js';
import { AuditInterrupted } from '../audit/interrupted.js';
import { runAudit } from '../audit/run-audit.js';
import { withNamesPutBack } from '../audit/reveal/run-stay.js';
import { auditDoorsOf } from '../cases/run-command.js';
import { silentLog } from '../telemetry/log.js';
import { EXIT, type ExitCode } from './exit.js';
import { interruptible } from './interruptible.js';
import type { ProgressDisplay } from './progress.js';
import type { CommandWorld } from './setup.js';
import { note } from './terminal.js';

/**
 * Audits the tenant for a command that found no run on this store, and keeps nothing of it. Ctrl-C ends it as it ends
 * an audit.
 * @param answer says what the command has to say; before names that another audit left shown are waited for
 */
export async function readNow(
  world: CommandWorld,
  display: ProgressDisplay,
  answer: (result: AuditResult) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  const interrupted = interruptible();
  const { doors } = world;
  try {
    note(`No audit has run yet; reading ${world.source} ...`);
    const names = { ...doors, graph: doors.auditGraph, announce: display.note };
    return await withNamesPutBack(names, async () => {
      const audit = {
        ...auditDoorsOf(doors),
        log: silentLog,
        progress: (step: AuditProgress) => display.show(step),
        announce: display.note,
        signal: interrupted.signal,
      };
      const result = await runAudit(audit, doors.policy);
      display.end();
      return await answer(result);
    });
  } catch (error) {
    if (!(error instanceof AuditInterrupted)) throw error;
    display.note(error.message);
    return EXIT.failed;
  } finally {
    interrupted.end();
    display.end();
  }
}
