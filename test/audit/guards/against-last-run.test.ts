import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { ACCEPT, againstLastRun } from '../../../src/audit/guards/against-last-run.js';
import type { RunMeasures, SourceMeasure } from '../../../src/audit/run-record.js';
import { policyOf } from '../../world/policies.js';
import { MEASURES } from '../a-done-audit.js';

const { guards } = policyOf();

const LAST: RunMeasures = {
  ...MEASURES,
  leavers: 4,
  unusedLicenses: 30,
  sources: {
    ...MEASURES.sources,
    teams: { rows: 900, used: 700, refreshed: '2026-11-14' },
    signIns: { rows: 80, used: 75, refreshed: undefined, partial: true },
  },
};

function now(change: Partial<RunMeasures>): RunMeasures {
  return { ...LAST, ...change };
}

/** The Teams report of this run is so. */
function teams(change: Partial<SourceMeasure>): RunMeasures {
  const before = LAST.sources.teams ?? { rows: 0, used: 0, refreshed: undefined };
  return now({ sources: { ...LAST.sources, teams: { ...before, ...change } } });
}

describe('a run that is like the last one', () => {
  test.each<[string, RunMeasures]>([
    ['is the same', now({})],
    ['has people of whom so many more are inactive as the policy allows', now({ flagged: 60 })],
    ['has a few more people who left', now({ leavers: 8 })],
    ['has as many more unused licenses as the policy allows', now({ unusedLicenses: 45 })],
    ['has fewer inactive people', now({ flagged: 0 })],
    ['has a tenth fewer people', now({ people: 900 })],
    ['has a report with a tenth fewer rows', teams({ rows: 810 })],
    ['has a newer report', teams({ refreshed: '2026-11-21' })],
    ['has a report in which hardly anybody did anything', teams({ used: 1 })],
    ['has a report that could not be used', now({ sources: MEASURES.sources })],
    [
      'asked for the sign-in dates of fewer candidates',
      now({
        sources: { ...LAST.sources, signIns: { rows: 10, used: 9, refreshed: undefined, partial: true } },
      }),
    ],
  ])('goes on when it %s', (_what, measures) => {
    expect(againstLastRun(measures, LAST, guards)).toEqual({ stop: undefined, caveats: [] });
  });

  it('is not compared by what the last run did not measure', () => {
    const measures = now({ leavers: 900, unusedLicenses: 900 });
    const older = { ...LAST, leavers: undefined, unusedLicenses: undefined };
    expect(againstLastRun(measures, older, guards)).toEqual({ stop: undefined, caveats: [] });
  });

  it('goes on when there was none before, or one of an earlier version', () => {
    expect(againstLastRun(now({ flagged: 900 }), undefined, guards)).toEqual({
      stop: undefined,
      caveats: [],
    });
  });
});

