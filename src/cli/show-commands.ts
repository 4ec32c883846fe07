import { latestRun } from '../audit/run-store.js';
import { moneyText, yearlyText } from '../cards/money-text.js';
import type { Case } from '../cases/case.js';
import { findCase } from '../cases/find-case.js';
import { ALLOWED } from '../cases/transition.js';
import { allCases, historyOf } from '../chat/run-read-model.js';
import { EXIT, type ExitCode } from './exit.js';
import { openCommandWorld, type CommandWorld } from './setup.js';
import type { CommandLine } from './steward.js';
import { clean, table } from './terminal.js';

export const casesCommand = showing(async (world) => {
  const cases = await allCases(world.doors);
  if (cases.length === 0) return say('There are no cases yet.');
  const rows = cases.map((c) => [
    clean(c.subject.displayName),
    c.subject.userPrincipalName,
    c.state,
    c.scenario,
    yearlyText(c.annualCost, 'en'),
    c.openedAt.slice(0, 10),
  ]);
  return say(table([['NAME', 'USER', 'STATE', 'SCENARIO', 'COST', 'OPENED'], ...rows]));
});

export const caseCommand = showing((world, line) => withCase(world, line, (c) => say(describe(c))));

export const historyCommand = showing((world, line) =>
  withCase(world, line, async (c) => {
    const lines = await historyOf(world.doors, c.caseId);
    const said = lines.map(({ at, text }) => `${at.slice(0, 19).replace('T', ' ')}  ${clean(text)}`);
    return say(
      [
        `${clean(c.subject.displayName)} (${c.subject.userPrincipalName}), case ${c.caseId}, ${c.state}`,
        ...said,
      ].join('\n'),
    );
  }),
);

export const positionCommand = showing(async (world) => {
  const run = await latestRun(world.doors.store);
  if (run === undefined)
    return fail('There is no audit run yet: start the service, or use `audit --out DIR`.');
  const rows = run.position.map((row) => [
    row.name,
    ...[row.bought, row.assigned, row.active, row.idle, row.protected, row.unknown, row.reclaimable].map(
      String,
    ),
    row.annualReclaimable === undefined ? 'price not entered' : moneyText(row.annualReclaimable, 'en'),
  ]);
  const header = [
    'LICENSE',
    'BOUGHT',
    'ASSIGNED',
    'ACTIVE',
    'IDLE',
    'PROTECTED',
    'UNKNOWN',
    'RECLAIMABLE',
    'PER YEAR',
  ];
  return say(table([header, ...rows]));
});

export async function statesCommand(): Promise<ExitCode> {
  const lines = Object.entries(ALLOWED).map(([state, events]) => [
    state,
    events.length > 0 ? events.join(', ') : '(the end)',
  ]);
  return say(table([['STATE', 'WHAT CAN HAPPEN'], ...lines]));
}

type Show = (world: CommandWorld, line: CommandLine) => ExitCode | Promise<ExitCode>;

function showing(show: Show): (line: CommandLine) => Promise<ExitCode> {
  return async (line) => {
    const world = await openCommandWorld(line.env);
    try {
      return await show(world, line);
    } finally {
      await world.close();
    }
  };
}

async function withCase(
  world: CommandWorld,
  line: CommandLine,
  show: (c: Case) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  const text = line.words.join(' ');
  const match = findCase(await allCases(world.doors), text);
  if (match.kind === 'one') return show(match.case);
  if (match.kind === 'none') return fail(`There is no case about "${text}". \`cases\` lists them all.`);
  const names = match.cases.map((c) => `  ${clean(c.subject.displayName)} (${c.subject.userPrincipalName})`);
  return fail(['Several people fit; give the user principal name:', ...names].join('\n'));
}

function describe(c: Case): string {
  const rows: (readonly [string, string])[] = [
    ['User', `${clean(c.subject.displayName)} (${c.subject.userPrincipalName})`],
    ['Case', c.caseId],
    ['State', c.state],
    ['Scenario', c.scenario],
    ['Department', clean(c.subject.department ?? '')],
    ['Licenses', c.licenses.map((license) => license.name).join('; ')],
    ['Cost', yearlyText(c.annualCost, 'en')],
    ['Manager', clean(c.manager?.displayName ?? 'none')],
    ['Opened', c.openedAt],
    ...('decision' in c
      ? [['Decision', `${c.decision.kind} by ${clean(c.decision.by.displayName)}`] as const]
      : []),
    ...('holdUntil' in c ? [['Undo until', c.holdUntil] as const] : []),
    ...(c.state === 'needsPerson' ? [['Task', clean(c.task)] as const] : []),
    ...(c.state === 'adminReview' || c.state === 'cancelled' ? [['Why', clean(c.why)] as const] : []),
    ...c.evidence.map(({ source, fact }) => [`Last ${source}`, factInWords(fact)] as const),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

function factInWords(fact: Case['evidence'][number]['fact']): string {
  if (fact.kind === 'on') return fact.date;
  if (fact.kind === 'none') return fact.since === undefined ? 'never' : `none since ${fact.since}`;
  return 'no data';
}

function say(text: string): ExitCode {
  process.stdout.write(`${text}\n`);
  return EXIT.done;
}

function fail(text: string): ExitCode {
  process.stderr.write(`${text}\n`);
  return EXIT.failed;
}
