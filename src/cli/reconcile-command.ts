import path from 'node:path';
import { isoDay } from '../audit/day.js';
import type { Purchase, PurchaseError } from '../spend/purchases/purchase.js';
import { readPurchases } from '../spend/purchases/read-purchases.js';
import { reconcile } from '../spend/purchases/reconcile.js';
import { reconciliationCsv } from '../spend/purchases/reconciliation-csv.js';
import type { CommandLine } from './command-line.js';
import { WrongUse, type ExitCode } from './exit.js';
import { contentOf, outBeside } from './given-file.js';
import { checkFile, writePrivately } from './private-file.js';
import { errorsText, reconciliationText } from './reconcile-text.js';
import { clean, note, say } from './terminal.js';
import { withPosition } from './with-position.js';

/** Compares the customer's own list of purchases with the position and the policy's prices; changes and keeps nothing. */
export async function reconcileCommand(line: CommandLine): Promise<ExitCode> {
  const file = line.words[0] ?? '';
  const purchases = purchasesIn(file);
  const out = outBeside(file, line.out);
  await checkFile(out);
  return withPosition(line.env, async ({ rows: position, day, policy }) => {
    const tenant = { position, prices: policy.prices, managed: policy.scope.skus, day };
    const answer = reconcile(purchases, tenant);
    if (answer.kind === 'errors') throw unreadable(file, answer.errors);
    say(`${clean(path.basename(file))} as of ${isoDay(day)}\n\n${reconciliationText(answer)}`);
    if (out !== undefined)
      note(`Every license is in ${await writePrivately(out, [reconciliationCsv(answer.rows, line.csv)])}.`);
  });
}

/** @throws WrongUse, which says what is wrong with which line */
function purchasesIn(file: string): readonly Purchase[] {
  const read = readPurchases(contentOf(file, 'a list of purchases'));
  if (read.kind === 'purchases') return read.purchases;
  if (read.kind === 'errors') throw unreadable(file, read.errors);
  throw new WrongUse(`${file} cannot be used: it ${read.why}.`);
}

function unreadable(file: string, errors: readonly PurchaseError[]): WrongUse {
  return new WrongUse(`${file} cannot be used, and nothing was compared:\n${errorsText(errors)}`);
}
