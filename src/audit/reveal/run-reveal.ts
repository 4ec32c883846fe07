import { instant } from '../../cases/case.js';
import type { Policy } from '../../config/policy.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import { AlreadyExists, ChangedMeanwhile, type Stored } from '../../store/store.js';
import { concealedNames } from '../guards/guards.js';
import { HOLD_MS, LONGEST_MS, standOf, withHolder, type Holder, type NamesShown } from './record.js';
import { putBackNames, type Concealed } from './run-back.js';
import { BROKEN_OFF, NamesStop, type RevealDoors } from './run-doors.js';
import { leave } from './run-end.js';
import { keepHold } from './run-hold.js';
import { freshNames, readNames, record } from './run-record.js';
import { renewRow, writeRow } from './run-row.js';
import { awaitNames, showNames } from './run-show.js';
import { notConcealed, type SettingRefused } from './setting.js';

/** Others show or conceal within this time, or are gone. */
const LONGEST_WAIT_MS = 20 * 60_000;
/** Between looks whether they are: the next is twice as long, up to the longest. */
const FIRST_LOOK_MS = 5_000;
const LONGEST_LOOK_MS = 30_000;

/** How the names came to be readable. */
type Begun =
  | { readonly is: 'visible' }
  /** Nobody may look at the setting: the reports themselves tell whether they carry names. */
  | { readonly is: 'refused'; readonly failure: GraphFailure }
  | { readonly is: 'first' | 'joined'; readonly id: string; readonly stored: Stored<NamesShown> };

/**
 * Does work that reads usage reports while they carry names, and leaves the tenant's setting as it was before
 * (design 4, rule 12). Names that are visible anyway stay so. Where the tenant conceals them and the policy allows it,
 * they are shown until the work has ended, well or badly; a crash at any moment is made good by a due row and by
 * `putBackNames`. Several audits share the time: the last one conceals. Where the permission to look at the setting is
 * missing, nothing is shown, and the work is told: whatever it reads may be concealed.
 * @throws NamesStop, GraphFailure, StoreUnavailable, and whatever `work` throws
 */
export async function withNamesShown<T>(
  doors: RevealDoors,
  policy: Pick<Policy, 'reports'>,
  work: (refused: SettingRefused) => Promise<T>,
): Promise<T> {
  const begun = await begin(doors, policy);
  if (begun.is === 'visible') return work(undefined);
  if (begun.is === 'refused') return work(begun.failure);
  const hold = keepHold(doors, begun.id, instant(new Date(doors.clock.now().getTime() + LONGEST_MS)));
  let answer: { readonly is: 'done'; readonly value: T } | { readonly is: 'failed'; readonly error: unknown };
  try {
    if (begun.is === 'first') await showNames(doors, begun.id);
    await awaitNames(doors);
    answer = { is: 'done', value: await Promise.race([work(undefined), hold.overdue, brokenOff(doors)]) };
  } catch (error) {
    answer = { is: 'failed', error };
  }
  try {
    await leave(doors, begun.id, answer.is === 'failed' ? 'anything' : 'whole');
  } catch (error) {
    if (answer.is === 'done') throw error;
    const why = error instanceof Error ? error.message : 'unknown';
    doors.log.error('The end of showing names failed, after the work had failed.', { why });
    doors.announce(why);
  } finally {
    await hold.end();
  }
  if (answer.is === 'failed') throw answer.error;
  return answer.value;
}

/** Rejects when nobody waits for the answer any more; never resolves. */
function brokenOff({ ending }: RevealDoors): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => reject(new NamesStop(BROKEN_OFF));
    if (ending?.aborted === true) end();
    else ending?.addEventListener('abort', end, { once: true });
  });
}

async function begin(doors: RevealDoors, policy: Pick<Policy, 'reports'>): Promise<Begun> {
  const giveUpAt = doors.clock.now().getTime() + LONGEST_WAIT_MS;
  const isGone = untouched(doors);
  let pause = FIRST_LOOK_MS;
  for (;;) {
    const begun = await tryToBegin(doors, policy, isGone);
    if (begun === 'again') continue;
    if (begun !== 'wait') return begun;
    if (doors.clock.now().getTime() >= giveUpAt) {
      throw new NamesStop(
        'Another audit shows or conceals names in usage reports and does not come to an end. Look for it in the log of ' +
          'the service, and run the audit again later.',
      );
    }
    await doors.sleep(pause);
    pause = Math.min(pause * 2, LONGEST_LOOK_MS);
  }
}

