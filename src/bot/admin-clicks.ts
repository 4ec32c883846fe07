import { refused, switched } from '../chat/admin/answer.js';
import type { CaseView } from '../cards/case-view.js';
import type { UserId } from '../audit/person.js';
import type { AdminDesk } from '../cases/admin/admin-desk.js';
import type { Asker, Shown } from '../chat/answer.js';
import { readAdminClick, type AdminClicked } from './admin-click-data.js';
import { TEXTS, type ClickReply } from './clicks.js';

/** A button on a card for admins: the desk looks up at this moment who may, and whether all is still as the card showed it. */
export async function adminClick(
  desk: AdminDesk,
  { userId }: Asker,
  data: unknown,
  view: CaseView,
): Promise<ClickReply> {
  const click = readAdminClick(data);
  if (click === undefined) return { kind: 'text', text: TEXTS.strange };
  const shown = await act(desk, userId, click, view);
  return shown.kind === 'text' ? shown : { kind: 'answer', answer: shown, place: 'here' };
}

async function act(desk: AdminDesk, by: UserId, click: AdminClicked, _view: CaseView): Promise<Shown> {
  const { to, reason, seen } = click;
  const outcome = await desk.setSwitch({ by, to, reason, seen });
  return outcome.kind === 'notAllowed' ? refused() : switched(to, outcome);
}
