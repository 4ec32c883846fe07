import { instant } from '../../cases/case.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import { ChangedMeanwhile, type Stored } from '../../store/store.js';
import { isHeldBy, liveHolders, withoutHolder, type NamesShown } from './record.js';
import { atMost } from './words.js';
import { claim, setFree, tryOnce, type Concealed, type Concealer } from './run-back.js';
import { CONCEALED_MEANWHILE, NamesStop, type RevealDoors } from './run-doors.js';
import { readNames } from './run-record.js';

/** Pauses between tries to conceal; after the last the due row goes on. */
export const TRY_AGAIN_MS = [2_000, 10_000, 30_000];

/**
 * Ends one reading: the last reader conceals, the others only leave.
 * @param need `whole`: what was read counts, so names must have been shown until now; `anything`: it does not count
 * @throws NamesStop when names were concealed by others under the reading; GraphFailure when concealing failed
 */
export async function leave(doors: RevealDoors, id: string, need: 'whole' | 'anything'): Promise<void> {
  try {
    const left = await leaveOrConceal(doors, id);
    if (need === 'anything') return;
    if (left === 'lost' || left === 'concealedByOthers') throw new NamesStop(CONCEALED_MEANWHILE);
  } catch (error) {
    if (!(error instanceof NamesStop || error instanceof GraphFailure)) await concealBlindly(doors);
    throw error;
  }
}

type Left = 'concealed' | 'othersRead' | 'concealedByOthers' | 'lost';

async function leaveOrConceal(doors: RevealDoors, id: string): Promise<Left> {
  // The same id, so that the signs of life of this audit keep its hold while it conceals. One for all tries: where such a
  // sign is written in between, what is found concealed then is its own doing.
  const concealer: Concealer = { id, by: 'audit', sent: false };
  for (;;) {
    const stored = await readNames(doors.store);
    if (stored === undefined || !isHeldBy(stored.doc, id)) return 'lost';
    const now = instant(doors.clock.now());
    const others = liveHolders(withoutHolder(stored.doc, id, now), now);
    try {
      if (stored.doc.state === 'shown' && others.length > 0) return await leaveToOthers(doors, stored, id);
      return await concealLast(doors, stored, concealer);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    }
  }
}

async function leaveToOthers(doors: RevealDoors, stored: Stored<NamesShown>, id: string): Promise<Left> {
  const isConcealed = await doors.graph.namesConcealed();
  const next = withoutHolder(stored.doc, id, instant(doors.clock.now()));
  await doors.store.replace('cases', next, stored.etag);
  return isConcealed ? 'concealedByOthers' : 'othersRead';
}

async function concealLast(
  doors: RevealDoors,
  stored: Stored<NamesShown>,
  concealer: Concealer,
): Promise<Left> {
  const claimed = await claim(doors, stored, concealer);
  for (const pause of [...TRY_AGAIN_MS, undefined]) {
    const outcome = await tryOnce(doors, claimed, concealer);
    if (outcome.is !== 'notYet') return told(doors, outcome, stored.doc.confirmed);
    if (pause !== undefined) await doors.sleep(pause);
  }
  await setFree(doors, concealer);
  throw new GraphFailure('serverError', STILL_SHOWN, { operation: 'admin.reportSettings.update' });
}

export const STILL_SHOWN =
  'Names in usage reports are still shown in the whole tenant, because concealing them again failed (the log says why). ' +
  'A running service goes on trying until it holds; without one, set "Display concealed user, group, and site names in ' +
  'all reports" in the Microsoft 365 admin center under Settings > Org settings > Services > Reports.';

function told(doors: RevealDoors, outcome: Concealed, confirmed: boolean): Left {
  if (outcome.is === 'concealed') {
    doors.announce(`Names in usage reports are concealed again; they were shown for ${atMost(outcome)}.`);
    return 'concealed';
  }
  return confirmed ? 'concealedByOthers' : 'concealed';
}

/** The store is away, so whether others read cannot be told: they will notice, and privacy comes first. */
async function concealBlindly({ graph, log }: RevealDoors): Promise<void> {
  try {
    await graph.setNamesConcealed(true);
    log.warn('Names in usage reports were concealed, but that could not be written down yet.', {});
  } catch (error) {
    log.error(
      'Names in usage reports are still shown in the whole tenant: neither store nor Graph answered.',
      {
        failure: error instanceof GraphFailure ? error.kind : 'unknown',
      },
    );
  }
}