/** `again`: somebody else wrote at the same moment. `wait`: somebody else is about to change the setting. */
async function tryToBegin(
  doors: RevealDoors,
  policy: Pick<Policy, 'reports'>,
  isGone: (etag: string) => boolean,
): Promise<Begun | 'again' | 'wait'> {
  const stored = await readNames(doors.store);
  const now = doors.clock.now();
  const stand = standOf(stored?.doc, instant(now));
  try {
    switch (stand.is) {
      case 'over':
        return await beginFirst(doors, policy, stored);
      case 'open':
        return stored === undefined ? 'again' : await join(doors, policy, stored);
      case 'abandoned':
        if (stand.by === 'clock' && !isGone(stored?.etag ?? '')) return 'wait';
        return afterBack(await putBackNames(doors));
      case 'busy':
        return 'wait';
      default:
        return stand satisfies never;
    }
  } catch (error) {
    if (error instanceof ChangedMeanwhile || error instanceof AlreadyExists) return 'again';
    throw error;
  }
}

/**
 * Whether a note was not written anew for as long as whoever reads ever takes to do so: the clock alone does not say
 * that they are gone, since that of this process may be far ahead.
 */
function untouched({ clock }: RevealDoors): (etag: string) => boolean {
  let seen: { readonly etag: string; readonly at: number } | undefined;
  return (etag) => {
    const now = clock.now().getTime();
    if (seen?.etag !== etag) seen = { etag, at: now };
    return now - seen.at >= HOLD_MS;
  };
}

/** Without the permission to conceal, waiting would be for nothing. @throws NamesStop */
function afterBack(outcome: Concealed): 'again' | 'wait' {
  if (outcome.is !== 'notYet') return 'again';
  if (outcome.refused === true) throw new NamesStop(notConcealed());
  return 'wait';
}

/** Whether names are concealed, or how the look at it was refused: a permission is missing. */
async function lookAtSetting({ graph, log }: RevealDoors): Promise<boolean | GraphFailure> {
  try {
    return await graph.namesConcealed();
  } catch (error) {
    if (!(error instanceof GraphFailure) || error.kind !== 'forbidden') throw error;
    log.warn('The setting for names in reports was refused; reports are read as they are.', {
      operation: error.details.operation,
    });
    return error;
  }
}

/** Due row, then note, then the change: whatever ends in between, somebody knows what is to be put back. */
async function beginFirst(
  doors: RevealDoors,
  policy: Pick<Policy, 'reports'>,
  stored: Stored<NamesShown> | undefined,
): Promise<Begun | 'again'> {
  const concealed = await lookAtSetting(doors);
  if (concealed !== true) {
    // Visible for good only if no other audit has shown them between our two looks.
    if ((await readNames(doors.store))?.etag !== stored?.etag) return 'again';
    return concealed === false ? { is: 'visible' } : { is: 'refused', failure: concealed };
  }
  stopUnlessAllowed(policy);
  const row = await writeRow(doors);
  const at = instant(doors.clock.now());
  const holder = holderOf(doors, doors.random.id());
  const note = freshNames(stored?.doc, {
    state: 'intended',
    startedAt: at,
    confirmed: false,
    holders: [holder],
    row,
  });
  const noted = await record(doors, stored, note, { type: 'namesNoted' }, at);
  await renewRow(doors, row);
  return { is: 'first', id: holder.id, stored: noted };
}

async function join(
  doors: RevealDoors,
  policy: Pick<Policy, 'reports'>,
  stored: Stored<NamesShown>,
): Promise<Begun> {
  stopUnlessAllowed(policy);
  const holder = holderOf(doors, doors.random.id());
  const next = withHolder(stored.doc, holder, instant(doors.clock.now()));
  return { is: 'joined', id: holder.id, stored: await doors.store.replace('cases', next, stored.etag) };
}

function stopUnlessAllowed({ reports }: Pick<Policy, 'reports'>): void {
  const stop = reports.revealNames ? undefined : concealedNames(true);
  if (stop !== undefined) throw new NamesStop(stop.why);
}

function holderOf({ clock }: RevealDoors, id: string): Holder {
  return { id, until: instant(new Date(clock.now().getTime() + HOLD_MS)) };
}
