import type { Case, CaseFacts } from './case.js';
import type { CaseEvent } from './events.js';

/** The question's message in Teams after an event. Pure. */
export function messageAfter(c: Case, event: CaseEvent): Pick<CaseFacts, 'message'> {
  if (event.type === 'asked' || event.type === 'askedAgain') {
    return { message: { ...event.message, shows: c.version + 1 } };
  }
  return { message: c.message };
}
