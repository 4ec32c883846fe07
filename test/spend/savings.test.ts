import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { savingsCsv } from '../../src/spend/savings-csv.js';
import { monthly, rowsBy, rowsThatAre, savingsRows, sumOf, type TakenSeat } from '../../src/spend/savings.js';

const E5: TakenSeat = {
  ...{ standing: 'final', day: '2026-03-31', outcome: 'freed', partNumber: 'SPE_E5' },
  ...{ name: 'Microsoft 365 E5', annual: { minor: 68_400, currency: 'USD' } },
};

const SEATS = fc.array(
  fc.record({
    standing: fc.constantFrom('final', 'onHold', 'inSight'),
    day: fc.constantFrom('2026-01-31', '2026-02-01', '2027-01-01', undefined),
    outcome: fc.constantFrom('freed', 'replaced', 'givenOn'),
    partNumber: fc.constantFrom('A', 'B', 'C'),
    name: fc.constant('A license'),
    annual: fc.option(
      fc.record({ minor: fc.integer({ min: -1e6, max: 1e6 }), currency: fc.constantFrom('USD', 'EUR') }),
      { nil: undefined },
    ),
  }),
);

describe('Figures of what was saved', () => {
  it('add up, however they are grouped', () => {
    fc.assert(
      fc.property(SEATS, (seats) => {
        const rows = savingsRows(seats);
        const whole = sumOf(rows);
        expect(whole.freed + whole.replaced + whole.givenOn).toBe(seats.length);
        for (const groups of [
          rowsBy(rows, ({ month }) => month ?? ''),
          rowsBy(rows, ({ partNumber }) => partNumber),
          new Map((['final', 'onHold', 'inSight'] as const).map((is) => [is, rowsThatAre(rows, is)])),
        ]) {
          const sums = [...groups.values()].map(sumOf);
          expect(sums.reduce((all, { freed }) => all + freed, 0)).toBe(whole.freed);
          expect(sums.reduce((all, { withoutPrice }) => all + withoutPrice, 0)).toBe(whole.withoutPrice);
          for (const currency of ['USD', 'EUR'])
            expect(sums.reduce((all, { annual }) => all + minorOf(annual, currency), 0)).toBe(
              minorOf(whole.annual, currency),
            );
        }
      }),
    );
  });

  it('have no money for what is given on', () => {
    expect(sumOf(savingsRows([{ ...E5, outcome: 'givenOn' }]))).toEqual({
      ...{ freed: 0, replaced: 0, givenOn: 1, annual: [], withoutPrice: 0 },
    });
  });

  it('have a month that is a twelfth of a year, to the cent', () => {
    expect(monthly({ minor: 68_400, currency: 'USD' })).toEqual({ minor: 5_700, currency: 'USD' });
    expect(monthly({ minor: 100_000, currency: 'USD' })).toEqual({ minor: 8_333, currency: 'USD' });
  });
});

function minorOf(amounts: ReturnType<typeof sumOf>['annual'], currency: string): number {
  return amounts.find((amount) => amount.currency === currency)?.minor ?? 0;
}

describe('The file of what was saved', () => {
  it('has a row for each month, license and currency, and no formula', () => {
    const rows = savingsRows([
      E5,
      E5,
      { ...E5, standing: 'inSight', day: undefined, name: '=cmd|A1', annual: undefined },
      { ...E5, standing: 'onHold', day: '2026-12-24', outcome: 'givenOn' },
      { ...E5, outcome: 'replaced', annual: { minor: -150, currency: 'JPY' } },
    ]);
    expect(savingsCsv(rows, 'comma')).toBe(
      [
        '\uFEFFstanding,month,outcome,partNumber,license,seats,annualSaving,currency',
        'final,2026-03,freed,SPE_E5,Microsoft 365 E5,2,1368.00,USD',
        'final,2026-03,replaced,SPE_E5,Microsoft 365 E5,1,-150,JPY',
        'onHold,2026-12,givenOn,SPE_E5,Microsoft 365 E5,1,,',
        "inSight,,freed,SPE_E5,'=cmd|A1,1,,",
        '',
      ].join('\r\n'),
    );
  });

  it('has every decimal of an amount, also where more was spent than saved, and commas where they are wanted', () => {
    const rows = savingsRows([{ ...E5, outcome: 'replaced', annual: { minor: -15_050, currency: 'USD' } }]);
    const [, point] = savingsCsv(rows, 'comma').split('\r\n');
    expect(point).toBe('final,2026-03,replaced,SPE_E5,Microsoft 365 E5,1,-150.50,USD');
    const [, comma] = savingsCsv(rows, 'semicolon').split('\r\n');
    expect(comma).toBe('final;2026-03;replaced;SPE_E5;Microsoft 365 E5;1;-150,50;USD');
  });
});
