import type { Delivery } from '../../bot/messenger.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import type { UserId } from '../../audit/person.js';
import { becameOf, type Installation } from './deliveries.js';
import type { Doors } from '../doors.js';
import { readBrake } from '../campaign/run-switch.js';

/** A message that was tried, and the row that was held meanwhile, as it is since. */
export interface Tried<Held> {
  readonly held: Held;
  readonly delivery: Delivery;
}

/** To whom a message goes, and where it is written down what becomes of installing the app for them. */
export interface ForSomebody<Held> {
  readonly userId: UserId;
  readonly send: () => Promise<Delivery>;
  readonly note: (held: Held, installation: Installation) => Promise<Held>;
}

/**
 * Where a message was refused because the person does not have the app: installs it and sends once more. Only a refusal
 * for good leaves the first one as it is; everything else may go another time, as long as there is time to deliver.
 * Safe to repeat: an app that is there already counts as installed.
 * @throws ChangedMeanwhile when the lease was lost
 */
export async function sendOnceInstalled<Held>(
  doors: Doors,
  { held, delivery }: Tried<Held>,
  { userId, send, note }: ForSomebody<Held>,
): Promise<Tried<Held>> {
  const { teamsAppId } = doors;
  if (teamsAppId === undefined || becameOf(delivery) !== 'notInstalled') return { held, delivery };
  if ((await readBrake(doors)) !== 'running') return { held, delivery: laterIfMissing(delivery) };
  const intended = await note(held, { is: 'intended' });
  const installation = await install(doors, userId, teamsAppId);
  const noted = await note(intended, installation);
  if (installation.is === 'refused') return { held: noted, delivery };
  const last = installation.is === 'installed' ? await send() : delivery;
  return { held: noted, delivery: laterIfMissing(last) };
}

async function install(doors: Doors, userId: UserId, teamsAppId: string): Promise<Installation> {
  try {
    const answer = await doors.graph.installApp(userId, teamsAppId);
    return answer.kind === 'installed' ? { is: 'installed' } : { is: 'refused', code: answer.code };
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    doors.log.warn('The app could not be installed for somebody to whom a message goes.', {
      failure: error.message,
    });
    return { is: 'failed', code: error.details.code ?? error.kind };
  }
}

/** Teams takes a while to know of an app, and an administrator to grant what installing it needs. */
function laterIfMissing(delivery: Delivery): Delivery {
  return becameOf(delivery) === 'notInstalled' && delivery.kind === 'failed'
    ? { ...delivery, again: 'later' }
    : delivery;
}
