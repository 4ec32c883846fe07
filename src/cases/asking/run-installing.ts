import type { Delivery } from '../../bot/messenger.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import type { Stored } from '../../store/store.js';
import { becameOf, type Installation } from './deliveries.js';
import type { Doors } from '../doors.js';
import type { Outbox } from './outbox.js';
import { changeHeld } from './run-held-outbox.js';
import { readBrake } from '../campaign/run-switch.js';

/** A message that was tried, and the outbox as it is since. */
export interface Tried {
  readonly held: Stored<Outbox>;
  readonly delivery: Delivery;
}

/**
 * Where a message was refused because the person does not have the app: installs it and sends once more. Only a refusal
 * for good leaves the first one as it is; everything else may go another time, as long as there is time to deliver.
 * Safe to repeat: an app that is there already counts as installed.
 * @throws ChangedMeanwhile when the lease was lost
 */
export async function sendOnceInstalled(
  doors: Doors,
  { held, delivery }: Tried,
  send: () => Promise<Delivery>,
): Promise<Tried> {
  const { teamsAppId } = doors;
  if (teamsAppId === undefined || becameOf(delivery) !== 'notInstalled') return { held, delivery };
  if ((await readBrake(doors)) !== 'running') return { held, delivery: laterIfMissing(delivery) };
  const intended = await note(doors, held, { is: 'intended' });
  const installation = await install(doors, held.doc, teamsAppId);
  const noted = await note(doors, intended, installation);
  if (installation.is === 'refused') return { held: noted, delivery };
  const last = installation.is === 'installed' ? await send() : delivery;
  return { held: noted, delivery: laterIfMissing(last) };
}

function note(doors: Doors, held: Stored<Outbox>, installation: Installation): Promise<Stored<Outbox>> {
  return changeHeld(doors, held, (outbox) => ({ ...outbox, installation }));
}

async function install(doors: Doors, { userId }: Outbox, teamsAppId: string): Promise<Installation> {
  try {
    const answer = await doors.graph.installApp(userId, teamsAppId);
    return answer.kind === 'installed' ? { is: 'installed' } : { is: 'refused', code: answer.code };
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    doors.log.warn('The app could not be installed for somebody who is asked.', { failure: error.message });
    return { is: 'failed', code: error.details.code ?? error.kind };
  }
}

/** Teams takes a while to know of an app, and an administrator to grant what installing it needs. */
function laterIfMissing(delivery: Delivery): Delivery {
  return becameOf(delivery) === 'notInstalled' && delivery.kind === 'failed'
    ? { ...delivery, again: 'later' }
    : delivery;
}
