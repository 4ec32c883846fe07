import { isInHand } from '../../store/lease.js';
import { instant, type Case, type Instant } from '../case.js';
import { forCase } from '../asking/run-for-case.js';
import { addCommand } from '../run-add-command.js';
import { newCommand, type Command } from '../command.js';
import type { Doors } from '../doors.js';
import { everyCase } from '../run-all-cases.js';
import { cardIsStale, workDueAt } from '../transition.js';
import type { Policy } from '../../config/policy.js';
import { AlreadyExists, ChangedMeanwhile, type Doc, type Stored } from '../../store/store.js';

/**
 * When a case that the brake holds is looked at again: seldom, since thousands may wait for days, but for a card that
 * does not show yet how it stands. Whoever lets the campaign go on orders a look at once (`goOnOrder`).
 */
export function heldUntil(doors: Pick<Doors, 'clock' | 'pace'>, c: Case): Instant {
  return instant(new Date(doors.clock.now().getTime() + heldFor(doors, c)));
}

/** The same as milliseconds from now. */
export function heldFor({ pace }: Pick<Doors, 'pace'>, c: Case): number {
  return cardIsStale(c) ? Math.min(pace.retry * 10, pace.held) : pace.held;
}

const MODE = 'service-mode';

interface ModeDoc extends Doc {
  readonly kind: 'mode';
  readonly mode: Policy['mode'];
}

/** At the start of a service: a policy that acts goes on with what one that only observed has held. */
export async function goOnAfterObserving({
  store,
  policy,
  clock,
}: Pick<Doors, 'store' | 'policy' | 'clock'>): Promise<void> {
  const before = await store.read<ModeDoc>('meta', MODE, MODE);
  if (before?.doc.mode === policy.mode) return;
  if (policy.mode === 'act') await addCommand({ store }, goOnOrder('service', instant(clock.now())));
  const doc: ModeDoc = { id: MODE, kind: 'mode', mode: policy.mode };
  try {
    await (before === undefined ? store.create('meta', doc) : store.replace('meta', doc, before.etag));
  } catch (error) {
    // Another service starts at this moment; the next start says its mode anew.
    if (!(error instanceof AlreadyExists || error instanceof ChangedMeanwhile)) throw error;
  }
}

/** The brake may be off again: look at once at every case that it has held. */
export function goOnOrder(by: string, now: Instant): Command {
  return newCommand(`go-on-${now.replace(/[^0-9]/g, '')}`, { order: 'goOn' }, by, now, now);
}

/**
 * Makes due at once every open case whose work was put off by more than a moment. One that was put off for another
 * reason, or is held still, is looked at too, and put off again; one that somebody works on is left to them. Safe to
 * repeat.
 * @returns how many
 */
export async function goOn(doors: Pick<Doors, 'store' | 'clock' | 'pace'>): Promise<number> {
  const held: Stored<Case>[] = [];
  for await (const stored of everyCase(doors)) if (isHeldBack(doors, stored.doc)) held.push(stored);
  let due = 0;
  for (const stored of held) if (await madeDue(doors, stored)) due += 1;
  return due;
}

/** Whoever only remembers a card in a case at this moment does not leave it held for hours. */
async function madeDue(
  doors: Pick<Doors, 'store' | 'clock' | 'pace'>,
  found: Stored<Case>,
): Promise<boolean> {
  const make = async ({ doc, etag }: Stored<Case>): Promise<boolean> => {
    if (!isHeldBack(doors, doc)) return false;
    await doors.store.replace<Case>('cases', { ...doc, dueAt: instant(doors.clock.now()) }, etag);
    return true;
  };
  try {
    return await make(found);
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error;
    return (await forCase(doors, found.doc.caseId, make)) ?? false;
  }
}

function isHeldBack(doors: Pick<Doors, 'clock' | 'pace'>, c: Case): boolean {
  return !isInHand(c, instant(doors.clock.now())) && isPutOff(doors, c);
}

function isPutOff({ clock, pace }: Pick<Doors, 'clock' | 'pace'>, c: Case): boolean {
  const now = clock.now().getTime();
  const due = workDueAt(c);
  if (due === undefined || c.dueAt === undefined) return false;
  return Date.parse(due) <= now && Date.parse(c.dueAt) > now + pace.checkStep;
}
