import { readSpelledTable, type SpelledRow } from '../../audit/csv/spelled-columns.js';
import type { Day } from '../../audit/day.js';
import { rosterDay } from '../../audit/roster/date.js';
import { decimalsOf, type Money } from '../money.js';
import { readFigure } from './figure.js';
import type { Purchase, PurchaseError, PurchaseFile } from './purchase.js';

type Row = SpelledRow<keyof typeof COLUMNS>;

/** docs/commands.md names the first of each. `amount` alone says too little, and is only there to be told so. */
const COLUMNS = {
  partNumber: ['partnumber', 'skupartnumber', 'sku'],
  skuId: ['skuid'],
  license: ['license', 'licence', 'licensename', 'product', 'productname', 'skuname', 'lizenz', 'produkt'],
  seats: ['seats', 'quantity', 'qty', 'bought', 'licenses', 'licences', 'anzahl', 'menge', 'lizenzen'],
  unitPrice: ['unitprice', 'priceperseat', 'einzelpreis', 'stückpreis'],
  total: ['total', 'linetotal', 'subtotal', 'gesamtpreis', 'nettobetrag'],
  currency: ['currency', 'währung'],
  frequency: ['frequency', 'billingcycle', 'billingfrequency', 'abrechnung'],
  effective: ['effective', 'startdate', 'chargestartdate', 'beginn'],
  ending: ['ending', 'enddate', 'chargeenddate', 'ende'],
  order: ['order', 'orderid', 'ordernumber', 'purchaseorder', 'po', 'invoice', 'invoicenumber', 'rechnung'],
  amount: ['amount', 'price', 'cost', 'preis', 'betrag', 'kosten'],
} as const;

/** How often a price is paid in a year. */
const TIMES_A_YEAR: ReadonlyMap<string, number> = new Map([
  ...['monthly', 'month', 'p1m', 'monatlich', 'monat'].map((word) => [word, 12] as const),
  ...['yearly', 'annual', 'annually', 'year', 'p1y', 'jährlich', 'jahr'].map((word) => [word, 1] as const),
]);

/** Reads the customer's list of purchases. One line that cannot be read makes every sum wrong, so it refuses them all. */
export function readPurchases(bytes: Uint8Array): PurchaseFile {
  const table = readSpelledTable(bytes, COLUMNS);
  if (table.kind === 'unusable') return table;
  const { columns, rows } = table;
  if (!columns.has('partNumber') && !columns.has('skuId') && !columns.has('license'))
    return unusable('has no column partNumber, skuId or license in its first line');
  if (!columns.has('seats')) return unusable('has no column seats in its first line');
  if (columns.has('amount') && !columns.has('unitPrice') && !columns.has('total'))
    return unusable(
      'has an amount that may be the price of one license or of the whole line: call its column unitPrice or total',
    );
  if (rows.length === 0) return unusable('has a header and no lines');
  const errors: PurchaseError[] = [];
  const purchases = rows.flatMap((row) => {
    const fault: Fault = (says) => errors.push({ line: row.line, says });
    if (row.fault === undefined) return readRow(row, fault);
    fault(row.fault);
    return [];
  });
  if (errors.length > 0) return { kind: 'errors', errors };
  return { kind: 'purchases', purchases };
}

/** Takes what is wrong with a line, as the rest of a sentence that begins with the line. */
type Fault = (says: string) => void;

/** Whatever is read of a line with a fault counts for nothing. */
function readRow({ line, cells }: Row, fault: Fault): Purchase {
  const keys = [cells.skuId, cells.partNumber, cells.license].flatMap((key) => key || []);
  if (keys.length === 0) fault(NO_LICENSE);
  const seats = seatsIn(cells.seats ?? '', fault);
  const effective = dayIn('effective', cells.effective, fault);
  const ending = dayIn('ending', cells.ending, fault);
  if (effective !== undefined && ending !== undefined && ending < effective)
    fault('ends before it begins: correct effective or ending');
  const annual = annualOf(cells, seats, fault);
  return { line, keys, order: cells.order || undefined, seats, annual, effective, ending };
}

const NO_LICENSE =
  'names no license: write its part number, or take the line out (sums, taxes and freight are no purchase)';

function seatsIn(text: string, fault: Fault): number {
  const seats = figureIn('seats', text, 'how many licenses were bought, such as 25', fault);
  if (!Number.isSafeInteger(seats)) fault(`seats is "${text}": write a whole number of licenses`);
  return seats;
}

/** The total is what was paid, so it goes before the price of one. */
function annualOf(
  { unitPrice = '', total = '', currency = '', frequency = '' }: Row['cells'],
  seats: number,
  fault: Fault,
): Money | undefined {
  if (unitPrice === '' && total === '') return undefined;
  const sample = 'an amount such as 57.00, without its currency';
  const amount =
    total === ''
      ? seats * figureIn('unitPrice', unitPrice, sample, fault)
      : figureIn('total', total, sample, fault);
  const isCode = /^[a-z]{3}$/i.test(currency);
  if (!isCode) fault(`${writtenIn('currency', currency)}: write a code of three letters such as EUR`);
  const times = TIMES_A_YEAR.get(frequency.toLowerCase());
  if (times === undefined)
    fault(`${writtenIn('frequency', frequency)}: write monthly or yearly, whichever the price pays for`);
  if (!isCode || times === undefined) return undefined;
  const code = currency.toUpperCase();
  return { minor: Math.round(amount * times * 10 ** decimalsOf(code)), currency: code };
}

/** 0 where it is none. */
function figureIn(column: string, text: string, sample: string, fault: Fault): number {
  const figure = readFigure(text);
  if (figure.kind === 'figure') return figure.value;
  if (figure.kind === 'none') fault(`${writtenIn(column, text)}: write ${sample}`);
  else {
    const [whole, fraction] = [text.replace(/[.,]/, ''), text.replace(',', '.')];
    fault(`${column} is "${text}", which may be ${whole} or ${fraction}: write ${whole} or ${fraction}0`);
  }
  return 0;
}

function dayIn(column: string, text: string | undefined, fault: Fault): Day | undefined {
  if (text === undefined || text === '') return undefined;
  const day = rosterDay(text);
  if (day === undefined) fault(`${column} is "${text}": write a day such as 2026-11-21`);
  return day;
}

function writtenIn(column: string, text: string): string {
  return text === '' ? `${column} is empty` : `${column} is "${text}"`;
}

function unusable(why: string): PurchaseFile {
  return { kind: 'unusable', why };
}
