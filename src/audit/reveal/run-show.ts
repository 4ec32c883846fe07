import { instant } from '../../cases/case.js';
import { GraphFailure, passesByItself } from '../../graph/graph-failure.js';
import { ChangedMeanwhile } from '../../store/store.js';
import { showsNames } from './look.js';
import { isHeldBy } from './record.js';
import { takeBack } from './run-back.js';
import { BROKEN_OFF, CONCEALED_MEANWHILE, NamesStop, type RevealDoors } from './run-doors.js';
import { readNames, record } from './run-record.js';
import { notShown, OR_BY_HAND } from './setting.js';

/** Pauses between looks whether the setting reads as it was set. */
const READ_BACK_MS = [1_000, 5_000, 15_000, 30_000];
/** Pauses between looks whether reports have followed; a report may be asked for 14 times in 10 minutes. */
const LOOK_AGAIN_MS = [5_000, 15_000, 30_000, 60_000, 90_000, 120_000, 120_000];
const LONGEST_LOOK_MS = 10 * 60_000;

/**
 * Shows names in the whole tenant, after the note was written. Refuses when somebody else changed the setting in
 * between.
 * @throws NamesStop, GraphFailure
 */
export async function showNames(doors: RevealDoors, id: string): Promise<void> {
  const { graph } = doors;
  if (!(await graph.namesConcealed())) return leaveToOthers(doors, id);
  doors.announce(
    'The tenant conceals names in usage reports. As reports.revealNames in the policy allows, they are shown now, in the ' +
      'whole tenant, until the reports are read.',
  );
  let shown: boolean;
  try {
    await graph.setNamesConcealed(false).catch(refusedToShow);
    shown = await isShown(doors);
  } catch (error) {
    // Perhaps it was carried out; whoever holds the note puts it back, unless that is nobody any more.
    if (!isHeldBy((await readNames(doors.store))?.doc, id)) await takeBack(doors);
    throw error;
  }
  if (!shown) {
    throw new NamesStop(
      'Microsoft 365 took the change that shows names in usage reports, but the setting still reads as concealed. It is ' +
        'concealed again to be sure. Look who else changes it (the audit log of Microsoft Purview tells), and run the audit again.',
    );
  }
  await confirm(doors, id);
}

/** Without the permission for it names stay concealed. */
function refusedToShow(error: unknown): never {
  if (!(error instanceof GraphFailure) || error.kind !== 'forbidden') throw error;
  throw new NamesStop(`The tenant conceals names in usage reports. ${notShown()} ${OR_BY_HAND}`);
}

/** It was concealed when we noted it; whoever shows it now did not do it for us. */
async function leaveToOthers(doors: RevealDoors, id: string): Promise<never> {
  const stored = await readNames(doors.store);
  if (stored !== undefined && isHeldBy(stored.doc, id)) {
    const at = instant(doors.clock.now());
    const next = { ...stored.doc, state: 'concealed', holders: [] } as const;
    await record(doors, stored, next, { type: 'namesLeftToOthers' }, at);
  }
  throw new NamesStop(
    'Somebody else changed the setting for names in usage reports while the audit prepared to do it, so it was left alone ' +
      'and nobody was judged. Run the audit again; names that are visible then are read and stay visible.',
  );
}

async function isShown(doors: RevealDoors): Promise<boolean> {
  for (const pause of READ_BACK_MS) {
    if (!(await doors.graph.namesConcealed())) return true;
    await doors.sleep(pause);
  }
  return !(await doors.graph.namesConcealed());
}

/** Writes down that names are shown, unless somebody else has put them back meanwhile. */
async function confirm(doors: RevealDoors, id: string): Promise<void> {
  for (;;) {
    const stored = await readNames(doors.store);
    if (stored === undefined || stored.doc.state !== 'intended' || !isHeldBy(stored.doc, id)) {
      await takeBack(doors);
      throw new NamesStop(
        'The audit stood still while it showed names in usage reports, and another instance has concealed them meanwhile. ' +
          'Run the audit again.',
      );
    }
    try {
      const at = instant(doors.clock.now());
      const next = { ...stored.doc, state: 'shown', confirmed: true } as const;
      await record(doors, stored, next, { type: 'namesShown' }, at);
      return;
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    }
  }
}

/**
 * Waits until the reports have followed the setting.
 * @throws NamesStop when they have not within ten minutes, GraphFailure
 */
export async function awaitNames(doors: RevealDoors): Promise<void> {
  const end = doors.clock.now().getTime() + LONGEST_LOOK_MS;
  let failure: GraphFailure | undefined;
  for (const [index, pause] of [...LOOK_AGAIN_MS, 0].entries()) {
    if (doors.ending?.aborted === true) throw new NamesStop(BROKEN_OFF);
    const look = await looksReadable(doors);
    if (look === 'readable') return;
    failure = look === 'concealed' ? undefined : look;
    if (await doors.graph.namesConcealed()) throw new NamesStop(CONCEALED_MEANWHILE);
    if (pause === 0 || doors.clock.now().getTime() + pause > end) break;
    doors.announce(
      `Usage reports do not show names yet; looking again in ${pause / 1_000} seconds ` +
        `(look ${index + 2} of ${LOOK_AGAIN_MS.length + 1}).`,
    );
    await pausing(doors, pause);
  }
  if (failure !== undefined) throw failure;
  throw new NamesStop(
    'Names in usage reports were shown for some minutes, but the reports still came with concealed names, so they are ' +
      'concealed again and nobody was judged. Microsoft 365 may need longer today: run the audit again later, or clear ' +
      '"Display concealed user, group, and site names in all reports" in the Microsoft 365 admin center some hours before.',
  );
}

/** A pause that is over when nobody waits any more. */
async function pausing({ sleep, ending }: RevealDoors, ms: number): Promise<void> {
  await sleep(ms, ending).catch((error: unknown) => {
    if (ending?.aborted !== true) throw error;
  });
}

async function looksReadable(doors: RevealDoors): Promise<'readable' | 'concealed' | GraphFailure> {
  try {
    return (await showsNames(doors.graph.report('activeUsers'))) ? 'readable' : 'concealed';
  } catch (error) {
    if (!(error instanceof GraphFailure) || !passesByItself(error)) throw error;
    doors.log.warn('A look whether reports show names failed; it counts as one.', { failure: error.kind });
    return error;
  }
}
