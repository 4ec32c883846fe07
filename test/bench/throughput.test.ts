import { fork } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';

/** What bench/throughput.cjs found. */
interface Throughput {
  readonly done: number;
  readonly refused: number;
  readonly operations: number;
  readonly messages: number;
  readonly minutesToLastWrite: number;
  readonly byKind: Readonly<Record<string, number>>;
  readonly least: { readonly operations: number; readonly messages: number; readonly minutes: number };
}

const bench = path.join(__dirname, '..', '..', 'bench', 'measured.cjs');

/** Enough that the sign-in dates of more than 150 are read in bulk, which is how thousands are read. */
const REMOVALS = 200;
const MOST_OF_LEAST = 1.2;
/** Virtual minutes in which no limit holds anybody up: looks for due rows and for dates that are on their way. */
const STARTED = 0.25;

/** In a process of its own: its clock stands still while this one waits. */
function throughput(options: object): Promise<Throughput> {
  const child = fork(bench, ['throughput', JSON.stringify(options)], { execArgv: [] });
  return new Promise((resolve, reject) => {
    child.once('message', (found) => resolve(found as Throughput));
    child.once('exit', (code) => reject(new Error(`The bench ended with ${code} before it answered.`)));
  });
}

test('hundreds of removals need hardly more requests and minutes than the published limits ask for', async () => {
  const run = await throughput({ removals: REMOVALS, latencyMs: 0, perMinute: 9 });
  expect(run).toMatchObject({ done: REMOVALS, refused: 0 });
  // Live re-reads are not saved on: the person before and after each step, the mailbox before.
  expect(run.byKind).toMatchObject({
    people: REMOVALS * 2,
    mailboxes: REMOVALS,
    'license changes': REMOVALS,
  });
  expect(run.operations).toBeLessThanOrEqual(run.least.operations * MOST_OF_LEAST);
  expect(run.messages).toBeLessThanOrEqual(run.least.messages * MOST_OF_LEAST);
  expect(run.minutesToLastWrite).toBeLessThanOrEqual(run.least.minutes * MOST_OF_LEAST + STARTED);
}, 240_000);