describe('a run that differs from the last one', () => {
  test.each<[string, RunMeasures, Readonly<Record<string, number | string>>]>([
    [
      'more inactive people than the factor allows',
      now({ flagged: 61, people: 100_000 }),
      { flagged: 61, flaggedBefore: 40, people: 100_000, peopleBefore: 1_000 },
    ],
    [
      'a share that grew by more points than allowed',
      now({ flagged: 55, people: 900 }),
      { flagged: 55, flaggedBefore: 40, people: 900, peopleBefore: 1_000 },
    ],
    [
      'more people who left than the factor allows',
      now({ leavers: 9 }),
      { leavers: 9, leaversBefore: 4, people: 1_000, peopleBefore: 1_000 },
    ],
    [
      'more people with an unused license than the factor allows',
      now({ unusedLicenses: 46 }),
      { unusedLicenses: 46, unusedLicensesBefore: 30, people: 1_000, peopleBefore: 1_000 },
    ],
    ['far fewer people', now({ people: 899, flagged: 30 }), { people: 899, peopleBefore: 1_000 }],
    ['a report with far fewer rows', teams({ rows: 809 }), { teamsRows: 809, teamsRowsBefore: 900 }],
    ['a report that turned blank', teams({ used: 0 }), { teamsUsed: 0, teamsUsedBefore: 700 }],
    [
      'an older report',
      teams({ refreshed: '2026-11-13' }),
      { teamsRefreshed: '2026-11-13', teamsRefreshedBefore: '2026-11-14' },
    ],
    [
      'candidates of whom none has a sign-in date any more',
      now({
        sources: { ...LAST.sources, signIns: { rows: 60, used: 0, refreshed: undefined, partial: true } },
      }),
      { signInsUsed: 0, signInsUsedBefore: 75 },
    ],
  ])('stops for %s, with both numbers', (_what, measures, figures) => {
    const { stop, caveats } = againstLastRun(measures, LAST, guards);
    expect(stop?.figures).toEqual(figures);
    for (const figure of Object.values(figures)) expect(stop?.why).toContain(String(figure));
    expect(caveats).toEqual([]);
  });

  it('says what to do, and how a change that is real is accepted', () => {
    expect(againstLastRun(now({ flagged: 80 }), LAST, guards).stop?.why).toBe(
      '80 of 1000 people (8.0 %) look inactive; in the last run 40 of 1000 (4.0 %) did. guards.flaggedPoints allows ' +
        `2 points more and guards.flaggedFactor 1.5 times as many. Nobody is asked. Look at the sources and at the policy. ${ACCEPT}`,
    );
  });

  it('names everything that changed at once', () => {
    const measures = { ...teams({ rows: 500, used: 0 }), people: 500, flagged: 300 };
    const { stop } = againstLastRun(measures, LAST, guards);
    expect(Object.keys(stop?.figures ?? {}).sort()).toEqual([
      'flagged',
      'flaggedBefore',
      'people',
      'peopleBefore',
      'teamsRows',
      'teamsRowsBefore',
      'teamsUsed',
      'teamsUsedBefore',
    ]);
  });

  it('goes on when somebody accepted the change, and says so to its readers', () => {
    const { stop, caveats } = againstLastRun(now({ flagged: 80 }), LAST, guards, 'all');
    expect(stop).toBeUndefined();
    expect(caveats).toEqual([expect.stringMatching(/^80 of 1000 people .* Somebody accepted that\.$/)]);
  });

  it('is accepted only as somebody saw it, give or take a tenth', () => {
    const seen = { flagged: 80, flaggedBefore: 40, people: 1_000, peopleBefore: 1_000 };
    const jump = (flagged: number) => againstLastRun(now({ flagged }), LAST, guards, seen).stop;
    expect(jump(88)).toBeUndefined();
    expect(jump(72)).toBeUndefined();
    for (const flagged of [89, 71]) expect(jump(flagged)?.why).toContain('another one');
    expect(jump(290)?.why).toContain(ACCEPT);
    const leavers = againstLastRun(now({ flagged: 80, leavers: 90 }), LAST, guards, seen);
    expect(leavers.stop?.figures).toMatchObject({ leavers: 90 });
    expect(leavers.stop?.why).not.toContain('look inactive');
  });

  test.each([
    ['blank', { used: 0 }],
    ['older than the last', { refreshed: '2026-11-13' }],
  ])(
    'is stopped by a report that is %s whatever somebody accepted, and nobody is told to accept it',
    (_what, change) => {
      const { stop } = againstLastRun({ ...teams(change), flagged: 80 }, LAST, guards, 'all');
      expect(stop?.why).toMatch(/^The Teams report .* run the audit again later\.$/);
      expect(againstLastRun(teams(change), LAST, guards).stop?.why).not.toContain('accept');
    },
  );

  it('is not stopped for a handful of people, who are a large share of a small tenant', () => {
    const small = { ...LAST, people: 20, flagged: 1, sources: {} };
    expect(againstLastRun({ ...small, flagged: 5 }, small, guards).stop).toBeUndefined();
    expect(againstLastRun({ ...small, flagged: 6 }, small, guards).stop).toBeDefined();
    expect(againstLastRun({ ...small, people: 18 }, small, guards).stop).toBeUndefined();
  });

  it('has its number of inactive people compared only at the same threshold, and the rest in any case', () => {
    const lower = now({ inactivityDays: 60, flagged: 200, unusedLicenses: 200 });
    const { stop, caveats } = againstLastRun(lower, LAST, guards);
    expect(stop).toBeUndefined();
    expect(caveats).toEqual([
      'The last run was judged at 90 days and this one at 60, so the number of inactive people was not compared.',
    ]);
    expect(againstLastRun({ ...lower, leavers: 90 }, LAST, guards).stop?.figures).toHaveProperty(
      'leavers',
      90,
    );
    expect(againstLastRun({ ...lower, people: 500 }, LAST, guards).stop?.figures).toEqual({
      people: 500,
      peopleBefore: 1_000,
    });
  });
});

