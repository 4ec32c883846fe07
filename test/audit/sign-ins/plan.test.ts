import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  bestInHindsight,
  IDS_PER_REQUEST,
  minutesFor,
  nextSignInStep,
  ROWS_PER_PAGE,
  type SignInKnowledge,
} from '../../../src/audit/sign-ins/plan.js';

/** A tenant in counts; `inSweep` of the `needed` people are among the `sweepRows`. */
interface Counts {
  readonly licensed: number;
  readonly needed: number;
  readonly sweepRows: number;
  readonly inSweep: number;
}

/** Draws without putting back: how many of `drawn` out of `of` are among its `hits`. */
type Draw = (drawn: number, hits: number, of: number) => number;

/** A chance that is always the same for the same seed. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const byChance =
  (random: () => number): Draw =>
  (drawn, hits, of) => {
    let found = 0;
    for (let at = 0; at < drawn; at += 1) if (random() * (of - at) < hits - found) found += 1;
    return found;
  };
/** Every sample shows the true share, as near as whole people can. */
const faithful: Draw = (drawn, hits, of) => Math.min(hits, Math.round((drawn * hits) / Math.max(1, of)));

/** Follows the plan through a tenant; the ways in the order in which they were taken, and what it cost. */
function followed(
  tenant: Counts,
  draw: Draw,
): { readonly requests: number; readonly ways: readonly string[] } {
  let requests = 0;
  let needed = tenant.needed;
  let hits = tenant.inSweep;
  let rowsLeft = tenant.sweepRows;
  let sweep: SignInKnowledge['sweep'];
  let sample = { asked: 0, inSweep: 0 };
  const ways: string[] = [];
  const page = (): void => {
    const rows = Math.min(ROWS_PER_PAGE, rowsLeft);
    const found = draw(rows, hits, rowsLeft);
    requests += 1;
    rowsLeft -= rows;
    needed -= found;
    hits -= found;
    const before = sweep ?? { rowsRead: 0, found: 0 };
    sweep = {
      rows: tenant.sweepRows,
      rowsRead: before.rowsRead + rows,
      found: before.found + found,
      ended: rowsLeft === 0,
    };
  };
  for (;;) {
    const step = nextSignInStep({ licensed: tenant.licensed, needed, sweep, sample });
    if (ways.at(-1) !== step.kind) ways.push(step.kind);
    if (step.kind === 'nothing') return { requests, ways };
    if (step.kind === 'ids') return { requests: requests + Math.ceil(needed / IDS_PER_REQUEST), ways };
    if (step.kind === 'full')
      return { requests: requests + Math.ceil(tenant.licensed / ROWS_PER_PAGE), ways };
    if (step.kind === 'sample') {
      const asked = Math.min(IDS_PER_REQUEST, needed);
      const inSweep = draw(asked, hits, needed);
      requests += 1;
      needed -= asked;
      hits -= inSweep;
      sample = { asked: sample.asked + asked, inSweep: sample.inSweep + inSweep };
    } else page();
  }
}

function best({ licensed, needed, sweepRows, inSweep }: Counts): number {
  return bestInHindsight({ licensed, needed, sweepRows, rest: needed - inSweep });
}

/** From a handful of people to two hundred thousand, from nobody to everybody held, from a tidy directory to a full attic. */
const tenants: fc.Arbitrary<Counts> = fc
  .record({
    size: fc.double({ min: 1, max: 5.3, noNaN: true }),
    held: fc.double({ min: -4, max: 0, noNaN: true }),
    share: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    attic: fc.oneof(fc.constant(-9), fc.double({ min: -4, max: 0.5, noNaN: true })),
  })
  .map(({ size, held, share, attic }) => {
    const licensed = Math.round(10 ** size);
    const needed = Math.round(licensed * 10 ** held);
    const inSweep = Math.round(needed * share);
    return { licensed, needed, inSweep, sweepRows: inSweep + Math.round(licensed * 10 ** attic) };
  });

describe('the way that is chosen', () => {
  const tidy = { licensed: 157_000, needed: 4_000, sweepRows: 4_512, inSweep: 3_700 };

  test('in a tidy tenant is the sweep and then some people by id, in less than 8 minutes', () => {
    const { requests, ways } = followed(tidy, byChance(chance(1)));
    expect(ways).toEqual(['count', 'sample', 'sweep', 'ids']);
    // 10 pages, 20 requests for 300 people; one sample.
    expect(best(tidy)).toBe(30);
    expect(requests).toBeLessThanOrEqual(31);
    expect(minutesFor(requests, 9)).toBe(3);
    expect(minutesFor(314, 10)).toBe(31);
  });

  test('with dormant guests and accounts without a license in the sweep is by id, after one look at its size', () => {
    const untidy = { ...tidy, sweepRows: 140_000 };
    const { requests, ways } = followed(untidy, byChance(chance(2)));
    expect(ways).toEqual(['count', 'ids']);
    expect(requests).toBeLessThanOrEqual(267 + 1);
  });

  test('is a full pass where so many people are held that asking for them one by one costs more', () => {
    const idle = { licensed: 157_000, needed: 90_000, sweepRows: 130_000, inSweep: 80_000 };
    expect(followed(idle, byChance(chance(3)))).toEqual({
      requests: 316,
      ways: ['count', 'sample', 'full'],
    });
  });

  test('for few people or in a small tenant is found without counting', () => {
    expect(followed({ licensed: 157_000, needed: 45, sweepRows: 9_000, inSweep: 40 }, faithful)).toEqual({
      requests: 3,
      ways: ['ids'],
    });
    expect(followed({ licensed: 1_200, needed: 400, sweepRows: 300, inSweep: 300 }, faithful)).toEqual({
      requests: 3,
      ways: ['full'],
    });
    expect(followed({ licensed: 1_200, needed: 0, sweepRows: 300, inSweep: 0 }, faithful).requests).toBe(0);
  });

  test('after a sweep that brought nobody is by id or a full pass, whichever is less', () => {
    const swept = { rows: 100, rowsRead: 100, found: 0, ended: true };
    const sample = { asked: 0, inSweep: 0 };
    expect(nextSignInStep({ licensed: 10_000, needed: 290, sweep: swept, sample })).toEqual({
      kind: 'ids',
      requests: 20,
    });
    expect(nextSignInStep({ licensed: 10_000, needed: 301, sweep: swept, sample })).toEqual({
      kind: 'full',
      requests: 20,
    });
  });
});

