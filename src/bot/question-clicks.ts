import type { CaseView } from '../cards/case-view.js';
import { waiting, type ChatSources } from '../chat/answer.js';
import { answerQuestion } from '../chat/answer-question.js';
import { readQuestionClick } from './click-data.js';
import { text } from '../i18n/text.js';
import type { ClickReply, Clicker } from './clicks.js';

/**
 * A button with a question is answered as if the question were written now: what its card says gives nobody a right, and
 * who may ask is looked at again.
 * @param place `here`: in the place of the card, as another page of it
 */
export async function questionClick(
  place: 'here' | 'beside',
  sources: ChatSources,
  clicker: Clicker,
  data: unknown,
  view: CaseView,
): Promise<ClickReply> {
  const click = readQuestionClick(data);
  if (click === undefined) return { kind: 'text', text: text(view, 'click.strange') };
  const answer = await answerQuestion(click.question, await clicker.asker, sources, view, 'printed');
  if (answer === undefined) return { kind: 'text', text: text(view, 'click.strange') };
  return answer.kind === 'text' ? answer : { kind: 'answer', answer, place };
}

/** A button that shows what waits for whoever clicks it. */
export async function waitingClick(
  sources: ChatSources,
  clicker: Clicker,
  _data: unknown,
  view: CaseView,
): Promise<ClickReply> {
  const answer = await waiting(await clicker.asker, sources, view);
  return answer.kind === 'text' ? answer : { kind: 'answer', answer, place: 'beside' };
}
