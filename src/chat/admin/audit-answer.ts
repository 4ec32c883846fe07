import type { AuditOrdered, NotAllowed } from '../../cases/admin/admin-desk.js';
import type { Language } from '../../i18n/locale.js';
import { text } from '../../i18n/text.js';
import type { Shown } from '../answer.js';
import { say } from '../say.js';
import { refused } from './answer.js';

/** An audit was asked for; how far it is comes in a card of its own. */
export function auditAnswer(outcome: AuditOrdered | NotAllowed, reader: Language): Shown {
  return outcome.kind === 'notAllowed' ? refused(reader) : say(text(reader, `admin.audit.${outcome.is}`));
}