describe('a run with another scope', () => {
  const CAVEAT =
    "The policy's scope is not the one of the last run, so people were compared by their shares only.";
  const before = { ...LAST, licenseScopeHash: 'licenses' };
  const other = (change: Partial<RunMeasures>): RunMeasures => ({ ...before, scopeHash: 'other', ...change });

  it.each<[string, RunMeasures]>([
    ['the same people', other({})],
    [
      'far more people of whom the same share is inactive',
      other({ people: 20_000, flagged: 800, leavers: 80 }),
    ],
    ['far fewer people', other({ people: 50, flagged: 2, leavers: 0, unusedLicenses: 1 })],
    ['a handful of people, inactive', other({ people: 6, flagged: 5, leavers: 0, unusedLicenses: 0 })],
  ])('goes on for %s, and says that the scope has changed', (_what, measures) => {
    expect(againstLastRun(measures, before, guards)).toEqual({ stop: undefined, caveats: [CAVEAT] });
  });

  it('is stopped for a share that jumped, by points or by the factor', () => {
    const { stop } = againstLastRun(other({ people: 100, flagged: 9, leavers: 0 }), before, guards);
    expect(stop?.why).toMatch(
      /^9 of 100 people \(9\.0 %\) .* in the last run, under another scope, 40 of 1000/,
    );
    const rare = { ...before, leavers: 5 };
    const byFactor = againstLastRun(other({ people: 2_000, flagged: 80, leavers: 16 }), rare, guards);
    expect(byFactor.stop?.figures).toMatchObject({ leavers: 16, leaversBefore: 5 });
    expect(againstLastRun(other({ people: 2_000, leavers: 15 }), rare, guards).stop).toBeUndefined();
  });

  it('is not compared with one that had nobody', () => {
    const nobody = { ...before, people: 0, flagged: 0, leavers: 0, unusedLicenses: 0 };
    expect(againstLastRun(other({}), nobody, guards).stop).toBeUndefined();
  });

  it('has its sources compared all the same', () => {
    for (const change of [{ rows: 500 }, { refreshed: '2026-01-01' }, { used: 0 }]) {
      const { sources } = teams(change);
      expect(againstLastRun(other({ sources }), before, guards).stop?.why).toMatch(/^The Teams report/);
    }
  });

  it('is not called blank for licenses or candidates of whom nobody may have a date', () => {
    const { sources } = teams({ used: 0 });
    for (const licenseScopeHash of ['other licenses', undefined])
      expect(againstLastRun(other({ sources, licenseScopeHash }), before, guards).stop).toBeUndefined();
    const signIns = { rows: 60, used: 0, refreshed: undefined, partial: true };
    expect(
      againstLastRun(other({ sources: { ...LAST.sources, signIns } }), before, guards).stop,
    ).toBeUndefined();
  });
});

it('never stops because things got better', () => {
  const count = fc.integer({ min: 0, max: 2_000 });
  const source = fc.record({ rows: count, used: count, refreshed: fc.constant('2026-11-14') });
  const measures = fc
    .record({ people: count, flagged: count, teams: source })
    .map(({ teams: report, ...rest }) => ({
      ...LAST,
      ...rest,
      sources: { teams: report },
    }));
  fc.assert(
    fc.property(measures, count, (last, more) => {
      const report = last.sources.teams;
      const better = {
        ...last,
        people: last.people + more,
        flagged: Math.max(0, last.flagged - more),
        sources: { teams: { ...report, rows: report.rows + more, used: report.used + more } },
      };
      expect(againstLastRun(better, last, guards).stop).toBeUndefined();
    }),
  );
});
