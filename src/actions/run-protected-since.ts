import type { Doors } from '../cases/doors.js';
import type { Step } from '../cases/step.js';
import type { Stored } from '../store/store.js';
import { chatRulesNow } from './run-live-facts.js';
import { lookAgain, type Acting } from './run-step-moves.js';

/** An admin may have protected the person since the re-check, of which the next one makes what follows. */
export async function isProtectedSince(doors: Doors, stored: Stored<Acting>, step: Step): Promise<boolean> {
  const isGiving = step.kind === 'assignLicenses' || step.kind === 'setUsageLocation';
  if (isGiving || (await chatRulesNow(doors, stored.doc.userId)).length === 0) return false;
  await lookAgain(doors, stored, 0);
  return true;
}
