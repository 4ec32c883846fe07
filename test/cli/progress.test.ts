import { expect, test } from '@jest/globals';
import type { AuditProgress } from '../../src/audit/audit-result.js';
import { progressDisplay } from '../../src/cli/progress.js';

const PLAN = 'Sign-in dates: about 49 requests, 5 minutes (600 people by id)';
const STEPS: readonly AuditProgress[] = [
  { phase: 'directory', done: 999, total: undefined },
  { phase: 'plan', done: 0, total: undefined, text: PLAN },
  { phase: 'signIns', done: 12, total: 49, minutesLeft: 4 },
  { phase: 'signIns', done: 39, total: 49, minutesLeft: 1 },
  { phase: 'signIns', done: 48, total: 49, minutesLeft: 0 },
  { phase: 'done', done: 3, total: 3 },
];

function shownOn(isTTY: boolean): string {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) > 0 };
  const display = progressDisplay(stream);
  for (const step of STEPS) display.show(step);
  display.end();
  return written.join('');
}

test('the plan stands on a line of its own, and the requests tell the minutes that are left', () => {
  const lines = shownOn(true).replaceAll('\r\u001b[2K', '\n').split('\n');
  expect(lines.filter((line) => line !== '').map((line) => line.trim())).toEqual([
    'People with licenses: 999',
    PLAN,
    'Sign-in dates: 12 of 49 (24 %, 4 minutes left)',
    'Sign-in dates: 39 of 49 (79 %, 1 minute left)',
    'Sign-in dates: 48 of 49 (97 %, less than a minute left)',
  ]);
});

test('without a terminal the plan is written, too', () => {
  expect(shownOn(false)).toBe(`  ${PLAN}\n  Sign-in dates ...\n`);
});
