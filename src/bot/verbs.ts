import type { CaseView } from '../cards/case-view.js';
import type { ChatSources } from '../chat/answer.js';
import type { AdminDesk } from '../cases/admin/admin-desk.js';
import type { Desk } from '../cases/answering/desk.js';
import { adminClick } from './admin-clicks.js';
import {
  answerClick,
  objectClick,
  undoClick,
  type AnswerSources,
  type ClickReply,
  type Clicker,
} from './clicks.js';
import { detailsClick, digestClick } from './digest-clicks.js';
import { pageClick } from './page-click.js';
import { questionClick, waitingClick } from './question-clicks.js';
import { waiveClick, writeClick } from './write-clicks.js';

/** What a click is carried out with. */
export interface ClickSources extends ChatSources, AnswerSources {
  readonly desk: Desk;
  readonly admin: AdminDesk;
}

/** What is done with a click; `data` is whatever arrived. */
export type Act = (
  sources: ClickSources,
  clicker: Clicker,
  data: unknown,
  view: CaseView,
) => Promise<ClickReply>;

/** Every button that a card of ours has. */
export const VERBS: Readonly<Record<string, Act>> = {
  answer: answerClick,
  answerAll: digestClick,
  details: detailsClick,
  undo: ({ desk }, ...click) => undoClick(desk, ...click),
  ask: (sources, ...click) => questionClick('beside', sources, ...click),
  turn: (sources, ...click) => questionClick('here', sources, ...click),
  waiting: waitingClick,
  page: pageClick,
  admin: ({ admin }, ...click) => adminClick(admin, ...click),
  object: ({ desk }, ...click) => objectClick(desk, ...click),
  write: writeClick,
  waive: ({ desk }, ...click) => waiveClick(desk, ...click),
};
