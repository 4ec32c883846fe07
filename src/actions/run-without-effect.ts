import type { Instant } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { move } from '../cases/run-move.js';
import type { Before } from '../cases/step.js';
import { staysWithReceiver } from '../cases/step-progress.js';
import type { Stored } from '../store/store.js';
import { forget } from './run-forget.js';
import { readLicensingError } from './run-licensing-error.js';
import { at, isGivenUp, lookMoreSeldom, lookAtIt, say, stepAt, type Acting } from './run-step-moves.js';
import { giveBack } from './run-undo.js';
import { stepInWords } from './step-words.js';

/**
 * A step that Graph has taken and that shows no effect. It is looked at again; after long, or where Entra notes why, a person looks as well, and
 * whoever wants it undone has it undone: the effect may come late, so that what it takes is given back anyway.
 */
export async function waitForEffect(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  sent: { readonly at: Instant; readonly before: Before },
): Promise<void> {
  const why = await readLicensingError(doors, stepAt(stored.doc, index).step, sent.at);
  if (stored.doc.state !== 'undoing' && why !== undefined)
    return alsoForAPerson(doors, stored, index, sent.before, why);
  if (!isGivenUp(doors, sent.at)) return lookMoreSeldom(doors, stored, sent.at);
  if (stored.doc.state !== 'undoing') return alsoForAPerson(doors, stored, index, sent.before);
  const each = stepAt(stored.doc, index);
  if (each.step.kind === 'assignLicenses' || staysWithReceiver(each, stored.doc))
    return forget(doors, stored, index, sent);
  const event = { type: 'undoIntended', index } as const;
  const intended = await move(doors, stored, event, { actor: 'system', lease: 'keep' });
  await giveBack(doors, intended as Stored<Acting>, index, sent.before);
}

async function alsoForAPerson(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  before: Before,
  why?: string,
): Promise<void> {
  const words = stepInWords(stepAt(stored.doc, index).step, before);
  const what = `What was asked for (${words}) has not taken effect`;
  const task = why === undefined ? lookAtIt(what) : `${what}. ${why}`;
  const lookAt = at(doors, doors.pace.watch);
  await say(doors, stored, { type: 'stepHandedOver', index, before, task, lookAt }, words);
}
