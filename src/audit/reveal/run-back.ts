import { instant, type Instant } from '../../cases/case.js';
import { finished, type Command } from '../../cases/command.js';
import type { GraphDoor } from '../../graph/graph-door.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import { AlreadyExists, ChangedMeanwhile, type Stored } from '../../store/store.js';
import { CONCEAL_MS, minutesOpen, standOf, type NamesEvent, type NamesShown } from './record.js';
import { change, readNames, record, type RecordDoors } from './run-record.js';

/** What concealing touches. The graph door should give up within CONCEAL_MS, as the one for steps does. */
export interface ConcealDoors extends RecordDoors {
  readonly graph: Pick<GraphDoor, 'namesConcealed' | 'setNamesConcealed'>;
}

export type Concealed =
  /** Concealed by us and read back. */
  | { readonly is: 'concealed'; readonly minutes: number }
  /** The setting stood at concealed before we touched it, though names had been shown. */
  | { readonly is: 'foundConcealed'; readonly minutes: number }
  /** The setting does not show the change yet, or it failed. `refused`: for want of a permission. */
  | { readonly is: 'notYet'; readonly refused?: boolean }
  /** Somebody else conceals, or reads. */
  | { readonly is: 'held'; readonly until: Instant }
  | { readonly is: 'nothing' };

/** Who conceals: a hold of its own keeps everybody else from beginning meanwhile. */
export interface Concealer {
  readonly id: string;
  readonly by: Extract<NamesEvent, { type: 'namesConcealed' }>['by'];
  /** An earlier try may have changed the setting although its answer was lost. */
  sent: boolean;
}

/**
 * Conceals names that a process left shown and whose readers are gone; leaves alone what somebody still reads.
 * To be called at the start of a service and of every command that reads reports. Never throws for Graph's sake: what
 * fails here stays due, and is said in the log.
 * @throws StoreUnavailable
 */
export async function putBackNames(doors: ConcealDoors): Promise<Concealed> {
  const stored = await readNames(doors.store);
  const now = instant(doors.clock.now());
  const stand = standOf(stored?.doc, now);
  if (stored === undefined || stand.is === 'over') return { is: 'nothing' };
  if (stand.is !== 'abandoned') return { is: 'held', until: latest(stored.doc) };
  const concealer: Concealer = { id: doors.random.id(), by: 'recovery', sent: false };
  try {
    const claimed = await claim(doors, stored, concealer);
    return await tryToConceal(doors, claimed, concealer);
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile || error instanceof AlreadyExists)) throw error;
    return { is: 'held', until: instant(new Date(doors.clock.now().getTime() + CONCEAL_MS)) };
  }
}

/** From here on nobody else may begin to read or to conceal, until the hold has passed. @throws ChangedMeanwhile */
export function claim(
  doors: ConcealDoors,
  stored: Stored<NamesShown>,
  { id }: Concealer,
): Promise<Stored<NamesShown>> {
  const until = instant(new Date(doors.clock.now().getTime() + CONCEAL_MS));
  return doors.store.replace(
    'cases',
    { ...stored.doc, state: 'concealing', holders: [{ id, until }] },
    stored.etag,
  );
}

/** One try, after which the claim is given up, so that any instance may try again. */
export async function tryToConceal(
  doors: ConcealDoors,
  claimed: Stored<NamesShown>,
  concealer: Concealer,
): Promise<Concealed> {
  const outcome = await tryOnce(doors, claimed, concealer);
  if (outcome.is === 'notYet') await setFree(doors, concealer);
  return outcome;
}

/** One try. What fails is said loudly; the claim stays. */
export async function tryOnce(
  doors: ConcealDoors,
  claimed: Stored<NamesShown>,
  concealer: Concealer,
): Promise<Concealed> {
  try {
    return await conceal(doors, claimed, concealer);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    doors.log.error('Names in usage reports are still shown in the whole tenant: concealing them failed.', {
      failure: error.kind,
      operation: error.details.operation,
      why: error.message,
    });
    return { is: 'notYet', refused: error.kind === 'forbidden' };
  }
}

/**
 * Changes the setting, reads it back and writes down that it is as before.
 * @throws GraphFailure, ChangedMeanwhile
 */
