import type { Policy } from '../../config/policy.js';
import type { StopFigures } from '../audit-result.js';
import { isGap, SMALLEST_BLANK, SMALLEST_GAP, titleOf, type Stop } from './guards.js';
import type { RunMeasures, SourceMeasure, SourceName } from '../run-record.js';

/** What came of a comparison: a reason to stop, and what the reader of a run that goes on has to know. */
export interface Comparison {
  readonly stop: Stop;
  readonly caveats: readonly string[];
}

/** Fewer people than this are no jump, whatever the percentages say: in a small tenant one person is two percent. */
export const SMALLEST_JUMP = 5;
/** So much of the licensed people does not leave a company between two audits. */
const LARGEST_LOSS_PERCENT = 10;

/** How a change that is real is let through. */
export const ACCEPT = 'If the change is real, accept it once with `npm run steward -- accept-jump`.';

/** The figures that somebody saw and said to be real; `all`: whatever they are now. */
export type Acceptance = StopFigures | 'all';

/** Percent by which a figure may differ from the one that was accepted. */
const ACCEPTED_PERCENT = 10;

/** One thing that is not as it was. `acceptable`: it may be real, and somebody may say so. */
interface Trip {
  readonly why: string;
  readonly figures: StopFigures;
  readonly acceptable: boolean;
}

/**
 * Safety rule 1: data that are suddenly worse, or many more people than last time, stop the audit. Runs with another
 * scope are compared by their sources and by shares of people.
 * @param last of the newest complete run; undefined: there is none, or an earlier version stored it
 * @param acceptance an admin has looked at the figures and said that the change is real
 */
export function againstLastRun(
  now: RunMeasures,
  last: RunMeasures | undefined,
  guards: Policy['guards'],
  acceptance?: Acceptance,
): Comparison {
  if (last === undefined) return { stop: undefined, caveats: [] };
  const trips = [
    ...sourceTrips(now, last, guards),
    ...(hasSameScope(now, last) ? peopleTrip(now, last) : []),
    ...COUNTED.flatMap((counted) => countedTrip(counted, now, last, guards)),
  ];
  const accepted = trips.filter((trip) => trip.acceptable && isAccepted(trip, acceptance));
  return {
    stop: stopOf(
      trips.filter((trip) => !accepted.includes(trip)),
      acceptance,
    ),
    caveats: [
      ...scopeCaveat(now, last),
      ...thresholdCaveat(now, last),
      ...accepted.map(({ why }) => `${why} Somebody accepted that.`),
    ],
  };
}

function isAccepted({ figures }: Trip, acceptance: Acceptance | undefined): boolean {
  if (acceptance === undefined || acceptance === 'all') return acceptance === 'all';
  return Object.entries(figures).every(([name, figure]) => {
    const seen = acceptance[name];
    if (typeof figure !== 'number' || typeof seen !== 'number') return figure === seen;
    return Math.abs(figure - seen) * 100 <= seen * ACCEPTED_PERCENT;
  });
}

function stopOf(trips: readonly Trip[], acceptance: Acceptance | undefined): Stop {
  if (trips.length === 0) return undefined;
  const canAccept = trips.every(({ acceptable }) => acceptable);
  const sentences = trips.map(({ why }) => why);
  const other = canAccept && acceptance !== undefined ? [OTHER_JUMP] : [];
  const remedy = canAccept ? ['Nobody is asked. Look at the sources and at the policy.', ACCEPT] : [LATER];
  return {
    why: [...sentences, ...other, ...remedy].join(' '),
    figures: Object.assign({}, ...trips.map(({ figures }) => figures)) as StopFigures,
  };
}

const OTHER_JUMP =
  'Somebody accepted a jump, but this is another one than that of the audit that was stopped, so it was not accepted.';
const LATER = 'Nobody was judged; run the audit again later.';

function hasSameScope(now: RunMeasures, last: RunMeasures): boolean {
  return now.scopeHash === last.scopeHash;
}

function scopeCaveat(now: RunMeasures, last: RunMeasures): readonly string[] {
  if (hasSameScope(now, last)) return [];
  return ["The policy's scope is not the one of the last run, so people were compared by their shares only."];
}

function thresholdCaveat(now: RunMeasures, last: RunMeasures): readonly string[] {
  if (now.inactivityDays === last.inactivityDays) return [];
  return [
    `The last run was judged at ${last.inactivityDays} days and this one at ${now.inactivityDays}, ` +
      'so the number of inactive people was not compared.',
  ];
}

/** People whose number may not jump, and how a sentence tells of them. */
interface Counted {
  readonly measure: 'flagged' | 'leavers' | 'unusedLicenses';
  readonly are: string;
  readonly were: string;
  /** Their number depends on the policy's threshold. */
  readonly byThreshold: boolean;
}

const COUNTED: readonly Counted[] = [
  { measure: 'flagged', are: 'look inactive', were: 'did', byThreshold: true },
  { measure: 'leavers', are: 'are said to have left the company', were: 'were', byThreshold: false },
  { measure: 'unusedLicenses', are: 'hold a license that they do not use', were: 'did', byThreshold: true },
];

