import type { AdminDesk } from '../cases/admin/admin-desk.js';
import type { Desk } from '../cases/answering/desk.js';
import type { CaseView } from '../cards/case-view.js';
import type { AdminRequest } from '../chat/admin/request.js';
import type { Answer, Asker, Shown } from '../chat/answer.js';
import { undone } from '../chat/case-answer.js';
import type { FileOffer } from '../chat/file-offer.js';
import { reminded } from '../chat/remind-answer.js';
import { waived } from '../chat/waive-answer.js';
import { adminTurn } from './admin-turns.js';

type RosterRequest = Extract<AdminRequest, { readonly do: 'importRoster' }>;

/** With what an answer is carried out. */
export interface Carriers {
  readonly desk: Pick<Desk, 'undo' | 'remind' | 'waive'>;
  readonly admin: AdminDesk;
  /** What is said of an attached file of people, or of none. */
  readonly importRoster: (wants: RosterRequest) => Promise<Shown>;
}

/** Does what was asked for, however it was asked: each desk looks up once more who may. */
export async function carryOut(
  answer: Answer,
  { desk, admin, importRoster }: Carriers,
  asker: Asker,
  view: CaseView,
): Promise<Shown | FileOffer> {
  const by = asker.userId;
  switch (answer.kind) {
    case 'admin':
      return answer.wants.do === 'importRoster'
        ? importRoster(answer.wants)
        : adminTurn(admin, by, answer.wants, view);
    case 'undo':
      return undone(await desk.undo({ caseId: answer.caseId, by }), asker, view);
    case 'remind':
      return reminded(await desk.remind({ caseId: answer.caseId, by }), view);
    case 'waive': {
      const { caseId, thing, reason } = answer;
      return waived(await desk.waive({ caseId, by, thing, reason }), view);
    }
    case 'file':
    case 'text':
    case 'card':
      return answer;
    default:
      return answer satisfies never;
  }
}
