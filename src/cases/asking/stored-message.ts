import type { Case, CaseFacts } from '../case.js';
import type { CaseEvent } from '../events.js';
import { withFurther } from './copies.js';

/** The question's message in Teams after an event, and earlier ones that are edited with the case as well. Pure. */
export function messageAfter(c: Case, event: CaseEvent): Pick<CaseFacts, 'message' | 'further'> {
  const shows = c.version + 1;
  if (event.type === 'asked') {
    const message = { ...event.message, shows, to: event.askedOf.id };
    const further = notYetEdited(c);
    return { message, ...(further === undefined ? {} : { further }) };
  }
  if (event.type === 'askedAgain' || event.type === 'reminded') {
    return { message: { ...event.message, shows, ...(c.state === 'asked' ? { to: c.askedOf } : {}) } };
  }
  return { message: c.message };
}

/**
 * The further cards with that of whoever was asked before, where it does not say yet that somebody else is: the intention
 * to ask alone makes a card older than its case by one.
 */
function notYetEdited(c: Case): CaseFacts['further'] {
  const { message, ...others } = c;
  if (message?.to === undefined || message.shows >= c.version - 1) return undefined;
  const { to, shows, ...ref } = message;
  return withFurther({ ...others, message: undefined } as Case, { to, message: ref, shows })?.further;
}
