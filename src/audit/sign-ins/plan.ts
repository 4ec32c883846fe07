/** Sign-in rows in one page of a listing, and people in one request by id: Graph's caps. */
export const ROWS_PER_PAGE = 500;
export const IDS_PER_REQUEST = 15;

/** So many requests are made without asking which way is the cheapest: finding that out would cost as much. */
const FEW = 3;
/** What finding out may cost beyond FEW, as a share of the best way that needs no finding out. */
const SAMPLING_SHARE = 0.02;
/** A sampled advantage counts when it is larger than so many standard deviations. */
const SURE = 2;
/** An error that is smaller than this share of the whole does not matter. */
const TOLERATED_ERROR = 0.02;
/** A sweep under way is given up only for a way that is so much cheaper. */
const CHANGE_OF_MIND = 1.15;

/** What is known of the work before a request. */
export interface SignInKnowledge {
  /** Everyone with a license, held or not: what a full pass reads. */
  readonly licensed: number;
  /** People whose rows are needed and not read yet. */
  readonly needed: number;
  /** undefined before its first page. */
  readonly sweep: SweepKnowledge | undefined;
  /** A full pass that an earlier run has begun and that can go on; undefined: there is none. */
  readonly pass?: PassKnowledge | undefined;
  /** Needed people who were asked for by id in order to learn how many the sweep would bring. */
  readonly sample: { readonly asked: number; readonly inSweep: number };
}

/** The sweep: everybody, licensed or not, whose last successful sign-in is old. */
export interface SweepKnowledge {
  /** As Graph announced with the first page. */
  readonly rows: number;
  readonly rowsRead: number;
  /** Rows read so far that belong to needed people. */
  readonly found: number;
  readonly ended: boolean;
}

/** A full pass that was stopped on its way. */
export interface PassKnowledge {
  /** As Graph announced with the first page. */
  readonly rows: number;
  readonly rowsRead: number;
  /** People who were without a row when it was stopped: the rest of it brings no others. */
  readonly needed: number;
}

/** The next thing to do. `requests` is what it will cost with all that follows from it, as far as can be told. */
export type SignInStep =
  | { readonly kind: 'nothing' }
  /** The first page of the sweep, which tells how many rows it has. */
  | { readonly kind: 'count' }
  /** One request for a few needed people. */
  | { readonly kind: 'sample' }
  /** The next page of the sweep; whoever is not in it is asked for by id afterwards. */
  | { readonly kind: 'sweep'; readonly requests: number; readonly rest: number }
  | { readonly kind: 'ids'; readonly requests: number }
  /** `goesOn`: the rest of the pass that an earlier run has begun; whoever is not in it is looked for afterwards. */
  | { readonly kind: 'full'; readonly requests: number; readonly goesOn?: true };

/**
 * The next step of the cheapest way to a row for everybody who needs one. Three ways lead there: everyone by id, the
 * sweep and then the rest by id, or a full pass over licensed people; a sweep or pass of an earlier run goes on where
 * that is the cheapest. How many people the sweep would bring cannot be
 * asked, so it is sampled, by requests whose rows are needed in two of the three ways, until the answer is clear or
 * its price is not worth it. Every way reads the same rows: only the number of requests differs.
 */
export function nextSignInStep(known: SignInKnowledge): SignInStep {
  if (known.needed <= 0) return { kind: 'nothing' };
  const direct = directWay(known);
  if (known.sweep === undefined) return direct.requests <= FEW ? direct : { kind: 'count' };
  if (known.sweep.ended) return direct;

  const left = sweepLeft(known.sweep);
  // Whether the sweep is complete shows at its very end.
  if (left.rows === 0) return { kind: 'sweep', requests: direct.requests, rest: known.needed };
  if (direct.requests <= FEW) return direct;
  // Even if it brought everybody.
  if (left.pages + requestsFor(known.needed - Math.min(known.needed, left.rows)) >= direct.requests)
    return direct;
  if (known.sample.asked === 0) return { kind: 'sample' };

  const { brought, deviation } = expectedFromSweep(known, left.rows);
  const rest = known.needed - brought;
  const requests = left.pages + requestsFor(rest);
  const error = deviation / IDS_PER_REQUEST;
  const isClear =
    Math.abs(requests - direct.requests) > SURE * error ||
    SURE * error <= TOLERATED_ERROR * Math.min(requests, direct.requests);
  const budget = FEW + Math.floor(direct.requests * SAMPLING_SHARE);
  const isUnderWay = known.sweep.rowsRead > ROWS_PER_PAGE;
  if (!isClear && !isUnderWay && known.sample.asked < budget * IDS_PER_REQUEST) return { kind: 'sample' };
  return requests < direct.requests * (isUnderWay ? CHANGE_OF_MIND : 1)
    ? { kind: 'sweep', requests, rest: Math.round(rest) }
    : direct;
}

