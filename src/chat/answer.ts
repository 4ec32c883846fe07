import { thresholdsOf, USUAL_THRESHOLDS } from '../audit/back-test/back-test.js';
import type { UserId } from '../audit/person.js';
import type { CardJson } from '../bot/messenger.js';
import type { CaseView } from '../cards/case-view.js';
import { messageText } from '../cards/escape.js';
import { helpCard } from '../cards/help-cards.js';
import { hrQueueCard, hrQueueHeadline } from '../cards/hr-cards.js';
import { waitingCard, waitingHeadline } from '../cards/waiting-card.js';
import { whatIfCard, whatIfHeadline } from '../cards/what-if-card.js';
import type { Case, CaseId } from '../cases/case.js';
import type { Desk } from '../cases/answering/desk.js';
import type { Role } from '../cases/roles.js';
import type { Language } from '../i18n/locale.js';
import { sentenceIn } from '../i18n/sentences.js';
import { text } from '../i18n/text.js';
import { answerQuestion } from './answer-question.js';
import type { AdminRequest } from './admin/request.js';
import { aboutCase, caseAnswer } from './case-answer.js';
import { deliveriesAnswer } from './deliveries-answer.js';
import type { FileOffer } from './file-offer.js';
import { caseToWaiveIn, findCase } from './find-case.js';
import { notFound } from './not-found.js';
import { looksLikeName } from './name-words.js';
import { pageOf, pageOfName } from './page-answer.js';
import { hasNoRole, ownPage } from './own-page.js';
import type { ReadModel } from './read-model.js';
import { refusalOf, whyOwnPage } from './refusal.js';
import type { ChatRequest } from './request.js';
import { say, unknown } from './say.js';
import { howToWaive } from './waive-answer.js';
import type { TextReader } from './text-reader.js';

export interface Asker {
  readonly userId: UserId;
  readonly roles: readonly Role[];
  /** true: the roles could not be read just now, so that none are assumed. */
  readonly rolesUnknown?: boolean;
}

export interface ChatSources {
  readonly readModel: ReadModel;
  readonly desk: Pick<Desk, 'show' | 'waitingFor' | 'hrQueue' | 'findSealed'>;
  /** Reads questions that the grammar does not understand; undefined: nobody does. */
  readonly textReader?: TextReader | undefined;
}

/** An answer that needs nothing more to be done. */
export type Shown =
  /** `suggestions`: whole requests that the text lists, which can be sent by a touch; absent: none. */
  | { readonly kind: 'text'; readonly text: string; readonly suggestions?: readonly string[] }
  /**
   * `summary`: text of the notification. `question`: what was asked, for the next one to refer to. `case`: the one that the
   * card shows as it stands, so that it is edited when that moves on.
   */
  | {
      readonly kind: 'card';
      readonly card: CardJson;
      readonly summary: string;
      readonly question?: string;
      readonly case?: Case;
    };

export type Answer =
  | Shown
  | FileOffer
  /** To be carried out at the admins' desk, which looks up once more who may. */
  | { readonly kind: 'admin'; readonly wants: AdminRequest }
  /** To be carried out at the desk, which decides; `undone` has the words for what came of it. */
  | { readonly kind: 'undo'; readonly caseId: CaseId }
  /** The same of a reminder. */
  | { readonly kind: 'remind'; readonly caseId: CaseId }
  | {
      readonly kind: 'waive';
      readonly caseId: CaseId;
      readonly thing: string;
      readonly reason: string;
    };

