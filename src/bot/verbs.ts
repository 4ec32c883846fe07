import type { CaseView } from '../cards/case-view.js';
import type { Asker } from '../chat/answer.js';
import type { Desk } from '../cases/answering/desk.js';
import { answerClick, objectClick, undoClick, type ClickReply } from './clicks.js';
import { detailsClick, digestClick } from './digest-clicks.js';

/** What is done with a click; `data` is whatever arrived. */
export type Act = (desk: Desk, asker: Asker, data: unknown, view: CaseView) => Promise<ClickReply>;

/** Every button that a card of ours has. */
export const VERBS: Readonly<Record<string, Act>> = {
  answer: answerClick,
  answerAll: digestClick,
  details: detailsClick,
  undo: undoClick,
  object: objectClick,
};
