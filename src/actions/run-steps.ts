import type { Case, Instant } from '../cases/case.js';
import type { Before } from '../cases/step.js';
import type { Doors } from '../cases/doors.js';
import { move } from '../cases/run-move.js';
import { readBrake, type Brake } from '../cases/run-switch.js';
import { GraphFailure, passesByItself } from '../graph/graph-failure.js';
import type { Stored } from '../store/store.js';
import { effectOf } from './effects/run-effect.js';
import { hasOtherPlans, takenBefore } from './licenses.js';
import { recheckStep, type Recheck, type TakingStep } from './recheck.js';
import { recheckReceiver } from './recheck-receiver.js';
import { hasPlaceToday, mayTakeStepToday } from './run-daily-limit.js';
import { followPolicy } from './run-replan.js';
import { noteFailure, noteSuccess } from './run-failure-guard.js';
import { dayOf } from '../audit/day.js';
import { rosterFactFor } from '../audit/roster/facts.js';
import { readRoster } from '../audit/roster/run-store.js';
import { readLiveFacts, type RosterFactOf } from './run-live-facts.js';
import {
  at,
  holdOn,
  lookAgain,
  notYet,
  say,
  stepAt,
  wait,
  waitForTomorrow,
  type Acting,
  type WithSteps,
} from './run-step-moves.js';
import { undoNext } from './run-undo.js';
import { stepInWords } from './step-words.js';

/** Looks at a step that may never have been sent, before it counts as not sent. */
const LOOKS_BEFORE_FORGETTING = 10;

/** A failing step is tried this often before a person is asked for. */
const MOST_TRIES = 8;

/**
 * Takes the next move of a case that has steps: begin a step, look whether it took effect, undo one, or finish.
 * One effect at the most per call. Graph failures put the step off; nothing is guessed.
 */
export async function runSteps(doors: Doors, stored: Stored<Acting>): Promise<void> {
  try {
    await next(doors, stored);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    await afterFailure(doors, stored, error);
  }
}

async function next(doors: Doors, stored: Stored<Acting>): Promise<void> {
  const c = stored.doc;
  const unsettled = c.steps.findIndex(({ progress }) => progress.is === 'intended' || progress.is === 'sent');
  if (unsettled !== -1) return settle(doors, stored, unsettled);
  if (c.state === 'undoing') return undoNext(doors, { doc: c, etag: stored.etag });
  const planned = c.steps.findIndex(({ progress }) => progress.is === 'planned');
  if (planned !== -1) return beginStep(doors, stored, planned);
  // A deletion that was not needed has changed nothing that an undo window would be for.
  const isOver = c.steps.some(
    ({ step, progress }) => step.kind === 'deleteAccount' && progress.is === 'skipped',
  );
  const holdUntil = at(doors, isOver ? 0 : doors.policy.timetable.hold);
  await say(doors, stored, { type: 'stepsFinished', holdUntil });
}

/** Brakes, limit, live re-check, intention, call: in this order. */
async function beginStep(doors: Doors, stored: Stored<Acting>, index: number): Promise<void> {
  const c = stored.doc;
  const { step } = stepAt(c, index);
  const brake = await readBrake(doors);
  if (brake === 'stopped') return afterStop(doors, stored);
  if (brake !== 'running') return wait(doors, stored, HELD[brake]);
  if (c.state === 'scheduled' && (await followPolicy(doors, { doc: c, etag: stored.etag }))) return;

  if (!(await hasPlaceToday(doors, c.caseId, index))) return waitForTomorrow(doors, stored);
  const verdict = await recheck(doors, c, index);
  if (verdict.kind !== 'go') return notNow(doors, stored, index, verdict);
  if (!(await mayTakeStepToday(doors, c.caseId, index))) return waitForTomorrow(doors, stored);

  const intended = await move(
    doors,
    stored,
    { type: 'stepIntended', index, before: verdict.before },
    { actor: 'system', lease: 'keep', details: { step: stepInWords(step, verdict.before) } },
  );
  await call(doors, intended as Stored<Acting>, index, verdict.before);
}

const HELD: Readonly<Record<Exclude<Brake, 'running'>, string>> = {
  paused: 'The campaign is paused.',
  stopped: 'The campaign was stopped.',
  observing: 'The policy observes only.',
};

