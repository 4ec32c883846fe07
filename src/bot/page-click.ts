import type { CaseView } from '../cards/case-view.js';
import type { ChatSources } from '../chat/answer.js';
import { pageOfName } from '../chat/page-answer.js';
import { text } from '../i18n/text.js';
import { readPageClick } from './click-data.js';
import type { ClickReply, Clicker } from './clicks.js';

/** The page of a person as it stands now, in the place of an older one. */
export async function pageClick(
  sources: ChatSources,
  clicker: Clicker,
  data: unknown,
  view: CaseView,
): Promise<ClickReply> {
  const click = readPageClick(data);
  if (click === undefined) return { kind: 'text', text: text(view, 'click.strange') };
  const asker = await clicker.asker;
  if (asker.rolesUnknown === true) return { kind: 'text', text: text(view, 'chat.rolesUnknown') };
  const answer = await pageOfName(click.userId, asker, sources, view);
  return answer?.kind === 'card'
    ? { kind: 'answer', answer, place: 'here' }
    : { kind: 'text', text: text(view, 'click.noPage') };
}
