import { campaignAnswer, refused, switched } from '../chat/admin/answer.js';
import { howToProtect, liftAnswer, protectAnswer } from '../chat/admin/protect-answer.js';
import type { CaseView } from '../cards/case-view.js';
import { approveAnswer, releaseAsk, reviewAnswer, reviewedLines } from '../chat/admin/review-answer.js';
import type { AdminDesk, ReviewRequest } from '../cases/admin/admin-desk.js';
import { rosterKept, rosterTakenBack } from '../chat/admin/roster-answer.js';
import { savingsFile } from '../chat/admin/savings-answer.js';
import type { Shown } from '../chat/answer.js';
import type { FileOffer } from '../chat/file-offer.js';
import { text } from '../i18n/text.js';
import { readAdminClick, type AdminClicked } from './admin-click-data.js';
import type { ClickReply, Clicker } from './clicks.js';

/** A button on a card for admins: the desk looks up at this moment who may, and whether all is still as the card showed it. */
export async function adminClick(
  admin: AdminDesk,
  clicker: Clicker,
  data: unknown,
  view: CaseView,
): Promise<ClickReply> {
  const { userId } = clicker;
  const click = readAdminClick(data);
  if (click === undefined) return { kind: 'text', text: text(view, 'click.strange') };
  switch (click.do) {
    case 'status':
      return beside(campaignAnswer(await admin.campaign(userId), view));
    case 'savingsFile':
      return beside(savingsFile(await admin.savings(userId), view));
    case 'keepRoster':
      return here(rosterKept(await admin.keepRoster({ by: userId, importId: click.importId }), view));
    case 'takeRosterBack': {
      const { rosterId } = click;
      return here(rosterTakenBack(await admin.takeRosterBack({ by: userId, rosterId }), view));
    }
    case 'unprotect': {
      const { userId: who, at: seenAt } = click;
      return here(liftAnswer(await admin.unprotect({ by: userId, who, seenAt }), view));
    }
    case 'protect':
      return beside(await protectClick(admin, clicker, click, view));
    case 'review': {
      const who = click.who === '' ? undefined : click.who;
      return here(reviewAnswer(await admin.inReview(userId, who), { page: click.page }, view));
    }
    case 'reviewed': {
      const { release, veto, reason, page } = click;
      return here(await reviewed(admin, { by: userId, release, veto, reason }, page, view));
    }
    case 'releaseAsk':
      return beside(releaseAsk(await admin.inReview(userId), click.cases, view));
    case 'release': {
      const { cases: release } = click;
      return here(await reviewed(admin, { by: userId, release, veto: [], reason: '' }, 1, view));
    }
    case 'approve':
      return here(approveAnswer(await admin.approve({ by: userId, planId: click.planId }), view));
    case 'switch': {
      const { to, reason, seen } = click;
      return here(switched(to, await admin.setSwitch({ by: userId, to, reason, seen }), view));
    }
    default:
      return click satisfies never;
  }
}

/** As `protect` and `exempt` when they are written. How that has to be said is told to admins alone. */
async function protectClick(
  admin: AdminDesk,
  { userId: by, asker }: Clicker,
  { how, userId: who, reason, until }: Extract<AdminClicked, { readonly do: 'protect' }>,
  view: CaseView,
): Promise<Shown> {
  if (reason !== '' && (how === 'protect' || until !== undefined))
    return protectAnswer(await admin.protect({ by, who, how, reason, until }), view);
  return (await asker).roles.includes('admin') ? howToProtect(view) : refused(view);
}

/** What became of the choices, above those that are left. */
async function reviewed(
  admin: AdminDesk,
  request: ReviewRequest,
  page: number,
  view: CaseView,
): Promise<Shown> {
  const outcome = await admin.review(request);
  const says = reviewedLines(outcome, view);
  const isRefused = outcome.kind === 'reasonLength';
  return reviewAnswer(
    await admin.inReview(request.by),
    { page, says, reason: isRefused ? request.reason : undefined },
    view,
  );
}

/** In the place of the card that was clicked. */
function here(answer: Shown): ClickReply {
  return answer.kind === 'text' ? answer : { kind: 'answer', answer, place: 'here' };
}

/** In a message of its own. */
function beside(answer: Shown | FileOffer): ClickReply {
  return answer.kind === 'text' ? answer : { kind: 'answer', answer, place: 'beside' };
}
