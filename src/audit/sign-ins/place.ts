import type { SignInPage, SignInsFrom } from '../../graph/graph-door.js';
import { IDS_PER_REQUEST, ROWS_PER_PAGE, type SignInKnowledge } from './plan.js';

/** Where a reading of sign-in dates stands. A later one may go on from there, because the rows before it are kept. */
export interface SignInPlace {
  /** When the first of its requests was made; undefined before that. */
  readonly startedAt: Date | undefined;
  /** Successful sign-ins up to here are in the sweep. */
  readonly until: Date;
  /** undefined before its first page. */
  readonly sweep: Listing | undefined;
  readonly pass: Listing | undefined;
  readonly sample: SignInKnowledge['sample'];
}

/** The sweep, or a full pass over licensed people. */
export interface Listing {
  /** As Graph announced with the first page. */
  readonly rows: number;
  readonly rowsRead: number;
  /** Rows of people who needed one. */
  readonly found: number;
  /** People who were without a row after its newest page. */
  readonly needed: number;
  /** Graph's link to the page that follows; undefined: there is none. */
  readonly next: string | undefined;
  /** It was read to its end and is whole. */
  readonly ended: boolean;
}

/** What a page brought to those who needed it. */
export type Brought = Pick<Listing, 'found' | 'needed'>;

/** What a place is looked at with when a reading begins. */
export interface Beginning {
  readonly now: Date;
  /** Up to when a sweep would reach that began now. */
  readonly olderThan: Date;
  /** People without a row, kept ones counted. */
  readonly needed: number;
}

const NO_SAMPLE: SignInPlace['sample'] = { asked: 0, inSweep: 0 };
const NOT_BEGUN: Listing = { rows: 0, rowsRead: 0, found: 0, needed: 0, next: undefined, ended: false };

export function atTheBeginning(until: Date): SignInPlace {
  return { startedAt: undefined, until, sweep: undefined, pass: undefined, sample: NO_SAMPLE };
}

/**
 * What is left of a place of an earlier run. Its first rows must still be kept, its sweep be of the same days (which move
 * on with the clock), and going on save more pages than it costs to ask for people by id who were not looked for then.
 * @param maxAgeMs so long rows are kept
 */
export function stillOfUse(place: SignInPlace, beginning: Beginning, maxAgeMs: number): SignInPlace {
  const { now, olderThan, needed } = beginning;
  const age = now.getTime() - (place.startedAt?.getTime() ?? Number.NaN);
  // One from the future is of a clock that was put back.
  if (!(age >= 0 && age < maxAgeMs)) return atTheBeginning(olderThan);
  const isOfSameDays = Math.abs(olderThan.getTime() - place.until.getTime()) < maxAgeMs;
  const pass = isWorth(place.pass, needed) ? place.pass : undefined;
  if (isOfSameDays && isWorth(place.sweep, needed)) return { ...place, pass };
  return withoutSweep({ ...place, pass }, olderThan);
}

function isWorth(listing: Listing | undefined, needed: number): boolean {
  if (listing === undefined || (listing.next === undefined && !listing.ended)) return false;
  const others = Math.max(0, needed - listing.needed);
  return others / IDS_PER_REQUEST < listing.rowsRead / ROWS_PER_PAGE || listing.rowsRead === 0;
}

/** @param page the next one of the sweep, or its end */
export function afterSweepPage(
  place: SignInPlace,
  page: IteratorResult<SignInPage>,
  brought: Brought,
): SignInPlace {
  const before = place.sweep ?? NOT_BEGUN;
  const sweep = page.done === true ? { ...before, ended: true } : after(before, page.value, brought);
  return { ...place, sweep };
}

export function afterPassPage(place: SignInPlace, page: SignInPage, brought: Brought): SignInPlace {
  return { ...place, pass: after(place.pass ?? NOT_BEGUN, page, brought) };
}

/** @param inSweep how many of those asked are in the sweep */
export function afterSample(place: SignInPlace, asked: number, inSweep: number): SignInPlace {
  const { sample } = place;
  return { ...place, sample: { asked: sample.asked + asked, inSweep: sample.inSweep + inSweep } };
}

/** Of the next sweep nothing is known. */
export function withoutSweep(place: SignInPlace, until: Date): SignInPlace {
  return begunBy({ ...place, until, sweep: undefined, sample: NO_SAMPLE });
}

export function withoutPass(place: SignInPlace): SignInPlace {
  return begunBy({ ...place, pass: undefined });
}

/** Where nothing goes on, what is read next begins the reading. */
function begunBy(place: SignInPlace): SignInPlace {
  const goesOn = place.sweep !== undefined || place.pass !== undefined;
  return goesOn ? place : { ...place, startedAt: undefined };
}

/** What Graph is asked to go on from; undefined: the listing begins with its first page. */
export function fromOf(listing: Listing | undefined): SignInsFrom | undefined {
  if (listing?.next === undefined) return undefined;
  return { next: listing.next, total: listing.rows, read: listing.rowsRead };
}

/** What the plan goes by. */
export function knownOf({
  sweep,
  pass,
  sample,
}: SignInPlace): Pick<SignInKnowledge, 'sweep' | 'pass' | 'sample'> {
  return { sweep, sample, pass: pass?.next === undefined ? undefined : pass };
}

function after(before: Listing, page: SignInPage, { found, needed }: Brought): Listing {
  return {
    rows: page.total,
    rowsRead: before.rowsRead + page.rows.length,
    found: before.found + found,
    needed,
    next: page.next,
    ended: false,
  };
}
