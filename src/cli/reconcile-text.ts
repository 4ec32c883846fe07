import { moneyText } from '../cards/money-text.js';
import { sumsByCurrency, type Money } from '../spend/money.js';
import type { Difference } from '../spend/purchases/difference.js';
import type { Purchase, PurchaseError } from '../spend/purchases/purchase.js';
import type { LeftOut, ReconciledRow, Reconciliation } from '../spend/purchases/reconcile.js';
import { clean, counted, table } from './terminal.js';

/** Errors that are shown. */
const SHOWN = 20;
/** Lines that are named in one sentence. */
const NAMED = 6;

/** What cannot be read, line by line. */
export function errorsText(errors: readonly PurchaseError[]): string {
  const more = errors.length - SHOWN;
  return [
    ...errors.slice(0, SHOWN).map(({ line, says }) => `  line ${line}: ${clean(says)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}

/** Every license side by side, then what does not add up, the sums, and what was not compared. */
export function reconciliationText({
  rows,
  leftOut,
}: Extract<Reconciliation, { readonly kind: 'reconciled' }>): string {
  const wrong = rows.flatMap((row) =>
    row.differences.map((difference) => `  ${nameOf(row)}: ${differenceText(difference)}`),
  );
  const parts = [
    rowsText(rows),
    wrong.length > 0 ? ['What does not add up:', ...wrong].join('\n') : '',
    sumText(rows),
    leftOutText(leftOut).join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function rowsText(rows: readonly ReconciledRow[]): string {
  const header = [
    'LICENSE',
    'IN FILE',
    'BOUGHT',
    'ASSIGNED',
    'ACTIVE',
    'PAID PER YEAR',
    'BY POLICY',
    'ADDS UP',
  ];
  const cells = rows.map(({ name, lines, inFile, held, paid, byPolicy, differences }) => [
    clean(name),
    lines.length === 0 ? 'none' : count(inFile),
    ...[held?.bought, held?.assigned, held?.active].map((seats) =>
      seats === undefined ? 'none' : count(seats),
    ),
    money(paid, lines.length === 0 ? 'none' : 'no price'),
    money(byPolicy, lines.length === 0 ? 'none' : 'no price'),
    differences.length === 0 ? 'yes' : 'no',
  ]);
  return table([header, ...cells], [1, 2, 3, 4, 5, 6]);
}

/** Names the lines, so that they are found in the file. */
function nameOf({ name, lines }: ReconciledRow): string {
  return lines.length === 0 ? clean(name) : `${clean(name)} (${linesText(lines)})`;
}

function differenceText(difference: Difference): string {
  switch (difference.kind) {
    case 'notInFile': {
      const { bought, assigned } = difference;
      return `${count(bought)} bought and ${count(assigned)} assigned in the tenant, and no line of the file has it.`;
    }
    case 'notInTenant':
      return `${count(difference.inFile)} in the file${yearly(difference.paid)}, and the tenant has none of this name or part number.`;
    case 'bought':
      return boughtText(difference);
    case 'assigned':
      return assignedText(difference);
    case 'price':
      return priceText(difference);
    case 'currency':
      return currencyText(difference);
    case 'noPrice':
      return `${money(difference.paid)} a year are paid, and the policy has no price: enter it in prices.`;
  }
}

function boughtText({ inFile, bought, annual }: Extract<Difference, { kind: 'bought' }>): string {
  const by = Math.abs(inFile - bought);
  const verb = by === 1 ? 'is' : 'are';
  const what =
    inFile > bought
      ? `${count(by)} ${verb} in the file and not in the tenant`
      : `${count(by)} ${verb} in the tenant and not in the file`;
  return `${count(inFile)} in the file, ${count(bought)} bought in the tenant: ${what}${yearly(annual)}.`;
}

function assignedText({ inFile, assigned, reclaimable }: Extract<Difference, { kind: 'assigned' }>): string {
  const back = reclaimable > 0 ? `; ${count(reclaimable)} of those assigned can be reclaimed` : '';
  return `${count(assigned)} assigned, ${count(inFile)} in the file: ${count(assigned - inFile)} more than the file says were bought${back}.`;
}

function priceText({ paid, byPolicy }: Extract<Difference, { kind: 'price' }>): string {
  const by = paid.minor - byPolicy.minor;
  const difference = money({ minor: Math.abs(by), currency: paid.currency });
  return `${money(paid)} a year by the file, ${money(byPolicy)} by the price of the policy: the file pays ${difference} ${by > 0 ? 'more' : 'less'}.`;
}

function currencyText({ paid, byPolicy }: Extract<Difference, { kind: 'currency' }>): string {
  const codes = paid.map(({ currency }) => currency).join(' and ');
  const policy = byPolicy === undefined ? '' : `, and the price of the policy is in ${byPolicy.currency}`;
  return `paid in ${codes}${policy}, so that the amounts cannot be compared.`;
}

function sumText(rows: readonly ReconciledRow[]): string {
  const right = rows.filter(({ differences }) => differences.length === 0).length;
  const priced = rows.filter(({ paid, byPolicy }) => paid !== undefined && byPolicy !== undefined);
  const paid = sumsText(priced.map((row) => row.paid));
  const byPolicy = sumsText(priced.map((row) => row.byPolicy));
  const compared = `${counted(rows.length, 'product')} compared, ${right} ${right === 1 ? 'adds' : 'add'} up.`;
  if (priced.length === 0) return compared;
  return `${compared} Paid by the file: ${paid} a year; the same licenses by the policy: ${byPolicy} (${priced.length} with both prices).`;
}

function leftOutText({ ended, notBegun, repeated, unmanaged, unpriced }: LeftOut): readonly string[] {
  const sentences: readonly (readonly [readonly Purchase[], string])[] = [
    [ended, 'Over before that day, and not counted'],
    [notBegun, 'To begin after that day, and not counted'],
    [repeated, 'The same as an earlier line of the same order, and counted once'],
    [unmanaged, 'Free, a trial, or not in scope.skus of the policy, and not compared'],
    [unpriced, 'Without a price in the file, so that only the licenses were compared'],
  ];
  return sentences.flatMap(([purchases, sentence]) =>
    purchases.length === 0 ? [] : [`${sentence}: ${linesText(purchases.map(({ line }) => line))}.`],
  );
}

function linesText(lines: readonly number[]): string {
  const shown = lines.slice(0, NAMED).join(', ');
  const more = lines.length > NAMED ? ` and ${lines.length - NAMED} more` : '';
  return lines.length === 1 ? `line ${shown}` : `lines ${shown}${more}`;
}

function sumsText(amounts: readonly (Money | undefined)[]): string {
  return sumsByCurrency(amounts)
    .map((sum) => money(sum))
    .join(' + ');
}

function yearly(annual: Money | undefined): string {
  return annual === undefined ? '' : ` (${money(annual)} a year)`;
}

function money(amount: Money | undefined, without = ''): string {
  return amount === undefined ? without : moneyText(amount, 'en');
}

function count(value: number): string {
  return value.toLocaleString('en');
}
