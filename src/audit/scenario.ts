import { daysBetween, type Day } from './day.js';
import type { Verdict } from './evidence.js';
import type { NeverSignedIn, Scenario } from './finding.js';
import type { License, Person } from './person.js';
import type { RosterFact } from './roster/roster.js';

/** What makes a person a candidate, beside the account itself. */
export interface Reasons {
  readonly verdict: Verdict;
  /** Whether one of the licenses could go although the person is active. */
  readonly hasUnusedLicense: boolean;
  readonly roster: RosterFact | undefined;
}

/**
 * Why a person is a candidate; undefined when they are none. Who left needs no inactivity; whose state the sources leave
 * open is no candidate. An account that was
 * disabled yesterday is not idle yet: disabled is not departed (leave, a suspension), so `disabledButLicensed` needs
 * proven idleness as well.
 */
export function scenarioOf(person: Pick<Person, 'accountEnabled'>, reasons: Reasons): Scenario | undefined {
  const { verdict, roster, hasUnusedLicense } = reasons;
  if (roster?.status === 'left') return 'leftCompany';
  if (roster?.status === 'unknown') return undefined;
  if (verdict.kind === 'active')
    return person.accountEnabled && hasUnusedLicense ? 'unusedLicense' : undefined;
  if (verdict.kind === 'unknown') return undefined;
  if (!person.accountEnabled) return 'disabledButLicensed';
  return verdict.kind === 'neverUsed' ? 'neverSignedIn' : 'inactive';
}

/** Half a year: who is to begin begins within it. */
const LATELY_DAYS = 180;
/** A year: nobody prepares an account so long before. */
const LONG_AGO_DAYS = 365;

/**
 * F14, by dates alone: somebody who is to begin has an account, a license or a hiring date of the last half year;
 * an account and licenses of more than a year ago were left behind. In between nothing is said.
 */
export function whyNeverSignedIn(
  person: Pick<Person, 'created' | 'hired'>,
  licenses: readonly License[],
  today: Day,
): NeverSignedIn {
  const given = licenses.flatMap(({ paths }) => paths.flatMap(({ since }) => since ?? []));
  const dates = [...given, ...[person.created, person.hired].flatMap((day) => day ?? [])];
  const newest = dates.length > 0 ? (Math.max(...dates) as Day) : undefined;
  if (newest === undefined) return 'unclear';
  const age = daysBetween(newest, today);
  if (age <= LATELY_DAYS) return 'onboarding';
  return age > LONG_AGO_DAYS ? 'offboarding' : 'unclear';
}
