import type { Case, CaseFacts } from '../case.js';
import type { CaseEvent } from '../events.js';

/** The question's message in Teams after an event. Pure. */
export function messageAfter(c: Case, event: CaseEvent): Pick<CaseFacts, 'message'> {
  const shows = c.version + 1;
  if (event.type === 'asked') return { message: { ...event.message, shows, to: event.askedOf.id } };
  if (event.type === 'askedAgain' || event.type === 'reminded') {
    return { message: { ...event.message, shows, ...(c.state === 'asked' ? { to: c.askedOf } : {}) } };
  }
  return { message: c.message };
}
