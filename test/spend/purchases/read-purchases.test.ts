import { describe, expect, test } from '@jest/globals';
import { parseDay } from '../../../src/audit/day.js';
import type { Purchase } from '../../../src/spend/purchases/purchase.js';
import { readPurchases } from '../../../src/spend/purchases/read-purchases.js';

const read = (text: string) => readPurchases(Buffer.from(text, 'utf8'));

function purchasesIn(text: string): readonly Purchase[] {
  const file = read(text);
  if (file.kind !== 'purchases') throw new Error(JSON.stringify(file));
  return file.purchases;
}

function errorsIn(text: string): readonly string[] {
  const file = read(text);
  if (file.kind !== 'errors') throw new Error(JSON.stringify(file));
  return file.errors.map(({ line, says }) => `line ${line} ${says}`);
}

const PRICED = 'partNumber,seats,unitPrice,total,currency,frequency';

describe('a list of purchases', () => {
  test.each<[string, string]>([
    [
      'commas and decimal points',
      'partNumber,seats,unitPrice,currency,frequency,effective,ending,order\n' +
        'SPE_E5,"1,200.00",57.00,USD,monthly,2026-01-01,2026-12-31,PO-7\n',
    ],
    [
      'semicolons and decimal commas, as a German Excel saves it',
      'SKU;Anzahl;Einzelpreis;Währung;Abrechnung;Beginn;Ende;Rechnung\r\n' +
        'SPE_E5;1200;57,00;usd;monatlich;01.01.2026;31.12.2026;PO-7\r\n',
    ],
    [
      'the names of an invoice of Microsoft’s',
      'OrderId,PartNumber,Quantity,UnitPrice,Currency,BillingCycle,ChargeStartDate,ChargeEndDate,Publisher\n' +
        'PO-7,SPE_E5,1200,57,USD,Monthly,2026-01-01T00:00:00Z,2026-12-31T00:00:00Z,Microsoft\n',
    ],
  ])('is read with %s', (_name, text) => {
    expect(purchasesIn(text)).toEqual([
      {
        line: 2,
        keys: ['SPE_E5'],
        order: 'PO-7',
        seats: 1200,
        annual: { minor: 82_080_000, currency: 'USD' },
        effective: parseDay('2026-01-01'),
        ending: parseDay('2026-12-31'),
      },
    ]);
  });

  test('needs a license and how many, and nothing else', () => {
    expect(purchasesIn('license;seats\nMicrosoft 365 E5;12\n\nVisio Plan 2;-2\n')).toEqual([
      expect.objectContaining({ line: 2, keys: ['Microsoft 365 E5'], seats: 12, annual: undefined }),
      expect.objectContaining({ line: 4, keys: ['Visio Plan 2'], seats: -2, order: undefined }),
    ]);
  });

  test.each<[string, string, number]>([
    ['price of one a month', 'SPE_E5,10,57,,USD,monthly', 684_000],
    ['price of one a year', 'SPE_E5,10,684,,USD,yearly', 684_000],
    ['total a month', 'SPE_E5,10,,570,USD,monthly', 684_000],
    [
      'total, which goes before the price of one, for it is what was paid',
      'SPE_E5,10,57,500,USD,monthly',
      600_000,
    ],
    ['fraction of a cent', 'SPE_E5,1000,0.125,,USD,yearly', 12_500],
    ['currency without cents', 'SPE_E5,10,8000,,JPY,monthly', 960_000],
  ])('may have the %s', (_name, row, minor) => {
    expect(purchasesIn(`${PRICED}\n${row}\n`)[0]?.annual?.minor).toBe(minor);
  });
});

describe('a list that cannot be read', () => {
  test('says every fault by its line and what to write', () => {
    const rows = [
      'SPE_E5,,57,,USD,monthly',
      'SPE_E5,2.5,57,,USD,monthly',
      'SPE_E5,10,"1,234",,USD,monthly',
      'SPE_E5,10,57 €,,,quarterly',
      ',3,,,,',
      'SPE_E5,10,57,,USD,monthly,,',
    ];
    expect(errorsIn([PRICED, ...rows].join('\n'))).toEqual([
      'line 2 seats is empty: write how many licenses were bought, such as 25',
      'line 3 seats is "2.5": write a whole number of licenses',
      'line 4 unitPrice is "1,234", which may be 1234 or 1.234: write 1234 or 1.2340',
      'line 5 unitPrice is "57 €": write an amount such as 57.00, without its currency',
      'line 5 currency is empty: write a code of three letters such as EUR',
      'line 5 frequency is "quarterly": write monthly or yearly, whichever the price pays for',
      'line 6 names no license: write its part number, or take the line out (sums, taxes and freight are no purchase)',
      'line 7 it has 8 cells where the header has 6; a cell with a delimiter needs quotation marks',
    ]);
  });

  test('says so of days', () => {
    const text = 'sku,seats,effective,ending\nSPE_E5,1,03/04/2026,\nSPE_E5,1,2026-02-01,2026-01-31\n';
    expect(errorsIn(text)).toEqual([
      'line 2 effective is "03/04/2026": write a day such as 2026-11-21',
      'line 3 ends before it begins: correct effective or ending',
    ]);
  });

  test.each([
    ['seats,total\n1,2\n', 'has no column partNumber, skuId or license in its first line'],
    ['sku,total\nSPE_E5,2\n', 'has no column seats in its first line'],
    ['sku,seats\n', 'has a header and no lines'],
    ['', 'is empty'],
    [
      'sku,seats,amount\nSPE_E5,1,57\n',
      'has an amount that may be the price of one license or of the whole line: call its column unitPrice or total',
    ],
    [
      'sku,seats,quantity\nSPE_E5,1,1\n',
      'has 2 columns for the same thing, "seats" and "quantity": rename or remove all but one',
    ],
  ])('%j', (text, why) => {
    expect(read(text)).toEqual({ kind: 'unusable', why });
  });
});
