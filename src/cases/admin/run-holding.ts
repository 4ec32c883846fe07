import { nameOf } from '../../telemetry/error-words.js';
import { instant, type PersonRef } from '../case.js';
import { newCommand } from '../command.js';
import { addCommand } from '../run-add-command.js';
import type { HoldDeed } from './deed.js';
import { recordDeed, type DeedDoors } from './run-deeds.js';

/** Whether a deed is in the chain of deeds; `lost`: it will not be, and the log alone has it. */
export type Entry = 'written' | 'later' | 'lost';

/**
 * Writes down that somebody is about to hold the campaign. Whoever holds it is not kept from it by a chain that cannot be
 * written: any service enters the deed as soon as it can. Never rejects.
 */
export async function recordHold(doors: DeedDoors, deed: HoldDeed, by: PersonRef): Promise<Entry> {
  const doneAt = instant(doors.clock.now());
  const commandId = `enter-deed-${doors.random.id()}`;
  const inLog = { deed: deed.type, by: by.id };
  try {
    // It says which order would enter it: a try whose answer was lost may have written it all the same.
    await recordDeed(doors, deed, by, { doneAt, commandId });
    return 'written';
  } catch (error) {
    doors.log.error('A deed could not be written into its history; the campaign is held all the same.', {
      ...inLog,
      error: nameOf(error),
    });
  }
  try {
    const what = { order: 'enterDeed', deed, by, doneAt } as const;
    await addCommand(doors, newCommand(commandId, what, 'service', doneAt, doneAt));
    return 'later';
  } catch (error) {
    doors.log.error('A deed will not be in its history: these lines are all that tells of it.', {
      ...inLog,
      error: nameOf(error),
    });
    return 'lost';
  }
}
