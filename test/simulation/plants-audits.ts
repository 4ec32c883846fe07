import { plant, type Plant } from './plant.js';

const JUMPS = 'src/audit/guards/against-last-run.ts';
const INACTIVITY = 'src/audit/inactivity.ts';
const ANYTHING_ACTIVE = '[workload, signIn, ...reports].some(';

/** Mistakes about what audits believe. */
export const AUDIT_PLANTS: readonly Plant[] = [
  plant('stopIgnored', 'steps go on by the audit before one that a guard has stopped', [
    'src/actions/run-latest-audit.ts',
    "latest: isHeld ? 'stopped' : verdict",
    'latest: verdict',
  ]),
  plant('jumpGoesOn', 'many more idle people than in the last audit stop nothing', [
    'src/audit/run-audit.ts',
    'goOn(comparison.stop);',
    '',
  ]),
  plant('jumpTooSmall', 'a jump of some dozens of people is taken for none', [
    JUMPS,
    'export const SMALLEST_JUMP = 5;',
    'export const SMALLEST_JUMP = 50;',
  ]),
  plant('gapsIgnored', 'a report that lacks many rows is taken for whole', [
    'src/audit/guards/guards.ts',
    'return missing >= SMALLEST_GAP && missing * 100 > expected * percent;',
    'return missing >= SMALLEST_GAP && missing * 100 > expected * percent * 10;',
  ]),
  plant('signInsIgnored', 'who signs in and is in no report is taken for idle', [
    INACTIVITY,
    ANYTHING_ACTIVE,
    '[workload, ...reports].some(',
  ]),
  plant(
    'reportsIgnored',
    'whose sign-ins are not shown is taken for idle, whatever the reports say',
    ['src/audit/run-people.ts', 'const isActive = recent.isActive(slot);', 'const isActive = false;'],
    [INACTIVITY, ANYTHING_ACTIVE, '[signIn].some('],
  ),
  plant('lackingBelieved', 'who has no date of sign-in any more is taken for idle before a step', [
    'src/actions/recheck.ts',
    'return isRequired && hadSignIn(c) ? CANNOT_TELL : undefined;',
    'return undefined;',
  ]),
  plant('blankKept', 'who had no date while nobody had one is taken for idle when dates are shown again', [
    'src/audit/sign-ins/run-kept.ts',
    'if (provesNone || hasDate(row)) kept.set(userId, row);',
    'kept.set(userId, row);',
  ]),
];
