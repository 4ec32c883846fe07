import { thresholdsOf, USUAL_THRESHOLDS } from '../audit/back-test/back-test.js';
import type { UserId } from '../audit/person.js';
import type { CardJson } from '../bot/messenger.js';
import { caseCard, caseSummary } from '../cards/case-card.js';
import { reviewerOf, type CaseView } from '../cards/case-view.js';
import { deliveriesCard, deliveriesHeadline } from '../cards/deliveries-card.js';
import { messageText } from '../cards/escape.js';
import { helpCard } from '../cards/help-cards.js';
import { hrQueueCard, hrQueueHeadline } from '../cards/hr-cards.js';
import { explainCard, historyCard } from '../cards/history-cards.js';
import { findingCard } from '../cards/person-card.js';
import { waitingCard, waitingHeadline } from '../cards/waiting-card.js';
import { whatIfCard, whatIfHeadline } from '../cards/what-if-card.js';
import type { Case, CaseId } from '../cases/case.js';
import type { Desk, UndoOutcome } from '../cases/answering/desk.js';
import type { Role } from '../cases/roles.js';
import { isSealed } from '../cases/hr/sealed.js';
import { answerQuestion, type FileOffer } from './answer-question.js';
import { findCase, type Found } from './find-case.js';
import type { ReadModel } from './read-model.js';
import type { ChatRequest } from './request.js';
import type { TextReader } from './text-reader.js';
import { HOW_TO_WAIVE } from './waive-answer.js';

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
  | { readonly kind: 'text'; readonly text: string }
  /** `summary`: text of the notification. `question`: what was asked, for the next one to refer to. */
  | {
      readonly kind: 'card';
      readonly card: CardJson;
      readonly summary: string;
      readonly question?: string;
    };

export type Answer =
  | Shown
  | FileOffer
  /** To be carried out at the desk, which decides; `undone` has the words for what came of it. */
  | { readonly kind: 'undo'; readonly caseId: CaseId }
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
  switch (request.kind) {
    case 'help':
      return { kind: 'card', card: helpCard(asker.roles), summary: 'What you can ask' };
    case 'hello':
      return { kind: 'card', card: helpCard(asker.roles), summary: 'Hello. This is what you can ask.' };
    case 'thanks':
      return say('You are welcome. Write **help** to see what you can ask.');
    case 'question':
      return (await answerQuestion(request.text, asker, sources, view, 'typed')) ?? unknown([]);
    case 'whatIf':
      return whatIf(request.days, asker, sources, view);
    case 'waiting':
      return waiting(asker, sources, view);
    case 'hr':
      return hr(asker, sources, view);
    case 'deliveries':
      return deliveries(asker, sources, view);
    case 'nameMissing':
      return say(`Please add a name or an e-mail address, for example **${request.about} Adele Vance**.`);
    case 'case':
    case 'history':
    case 'explain':
    case 'undo': {
      const wanted = request.kind === 'undo' ? 'undoAsked' : undefined;
      const found = await findCase(request.who, asker, sources, wanted);
      const question = request.kind === 'case' && found.kind === 'nobody' ? request.perhaps : undefined;
      const answer = question && (await answerQuestion(question, asker, sources, view, 'perhapsName'));
      if (answer) return answer;
      return found.kind === 'case'
        ? aboutCase(request.kind, found.case, asker, sources, view)
        : notFound(found, view);
    }
    case 'waive':
    case 'waiveUnclear':
      return waive(request, asker, sources, view);
    case 'unknown': {
      // A misspelled request is no question, whatever else it may say.
      const isNoQuestion = request.suggestions.some((text) => !text.startsWith('case '));
      const answer = isNoQuestion
        ? undefined
        : await answerQuestion(request.text, asker, sources, view, 'perhaps');
      return answer ?? unknown(request.suggestions);
    }
    default:
      return request satisfies never;
  }
}

