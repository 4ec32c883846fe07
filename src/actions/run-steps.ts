import type { Case, Instant } from '../cases/case.js';
import type { Before } from '../cases/step.js';
import type { Doors } from '../cases/doors.js';
import { move } from '../cases/run-move.js';
import { readBrake, type Brake } from '../cases/run-switch.js';
import type { Tried } from '../cases/side-by-side.js';
import { GraphFailure } from '../graph/graph-failure.js';
import { eventId, type HistoryEvent } from '../store/history.js';
import type { Stored } from '../store/store.js';
import { effectOf } from './effects/run-effect.js';
import { hasOtherPlans, takenBefore } from './licenses.js';
import { recheckStep, type Recheck, type TakingStep } from './recheck.js';
import { recheckReceiver } from './recheck-receiver.js';
import { afterFailure } from './run-after-failure.js';
import { mayTakeStepToday } from './run-daily-limit.js';
import { noteFailure, noteSuccess } from './run-failure-guard.js';
import { readLiveFacts, rosterNow } from './run-live-facts.js';
import { at, holdOn, lookAgain, notYet, say, stepAt, type Acting, type WithSteps } from './run-step-moves.js';
import { undoNext } from './run-undo.js';
import { stepInWords } from './step-words.js';

/** Looks at a step that may never have been sent, before it counts as not sent. */
const LOOKS_BEFORE_FORGETTING = 10;

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

/** Brakes, live re-check, intention, call: in this order. */
async function beginStep(doors: Doors, stored: Stored<Acting>, index: number): Promise<void> {
  const c = stored.doc;
  const { step } = stepAt(c, index);
  if (await isHeld(doors, stored)) return;
  const verdict = await recheck(doors, c, index);
  if (verdict.kind !== 'go') return notNow(doors, stored, index, verdict);
  const { before } = verdict;
  await tryOne(doors, stored, async () => {
    // It may have been its turn only after others, and after what they met with.
    if (await isHeld(doors, stored)) return 'notTried';
    if (!(await mayTakeStepToday(doors, c.caseId, index))) {
      await wait(doors, stored, 'The limit of steps per day is reached.');
      return 'notTried';
    }
    const intention = { type: 'stepIntended', index, before } as const;
    const details = { step: stepInWords(step, before) };
    const intended = await move(doors, stored, intention, { actor: 'system', lease: 'keep', details });
    return call(doors, intended as Stored<Acting>, index, before);
  });
}

/** A brake holds a step that was not begun yet. */
async function isHeld(doors: Doors, stored: Stored<Acting>): Promise<boolean> {
  const brake = await readBrake(doors);
  if (brake === 'running') return false;
  await (brake === 'stopped' ? afterStop(doors, stored) : wait(doors, stored, HELD[brake]));
  return true;
}

/** What fails is counted before the next one's turn. */
async function tryOne(doors: Doors, stored: Stored<Acting>, act: () => Promise<Tried>): Promise<void> {
  const counted = async (): Promise<Tried> => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      await afterFailure(doors, stored, error);
      return 'failed';
    }
  };
  await (doors.sideBySide === undefined ? counted() : doors.sideBySide.effect(counted));
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
async function call(doors: Doors, stored: Stored<Acting>, index: number, before: Before): Promise<Tried> {
  const { step } = stepAt(stored.doc, index);
  const answer = await effectOf(step).act(doors, step, before);
  if (answer.kind === 'accepted') {
    await noteSuccess(doors);
    await say(doors, stored, { type: 'stepSent', index, checkAt: at(doors, doors.pace.checkStep) });
    return 'worked';
  }
  if (answer.kind === 'byHand') {
    await handOver(doors, stored, index, { before, task: answer.task });
    return 'notTried';
  }
  await noteFailure(doors, stored.doc.caseId);
  await say(doors, stored, { type: 'personNeeded', task: answer.task });
  return 'failed';
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
    return tryOne(doors, stored, async () => {
      const again = await readBrake(doors);
      if (again === 'running') return call(doors, await holdOn(doors, stored, index), index, before);
      await wait(doors, stored, HELD[again]);
      return 'notTried';
    });
  }
  // The effect showed up between two reads: it is looked at again, so that it counts as done and can be undone.
  if (verdict.kind === 'skip') return lookAgain(doors, stored);
  if (verdict.kind === 'postpone') return wait(doors, stored, verdict.why);
  await begunAndStopped(doors, stored, 'task' in verdict ? verdict.task : verdict.why);
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

/** A brake holds the step: said once in the history, then looked at quietly. */
async function wait(doors: Doors, stored: Stored<Acting>, why: string): Promise<void> {
  const ms = doors.pace.retry * 10;
  if (await wasSaidLast(doors, stored.doc, why)) return lookAgain(doors, stored, ms);
  await say(doors, stored, { type: 'stepPostponed', why, until: at(doors, ms) });
}

async function wasSaidLast(doors: Doors, { caseId, seq }: Acting, why: string): Promise<boolean> {
  const last = await doors.store.read<HistoryEvent>('cases', caseId, eventId(seq - 1));
  const facts = last?.doc.type === 'stepPostponed' ? last.doc.public : undefined;
  return typeof facts === 'object' && facts !== null && 'why' in facts && facts.why === why;
}

function nothingDone(c: Acting): boolean {
  return c.steps.every(({ progress }) => progress.is === 'planned' || progress.is === 'skipped');
}
