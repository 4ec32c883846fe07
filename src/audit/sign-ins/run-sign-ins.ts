import type { GraphDoor, SignInPage, SignInRow } from '../../graph/graph-door.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import type { Log } from '../../telemetry/log.js';
import type { AuditProgress } from '../audit-result.js';
import { AuditInterrupted } from '../interrupted.js';
import type { UserId } from '../person.js';
import type { KeptSignIns } from './run-kept.js';
import { openSignInReading, type SignInReading } from './run-reading.js';
import {
  IDS_PER_REQUEST,
  minutesFor,
  nextSignInStep,
  type SignInKnowledge,
  type SignInStep,
} from './plan.js';
import { nothingToRead, planSentence, type SignInPlanReport } from './words.js';
import { NOBODY_NEEDED, SUCCESSES_SINCE, type SignInSource } from './sign-in.js';

export interface SignInDoors {
  readonly graph: Pick<GraphDoor, 'signIns' | 'signInsUntil' | 'signInsOf' | 'anySignInSince'>;
  readonly clock: { now(): Date };
  readonly progress: (progress: AuditProgress) => void;
  readonly log: Log;
  readonly kept: KeptSignIns;
  /** What the graph door allows itself in any 60 seconds, for the minutes that are told; default 9. */
  readonly signInsPerMinute?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface SignInNeed {
  readonly hasEntraP1: boolean;
  /** People whose verdict the dates can change. */
  readonly held: ReadonlyMap<UserId, unknown>;
  /** Everyone with a license: what a full pass reads. */
  readonly licensed: number;
  /** Successful sign-ins up to here are swept together: now less the days of the policy. */
  readonly olderThan: Date;
  /** true: an audit has seen all of them in the sweep, so that no request is spent on finding out how many are in it. */
  readonly wereInSweep?: boolean;
}

export interface SignIns {
  readonly source: SignInSource;
  /** Of the people held only; whoever Graph did not return is absent. */
  readonly rows: ReadonlyMap<UserId, SignInRow>;
  /** The oldest of the rows; undefined when nothing was needed or can be read. */
  readonly readAt: Date | undefined;
  readonly plan: SignInPlanReport;
}

const PER_MINUTE = 9;

/**
 * Sign-in dates where they can change a verdict, by the cheapest way (plan.ts). Complete, or it throws; then,
 * too, what was read is kept, so that the next run goes on from there.
 * @throws AuditInterrupted when `signal` is aborted, GraphFailure
 */
export async function readSignIns(doors: SignInDoors, need: SignInNeed): Promise<SignIns> {
  if (!need.hasEntraP1) return unread('the tenant has no Entra ID P1');
  if (need.held.size === 0) return unread(NOBODY_NEEDED);
  const reading = await openSignInReading(doors, need.held.keys(), need.olderThan);
  const plan = openPlan(doors, need, reading);
  let read: 'all' | 'part' = 'part';
  try {
    await readAll(doors, need, reading, plan);
    const source = await sourceOf(doors, need, reading, plan);
    read = 'all';
    return { source, rows: reading.rows, readAt: reading.oldest(), plan: plan.report() };
  } finally {
    await reading.keep(read);
  }
}

async function readAll(
  doors: SignInDoors,
  need: SignInNeed,
  reading: SignInReading,
  plan: Plan,
): Promise<void> {
  let sweep: OpenSweep | undefined;
  try {
    for (;;) {
      const step = nextSignInStep(knowledgeOf(need, reading));
      plan.announce(step);
      if (step.kind === 'nothing') return;
      if (step.kind === 'ids') return await readMissing(doors, plan, reading);
      if (step.kind === 'full') {
        if (await readFull(doors, plan, reading, step.goesOn === true))
          return await readById(doors, plan, reading, reading.readBefore());
        continue;
      }
      stopIfAsked(doors);
      reading.begin();
      if (step.kind === 'sample') {
        reading.takeSample(await doors.graph.signInsOf(reading.sample(IDS_PER_REQUEST)));
        await plan.requested();
      } else sweep = await readSweepPage(doors, plan, reading, sweep ?? openSweep(doors, reading));
    }
  } finally {
    await sweep?.pages.return?.();
  }
}

function knowledgeOf({ licensed, wereInSweep }: SignInNeed, reading: SignInReading): SignInKnowledge {
  const needed = reading.needed();
  const known = { licensed, needed, ...reading.known() };
  return wereInSweep === true ? { ...known, sample: { asked: needed, inSweep: needed } } : known;
}

interface OpenSweep {
  readonly pages: AsyncIterator<SignInPage>;
  /** An earlier run has begun it. */
  readonly goesOn: boolean;
}

function openSweep({ graph }: SignInDoors, reading: SignInReading): OpenSweep {
  const from = reading.sweepFrom();
  const pages = graph.signInsUntil(reading.until(), from)[Symbol.asyncIterator]();
  return { pages, goesOn: from !== undefined };
}

/** @returns undefined: Graph does not know any more where an earlier run stood */
async function readSweepPage(
  doors: SignInDoors,
  plan: Plan,
  reading: SignInReading,
  sweep: OpenSweep,
): Promise<OpenSweep | undefined> {
  try {
    const page = await sweep.pages.next();
    reading.takeSweep(page);
    // Whether it is whole shows after its last page, without a request.
    if (page.done !== true && page.value.next === undefined) reading.takeSweep(await sweep.pages.next());
    // A sweep of nobody is one request all the same.
    await plan.requested();
    return sweep;
  } catch (error) {
    if (!sweep.goesOn || !isPlaceGone(doors, error)) throw error;
    reading.forgetSweep();
    await plan.requested();
    return undefined;
  }
}

async function readMissing(doors: SignInDoors, plan: Plan, reading: SignInReading): Promise<void> {
  await readById(doors, plan, reading, reading.missing());
  await readById(doors, plan, reading, reading.readBefore());
}

async function readById(
  doors: SignInDoors,
  plan: Plan,
  reading: SignInReading,
  ids: readonly UserId[],
): Promise<void> {
  for (let from = 0; from < ids.length; from += IDS_PER_REQUEST) {
    stopIfAsked(doors);
    reading.begin();
    reading.take(await doors.graph.signInsOf(ids.slice(from, from + IDS_PER_REQUEST)));
    await plan.requested();
  }
}

/** @returns false: it was the rest of an earlier run's pass, so others than those in it may be missing still */
async function readFull(
  doors: SignInDoors,
  plan: Plan,
  reading: SignInReading,
  goesOn: boolean,
): Promise<boolean> {
  if (!goesOn) reading.forgetPass();
  stopIfAsked(doors);
  reading.begin();
  try {
    for await (const page of doors.graph.signIns(reading.passFrom())) {
      reading.takePass(page);
      await plan.requested();
      stopIfAsked(doors);
      reading.begin();
    }
  } catch (error) {
    if (!goesOn || !isPlaceGone(doors, error)) throw error;
    await plan.requested();
  }
  if (goesOn) reading.forgetPass();
  return !goesOn;
}

const PLACE_GONE: ReadonlySet<GraphFailure['kind']> = new Set([
  'badRequest',
  'notFound',
  'foreignOrigin',
  'unexpectedAnswer',
]);

/** A link of an earlier run is of another time: what Graph makes of it ends no audit, as others read the same rows. */
function isPlaceGone({ log }: SignInDoors, error: unknown): boolean {
  if (!(error instanceof GraphFailure) || !PLACE_GONE.has(error.kind)) return false;
  log.warn('Sign-in dates cannot be read on from where an earlier audit stood.', {
    failure: error.kind,
    code: error.details.code,
  });
  return true;
}

function stopIfAsked({ signal }: SignInDoors): void {
  if (signal?.aborted === true) throw new AuditInterrupted();
}

interface Plan {
  announce(step: SignInStep): void;
  /** One request was made and its rows are taken. */
  requested(): Promise<void>;
  report(): SignInPlanReport;
}

/** Tells what is going to be done, counts what was, and says how long the rest will take. */
function openPlan(doors: SignInDoors, need: SignInNeed, reading: SignInReading): Plan {
  const perMinute = doors.signInsPerMinute ?? PER_MINUTE;
  const kept = reading.rows.size;
  const sweepGoesOn = reading.sweepFrom() !== undefined;
  const announced: string[] = [];
  let way: SignInStep['kind'] | undefined;
  let made = 0;
  let expected = 0;
  const say = (text: string): void => {
    announced.push(text);
    doors.log.info(text);
    doors.progress({ phase: 'plan', done: 0, total: undefined, text });
  };
  return {
    announce: (step) => {
      if (step.kind === 'nothing' && made === 0) say(nothingToRead(kept));
      if (!('requests' in step)) return;
      expected = made + step.requests;
      // Ids after a sweep were announced with it.
      const isNews = way === undefined || (step.kind !== way && !(way === 'sweep' && step.kind === 'ids'));
      way = step.kind;
      if (!isNews) return;
      const sweepRows = reading.known().sweep?.rows;
      const facts = { needed: reading.needed(), licensed: need.licensed, olderThan: reading.until() };
      const goesOn = step.kind === 'full' ? step.goesOn === true : sweepGoesOn;
      say(planSentence({ step, ...facts, sweepRows, requests: expected, perMinute, kept, goesOn }));
    },
    requested: async () => {
      made += 1;
      await reading.keepSome();
      const total = Math.max(expected, made);
      if (way === undefined) return;
      doors.progress({
        phase: 'signIns',
        done: made,
        total,
        minutesLeft: minutesFor(total - made, perMinute),
      });
    },
    report: () => ({
      announced,
      expectedRequests: expected,
      expectedMinutes: minutesFor(expected, perMinute),
      requests: made,
      kept,
    }),
  };
}

/** A person picked for not being active may have no date; whether that says something is asked once if need be. */
async function sourceOf(
  doors: SignInDoors,
  need: SignInNeed,
  reading: SignInReading,
  plan: Plan,
): Promise<SignInSource> {
  const counts = reading.counts();
  const isBlank = reading.isBlank();
  const source = { kind: 'read', asked: need.held.size, ...counts } as const;
  if (!isBlank && (counts.withSuccess > 0 || reading.sawSuccess()))
    return { ...source, othersHaveValues: true };
  stopIfAsked(doors);
  const othersHaveValues = await doors.graph.anySignInSince(SUCCESSES_SINCE);
  await plan.requested();
  const now = isBlank && !othersHaveValues ? ({ isBlankNow: true } as const) : {};
  return { ...source, ...now, othersHaveValues };
}

/** Why nobody's dates are known. */
export function unread(why: string): SignIns {
  const plan = { announced: [], expectedRequests: 0, expectedMinutes: 0, requests: 0, kept: 0 };
  return { source: { kind: 'unread', why }, rows: new Map(), readAt: undefined, plan };
}