/** What was begun is not left half done in silence: a person decides. */
async function afterStop(doors: Doors, stored: Stored<Acting>): Promise<void> {
  if (nothingDone(stored.doc)) {
    return say(doors, stored, { type: 'cancelled', cause: 'stopped', why: 'The campaign was stopped.' });
  }
  const task = 'The campaign was stopped after the first step: undo, or do the rest by hand.';
  await say(doors, stored, { type: 'personNeeded', task });
}

/** What the newest user source and the directory say of people, by the rules of the audit. */
async function rosterNow({ store, clock, policy }: Doors): Promise<RosterFactOf> {
  const now = clock.now();
  const roster = await readRoster(store, now);
  return async (person) => rosterFactFor(person, roster, policy, dayOf(now));
}

/** Looked at anew, whether what stood in a step's way is still there. */
export async function recheck(doors: Doors, c: Case & WithSteps, index: number): Promise<Recheck> {
  const { step } = stepAt(c, index);
  if (step.kind === 'assignLicenses') {
    const seats = takenBefore(c.steps, step.licenses);
    if (seats.length === 0) return NOTHING_TAKEN;
    return recheckReceiver({ ...step, licenses: seats }, await doors.graph.person(step.userId));
  }
  const verdict = await recheckTaking(doors, c, step);
  if (verdict.kind !== 'go' && verdict.kind !== 'byHand') return verdict;
  return (await receiverIsMissing(doors, c)) ?? verdict;
}

async function recheckTaking(doors: Doors, c: Case, step: TakingStep): Promise<Recheck> {
  const live = await readLiveFacts(doors, c, step, await rosterNow(doors));
  return recheckStep(c, step, live, doors.policy, doors.clock.now());
}

/** A reassignment is one plan (field.md N13): nothing is taken from anybody before the receiver can have it. */
async function receiverIsMissing(doors: Doors, c: WithSteps): Promise<Recheck | undefined> {
  const giving = c.steps.find(
    ({ progress, step }) => step.kind === 'assignLicenses' && progress.is === 'planned',
  );
  if (giving?.step.kind !== 'assignLicenses') return undefined;
  const verdict = recheckReceiver(giving.step, await doors.graph.person(giving.step.userId));
  return verdict.kind === 'go' || verdict.kind === 'skip' ? undefined : verdict;
}

const NOTHING_TAKEN: Recheck = {
  kind: 'skip',
  why: 'Nothing was taken, so there was nothing to give.',
};

async function notNow(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  verdict: Exclude<Recheck, { kind: 'go' }>,
): Promise<void> {
  switch (verdict.kind) {
    case 'skip':
      return say(doors, stored, { type: 'stepSkipped', index, why: verdict.why });
    case 'personNeeded':
      return say(doors, stored, { type: 'personNeeded', task: verdict.task });
    case 'byHand':
      return handOver(doors, stored, index, verdict);
    case 'blocked':
      return say(doors, stored, { type: 'stepBlocked', index, task: verdict.task, lookAt: nextLook(doors) });
    case 'postpone':
      return wait(doors, stored, verdict.why);
    case 'cancel':
      // Once something was done, a plain end would hide it: a person has to look.
      return nothingDone(stored.doc)
        ? say(doors, stored, {
            type: 'cancelled',
            cause: verdict.cause,
            why: verdict.why,
            ...(verdict.protections === undefined ? {} : { protections: verdict.protections }),
          })
        : say(doors, stored, { type: 'personNeeded', task: `${verdict.why} Undo, or leave it as it is.` });
    default:
      return verdict satisfies never;
  }
}

/** The before-state is written down with the task, so that what a person does can be undone as well. */
async function handOver(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  { before, task }: { readonly before: Before; readonly task: string },
): Promise<void> {
  const { step } = stepAt(stored.doc, index);
  const event = { type: 'stepHandedOver', index, before, task, lookAt: nextLook(doors) } as const;
  await say(doors, stored, event, stepInWords(step, before));
}

function nextLook(doors: Doors): Instant {
  return at(doors, doors.pace.watch);
}

/** The call and what its answer means. The case stands at `intended`. */
async function call(doors: Doors, stored: Stored<Acting>, index: number, before: Before): Promise<void> {
  const { step } = stepAt(stored.doc, index);
  const answer = await effectOf(step).act(doors, step, before);
  if (answer.kind === 'accepted') {
    await noteSuccess(doors);
    return say(doors, stored, { type: 'stepSent', index, checkAt: at(doors, doors.pace.checkStep) });
  }
  if (answer.kind === 'byHand') return handOver(doors, stored, index, { before, task: answer.task });
  await noteFailure(doors, stored.doc.caseId);
  await say(doors, stored, { type: 'personNeeded', task: answer.task });
}

