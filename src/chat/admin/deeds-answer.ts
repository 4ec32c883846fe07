import type { CaseView } from '../../cards/case-view.js';
import { deedsCard } from '../../cards/deeds-card.js';
import type { DeedsSeen, NotAllowed } from '../../cases/admin/admin-desk.js';
import { text } from '../../i18n/text.js';
import type { Shown } from '../answer.js';
import { say } from '../say.js';
import { refused } from './answer.js';

/** What admins did, newest first. */
export function deedsAnswer(outcome: DeedsSeen | NotAllowed, view: CaseView): Shown {
  if (outcome.kind === 'notAllowed') return refused(view);
  if (outcome.deeds.length === 0) return say(text(view, 'admin.deeds.none'));
  return { kind: 'card', card: deedsCard(outcome.deeds, view), summary: text(view, 'admin.deeds.headline') };
}
