import { auditCommand } from './audit-command.js';
import { acceptJumpCommand, approveCommand, switchCommand, undoCommand } from './change-commands.js';
import { helpText, readCommandLine, type Commands } from './command-line.js';
import { EXIT, explain, type ExitCode } from './exit.js';
import { giveCommand } from './give-command.js';
import { importRosterCommand } from './import-roster-command.js';
import { permissionsCommand } from './permissions-command.js';
import { planCommand } from './plan-command.js';
import { positionCommand } from './position-command.js';
import { reconcileCommand } from './reconcile-command.js';
import { releaseCommand, reviewCommand, vetoCommand } from './review-command.js';
import {
  caseCommand,
  casesCommand,
  deliveriesCommand,
  historyCommand,
  statesCommand,
} from './show-commands.js';
import { savingsCommand } from './savings-command.js';
import { signInsCommand } from './sign-ins-command.js';
import { verifyCommand } from './verify-command.js';
import { waiveCommand } from './waive-command.js';
import { whatIfCommand } from './whatif-command.js';

const COMMANDS: Commands = {
  audit: {
    usage: 'audit --out DIR [--csv semicolon] [--people FILE] [--accept-jump]',
    does: 'Read the tenant, judge everyone and write the files; changes nothing and asks nobody',
    takes: 'nothing',
    options: ['out', 'csv', 'people', 'accept-jump'],
    run: auditCommand,
  },
  position: {
    usage: 'position',
    does: 'Licenses bought, assigned, used and idle: of the latest run, or read now if there was none',
    takes: 'nothing',
    options: [],
    run: positionCommand,
  },
  reconcile: {
    usage: 'reconcile FILE [--out FILE] [--csv semicolon]',
    does: 'What does not add up between your own list of purchases (CSV) and the tenant: licenses bought, assigned and their prices; --out writes every license as CSV',
    takes: 'file',
    options: ['out', 'csv'],
    run: reconcileCommand,
  },
  savings: {
    usage: 'savings [--out FILE] [--csv semicolon]',
    does: 'What was saved for good, what can still be undone and what is in sight; --out writes every figure as CSV',
    takes: 'nothing',
    options: ['out', 'csv'],
    run: savingsCommand,
  },
  'import-roster': {
    usage: 'import-roster FILE [--as-of YYYY-MM-DD] [--out FILE] [--csv semicolon] [--force]',
    does: 'Keep what HR or another system says of people, from a CSV file; --out lists its problems by line',
    takes: 'file',
    options: ['as-of', 'out', 'csv', 'force'],
    run: importRosterCommand,
  },
  whatif: {
    usage: 'whatif [--days 60,90,120,180] [--json]',
    does: 'People, licenses and yearly cost at other thresholds, and how many of those flagged earlier came back',
    takes: 'nothing',
    options: ['days', 'json'],
    run: whatIfCommand,
  },
  cases: {
    usage: 'cases',
    does: 'All cases and where they stand: tasks for a person first, then what admins decide, questions by the day they are due, what runs, what is over',
    takes: 'nothing',
    options: [],
    run: casesCommand,
  },
  case: {
    usage: 'case USER',
    does: 'The newest case of a person',
    takes: 'user',
    options: [],
    run: caseCommand,
  },
  history: {
    usage: 'history USER [--cards] | --settings',
    does: 'What happened in a person’s newest case, and who did it; --cards: with the cards as they were sent; --settings: when names in reports were shown',
    takes: 'user',
    options: ['settings', 'cards'],
    run: historyCommand,
  },
  deliveries: {
    usage: 'deliveries',
    does: 'What became of the messages to each person asked: delivered, or why not, and when',
    takes: 'nothing',
    options: [],
    run: deliveriesCommand,
  },
  'sign-ins': {
    usage: 'sign-ins USER [--days 30]',
    does: 'To which apps a person signed in, from where, and why it failed; of at most the last 30 days',
    takes: 'user',
    options: ['days'],
    run: signInsCommand,
  },
  'verify-history': {
    usage: 'verify-history [--log FILE]',
    does: 'Check that no history entry was changed, removed or added; --log also compares with the service’s log',
    takes: 'nothing',
    options: ['log'],
    run: verifyCommand,
  },
  permissions: {
    usage: 'permissions [--json]',
    does: 'What the app may do in the tenant, what each source and license lacks, how to grant it, and what the policy leaves to nobody',
    takes: 'nothing',
    options: ['json'],
    run: permissionsCommand,
  },
  undo: {
    usage: 'undo USER [--now]',
    does: 'Take back what was done in a person’s case; where several can be undone, they are listed, and USER is the id of one',
    takes: 'user',
    options: ['now'],
    run: undoCommand,
  },
  review: {
    usage: 'review [--out FILE] [--csv semicolon]',
    does: 'Decisions whose review time runs; --out keeps them as a list for release and veto',
    takes: 'nothing',
    options: ['out', 'csv'],
    run: reviewCommand,
  },
  release: {
    usage: 'release USER | --batch FILE [--now]',
    does: 'Let the steps of decisions begin at their dates, without waiting for their review time to end',
    takes: 'user',
    options: ['batch', 'now'],
    run: releaseCommand,
  },
  veto: {
    usage: 'veto USER | --batch FILE --reason TEXT [--now]',
    does: 'Let decisions not be carried out: their cases end, and the people are left in peace for a while',
    takes: 'user',
    options: ['batch', 'reason', 'now'],
    run: vetoCommand,
  },
  plan: {
    usage: 'plan [--out FILE] [--diff FILE] [--json]',
    does: 'Who would be asked about whom and what would be done, before anything is; --diff: against a plan kept by --out',
    takes: 'nothing',
    options: ['out', 'diff', 'json'],
    run: planCommand,
  },
  waive: {
    usage: 'waive USER THING --reason TEXT [--now]',
    does: 'Let a case go on although the person alone owns THING, a group or team, nobody settled their OneDrive, their mailbox may have no room under the cheaper license (mailbox), something is left in their account (account), or they could not be told (notice)',
    takes: 'user',
    options: ['reason', 'now'],
    run: waiveCommand,
  },
  give: {
    usage: 'give USER SKU --reason TEXT [--now]',
    does: 'Give a person a license of which a seat is free, as a checked step that undo takes back',
    takes: 'user',
    options: ['reason', 'now'],
    run: giveCommand,
  },
  approve: {
    usage: 'approve [--plan ID] [--now]',
    does: 'Approve that the newest audit opens its cases; --plan: only if its plan is still the one with this id',
    takes: 'nothing',
    options: ['plan', 'now'],
    run: approveCommand,
  },
  'accept-jump': {
    usage: 'accept-jump [--now]',
    does: 'Run the audit again and accept the jump against the last run that stopped it',
    takes: 'nothing',
    options: ['now'],
    run: acceptJumpCommand,
  },
  pause: {
    usage: 'pause',
    does: 'Hold every question and step until resume',
    takes: 'nothing',
    options: ['now'],
    run: switchCommand('paused'),
  },
  resume: {
    usage: 'resume',
    does: 'Go on after pause or stop',
    takes: 'nothing',
    options: ['now'],
    run: switchCommand('running'),
  },
  stop: {
    usage: 'stop',
    does: 'End the campaign: cases in which nothing was done yet are cancelled as they come due',
    takes: 'nothing',
    options: ['now'],
    run: switchCommand('stopped'),
  },
  states: {
    usage: 'states',
    does: 'The states of a case and what leads from one to another',
    takes: 'nothing',
    options: [],
    run: statesCommand,
  },
};

async function main(): Promise<ExitCode> {
  const reading = readCommandLine(process.argv.slice(2), COMMANDS);
  if (reading.kind === 'run') return reading.entry.run(reading.line);
  const isAsked = reading.kind === 'help';
  const text = `${helpText(COMMANDS, isAsked ? reading.of : undefined)}\n`;
  if (isAsked) process.stdout.write(text);
  else process.stderr.write(text);
  return isAsked ? EXIT.done : EXIT.wrongUse;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = explain(error, (text) => process.stderr.write(`${text}\n`));
  },
);
