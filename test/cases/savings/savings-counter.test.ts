import { describe, expect, it } from '@jest/globals';
import type { Case } from '../../../src/cases/case.js';
import { erased, type OverCase } from '../../../src/cases/erasing.js';
import { heldAgainAfter, savingsCounter } from '../../../src/cases/savings/savings-counter.js';
import { rowsThatAre, sumOf, type Savings } from '../../../src/spend/savings.js';
import { asked, CASES, NOW } from '../../cards/a-case.js';
import { as, at, closed, E5, of, removal, under, undone, UNPRICED, VISIO } from './a-taking.js';

function counted(...cases: readonly Case[]): Savings {
  const counter = savingsCounter((moment) => moment.slice(0, 10));
  for (const c of cases) counter.add(c);
  return counter.done();
}

const ADA = of('ada');
const BEN = of('ben');
const KIM = of('kim');

describe('What was saved', () => {
  it('is told by month and license, without adding up currencies', () => {
    const { rows, since } = counted(
      closed({ ...ADA, licenses: [E5, VISIO], closedAt: at('2026-03-31') }),
      closed({ ...BEN, licenses: [E5, UNPRICED], closedAt: at('2026-03-01') }),
      closed({ ...KIM, closedAt: at('2026-05-02') }),
    );
    expect(since).toBe('2026-03-01');
    expect(rows.map(({ month, partNumber, seats, annual }) => [month, partNumber, seats, annual])).toEqual([
      ['2026-05', 'SPE_E5', 1, { minor: 68_400, currency: 'USD' }],
      ['2026-03', 'PROJECTPROFESSIONAL', 1, undefined],
      ['2026-03', 'SPE_E5', 2, { minor: 136_800, currency: 'USD' }],
      ['2026-03', 'VISIOCLIENT', 1, { minor: 18_000, currency: 'EUR' }],
    ]);
    expect(sumOf(rows)).toEqual({
      ...{ freed: 5, replaced: 0, givenOn: 0, withoutPrice: 1 },
      annual: [
        { minor: 18_000, currency: 'EUR' },
        { minor: 205_200, currency: 'USD' },
      ],
    });
  });

  it('is apart from what can still be undone and from what is only decided', () => {
    const { rows, since } = counted(under('holding', [E5], [removal('done', [E5])]), {
      ...under('decided', [VISIO], [removal('planned', [VISIO])]),
      ...BEN,
    });
    expect(since).toBeUndefined();
    expect(rows.map(({ standing, month }) => [standing, month])).toEqual([
      ['onHold', '2027-01'],
      ['inSight', undefined],
    ]);
    expect(rowsThatAre(rows, 'final')).toEqual([]);
  });

  it('goes on counting when names are erased', () => {
    const c = closed(ADA);
    expect(counted(erased(c as OverCase, NOW)).rows).toEqual(counted(c).rows);
  });

  it('counts nothing that was undone', () => {
    expect(counted({ ...undone([E5, VISIO]), ...ADA })).toEqual({
      ...{ rows: [], since: undefined, takenBack: 2, heldAgain: 0 },
    });
  });
});

describe('A license that somebody holds again', () => {
  const first = closed({ ...ADA, openedAt: at('2026-01-01'), closedAt: at('2026-03-01') });

  it('counts nothing once a later case finds it with them', () => {
    const again = { ...asked({ licenses: [E5], openedAt: at('2026-08-01') }), ...ADA };
    expect(counted(first, again)).toMatchObject({ rows: [], since: undefined, heldAgain: 1 });
    expect(counted(again, first)).toMatchObject({ rows: [], heldAgain: 1 });
  });

  it('is counted once when it is taken a second time', () => {
    const second = closed({ ...ADA, openedAt: at('2026-08-01'), closedAt: at('2026-10-01') });
    const { rows, heldAgain } = counted(first, second);
    expect(rows.map(({ month, seats }) => [month, seats])).toEqual([['2026-10', 1]]);
    expect(heldAgain).toBe(1);
  });

  it('is still counted once when the names are erased, those of both in turn', () => {
    const second = closed({ ...ADA, openedAt: at('2026-08-01'), closedAt: at('2026-10-01') });
    const older = erased(first, NOW, heldAgainAfter(first, [second, first]));
    const newer = erased(second, NOW, heldAgainAfter(second, [second]));
    for (const now of [counted(older, second), counted(older, newer)])
      expect(now).toEqual(counted(first, second));
  });

  it('counts nothing once an admin has given it to them', () => {
    const gift = {
      ...ADA,
      scenario: 'given',
      outcome: 'given',
      openedAt: at('2026-04-01'),
      took: [],
    } as const;
    expect(counted(first, closed({ ...gift, gave: [as(E5)] }))).toMatchObject({ rows: [], heldAgain: 1 });
    // Of another license, or taken back since.
    expect(counted(first, closed({ ...gift, gave: [as(VISIO)] })).heldAgain).toBe(0);
    expect(counted(first, { ...CASES.undone, ...ADA, scenario: 'given' }).heldAgain).toBe(0);
  });

  it('still counts where another person or an earlier case has it', () => {
    const others = { ...asked({ licenses: [E5], openedAt: at('2026-08-01') }), ...BEN };
    const before = { ...CASES.cancelled, ...ADA, licenses: [E5], openedAt: at('2025-08-01') };
    expect(counted(first, others, before)).toMatchObject({ heldAgain: 0, since: '2026-03-01' });
  });
});

describe('HR’s cases', () => {
  const sealed = { protections: ['executive'], openedAt: at('2026-08-01') } as const;

  it('are in no figure, however they stand', () => {
    const nothing = { rows: [], since: undefined, takenBack: 0, heldAgain: 0 };
    expect(counted(closed({ ...ADA, ...sealed }))).toEqual(nothing);
    expect(counted({ ...undone([E5]), ...sealed })).toEqual(nothing);
    expect(counted({ ...under('holding', [E5], [removal('done', [E5])]), ...sealed })).toEqual(nothing);
    expect(counted({ ...under('decided', [E5], [removal('planned', [E5])]), ...sealed })).toEqual(nothing);
  });

  it('change no figure of an earlier case about the same person', () => {
    const first = closed({ ...ADA, openedAt: at('2026-01-01') });
    const alone = counted(first);
    for (const c of [
      { ...CASES.hrReview, ...ADA, licenses: [E5], openedAt: at('2026-08-01') },
      closed({ ...ADA, ...sealed }),
      closed({ ...ADA, ...sealed, protections: ['onLeave'] }),
    ])
      expect(counted(first, c)).toEqual(alone);
  });
});
