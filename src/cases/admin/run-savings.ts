import type { UserId } from '../../audit/person.js';
import { isoDayIn } from '../../audit/day.js';
import { instant, type Instant } from '../case.js';
import type { Doors } from '../doors.js';
import { everyCase } from '../run-all-cases.js';
import { savingsCounter } from '../savings/savings-counter.js';
import type { NotAllowed, SavingsSeen } from './admin-desk.js';
import { asOneOf } from './run-rights.js';

/** So long a figure is good for whoever asks next: every case is read for it. */
const KEPT_MS = 60_000;

/** What was saved, for admins and finance; nobody is named in it. To be opened once: it remembers the last figure. */
export function openSavings(doors: Doors): (by: UserId) => Promise<SavingsSeen | NotAllowed> {
  let kept: { readonly at: number; readonly seen: Promise<SavingsSeen> } | undefined;
  const read = (): Promise<SavingsSeen> => {
    const now = doors.clock.now().getTime();
    if (kept !== undefined && now >= kept.at && now - kept.at < KEPT_MS) return kept.seen;
    const seen = readSavings(doors);
    kept = { at: now, seen };
    seen.catch(() => {
      if (kept?.seen === seen) kept = undefined;
    });
    return seen;
  };
  return (by) => asOneOf(doors, ['admin', 'finance'], by, read);
}

/** One pass over the cases, of which none is kept. */
export async function readSavings(doors: Pick<Doors, 'store' | 'clock' | 'timeZone'>): Promise<SavingsSeen> {
  const asOf = instant(doors.clock.now());
  const counter = savingsCounter((at: Instant) => isoDayIn(new Date(at), doors.timeZone));
  for await (const { doc } of everyCase(doors)) counter.add(doc);
  return { kind: 'savings', asOf, savings: counter.done() };
}
