import { csv } from '../../audit/csv/writer.js';
import { positionTable } from '../../audit/files/rows.js';
import type { CaseView } from '../../cards/case-view.js';
import { positionCard, positionHeadline, positionNote } from '../../cards/position-card.js';
import type { NotAllowed, PositionSeen } from '../../cases/admin/admin-desk.js';
import { text } from '../../i18n/text.js';
import type { Shown } from '../answer.js';
import { csvFormFor, type FileOffer } from '../file-offer.js';
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

/** All of it as a file, in the columns of the `position.csv` that an audit writes. */
export function positionFile(outcome: PositionSeen | NotAllowed, reader: CaseView): Shown | FileOffer {
  if (outcome.kind === 'notAllowed') return refused(reader);
  const { rows, finishedAt } = outcome;
  if (finishedAt === undefined) return say(text(reader, 'admin.campaign.noAudit'));
  const table = positionTable(rows);
  return {
    kind: 'file',
    name: `position-${finishedAt.slice(0, 10)}.csv`,
    description: text(reader, 'file.description'),
    csv: [...csv(table.header, table.rows, csvFormFor(reader))].join(''),
    note: positionNote(rows, finishedAt, reader),
    source: { of: 'position', finishedAt },
  };
}
