import { deletesAccount } from '../../actions/plan-deletion.js';
import { parkable } from '../../actions/plan-parking.js';
import { stepNames } from '../../actions/plan.js';
import type { Policy } from '../../config/policy.js';
import type { Case } from '../case.js';

type Rules = Pick<Policy, 'timetable' | 'reclaim'>;

/**
 * By which rules of the policy a card says what an answer does that takes licenses, in short: it stands on the buttons, so
 * that nobody's answer does anything but what they have read. Pure.
 */
export function promiseOf(c: Pick<Case, 'scenario' | 'licenses'>, policy: Rules): string {
  const { timetable, reclaim } = policy;
  const steps = stepNames(c, policy);
  const times = [timetable.afterDecision, timetable.review, ...steps.map((step) => timetable[step])];
  const parts: Readonly<Record<keyof typeof CHANGED, string>> = {
    steps: steps.map((step) => step.charAt(0)).join(''),
    times: times.map(short).join('.'),
    undo: short(timetable.hold),
    deletion: deletesAccount(c, policy) ? short(timetable.delete) : '',
    content: `${reclaim.mailbox.charAt(0)}${reclaim.oneDrive.charAt(0)}`,
    parking: parkable(c, policy)
      .map((license) => c.licenses.indexOf(license))
      .join('.'),
  };
  // Without what is in HR's lane alone; cards of earlier versions do not have it either.
  return Object.values(parts).join('|').replace(/\|$/, '');
}

/** Seconds, in few characters. */
function short(duration: number | 'never'): string {
  return duration === 'never' ? '' : Math.round(duration / 1_000).toString(36);
}

const CHANGED = {
  steps: 'Changed: which steps are taken.',
  times: 'Changed: when it is done.',
  undo: 'Changed: for how long it can be undone.',
  deletion: 'Changed: whether and when the account is deleted.',
  content: 'Changed: what becomes of mail and files.',
  parking: 'Changed: which licenses can be parked.',
} as const;

const ANEW =
  'The rules have changed since this card was shown, and nothing was done: read what the answer does now, and answer anew.';

/**
 * What speaks against an answer that takes licenses by a card that was drawn under other rules, in sentences; none where they
 * are the same for this case. Pure.
 * @param promise as it stood on the card; undefined: on that of an earlier version, or said in words
 */
export function changedSince(
  c: Pick<Case, 'scenario' | 'licenses'>,
  promise: string | undefined,
  policy: Rules,
): readonly string[] {
  const now = promiseOf(c, policy);
  if (promise === undefined || promise === now) return [];
  const before = promise.split('|');
  const parts = now.split('|');
  const changed = Object.values(CHANGED).filter((_, index) => (parts[index] ?? '') !== (before[index] ?? ''));
  return [ANEW, ...changed];
}
