import { ownPageCard } from '../cards/own-page-card.js';
import type { CaseView } from '../cards/case-view.js';
import { text, type ReadyText } from '../i18n/text.js';
import type { Asker, ChatSources, Shown } from './answer.js';

/** What is on record about whoever asks, whatever they wrote. @param why they get it in place of what they wrote */
export async function ownPage(
  { userId }: Asker,
  { readModel }: Pick<ChatSources, 'readModel'>,
  view: CaseView,
  why?: ReadyText,
): Promise<Shown> {
  const record = await readModel.ownRecord(userId);
  return { kind: 'card', card: ownPageCard(record, view, why), summary: text(view, 'summary.me') };
}

/** Nobody has named them for anything, and no question waits for them: all that there is for them is about themself. */
export async function hasNoRole(
  { userId, roles, rolesUnknown }: Asker,
  { desk }: Pick<ChatSources, 'desk'>,
): Promise<boolean> {
  return roles.length === 0 && rolesUnknown !== true && (await desk.waitingFor(userId)).length === 0;
}
