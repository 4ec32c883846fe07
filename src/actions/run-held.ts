import { heldFor } from '../cases/campaign/run-going-on.js';
import type { Brake } from '../cases/campaign/run-switch.js';
import type { Doors } from '../cases/doors.js';
import type { Stored } from '../store/store.js';
import { wait, type Acting } from './run-step-moves.js';

const HELD: Readonly<Record<Exclude<Brake, 'running'>, string>> = {
  paused: 'The campaign is paused.',
  stopped: 'The campaign was stopped.',
  observing: 'The policy observes only.',
};

/** A brake holds a step: it waits for as long as that may take. */
export function waitWhileHeld(
  doors: Doors,
  stored: Stored<Acting>,
  brake: Exclude<Brake, 'running'>,
): Promise<void> {
  return wait(doors, stored, HELD[brake], heldFor(doors, stored.doc));
}
