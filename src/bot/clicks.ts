import type { UserId } from '../audit/person.js';
import { caseCard } from '../cards/case-card.js';
import type { CaseView } from '../cards/case-view.js';
import type { NotTaken } from '../cards/digest-card.js';
import { proposalCard } from '../cards/hr-cards.js';
import { noticeCard } from '../cards/notice-card.js';
import { problemCard } from '../cards/question-card.js';
import { text } from '../i18n/text.js';
import type { Asker, Shown } from '../chat/answer.js';
import { viewFor } from '../chat/case-answer.js';
import type { FileOffer } from '../chat/file-offer.js';
import type { Case } from '../cases/case.js';
import type { Desk } from '../cases/answering/desk.js';
import type { DigestView } from '../cases/asking/digest.js';
import { withNear } from '../cases/asking/run-cards.js';
import type { Near } from '../graph/near.js';
import type { CardJson } from './messenger.js';
import { readAnswerClick, readObjectClick, readUndoClick } from './click-data.js';

/** What a click is answered with. */
export type ClickReply =
  /** The case as it now stands, for the person who clicked; `changed`: by this click. */
  | { readonly kind: 'case'; readonly case: Case; readonly card: CardJson; readonly changed: boolean }
  /** The same card again with what is wrong; only for the person who clicked. */
  | { readonly kind: 'problem'; readonly case: Case; readonly card: CardJson }
  /** A message that several cases share, as it now stands, with what became of the answers. */
  | {
      readonly kind: 'digest';
      readonly digest: DigestView;
      readonly card: CardJson;
      /** Sentences that must not be lost when the message is edited. */
      readonly notTaken: readonly string[];
      /** What was chosen and not taken, which the message keeps. */
      readonly chosen: NotTaken;
      readonly further: readonly FurtherCard[];
    }
  /**
   * What the person themself was told, as it stands now: nobody else has this message. They see no case: `of` tells only of
   * which one the card is, and how far that was.
   */
  | { readonly kind: 'notice'; readonly of: Pick<Case, 'caseId' | 'version'>; readonly card: CardJson }
  /** A card beside the one that was clicked. */
  | { readonly kind: 'further'; readonly further: FurtherCard }
  /** The answer to a question that a button asks: in the place of its card, or in a message of its own. */
  | {
      readonly kind: 'answer';
      readonly answer: Exclude<Shown, { kind: 'text' }> | FileOffer;
      readonly place: 'here' | 'beside';
    }
  | { readonly kind: 'text'; readonly text: string };

/** The card of one case as a message of its own. */
export type FurtherCard = Extract<Shown, { kind: 'card' }> & { readonly case: Case };

/** Who clicked. Their roles are read while the desk is at work, which looks up by itself who may. */
export interface Clicker {
  readonly userId: UserId;
  readonly asker: Promise<Asker>;
}

/** With what a click on a question is carried out. */
export interface AnswerSources {
  readonly desk: Desk;
  /** The people around somebody; absent: nobody is offered before they have typed anything. */
  readonly near?: Near | undefined;
}

/** Puts an answer to the desk, which checks who may and whether the card is current. */
export async function answerClick(
  sources: AnswerSources,
  clicker: Clicker,
  data: unknown,
  view: CaseView,
): Promise<ClickReply> {
  const click = readAnswerClick(data);
  if (!click) return { kind: 'text', text: text(view, 'click.strange') };
  const outcome = await sources.desk.answer({ ...click, by: clicker.userId });
  const asker = await clicker.asker;
  switch (outcome.kind) {
    case 'accepted':
      return shown(outcome, asker, view);
    case 'movedOn':
      return shown(outcome, asker, await withNear(sources, asker.userId, outcome.case, view));
    case 'incomplete': {
      const { case: c, problems } = outcome;
      const theirs = viewFor(c, asker, await withNear(sources, asker.userId, c, view));
      if (c.state === 'hrProposed')
        return { kind: 'problem', case: c, card: proposalCard(c, theirs, problems) };
      if (c.state !== 'asked' && c.state !== 'adminReview' && c.state !== 'hrReview')
        return shown(outcome, asker, view);
      return { kind: 'problem', case: c, card: problemCard({ ...outcome, case: c }, click.answer, theirs) };
    }
    case 'notYours':
      return { kind: 'text', text: text(view, 'click.notYours') };
    case 'noSuchCase':
      return { kind: 'text', text: text(view, 'click.noSuchCase') };
    default:
      return outcome satisfies never;
  }
}

export async function undoClick(
  desk: Desk,
  clicker: Clicker,
  data: unknown,
  view: CaseView,
): Promise<ClickReply> {
  const click = readUndoClick(data);
  if (!click) return { kind: 'text', text: text(view, 'click.strange') };
  const outcome = await desk.undo({ ...click, by: clicker.userId });
  switch (outcome.kind) {
    case 'accepted':
    case 'nothingToUndo':
      return shown(outcome, await clicker.asker, view);
    case 'notYours':
      return { kind: 'text', text: text(view, 'click.notYours') };
    case 'noSuchCase':
      return { kind: 'text', text: text(view, 'click.noSuchCase') };
    default:
      return outcome satisfies never;
  }
}

/** Somebody who was told about their own license still needs it. */
export async function objectClick(
  desk: Desk,
  { userId }: Clicker,
  data: unknown,
  view: CaseView,
): Promise<ClickReply> {
  const click = readObjectClick(data);
  if (!click) return { kind: 'text', text: text(view, 'click.strange') };
  const outcome = await desk.object({ ...click, by: userId });
  switch (outcome.kind) {
    case 'accepted':
    case 'movedOn':
      return { kind: 'notice', of: ofCase(outcome.case), card: noticeCard(outcome.case, view) };
    case 'tooLong':
      return { kind: 'text', text: text(view, 'click.tooLong') };
    case 'noSuchCase':
      return { kind: 'text', text: text(view, 'click.noSuchCase') };
    default:
      return outcome satisfies never;
  }
}

function ofCase({ caseId, version }: Case): Pick<Case, 'caseId' | 'version'> {
  return { caseId, version };
}

/** The case after an edit, if it moved on while Teams was busy with it. */
export async function newerCase(
  desk: Desk,
  asker: Asker,
  { caseId, version: newerThan }: Pick<Case, 'caseId' | 'version'>,
): Promise<Case | undefined> {
  const now = await desk.show({ caseId, by: asker.userId, newerThan });
  return typeof now === 'object' ? now : undefined;
}

function shown(
  outcome: { readonly kind: string; readonly case: Case },
  asker: Asker,
  view: CaseView,
): ClickReply {
  const { kind, case: c } = outcome;
  return { kind: 'case', case: c, card: cardFor(c, asker, view), changed: kind === 'accepted' };
}

/** A case as the asker may see it. */
export function cardFor(c: Case, asker: Asker, view: CaseView): CardJson {
  return caseCard(c, viewFor(c, asker, view));
}