describe('a full pass that an earlier run has begun', () => {
  const sweep = { rows: 130_000, rowsRead: 500, found: 300, ended: false };
  const sample = { asked: 300, inSweep: 240 };
  const stopped = { rows: 157_000, rowsRead: 125_000, needed: 18_000 };

  test('goes on where that is the cheapest, whoever is missing beside it by id', () => {
    const known = { licensed: 157_000, sweep, sample, pass: stopped };
    expect(nextSignInStep({ ...known, needed: 18_000 })).toEqual({
      kind: 'full',
      requests: 64,
      goesOn: true,
    });
    expect(nextSignInStep({ ...known, needed: 18_300 })).toEqual({
      kind: 'full',
      requests: 84,
      goesOn: true,
    });
  });

  test('does not where few people are missing, or many who are not in its rest', () => {
    const known = { licensed: 157_000, sweep, sample, pass: stopped };
    expect(nextSignInStep({ ...known, needed: 900 })).toEqual({ kind: 'ids', requests: 60 });
    expect(nextSignInStep({ ...known, needed: 60_000 })).toEqual({ kind: 'full', requests: 314 });
  });

  test('has one page more at least, whatever was announced', () => {
    const pass = { rows: 1_000, rowsRead: 1_000, needed: 400 };
    expect(nextSignInStep({ licensed: 1_000, needed: 400, sweep: undefined, sample, pass })).toEqual({
      kind: 'full',
      requests: 1,
      goesOn: true,
    });
  });

  test('never makes anything dearer', () => {
    const passes = fc.record({ rows: fc.nat(200_000), rowsRead: fc.nat(200_000), needed: fc.nat(200_000) });
    fc.assert(
      fc.property(tenants, passes, ({ licensed, needed }, pass) => {
        const ended = { rows: 0, rowsRead: 0, found: 0, ended: true };
        const known = { licensed, needed, sweep: ended, sample: { asked: 0, inSweep: 0 } };
        const costOf = (step: ReturnType<typeof nextSignInStep>) => ('requests' in step ? step.requests : 0);
        expect(costOf(nextSignInStep({ ...known, pass }))).toBeLessThanOrEqual(costOf(nextSignInStep(known)));
      }),
    );
  });
});

describe('the price of not knowing', () => {
  const FEW = 6;

  test('is a few requests and a twentieth of the best, where samples show what is there', () => {
    fc.assert(
      fc.property(tenants, (tenant) => {
        expect(followed(tenant, faithful).requests).toBeLessThanOrEqual(best(tenant) * 1.05 + FEW);
      }),
      { numRuns: 500 },
    );
  });

  test('is more than that for one tenant in fifty at most, where samples are left to chance', () => {
    const random = chance(20_261_123);
    const drawn = fc.sample(tenants, { numRuns: 300, seed: 7 });
    const dear = drawn.filter(
      (tenant) => followed(tenant, byChance(random)).requests > best(tenant) * 1.05 + FEW,
    );
    expect(dear.length).toBeLessThan(drawn.length / 50);
  });

  test('is never much, however samples fall', () => {
    const random = fc.integer({ min: 0, max: 2 ** 31 });
    fc.assert(
      fc.property(tenants, random, (tenant, seed) => {
        const { requests } = followed(tenant, byChance(chance(seed)));
        expect(requests).toBeLessThanOrEqual(best(tenant) * 1.15 + FEW);
      }),
      { numRuns: 150 },
    );
  });

  test('is not paid for a way that costs more than a full pass', () => {
    fc.assert(
      fc.property(tenants, fc.integer({ min: 0, max: 2 ** 31 }), (tenant, seed) => {
        const full = Math.ceil(tenant.licensed / ROWS_PER_PAGE);
        const { requests } = followed(tenant, byChance(chance(seed)));
        expect(requests).toBeLessThanOrEqual(full * 1.1 + FEW);
      }),
      { numRuns: 150 },
    );
  });
});

test('minutes are those that the pace makes one wait: none for the first that may go at once', () => {
  expect([0, 1, 9, 10, 49, 314].map((requests) => minutesFor(requests, 9))).toEqual([0, 0, 0, 1, 5, 34]);
});
