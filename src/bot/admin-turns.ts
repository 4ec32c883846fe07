import { campaignAnswer, confirmSwitch, switched } from '../chat/admin/answer.js';
import { auditAnswer } from '../chat/admin/audit-answer.js';
import { howToProtect, liftAnswer, protectAnswer, protectionsAnswer } from '../chat/admin/protect-answer.js';
import { planAnswer, reviewAnswer } from '../chat/admin/review-answer.js';
import { positionAnswer, positionFile } from '../chat/admin/position-answer.js';
import { howToImport } from '../chat/admin/roster-answer.js';
import { savingsAnswer, savingsFile } from '../chat/admin/savings-answer.js';
import { deedsAnswer } from '../chat/admin/deeds-answer.js';
import type { AdminRequest } from '../chat/admin/request.js';
import type { UserId } from '../audit/person.js';
import type { CaseView } from '../cards/case-view.js';
import type { AdminDesk } from '../cases/admin/admin-desk.js';
import type { Shown } from '../chat/answer.js';
import type { FileOffer } from '../chat/file-offer.js';

/** Carries out what an admin has written, or asks back where one message must not be enough. */
export async function adminTurn(
  desk: AdminDesk,
  by: UserId,
  wants: Exclude<AdminRequest, { readonly do: 'importRoster' }>,
  view: CaseView,
): Promise<Shown | FileOffer> {
  switch (wants.do) {
    case 'switch': {
      const { to, reason } = wants;
      // A pause holds everything and is taken back with a word; whatever else is wide waits for a click.
      if (to === 'paused') return switched(to, await desk.setSwitch({ by, to, reason }), view);
      return confirmSwitch(to, reason, await desk.campaign(by), view);
    }
    case 'status':
      return campaignAnswer(await desk.campaign(by), view);
    case 'audit':
      return auditAnswer(await desk.orderAudit(by), view);
    case 'protect': {
      const { do: _do, ...request } = wants;
      return protectAnswer(await desk.protect({ by, ...request }), view);
    }
    case 'protectUnclear':
      return howToProtect(view);
    case 'unprotect':
      return liftAnswer(await desk.unprotect({ by, who: wants.who }), view);
    case 'protections':
      return protectionsAnswer(await desk.protections(by), view);
    case 'review': {
      const { who, reason } = wants;
      return reviewAnswer(await desk.inReview(by, who), { page: 1, reason }, view);
    }
    case 'plan':
      return planAnswer(await desk.plan(by), view);
    case 'position': {
      const seen = await desk.position(by);
      return wants.as === 'file' ? positionFile(seen, view) : positionAnswer(seen, view);
    }
    case 'rosterUnclear':
      return howToImport(view);
    case 'savings': {
      const seen = await desk.savings(by);
      return wants.as === 'file' ? savingsFile(seen, view) : savingsAnswer(seen, view);
    }
    case 'deeds':
      return deedsAnswer(await desk.deeds(by), view);
    default:
      return wants satisfies never;
  }
}