/** A step that was begun: reads whether it took effect. */
async function settle(doors: Doors, stored: Stored<Acting>, index: number): Promise<void> {
  const { step, progress } = stepAt(stored.doc, index);
  if (progress.is !== 'intended' && progress.is !== 'sent') return;
  const { before } = progress;
  const found = await effectOf(step).tookEffect(doors, step, before, progress.at);
  if (found === 'personGone')
    return say(doors, stored, { type: 'personNeeded', task: 'The account no longer exists.' });
  if (found === 'yes') return say(doors, stored, { type: 'stepDone', index }, stepInWords(step, before));
  if (progress.is === 'sent')
    return notYet(
      doors,
      stored,
      progress.at,
      `What was asked for (${stepInWords(step, before)}) has not taken effect`,
    );
  return stored.doc.state === 'undoing'
    ? forget(doors, stored, index, progress)
    : sendAgain(doors, stored, index, before);
}

/**
 * What a crash left at `intended` may or may not have been sent. Asking again changes nothing that was done already,
 * but hours may have passed: the brakes and the live re-check come first, as before any step.
 */
async function sendAgain(doors: Doors, stored: Stored<Acting>, index: number, before: Before): Promise<void> {
  const brake = await readBrake(doors);
  if (brake !== 'running') return wait(doors, stored, HELD[brake]);
  const verdict = await recheck(doors, stored.doc, index);
  if (verdict.kind === 'go') {
    // An undo would give back what was recorded before the first try.
    if (hasOtherPlans(verdict.before, before)) return begunAndStopped(doors, stored, 'Plans were switched.');
    return call(doors, await holdOn(doors, stored, index), index, before);
  }
  // The effect showed up between two reads: it is looked at again, so that it counts as done and can be undone.
  if (verdict.kind === 'skip')
    return notYet(doors, stored, begunAt(stored.doc, index), 'A step that was begun shows no effect');
  if (verdict.kind === 'postpone') return wait(doors, stored, verdict.why);
  await begunAndStopped(doors, stored, 'task' in verdict ? verdict.task : verdict.why);
}

function begunAt(c: Acting, index: number): Instant {
  const { progress } = stepAt(c, index);
  return 'at' in progress ? progress.at : c.openedAt;
}

async function begunAndStopped(doors: Doors, stored: Stored<Acting>, why: string): Promise<void> {
  const task = `${why} The step had been begun: see whether it took effect, then undo or leave it as it is.`;
  await say(doors, stored, { type: 'personNeeded', task });
}

/** Somebody wants it undone: a step that shows no effect for long enough is not sent, and is taken back anyway. */
async function forget(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  { at: begun, before }: { readonly at: Instant; readonly before: Before },
): Promise<void> {
  const waited = doors.clock.now().getTime() - Date.parse(begun);
  if (waited < doors.pace.checkStep * LOOKS_BEFORE_FORGETTING) return lookAgain(doors, stored);
  // If it was sent after all and shows up late, this comes after it; if not, it changes nothing.
  const { step } = stepAt(stored.doc, index);
  if (step.kind !== 'assignLicenses') await effectOf(step).giveBack(doors, step, before);
  await say(doors, stored, { type: 'stepSkipped', index, why: 'It was never seen to take effect.' });
}

/** Graph could not be used: try again later; after many tries a person has to look. */
async function afterFailure(doors: Doors, stored: Stored<Acting>, failure: GraphFailure): Promise<void> {
  const { caseId } = stored.doc;
  doors.log.warn('A step could not reach Microsoft Graph.', { caseId, failure: failure.kind });
  const current = await doors.store.read<Acting>('cases', caseId, caseId);
  if (current === undefined || current.doc.lease?.owner !== stored.doc.lease?.owner) return;
  if (!passesByItself(failure)) await noteFailure(doors, caseId);
  const tries = current.doc.attempts;
  if (tries >= MOST_TRIES) {
    return say(doors, current, {
      type: 'personNeeded',
      task: `Microsoft Graph keeps failing: ${failure.message}`,
    });
  }
  const wait = Math.min(doors.pace.retry * 2 ** tries, 30 * 60_000);
  await doors.store.replace(
    'cases',
    { ...current.doc, dueAt: at(doors, wait), lease: undefined },
    current.etag,
  );
}

function nothingDone(c: Acting): boolean {
  return c.steps.every(({ progress }) => progress.is === 'planned' || progress.is === 'skipped');
}