/** The answer to every request; never nothing. Reads only, and only what the asker may see. */
export async function answerTo(
  request: ChatRequest,
  asker: Asker,
  sources: ChatSources,
  view: CaseView,
): Promise<Answer> {
  const why = whyOwnPage(request, view);
  if (why && (await hasNoRole(asker, sources))) return ownPage(asker, sources, view, why);
  switch (request.kind) {
    case 'me':
      return ownPage(asker, sources, view);
    case 'help':
      return { kind: 'card', card: helpCard(asker.roles, view), summary: text(view, 'summary.help') };
    case 'hello':
      return { kind: 'card', card: helpCard(asker.roles, view), summary: text(view, 'summary.hello') };
    case 'thanks':
    case 'yesOrNo':
      return say(text(view, `chat.${request.kind}`));
    case 'question':
      return (await answerQuestion(request.text, asker, sources, view, 'typed')) ?? unknown([], view);
    case 'whatIf':
      return whatIf(request.days, asker, sources, view);
    case 'waiting':
      return waiting(asker, sources, view);
    case 'hr':
      return hr(asker, sources, view);
    case 'deliveries':
      return deliveriesAnswer(request.who, asker, sources, view);
    case 'nameMissing':
      return say(text(view, `chat.nameMissing.${request.about}`));
    case 'case':
    case 'person':
    case 'history':
    case 'explain':
    case 'undo':
      return aboutSomebody(request, asker, sources, view);
    case 'admin':
      if (asker.rolesUnknown) return say(text(view, 'chat.rolesUnknown'));
      if (mayAskFor(request.wants, asker.roles)) return { kind: 'admin', wants: request.wants };
      // Where it means nothing else, whatever it resembles was not meant either.
      return request.otherwise.kind === 'unknown'
        ? unknown([], view)
        : answerTo(request.otherwise, asker, sources, view);
    case 'adminMeant':
      return perhapsAdmin(request, asker, sources, view);
    case 'remind':
      return remind(request.who, asker, sources, view);
    case 'waive':
    case 'waiveUnclear':
      return waive(request, asker, sources, view);
    case 'unknown':
      return perhapsQuestion(request, asker, sources, view);
    default:
      return request satisfies never;
  }
}

async function aboutSomebody(
  request: Extract<ChatRequest, { readonly kind: 'case' | 'person' | 'history' | 'explain' | 'undo' }>,
  asker: Asker,
  sources: ChatSources,
  view: CaseView,
): Promise<Answer> {
  const wanted = request.kind === 'undo' ? 'undoAsked' : request.kind === 'person' ? 'page' : undefined;
  const found = await findCase(request.who, asker, sources, wanted);
  const question = 'perhaps' in request && found.kind === 'nobody' ? request.perhaps : undefined;
  const answer = question && (await answerQuestion(question, asker, sources, view, 'perhapsName'));
  if (answer) return answer;
  const page = request.kind === 'person' ? await pageOf(found, asker, sources, view) : undefined;
  if (page) return page;
  const about = request.kind === 'person' ? 'case' : request.kind;
  if (found.kind === 'case') return aboutCase(about, found.case, asker, sources, view);
  // What several people fit is not done to the one who is chosen then: their page has the button.
  return notFound(found, view, request.kind === 'undo' ? 'person' : request.kind);
}

/** A misspelled request is no question, whatever else it may say. */
async function perhapsQuestion(
  request: Extract<ChatRequest, { readonly kind: 'unknown' }>,
  asker: Asker,
  sources: ChatSources,
  view: CaseView,
): Promise<Answer> {
  const { text: words, suggestions } = request;
  const isNoQuestion = suggestions.some((suggestion) => !suggestion.startsWith('case '));
  const answer = isNoQuestion ? undefined : await answerQuestion(words, asker, sources, view, 'perhaps');
  if (answer) return answer;
  const page = request.name === undefined ? undefined : await pageOfName(request.name, asker, sources, view);
  return page ?? unknown(await offersOf(request, asker, sources), view);
}

/** Somebody is offered only who is known to the asker, or whose name the words look like. */
async function offersOf(
  { suggestions, name }: Extract<ChatRequest, { readonly kind: 'unknown' }>,
  asker: Asker,
  sources: ChatSources,
): Promise<readonly string[]> {
  if (name === undefined || looksLikeName(name)) return suggestions;
  return (await findCase(name, asker, sources)).kind === 'nobody' ? [] : suggestions;
}

/** What was perhaps meant comes before any guess at a question, and after somebody of that name or a list that it names. */
async function perhapsAdmin(
  { meant, otherwise }: Extract<ChatRequest, { readonly kind: 'adminMeant' }>,
  asker: Asker,
  sources: ChatSources,
  view: CaseView,
): Promise<Answer> {
  const offers = meant.filter(({ wants }) => mayAskFor(wants, asker.roles)).map(({ text: words }) => words);
  if (offers.length === 0) return answerTo(otherwise, asker, sources, view);
  if ('perhaps' in otherwise && (await findCase(otherwise.who, asker, sources)).kind !== 'nobody')
    return answerTo(otherwise, asker, sources, view);
  const words = 'text' in otherwise ? otherwise.text : 'perhaps' in otherwise ? otherwise.perhaps : undefined;
  const byGrammar = { ...sources, textReader: undefined };
  const answer = words && (await answerQuestion(words, asker, byGrammar, view, 'perhaps'));
  if (answer && answer.kind !== 'text') return answer;
  const others = otherwise.kind === 'unknown' ? await offersOf(otherwise, asker, sources) : [];
  return unknown([...offers, ...others].slice(0, MOST_OFFERS), view);
}

