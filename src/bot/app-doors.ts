import { ActionTypes, CardFactory, MessageFactory, type Activity } from 'botbuilder';
import type { UserId } from '../audit/person.js';
import type { CaseView } from '../cards/case-view.js';
import { plainText } from '../cards/escape.js';
import type { Asker, Shown } from '../chat/answer.js';
import type { ReadModel } from '../chat/read-model.js';
import type { AdminDesk } from '../cases/admin/admin-desk.js';
import type { TextReader } from '../chat/text-reader.js';
import type { Desk } from '../cases/answering/desk.js';
import type { Case, MessageRef } from '../cases/case.js';
import type { Role } from '../cases/roles.js';
import type { Near } from '../graph/near.js';
import type { Language } from '../i18n/locale.js';
import { errorName, type Background } from './background.js';
import { postActivity, type ConnectorDoors } from './connector-calls.js';
import type { Conversations } from './conversations.js';
import type { FileLinks } from './file-links.js';
import type { LocaleOf } from './language.js';
import type { CardJson, Messenger } from './messenger.js';
import { conversationOf, senderOf } from './sender.js';

/** Everything that an incoming activity may need. */
export interface AppDoors {
  readonly connector: ConnectorDoors;
  readonly conversations: Conversations;
  readonly messenger: Messenger;
  readonly desk: Desk;
  readonly admin: AdminDesk;
  /** The people around somebody; undefined: nobody is offered before they have typed anything. */
  readonly near: Near | undefined;
  /** Cut to what the asker may see. */
  readonly readModelFor: (asker: UserId) => ReadModel;
  /** Remembers what somebody asked, for the next question to refer to. */
  readonly keepQuestion: (asker: UserId, question: string) => Promise<void>;
  /** undefined: questions are read by the grammar alone. */
  readonly textReader: TextReader | undefined;
  /** Where a file can be downloaded by whom Teams does not ask about it. */
  readonly fileLinks: FileLinks;
  readonly rolesOf: (userId: UserId) => Promise<readonly Role[]>;
  /** How cases are shown now. */
  readonly view: (language: Language) => CaseView;
  readonly localeOf: LocaleOf;
  readonly clock: { now(): Date };
  readonly background: Background;
  /** Milliseconds after which a click or question is acknowledged and goes on in the background. */
  readonly patienceMs: number;
}

/** With Graph unreachable a person keeps what needs no role, and is told so where one is needed. */
export async function askerFor(userId: UserId, { rolesOf, connector }: AppDoors): Promise<Asker> {
  try {
    return { userId, roles: await rolesOf(userId) };
  } catch (error) {
    const fields = { userId, error: errorName(error) };
    connector.log.warn('Roles could not be read; the person is treated as having none.', fields);
    return { userId, roles: [], rolesUnknown: true };
  }
}

export function activityOf(answer: Shown): Partial<Activity> {
  if (answer.kind === 'text') return textActivity(answer);
  return { type: 'message', attachments: [CardFactory.adaptiveCard(answer.card)], summary: answer.summary };
}

/** Teams offers no more, with texts of personal chats only, and only such as write something (facts of Teams, 1.1). */
const MOST_SUGGESTED = 3;
const MOST_IN_TITLE = 60;

function textActivity({ text, suggestions = [] }: Extract<Shown, { kind: 'text' }>): Partial<Activity> {
  if (suggestions.length === 0) return MessageFactory.text(text);
  const offers = suggestions
    .slice(0, MOST_SUGGESTED)
    .map((value) => ({ type: ActionTypes.ImBack, title: plainText(value, MOST_IN_TITLE), value }));
  return MessageFactory.suggestedActions(offers, text);
}

/** Says something into the conversation of an activity; its turn may have ended, and with it its context. */
export async function say(activity: Activity, doors: AppDoors, answer: Shown): Promise<void> {
  const { connector } = doors;
  const posted = await postActivity(connector, conversationOf(activity), activityOf(answer));
  if (posted.kind === 'ok') {
    if (answer.kind === 'card' && answer.case)
      keepCard(activity, doors, answer.case, posted.value, answer.card);
    return;
  }
  const { code, status } = posted.failure;
  connector.log.warn('An answer could not be delivered.', { code, status });
}

/**
 * A card of a case is remembered behind the answer, so that it is edited once the case moves on.
 * @param card as it is shown, which goes into the history; absent: what it shows was answered already
 */
export function keepCard(
  activity: Activity,
  doors: AppDoors,
  shown: Pick<Case, 'caseId' | 'version'>,
  message: MessageRef,
  card?: CardJson,
): void {
  const by = senderOf(activity);
  if (!by || message.activityId === '') return;
  const request = { caseId: shown.caseId, by, message, shows: shown.version, ...(card && { card }) };
  doors.background.run('keeping a card', keepOrLog(doors, request));
}

/** Milliseconds until the next try. */
const KEEPING_WAITS = [250, 1_000, 3_000] as const;

/** That a card is not remembered is no reason for anything to fail: a click on it shows how the case stands. */
async function keepOrLog(
  { desk, connector: { log, patience } }: AppDoors,
  request: Parameters<Desk['keepCard']>[0],
): Promise<void> {
  for (const wait of [...KEEPING_WAITS, undefined]) {
    try {
      return await desk.keepCard(request);
    } catch (error) {
      if (wait === undefined) log.warn('A card could not be remembered.', { error: errorName(error) });
      else await patience.sleep(wait);
    }
  }
}

/** What somebody asked is remembered for their next question; that it is not is no reason to leave them unanswered. */
export async function keepAsked(activity: Activity, doors: AppDoors, answer: Shown): Promise<void> {
  const userId = senderOf(activity);
  if (answer.kind !== 'card' || answer.question === undefined || !userId) return;
  try {
    await doors.keepQuestion(userId, answer.question);
  } catch (error) {
    doors.connector.log.warn('A question could not be remembered.', { userId, error: errorName(error) });
  }
}
