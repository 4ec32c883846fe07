import { parseArgs } from 'node:util';
import { CSV_FORMS, type CsvForm } from '../audit/csv/writer.js';
import { distance } from '../chat/distance.js';
import { WrongUse, type ExitCode } from './exit.js';

export interface CommandLine {
  /** What follows the command's name, such as a user. */
  readonly words: readonly string[];
  readonly out: string | undefined;
  /** Of the lists that go into files. */
  readonly csv: CsvForm;
  readonly env: string | undefined;
  readonly log: string | undefined;
  /** The day of which a file is. */
  readonly asOf: string | undefined;
  /** The id of a campaign's plan. */
  readonly plan: string | undefined;
  /** A plan that was kept in a file. */
  readonly diff: string | undefined;
  /** A list of decisions that was kept in a file. */
  readonly batch: string | undefined;
  /** Why, for whoever is told. */
  readonly reason: string | undefined;
  /** A file of people. */
  readonly people: string | undefined;
  /** Do it although something speaks against it. */
  readonly force: boolean;
  /** Thresholds, such as `60,90`, or how many days back to look. */
  readonly days: string | undefined;
  /** Carry a change out in this process, with no service running. */
  readonly now: boolean;
  /** The answer for programs. */
  readonly json: boolean;
  /** The jump against the last run that stopped the audit is real. */
  readonly acceptJump: boolean;
  /** About the tenant's settings in place of a person. */
  readonly settings: boolean;
  /** With the cards as people saw them. */
  readonly cards: boolean;
}

const OPTIONS = [
  'out',
  'csv',
  'log',
  'now',
  'as-of',
  'people',
  'force',
  'json',
  'settings',
  'cards',
  'days',
  'accept-jump',
  'plan',
  'diff',
  'batch',
  'reason',
] as const;
type Option = (typeof OPTIONS)[number];

export interface Entry {
  readonly usage: string;
  readonly does: string;
  /** What must follow the command's name. */
  readonly takes: 'nothing' | 'user' | 'file';
  /** Beside --env and --help. */
  readonly options: readonly Option[];
  readonly run: (line: CommandLine) => Promise<ExitCode>;
}

export type Commands = Readonly<Record<string, Entry>>;

export type Reading =
  | { readonly kind: 'nothing' }
  /** `of` one command, or of all. */
  | { readonly kind: 'help'; readonly of: Entry | undefined }
  | { readonly kind: 'run'; readonly entry: Entry; readonly line: CommandLine };

/** @throws WrongUse, whose message says how it should look */
export function readCommandLine(args: readonly string[], commands: Commands): Reading {
  const { values, positionals } = parsed(args, commands);
  const [name, ...words] = positionals;
  if (name === 'help' || (name === undefined && values.help)) {
    return { kind: 'help', of: words[0] === undefined ? undefined : entryOf(words[0], commands) };
  }
  if (name === undefined) return { kind: 'nothing' };
  const entry = entryOf(name, commands);
  if (values.help) return { kind: 'help', of: entry };
  for (const option of OPTIONS) {
    const isGiven = values[option] !== undefined && values[option] !== false;
    if (isGiven && !entry.options.includes(option))
      throw wrong(`\`${name}\` has no option --${option}.`, entry);
  }
  if (entry.takes === 'user' && words.length === 0 && !values.settings && values.batch === undefined)
    throw wrong(`\`${name}\` needs to know who.`, entry);
  if (entry.takes === 'nothing' && words.length > 0)
    throw wrong(`\`${name}\` does not know what to do with "${words.join(' ')}".`, entry);
  if (entry.takes === 'file' && words.length !== 1) throw wrong(`\`${name}\` needs one file.`, entry);
  const {
    out,
    csv,
    env,
    log,
    days,
    people,
    plan,
    diff,
    batch,
    reason,
    'as-of': asOf,
    'accept-jump': acceptJump,
    help: _help,
    ...flags
  } = values;
  const texts = { out, env, log, days, people, plan, diff, batch, reason, asOf };
  if (csv !== undefined && out === undefined)
    throw wrong('--csv is for what goes into files: say with --out where.', entry);
  return { kind: 'run', entry, line: { ...flags, ...texts, csv: formOf(csv, entry), acceptJump, words } };
}