const MOST_OFFERS = 3;

async function whatIf(
  days: readonly number[],
  asker: Asker,
  { readModel }: ChatSources,
  view: CaseView,
): Promise<Answer> {
  const refusal = refusalOf(asker, 'whatIf', view);
  if (refusal) return refusal;
  const thresholds = thresholdsOf(days.length === 0 ? USUAL_THRESHOLDS : days);
  if (thresholds.kind === 'wrong') return say(messageText(sentenceIn(view, thresholds.why), 300));
  const tested = await readModel.backTest(thresholds.days);
  if (!tested) return say(text(view, 'chat.noEvidence'));
  return { kind: 'card', card: whatIfCard(tested, view), summary: whatIfHeadline(tested, view) };
}

/** Figures in which nobody is named. */
const FOR_FINANCE: ReadonlySet<AdminRequest['do']> = new Set(['position', 'savings']);

function mayAskFor({ do: wanted }: AdminRequest, roles: readonly Role[]): boolean {
  return roles.includes('admin') || (FOR_FINANCE.has(wanted) && roles.includes('finance'));
}

/** What waits for the asker, and for an admin what waits for any of them. */
export async function waiting(
  asker: Asker,
  { desk, readModel }: ChatSources,
  view: CaseView,
): Promise<Shown> {
  const cases = await desk.waitingFor(asker.userId);
  // Nobody decides about themself.
  const shared = asker.roles.includes('admin')
    ? (await readModel.forAdmins()).filter((c) => c.userId !== asker.userId)
    : [];
  const [only, ...more] = [...cases, ...shared];
  if (!only)
    return asker.roles.includes('hr') ? hr(asker, { desk, readModel }, view) : nothingWaits(asker, view);
  if (more.length === 0) return caseAnswer(only, asker, view);
  return {
    kind: 'card',
    card: waitingCard(cases, shared, view),
    summary: waitingHeadline(cases.length, shared.length, view),
  };
}

function nothingWaits({ rolesUnknown }: Asker, reader: Language): Shown {
  return say(text(reader, rolesUnknown ? 'chat.nothingWaitsUnknown' : 'chat.nothingWaits'));
}

/** What waits for HR; everybody else is told the same, whether something does or not. */
async function hr(asker: Asker, { desk }: ChatSources, view: CaseView): Promise<Shown> {
  if (asker.rolesUnknown) return say(text(view, 'chat.rightsUnknown'));
  if (!asker.roles.includes('hr')) return say(text(view, 'chat.nothingHere'));
  const queue = await desk.hrQueue(asker.userId);
  if (queue.cases.length + queue.parked.length === 0) return say(text(view, 'chat.noHrCase'));
  return {
    kind: 'card',
    card: hrQueueCard(queue, view),
    summary: hrQueueHeadline(queue.cases.length + queue.more, view),
  };
}

async function remind(who: string, asker: Asker, sources: ChatSources, view: CaseView): Promise<Answer> {
  const refusal = refusalOf(asker, 'remind', view);
  if (refusal) return refusal;
  // Also for an admin who is of HR: nobody is reminded of HR's cases.
  const found = await findCase(who, { ...asker, roles: ['admin'] }, sources, 'reminderAsked');
  return found.kind === 'case' ? { kind: 'remind', caseId: found.case.caseId } : notFound(found, view);
}

async function waive(
  request: Extract<ChatRequest, { readonly kind: 'waive' | 'waiveUnclear' }>,
  asker: Asker,
  sources: ChatSources,
  view: CaseView,
): Promise<Answer> {
  const refusal = asker.roles.includes('hr') ? undefined : refusalOf(asker, 'waive', view);
  if (refusal) return refusal;
  if (request.kind === 'waiveUnclear') return howToWaive(view);
  const found = await caseToWaiveIn(request.who, asker, sources);
  if (found.kind !== 'case') return notFound(found, view);
  const { thing, reason } = request;
  return { kind: 'waive', caseId: found.case.caseId, thing, reason };
}