function countedTrip(
  { measure, are, were, byThreshold }: Counted,
  now: RunMeasures,
  last: RunMeasures,
  guards: Policy['guards'],
): readonly Trip[] {
  const is = now[measure];
  const was = last[measure];
  if (is === undefined || was === undefined) return [];
  if (byThreshold && now.inactivityDays !== last.inactivityDays) return [];
  const isSame = hasSameScope(now, last);
  const expected = isSame ? was : expectedOf(was, now, last);
  if (expected === undefined || is - expected < SMALLEST_JUMP) return [];
  const share = percentOf(is, now.people);
  const before = percentOf(was, last.people);
  if (share - before <= guards.flaggedPoints && is <= expected * guards.flaggedFactor) return [];
  const why =
    `${is} of ${now.people} people (${shown(share)} %) ${are}; in the last run${isSame ? '' : ', under another scope,'} ` +
    `${was} of ${last.people} (${shown(before)} %) ${were}. guards.flaggedPoints allows ` +
    `${guards.flaggedPoints} points more and guards.flaggedFactor ${guards.flaggedFactor} times as many.`;
  const figures = {
    [measure]: is,
    [`${measure}Before`]: was,
    people: now.people,
    peopleBefore: last.people,
  };
  return [{ why, figures, acceptable: true }];
}

function peopleTrip(now: RunMeasures, last: RunMeasures): readonly Trip[] {
  if (!isGap(last.people, now.people, LARGEST_LOSS_PERCENT)) return [];
  return [
    {
      why: `Only ${now.people} people hold managed licenses; in the last run it was ${last.people}.`,
      figures: { people: now.people, peopleBefore: last.people },
      acceptable: true,
    },
  ];
}

function sourceTrips(now: RunMeasures, last: RunMeasures, guards: Policy['guards']): readonly Trip[] {
  return (Object.keys(last.sources) as SourceName[]).sort().flatMap((source) => {
    const is = now.sources[source];
    const was = last.sources[source];
    if (is === undefined || was === undefined) return [];
    return [
      ...rowsTrip(source, is, was, guards),
      ...(countsSameUse(is, now, last) ? blankTrip(source, is, was) : []),
      ...olderTrip(source, is, was),
    ];
  });
}

/** A scope of other licenses, or one of other people in a partial source, may indeed have nobody with a date of use. */
function countsSameUse(is: SourceMeasure, now: RunMeasures, last: RunMeasures): boolean {
  if (hasSameScope(now, last)) return true;
  return (
    is.partial !== true &&
    now.licenseScopeHash !== undefined &&
    now.licenseScopeHash === last.licenseScopeHash
  );
}

function rowsTrip(
  source: SourceName,
  is: SourceMeasure,
  was: SourceMeasure,
  guards: Policy['guards'],
): readonly Trip[] {
  const isComparable = is.partial !== true && was.partial !== true;
  if (!isComparable || !isGap(was.rows, is.rows, guards.rowsPercent)) return [];
  return [
    {
      why:
        `${titleOf(source)} has ${is.rows} readable rows; in the last run it had ${was.rows}, and ` +
        `guards.rowsPercent allows ${guards.rowsPercent} % fewer.`,
      figures: { [`${source}Rows`]: is.rows, [`${source}RowsBefore`]: was.rows },
      acceptable: true,
    },
  ];
}

function blankTrip(source: SourceName, is: SourceMeasure, was: SourceMeasure): readonly Trip[] {
  if (is.used !== 0 || is.rows < SMALLEST_BLANK || (was.used ?? 0) < SMALLEST_GAP) return [];
  return [
    {
      why:
        `${titleOf(source)} has no date of use in any of ${is.rows} rows; in the last run ` +
        `${was.used} had one, so it is blank now.`,
      figures: { [`${source}Used`]: 0, [`${source}UsedBefore`]: was.used ?? 0 },
      acceptable: false,
    },
  ];
}

/** Dates as `YYYY-MM-DD` compare as texts. */
function olderTrip(source: SourceName, is: SourceMeasure, was: SourceMeasure): readonly Trip[] {
  if (is.refreshed === undefined || was.refreshed === undefined || is.refreshed >= was.refreshed) return [];
  return [
    {
      why: `${titleOf(source)} ends on ${is.refreshed}; that of the last run ended on ${was.refreshed}.`,
      figures: { [`${source}Refreshed`]: is.refreshed, [`${source}RefreshedBefore`]: was.refreshed },
      acceptable: false,
    },
  ];
}

/** So many of the people of this run as in the last one by their share; undefined: it had nobody, which says nothing. */
function expectedOf(was: number, now: RunMeasures, last: RunMeasures): number | undefined {
  return last.people === 0 ? undefined : (was * now.people) / last.people;
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : (part * 100) / whole;
}

function shown(percent: number): string {
  return percent.toFixed(1);
}