function formOf(csv: string | undefined, entry: Entry): CsvForm {
  if (csv === undefined) return 'comma';
  const form = CSV_FORMS.find((known) => known === csv.toLowerCase());
  if (form === undefined) throw wrong(`--csv is "${csv}": use ${CSV_FORMS.join(' or ')}.`, entry);
  return form;
}

function parsed(args: readonly string[], commands: Commands) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        csv: { type: 'string' },
        env: { type: 'string' },
        log: { type: 'string' },
        days: { type: 'string' },
        now: { type: 'boolean', default: false },
        'as-of': { type: 'string' },
        people: { type: 'string' },
        plan: { type: 'string' },
        diff: { type: 'string' },
        batch: { type: 'string' },
        reason: { type: 'string' },
        force: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        settings: { type: 'boolean', default: false },
        cards: { type: 'boolean', default: false },
        'accept-jump': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (cause) {
    // Node goes on with advice about names that begin with a hyphen, which nobody needs here.
    const [sentence = ''] = (cause as Error).message.split('. ');
    const entry = args.map((word) => own(commands, word)).find((found) => found !== undefined);
    throw wrong(`${sentence.replace(/\.?$/, '.')}`, entry);
  }
}

function entryOf(name: string, commands: Commands): Entry {
  const entry = own(commands, name);
  if (entry !== undefined) return entry;
  const near = Object.keys(commands)
    .map((known) => ({ known, away: distance(known, name.toLowerCase()) }))
    .filter(({ known, away }) => away <= Math.max(1, Math.floor(known.length / 3)))
    .sort((a, b) => a.away - b.away)[0];
  const guess = near === undefined ? '' : ` Did you mean \`${near.known}\`?`;
  throw wrong(`There is no command "${name}".${guess}`, undefined);
}

function own(commands: Commands, name: string): Entry | undefined {
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}

function wrong(sentence: string, entry: Entry | undefined): WrongUse {
  const how =
    entry === undefined
      ? 'All commands: npm run steward -- help'
      : `Usage: npm run steward -- ${entry.usage}`;
  return new WrongUse(`${sentence}\n${how}`);
}

/** All commands, or one. */
export function helpText(commands: Commands, of?: Entry): string {
  if (of !== undefined)
    return [`Usage: npm run steward -- ${of.usage}`, '', of.does, ...notes(of)].join('\n');
  const width = Math.max(...Object.values(commands).map((entry) => entry.usage.length));
  return [
    'Usage: npm run steward -- <command> [--env NAME]',
    '',
    ...Object.values(commands).map((entry) => `  ${entry.usage.padEnd(width)}  ${entry.does}`),
    '',
    USER,
    CSV,
    NOW,
    ENVIRONMENT,
    'Exit codes: 0 done, 1 failed, 2 wrong use or configuration, 3 stopped by a guard.',
  ].join('\n');
}

const USER = 'USER is a user principal name, an object id or the start of a name.';
const CSV =
  '--csv semicolon splits cells at semicolons and writes decimal commas, as a German Excel reads files; --csv semicolon-point decimal points, as a Swiss one does; --csv comma is usual.';
const NOW = '--now does it here when no service is running; otherwise the running service does it.';
const ENVIRONMENT =
  '--env NAME reads env/.env.NAME. With neither BOT_ID nor GRAPH_BASE_URL set, the simulated tenant in DATA_DIR is used.';

function notes({ takes, options }: Entry): readonly string[] {
  return [
    '',
    ...(takes === 'user' ? [USER] : []),
    ...(options.includes('csv') ? [CSV] : []),
    ...(options.includes('now') ? [NOW] : []),
    ENVIRONMENT,
  ];
}
