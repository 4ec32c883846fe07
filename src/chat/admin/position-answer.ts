import type { CaseView } from '../../cards/case-view.js';
import { positionCard, positionHeadline } from '../../cards/position-card.js';
import type { NotAllowed, PositionSeen } from '../../cases/admin/admin-desk.js';
import { text } from '../../i18n/text.js';
import type { Shown } from '../answer.js';
import { say } from '../say.js';
import { refused } from './answer.js';

/** Where the seats of each license are. */
export function positionAnswer(outcome: PositionSeen | NotAllowed, view: CaseView): Shown {
  if (outcome.kind === 'notAllowed') return refused(view);
  const { rows, finishedAt } = outcome;
  if (finishedAt === undefined) return say(text(view, 'admin.campaign.noAudit'));
  return {
    kind: 'card',
    card: positionCard(rows, finishedAt, view),
    summary: positionHeadline(rows, view),
  };
}
