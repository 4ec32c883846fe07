import { instant, type Instant } from '../../cases/case.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import { CONCEAL_MS, HOLD_MS, liveHolders, standOf, type NamesShown } from './record.js';
import { atMost } from './words.js';
import { putBackNames } from './run-back.js';
import type { RevealDoors } from './run-doors.js';
import { STILL_SHOWN, TRY_AGAIN_MS } from './run-end.js';
import { readNames } from './run-record.js';

export type StayDoors = Omit<RevealDoors, 'ending'>;

const LOOK_MS = 5_000;
/** A reader is heard of or gone within one hold, and whoever conceals then within another. */
const LONGEST_STAY_MS = HOLD_MS + CONCEAL_MS + 60_000;

/**
 * Does work that may show names, in a process that ends with it: a command. Names that an earlier process left shown
 * are concealed before or, where its hold had not passed yet, after the work. A service needs no such end, because its
 * worker carries out the due row.
 * @throws GraphFailure when names are still shown at the end, StoreUnavailable, and whatever `work` throws
 */
export async function withNamesPutBack<T>(doors: StayDoors, work: () => Promise<T>): Promise<T> {
  await putBackNames(doors);
  let value: T;
  try {
    value = await work();
  } catch (error) {
    await stayUntilConcealed(doors).catch((why: unknown) =>
      doors.announce(why instanceof Error ? why.message : 'Names in usage reports may still be shown.'),
    );
    throw error;
  }
  await stayUntilConcealed(doors);
  return value;
}

/**
 * Stays while names are shown and everybody else who holds them may be dead; conceals them when they are. Leaves when
 * another reader gives a sign of life, because that one conceals at its end.
 * @throws GraphFailure when names are still shown, StoreUnavailable
 */
export async function stayUntilConcealed(doors: StayDoors): Promise<void> {
  const first = (await readNames(doors.store))?.doc;
  const giveUpAt = instant(new Date(doors.clock.now().getTime() + LONGEST_STAY_MS));
  const pauses = [...TRY_AGAIN_MS];
  for (let looks = 0; ; looks += 1) {
    const doc = (await readNames(doors.store))?.doc;
    const now = instant(doors.clock.now());
    const stand = standOf(doc, now);
    if (doc === undefined || stand.is === 'over') return;
    let pause: number | undefined = LOOK_MS;
    if (stand.is === 'abandoned') {
      const outcome = await putBackNames(doors);
      if (outcome.is === 'concealed') doors.announce(concealed(outcome));
      if (outcome.is !== 'notYet' && outcome.is !== 'held') return;
      if (outcome.is === 'notYet') pause = pauses.shift();
    } else if (doc.state !== 'concealing' && gaveSign(doc, first, now)) {
      doors.announce('Another audit still reads usage reports; it conceals names again at its end.');
      return;
    } else if (looks === 0) doors.announce(WAITING);
    if (pause === undefined || now >= giveUpAt) throw stillShown(pause === undefined);
    await doors.sleep(pause);
  }
}

const WAITING =
  'Waiting for another audit before names in usage reports are concealed again: until it ends, gives a sign of life, ' +
  `or is known to be gone (at most ${HOLD_MS / 60_000} minutes). Ctrl-C, pressed twice, leaves them shown until the next start.`;

/** Somebody has written since the first look: a new reader, or one whose hold reaches further now. */
function gaveSign(doc: NamesShown, first: NamesShown | undefined, now: Instant): boolean {
  const before = new Map((first?.holders ?? []).map(({ id, until }) => [id, until]));
  return liveHolders(doc, now).some(({ id, until }) => {
    const earlier = before.get(id);
    return earlier === undefined || until > earlier;
  });
}

function concealed(facts: { readonly minutes: number }): string {
  return `Names in usage reports are concealed again, after an audit that did not end; they were shown for ${atMost(facts)}.`;
}

function stillShown(hasTried: boolean): GraphFailure {
  const why = hasTried
    ? STILL_SHOWN
    : 'Names in usage reports may still be shown in the whole tenant: another process has been concealing them for ' +
      'minutes. Run the command again, or look at the setting in the Microsoft 365 admin center under Settings > Org ' +
      'settings > Services > Reports.';
  return new GraphFailure('serverError', why, { operation: 'admin.reportSettings.update' });
}
