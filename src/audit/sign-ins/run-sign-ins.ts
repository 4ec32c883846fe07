import type { GraphDoor, SignInPage, SignInRow } from '../../graph/graph-door.js';
import type { Log } from '../../telemetry/log.js';
import type { AuditProgress } from '../audit-result.js';
import { AuditInterrupted } from '../interrupted.js';
import type { UserId } from '../person.js';
import type { KeptSignIns } from './run-kept.js';
import { openSignInReading, type SignInReading } from './run-reading.js';
import { IDS_PER_REQUEST, minutesFor, nextSignInStep, type SignInStep } from './plan.js';
import { nothingToRead, planSentence, type SignInPlanReport } from './words.js';
import { NOBODY_NEEDED, SUCCESS_RECORDED_SINCE, type SignInSource } from './sign-in.js';

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
const SUCCESSES_SINCE = new Date(SUCCESS_RECORDED_SINCE * 24 * 3_600_000);

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
  try {
    await readAll(doors, need, reading, plan);
    const source = await sourceOf(doors, need, reading, plan);
    return { source, rows: reading.rows, readAt: reading.oldest(), plan: plan.report() };
  } finally {
    await reading.keep();
  }
}

async function readAll(
  doors: SignInDoors,
  need: SignInNeed,
  reading: SignInReading,
  plan: Plan,
): Promise<void> {
  let sweep: AsyncIterator<SignInPage> | undefined;
  try {
    for (;;) {
      const step = nextSignInStep({ licensed: need.licensed, needed: reading.needed(), ...reading.known() });
      plan.announce(step);
      if (step.kind === 'nothing') return;
      if (step.kind === 'ids') return await readById(doors, plan, reading);
      if (step.kind === 'full') return await readFull(doors, plan, reading);
      stopIfAsked(doors);
      reading.begin();
      if (step.kind === 'sample') {
        reading.takeSample(await doors.graph.signInsOf(reading.sample(IDS_PER_REQUEST)));
        await plan.requested();
      } else {
        sweep ??= doors.graph.signInsUntil(need.olderThan)[Symbol.asyncIterator]();
        const page = await sweep.next();
        reading.takeSweep(page);
        // The end comes with the last page; a sweep of nobody is one request all the same.
        if (page.done !== true || step.kind === 'count') await plan.requested();
      }
    }
  } finally {
    await sweep?.return?.();
  }
}

async function readById(doors: SignInDoors, plan: Plan, reading: SignInReading): Promise<void> {
  const missing = reading.missing();
  for (let from = 0; from < missing.length; from += IDS_PER_REQUEST) {
    stopIfAsked(doors);
    reading.begin();
    reading.take(await doors.graph.signInsOf(missing.slice(from, from + IDS_PER_REQUEST)));
    await plan.requested();
  }
}

async function readFull(doors: SignInDoors, plan: Plan, reading: SignInReading): Promise<void> {
  reading.begin();
  for await (const page of doors.graph.signIns()) {
    reading.take(page.rows);
    await plan.requested();
    stopIfAsked(doors);
    reading.begin();
  }
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
      const facts = { needed: reading.needed(), licensed: need.licensed, olderThan: need.olderThan };
      say(planSentence({ step, ...facts, sweepRows, requests: expected, perMinute, kept }));
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
  const source = { kind: 'read', asked: need.held.size, ...counts } as const;
  if (counts.withSuccess > 0 || reading.sawSuccess()) return { ...source, othersHaveValues: true };
  stopIfAsked(doors);
  const othersHaveValues = await doors.graph.anySignInSince(SUCCESSES_SINCE);
  await plan.requested();
  return { ...source, othersHaveValues };
}

/** Why nobody's dates are known. */
export function unread(why: string): SignIns {
  const plan = { announced: [], expectedRequests: 0, expectedMinutes: 0, requests: 0, kept: 0 };
  return { source: { kind: 'unread', why }, rows: new Map(), readAt: undefined, plan };
}