/** What came of an undo, in words or as the card of the case. */
export function undone(outcome: UndoOutcome, asker: Asker, view: CaseView): Shown {
  switch (outcome.kind) {
    case 'accepted':
      return caseAnswer(outcome.case, asker, view);
    case 'nothingToUndo':
      return say(
        `There is nothing to undo for **${messageText(outcome.case.subject.displayName)}**: ` +
          `${caseSummary(outcome.case, view)}.`,
      );
    case 'notYours':
    case 'noSuchCase':
      return say(NO_CASE);
    default:
      return outcome satisfies never;
  }
}

/** The same words whether there is no such case or somebody else has it, so that asking reveals nothing. */
const NO_CASE =
  'I know of no case of yours with that name. Write **waiting** to see the questions that wait for you.';

function say(text: string): Shown {
  return { kind: 'text', text };
}

async function whatIf(
  days: readonly number[],
  asker: Asker,
  { readModel }: ChatSources,
  view: CaseView,
): Promise<Answer> {
  const refusal = refusalOf(asker, 'Testing a threshold is for administrators.');
  if (refusal) return refusal;
  const thresholds = thresholdsOf(days.length === 0 ? USUAL_THRESHOLDS : days);
  if (thresholds.kind === 'wrong') return say(thresholds.why);
  const tested = await readModel.backTest(thresholds.days);
  if (!tested)
    return say('No audit has kept evidence to test thresholds on yet. Please ask again after the next one.');
  return { kind: 'card', card: whatIfCard(tested, view), summary: whatIfHeadline(tested) };
}

async function deliveries(asker: Asker, { readModel }: ChatSources, view: CaseView): Promise<Answer> {
  const refusal = refusalOf(asker, 'What became of messages is for administrators.');
  if (refusal) return refusal;
  const people = await readModel.deliveries();
  if (people.length === 0) return say('Nothing was sent to anybody yet.');
  return { kind: 'card', card: deliveriesCard(people, view), summary: deliveriesHeadline(people) };
}

/** Why somebody is not answered who is no admin; undefined for admins. */
function refusalOf({ roles, rolesUnknown }: Asker, why: string): Shown | undefined {
  if (rolesUnknown) {
    return say('I cannot check right now whether you are an administrator. Please ask again in a minute.');
  }
  if (roles.includes('admin')) return undefined;
  return say(`${why} I can show you the people you were asked about: write **waiting**, or **help**.`);
}

async function waiting(asker: Asker, { desk, readModel }: ChatSources, view: CaseView): Promise<Answer> {
  const cases = await desk.waitingFor(asker.userId);
  // Nobody decides about themself.
  const shared = asker.roles.includes('admin')
    ? (await readModel.forAdmins()).filter((c) => c.userId !== asker.userId)
    : [];
  const [only, ...more] = [...cases, ...shared];
  if (!only) return asker.roles.includes('hr') ? hr(asker, { desk, readModel }, view) : nothingWaits(asker);
  if (more.length === 0) return caseAnswer(only, asker, view);
  return {
    kind: 'card',
    card: waitingCard(cases, shared, view),
    summary: waitingHeadline(cases.length, shared.length, view),
  };
}

function nothingWaits({ rolesUnknown }: Asker): Shown {
  if (!rolesUnknown) return say('Nothing waits for you. I write to you when there is a question.');
  return say(
    'No question waits for you. I cannot check right now whether you are an administrator: please ask again in a minute.',
  );
}

/** What waits for HR; everybody else is told the same, whether something does or not. */
async function hr(asker: Asker, { desk }: ChatSources, view: CaseView): Promise<Answer> {
  if (asker.rolesUnknown)
    return say('I cannot check right now what you may see. Please ask again in a minute.');
  if (!asker.roles.includes('hr')) return say(NOTHING_HERE);
  const { cases, more } = await desk.hrQueue(asker.userId);
  if (cases.length === 0) return say('No case waits for HR.');
  return {
    kind: 'card',
    card: hrQueueCard(cases, more, view),
    summary: hrQueueHeadline(cases.length + more, view),
  };
}

