import { parseArgs } from 'node:util';
import { auditCommand } from './audit-command.js';
import { EXIT, explain, WrongUse, type ExitCode } from './exit.js';
import {
  caseCommand,
  casesCommand,
  historyCommand,
  positionCommand,
  statesCommand,
} from './show-commands.js';
import { approveCommand, switchCommand, undoCommand } from './change-commands.js';
import { verifyCommand } from './verify-command.js';

export interface CommandLine {
  readonly words: readonly string[];
  readonly out: string | undefined;
  readonly env: string | undefined;
  readonly log: string | undefined;
  /** Carry a change out in this process, with no service running. */
  readonly now: boolean;
}

type Run = (line: CommandLine) => Promise<ExitCode>;

interface Entry {
  readonly usage: string;
  readonly does: string;
  /** Words that must follow the command's name. */
  readonly words: number;
  readonly run: Run;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  audit: {
    usage: 'audit --out DIR',
    does: 'Read the tenant, judge everyone and write the files; changes nothing and asks nobody',
    words: 0,
    run: auditCommand,
  },
  position: {
    usage: 'position',
    does: 'Licenses bought, assigned, used and idle, from the latest run',
    words: 0,
    run: positionCommand,
  },
  cases: { usage: 'cases', does: 'All cases and where they stand', words: 0, run: casesCommand },
  case: { usage: 'case USER', does: 'The newest case of a person', words: 1, run: caseCommand },
  history: {
    usage: 'history USER',
    does: 'What happened in a person’s case, and who did it',
    words: 1,
    run: historyCommand,
  },
  'verify-history': {
    usage: 'verify-history [--log FILE]',
    does: 'Check that no history entry was changed, removed or added; --log also compares with the service’s log',
    words: 0,
    run: verifyCommand,
  },
  undo: {
    usage: 'undo USER [--now]',
    does: 'Give back what was taken in a person’s newest case',
    words: 1,
    run: undoCommand,
  },
  approve: {
    usage: 'approve [--now]',
    does: 'Approve the first run: its cases may be opened',
    words: 0,
    run: approveCommand,
  },
  pause: {
    usage: 'pause',
    does: 'Hold every question and step until resume',
    words: 0,
    run: switchCommand('paused'),
  },
  resume: { usage: 'resume', does: 'Go on after pause or stop', words: 0, run: switchCommand('running') },
  stop: {
    usage: 'stop',
    does: 'End the campaign: cases in which nothing was done yet are cancelled',
    words: 0,
    run: switchCommand('stopped'),
  },
  states: {
    usage: 'states',
    does: 'The states of a case and what leads from one to another',
    words: 0,
    run: statesCommand,
  },
};

function help(): string {
  const width = Math.max(...Object.values(COMMANDS).map((entry) => entry.usage.length));
  const lines = Object.values(COMMANDS).map((entry) => `  ${entry.usage.padEnd(width)}  ${entry.does}`);
  return [
    'Usage: npm run steward -- <command> [--env NAME]',
    '',
    ...lines,
    '',
    'USER is a user principal name, an object id or the start of a name.',
    '--env NAME reads env/.env.NAME. Without BOT_ID and GRAPH_BASE_URL the simulated tenant in DATA_DIR is used.',
    'Exit codes: 0 done, 1 failed, 2 wrong use or configuration, 3 stopped by a guard.',
  ].join('\n');
}

async function main(): Promise<ExitCode> {
  const { name, line } = readLine(process.argv.slice(2));
  if (name === undefined || name === 'help') {
    process.stdout.write(`${help()}\n`);
    return name === undefined ? EXIT.wrongUse : EXIT.done;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined) throw new WrongUse(`There is no command "${name}".\n\n${help()}`);
  if (line.words.length < entry.words)
    throw new WrongUse(`Something is missing. Usage: npm run steward -- ${entry.usage}`);
  return entry.run(line);
}

function readLine(args: readonly string[]): { name: string | undefined; line: CommandLine } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        env: { type: 'string' },
        log: { type: 'string' },
        now: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const [name, ...words] = values.help ? ['help'] : positionals;
    return { name, line: { words, out: values.out, env: values.env, log: values.log, now: values.now } };
  } catch (cause) {
    throw new WrongUse(`${(cause as Error).message}\n\n${help()}`);
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = explain(error, (text) => process.stderr.write(`${text}\n`));
  },
);
