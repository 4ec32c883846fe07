import type { AdminDesk } from '../cases/admin/admin-desk.js';
import type { Desk } from '../cases/answering/desk.js';
import type { CaseView } from '../cards/case-view.js';
import { howToImport } from '../chat/admin/roster-answer.js';
import { answerTo, type ChatSources, type Shown } from '../chat/answer.js';
import type { FileOffer } from '../chat/file-offer.js';
import { parse } from '../chat/parse.js';
import { waived } from '../chat/waive-answer.js';
import { text } from '../i18n/text.js';
import { carryOut } from './carry-out.js';
import { readWaiveClick, readWriteClick } from './click-data.js';
import { newerCase, type ClickReply, type Clicker } from './clicks.js';

/**
 * A button that is a request: read and answered as if whoever pressed it had written it now. What its card says gives nobody
 * a right.
 */
export async function writeClick(
  sources: ChatSources & { readonly desk: Desk; readonly admin: AdminDesk },
  clicker: Clicker,
  data: unknown,
  view: CaseView,
): Promise<ClickReply> {
  const click = readWriteClick(data);
  if (click === undefined) return { kind: 'text', text: text(view, 'click.strange') };
  const asker = await clicker.asker;
  const answer = await answerTo(parse(click.request), asker, sources, view);
  // A button brings no file.
  const importRoster = async (): Promise<Shown> => howToImport(view);
  return beside(await carryOut(answer, { ...sources, importRoster }, asker, view));
}

/**
 * An admin, or somebody of HR, waives what stands in the way of a case, as by `waive THING for NAME because REASON`; what
 * came since the page was drawn is nothing that they have seen.
 */
export async function waiveClick(
  desk: Desk,
  { userId, asker }: Clicker,
  data: unknown,
  view: CaseView,
): Promise<ClickReply> {
  const click = readWaiveClick(data);
  if (click === undefined) return { kind: 'text', text: text(view, 'click.strange') };
  const { version: _seen, ...what } = click;
  if ((await newerCase(desk, await asker, click)) !== undefined)
    return { kind: 'text', text: text(view, 'click.waiveMovedOn') };
  return beside(waived(await desk.waive({ ...what, by: userId }), view));
}

function beside(answer: Shown | FileOffer): ClickReply {
  return answer.kind === 'text' ? answer : { kind: 'answer', answer, place: 'beside' };
}