const NOTHING_HERE =
  'There is nothing for you to do here. Write **waiting** to see the questions that wait for you, or **help**.';

async function aboutCase(
  about: 'case' | 'history' | 'explain' | 'undo',
  c: Case,
  asker: Asker,
  { readModel }: ChatSources,
  view: CaseView,
): Promise<Answer> {
  if (about === 'undo') return { kind: 'undo', caseId: c.caseId };
  if (about === 'case') return caseAnswer(c, asker, view);
  const lines = await readModel.historyOf(c.caseId);
  if (about === 'explain') {
    const theirs = viewFor(c, asker, view);
    return { kind: 'card', card: explainCard(c, lines, theirs), summary: 'Why somebody was asked' };
  }
  return { kind: 'card', card: historyCard(c, lines, viewFor(c, asker, view)), summary: 'History of a case' };
}

function caseAnswer(c: Case, asker: Asker, view: CaseView): Shown {
  const theirs = viewFor(c, asker, view);
  return { kind: 'card', card: caseCard(c, theirs), summary: caseSummary(c, theirs) };
}

/** Admins read along, except where they were asked themselves; HR sees what is sealed. */
export function viewFor(c: Case, asker: Asker, view: CaseView): CaseView {
  if (isSealed(c) && asker.roles.includes('hr')) return { ...view, reader: reviewerOf(c, asker.userId) };
  const wasAsked = c.state !== 'adminReview' && 'askedOf' in c && c.askedOf === asker.userId;
  return { ...view, reader: asker.roles.includes('admin') && !wasAsked ? 'admin' : 'asked' };
}

async function waive(
  request: Extract<ChatRequest, { readonly kind: 'waive' | 'waiveUnclear' }>,
  asker: Asker,
  sources: ChatSources,
  view: CaseView,
): Promise<Answer> {
  const refusal = refusalOf(asker, 'Waiving is for administrators.');
  if (refusal) return refusal;
  if (request.kind === 'waiveUnclear') return HOW_TO_WAIVE;
  // Also for an admin who is of HR: nobody waives anything in HR's cases.
  const found = await findCase(request.who, { ...asker, roles: ['admin'] }, sources, 'waived');
  if (found.kind !== 'case') return notFound(found, view);
  const { thing, reason } = request;
  return { kind: 'waive', caseId: found.case.caseId, thing, reason };
}

function notFound(found: Exclude<Found, { kind: 'case' }>, view: CaseView): Answer {
  switch (found.kind) {
    case 'finding':
      return { kind: 'card', card: findingCard(found.finding, view), summary: 'What the latest audit found' };
    case 'noCase':
      return say(
        `There is no case for **${messageText(found.displayName)}**: nobody has been asked about this person.`,
      );
    case 'several':
      return say(
        `That fits several people. Whom do you mean?\n\n${found.names
          .slice(0, 10)
          .map((name) => `- ${messageText(name.displayName)} (${messageText(name.userPrincipalName)})`)
          .join('\n')}`,
      );
    case 'severalCases':
      return say(
        `That fits several cases. Write the id of the one that you mean in place of the name:\n\n${found.cases
          .slice(0, 10)
          .map((c) => `- **${c.caseId}**: ${caseSummary(c, view)}`)
          .join('\n')}`,
      );
    case 'nobody':
      return say(
        found.mayKnow
          ? `I found nobody called **${messageText(found.who)}** in the latest audit or the cases. Try the e-mail address.`
          : NO_CASE,
      );
    default:
      return found satisfies never;
  }
}

function unknown(suggestions: readonly string[]): Answer {
  if (suggestions.length === 0)
    return say('I did not understand that. Write **help** to see what you can ask.');
  const list = suggestions.map((text) => `- **${messageText(text, 140)}**`).join('\n');
  return say(`I did not understand that. Did you mean:\n\n${list}\n\nWrite **help** to see everything.`);
}