/** The fewest requests that could have done it, had everything been known. */
export function bestInHindsight(tenant: {
  readonly licensed: number;
  readonly needed: number;
  readonly sweepRows: number;
  /** Needed people who are not in the sweep. */
  readonly rest: number;
}): number {
  if (tenant.needed === 0) return 0;
  return Math.min(
    requestsFor(tenant.needed),
    pagesFor(tenant.licensed),
    Math.max(1, pagesFor(tenant.sweepRows)) + requestsFor(tenant.rest),
  );
}

/** Whole minutes that so many requests take from a standing start, `perMinute` in any 60 seconds. */
export function minutesFor(requests: number, perMinute: number): number {
  return requests <= 0 ? 0 : Math.floor((requests - 1) / perMinute);
}

function directWay({ licensed, needed, pass }: SignInKnowledge): SignInStep & { readonly requests: number } {
  const ids = requestsFor(needed);
  const full = pagesFor(licensed);
  const rest = pass === undefined ? Infinity : restOfPass(pass, needed);
  if (rest < Math.min(ids, full)) return { kind: 'full', requests: rest, goesOn: true };
  return ids <= full ? { kind: 'ids', requests: ids } : { kind: 'full', requests: full };
}

function restOfPass({ rows, rowsRead, needed: most }: PassKnowledge, needed: number): number {
  // There is a next page, whatever the announced number says.
  const left = Math.max(1, rows - rowsRead);
  return pagesFor(left) + requestsFor(needed - Math.min(needed, most));
}

function sweepLeft(sweep: SweepKnowledge): { readonly rows: number; readonly pages: number } {
  const rows = Math.max(0, sweep.rows - sweep.rowsRead);
  return { rows, pages: pagesFor(rows) };
}

/**
 * How many needed people the rest of the sweep brings, from two independent looks: the share of sampled people who are
 * in it, and the share of its rows read so far that were needed. The second supposes that the pages are mixed, so it
 * is left aside where it contradicts the first.
 */
function expectedFromSweep(
  { needed, sweep, sample }: SignInKnowledge,
  rowsLeft: number,
): { readonly brought: number; readonly deviation: number } {
  const most = Math.min(needed, rowsLeft);
  const bySample = shareOf(sample.inSweep, sample.asked, needed);
  const rowsRead = sweep?.rowsRead ?? 0;
  const byPages = shareOf(sweep?.found ?? 0, rowsRead, rowsLeft);
  const apart = Math.abs(bySample.mean - byPages.mean);
  if (rowsRead === 0 || apart > 3 * Math.hypot(bySample.deviation, byPages.deviation)) {
    return { brought: Math.min(most, bySample.mean), deviation: bySample.deviation };
  }
  const weight = 1 / bySample.deviation ** 2;
  const other = 1 / byPages.deviation ** 2;
  const mean = (bySample.mean * weight + byPages.mean * other) / (weight + other);
  return { brought: Math.min(most, mean), deviation: Math.sqrt(1 / (weight + other)) };
}

/** What a share seen among `asked` says about `of` others. One more of each kind is supposed, so no share is certain. */
function shareOf(
  hits: number,
  asked: number,
  of: number,
): { readonly mean: number; readonly deviation: number } {
  const share = (hits + 1) / (asked + 2);
  const deviation = Math.sqrt((share * (1 - share)) / (asked + 3));
  // Never 0: both looks are weighed by it.
  return { mean: of * (asked === 0 ? share : hits / asked), deviation: Math.max(of * deviation, 1e-6) };
}

function requestsFor(people: number): number {
  return Math.ceil(Math.max(0, people - 1e-9) / IDS_PER_REQUEST);
}

function pagesFor(rows: number): number {
  return Math.ceil(rows / ROWS_PER_PAGE);
}