async function conceal(
  doors: ConcealDoors,
  claimed: Stored<NamesShown>,
  concealer: Concealer,
): Promise<Concealed> {
  const { graph } = doors;
  const { id, by, sent } = concealer;
  const found = await graph.namesConcealed();
  // Where nobody saw the names shown, the call that shows them may be under way still: ours then comes after it.
  if (!found || !claimed.doc.confirmed) {
    concealer.sent = true;
    await concealNow(doors, found);
  }
  if (!found && !(await graph.namesConcealed())) return { is: 'notYet' };
  const now = instant(doors.clock.now());
  const minutes = minutesOpen(claimed.doc, now);
  const isOthers = found && !sent;
  const event: NamesEvent = isOthers
    ? { type: 'namesFoundConcealed', minutes }
    : { type: 'namesConcealed', by, minutes };
  const current = await stillOurs(doors, claimed, id);
  await record(doors, current, { ...current.doc, state: 'concealed', holders: [] }, event, now);
  await endRow(doors, claimed.doc.row, now);
  return { is: isOthers ? 'foundConcealed' : 'concealed', minutes };
}

/** Whoever may not change the setting has not changed it: then what was found stands. */
async function concealNow({ graph }: ConcealDoors, found: boolean): Promise<void> {
  try {
    await graph.setNamesConcealed(true);
  } catch (error) {
    if (!(found && error instanceof GraphFailure && error.kind === 'forbidden')) throw error;
  }
}

/** Signs of life may have given the document a newer etag; somebody else's hold is no longer ours. */
async function stillOurs(
  doors: ConcealDoors,
  claimed: Stored<NamesShown>,
  id: string,
): Promise<Stored<NamesShown>> {
  const current = await readNames(doors.store);
  if (current?.etag === claimed.etag) return current;
  const isOurs = current?.doc.state === 'concealing' && current.doc.holders.some((each) => each.id === id);
  if (current === undefined || !isOurs) throw new ChangedMeanwhile('somebody else conceals names now');
  return current;
}

export async function setFree(doors: ConcealDoors, { id }: Concealer): Promise<void> {
  await change(doors.store, (now) => {
    const isOurs = now?.doc.state === 'concealing' && now.doc.holders.some((each) => each.id === id);
    return now === undefined || !isOurs ? undefined : { ...now.doc, holders: [] };
  });
}

/** The row has nothing left to do. Whoever has it in hand, or finds it later, sees that too. */
async function endRow({ store }: ConcealDoors, id: string, at: Instant): Promise<void> {
  const row = await store.read<Command>('commands', id, id);
  if (row === undefined || row.doc.state !== 'waiting' || row.doc.lease !== undefined) return;
  try {
    await store.replace('commands', finished(row.doc, { is: 'done', at, says: CONCEALED_ALREADY }), row.etag);
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error;
  }
}

export const CONCEALED_ALREADY = 'Names in usage reports are concealed again.';

function latest({ holders, startedAt }: NamesShown): Instant {
  return holders.reduce((last, { until }) => (until > last ? until : last), startedAt);
}

/** So often a note that somebody else writes meanwhile is looked at anew. */
const MOST_LOOKS = 10;

/**
 * A call of ours that shows names may have come after somebody else's that conceals them: they are concealed once more.
 * @throws StoreUnavailable
 */
export async function takeBack(doors: ConcealDoors): Promise<void> {
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    try {
      return await takeBackOnce(doors);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    }
  }
}

/** @throws ChangedMeanwhile */
async function takeBackOnce(doors: ConcealDoors): Promise<void> {
  const concealer: Concealer = { id: doors.random.id(), by: 'recovery', sent: false };
  const stored = await readNames(doors.store);
  const now = instant(doors.clock.now());
  const stand = standOf(stored?.doc, now);
  if (stored === undefined) return;
  // Whoever shows names now conceals them at its end. Whoever conceals may have done so before our call came: that is ours.
  if (stand.is === 'open' || (stand.is === 'busy' && stored.doc.state !== 'concealing')) return;
  const noted =
    stand.is !== 'over'
      ? stored
      : await record(
          doors,
          stored,
          { ...stored.doc, state: 'concealing', confirmed: false, holders: [] },
          { type: 'namesShownLate' },
          now,
        );
  await tryToConceal(doors, await claim(doors, noted, concealer), concealer);
}
