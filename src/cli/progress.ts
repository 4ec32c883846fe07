import type { AuditProgress } from '../audit/audit-result.js';

const WORDS: Readonly<Record<AuditProgress['phase'], string>> = {
  usageReport: 'Usage report',
  directory: 'People with licenses',
  plan: 'Plan',
  signIns: 'Sign-in dates',
  details: 'Managers and mailboxes of candidates',
  done: 'Done',
};

export interface ProgressDisplay {
  show(progress: AuditProgress): void;
  /** Says something in between, on a line of its own. */
  readonly note: (text: string) => void;
  /** Leaves the line; safe to call twice. */
  end(): void;
}

/** One line that is rewritten on a terminal, and one line per phase elsewhere. */
export function progressDisplay(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>): ProgressDisplay {
  let phase: AuditProgress['phase'] | undefined;
  let open = false;
  const leaveLine = (): void => {
    if (open) stream.write('\n');
    open = false;
  };
  return {
    note(text) {
      leaveLine();
      stream.write(`${text}\n`);
    },
    show(progress) {
      if (progress.text !== undefined) {
        leaveLine();
        stream.write(`  ${progress.text}\n`);
        return;
      }
      const changed = phase !== undefined && progress.phase !== phase;
      phase = progress.phase;
      if (!stream.isTTY) {
        if (changed && progress.phase !== 'done') stream.write(`  ${WORDS[progress.phase]} ...\n`);
        return;
      }
      if (changed && open) stream.write('\n');
      open = progress.phase !== 'done';
      if (open) stream.write(`\r\u001b[2K  ${lineOf(progress)}`);
    },
    end: leaveLine,
  };
}

function lineOf({ phase, done, total, minutesLeft }: AuditProgress): string {
  const facts = [
    ...(total === undefined || total === 0 ? [] : [`${Math.floor((done / total) * 100)} %`]),
    ...(minutesLeft === undefined ? [] : [timeLeft(minutesLeft)]),
  ];
  const count = total === undefined ? String(done) : `${done} of ${total}`;
  return `${WORDS[phase]}: ${count}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}`;
}

function timeLeft(minutes: number): string {
  if (minutes < 1) return 'less than a minute left';
  return minutes === 1 ? '1 minute left' : `${minutes} minutes left`;
}
