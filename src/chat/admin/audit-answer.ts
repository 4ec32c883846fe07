import type { AuditOrdered, NotAllowed } from '../../cases/admin/admin-desk.js';
import type { Shown } from '../answer.js';
import { say } from '../say.js';
import { refused } from './answer.js';

/** An audit was asked for; how far it is comes in a card of its own. */
export function auditAnswer(outcome: AuditOrdered | NotAllowed): Shown {
  return outcome.kind === 'notAllowed' ? refused() : say(TEXTS[outcome.is]);
}

const TEXTS: Readonly<Record<AuditOrdered['is'], string>> = {
  begun: 'An audit begins. A card shows here how far it is, and what came of it.',
  joined: 'An audit is under way already. A card shows here how far it is, and what came of it.',
  ending: 'An audit is ending at this moment. Please ask again in a minute.',
};
