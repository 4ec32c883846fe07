import type { UserId } from '../../audit/person.js';
import type { Case, CaseFacts } from '../case.js';
import type { CaseEvent } from '../events.js';
import { withFurther } from './copies.js';

/** The question's message in Teams after an event, and earlier ones that are edited with the case as well. Pure. */
export function messageAfter(c: Case, event: CaseEvent): Pick<CaseFacts, 'message' | 'further'> {
  const shows = c.version + 1;
  switch (event.type) {
    case 'asked':
      return {
        message: { ...event.message, shows, to: event.askedOf.id },
        // The intention to ask alone makes a card older than its case by one: it says already that somebody else is asked.
        ...(c.message !== undefined && c.message.shows < c.version - 1 ? withEarlier(c) : {}),
      };
    case 'askedAgain':
      // Their chat may not have been emptied after all.
      return { message: { ...event.message, shows, ...askedOf(c) }, ...withEarlier(c) };
    case 'reminded':
      return { message: { ...event.message, shows, ...askedOf(c) } };
    default:
      return { message: c.message };
  }
}

function askedOf(c: Case): { readonly to?: UserId } {
  return c.state === 'asked' ? { to: c.askedOf } : {};
}

/** The question's earlier message among the further cards, which are edited with the case. */
function withEarlier(c: Case): Pick<CaseFacts, 'further'> {
  const { message, ...others } = c;
  if (message?.to === undefined) return {};
  const { to, shows, ...ref } = message;
  const kept = withFurther({ ...others, message: undefined } as Case, { to, message: ref, shows });
  return kept?.further === undefined ? {} : { further: kept.further };
}
