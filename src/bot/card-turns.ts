import { setImmediate } from 'node:timers/promises';
import type { Activity } from 'botbuilder';
import type { UserId } from '../audit/person.js';
import { chatCard } from '../cards/case-card.js';
import type { CaseView } from '../cards/case-view.js';
import { digestCard } from '../cards/digest-card.js';
import type { Case, MessageRef } from '../cases/case.js';
import type { DigestView } from '../cases/asking/digest.js';
import type { Language } from '../i18n/locale.js';
import { text } from '../i18n/text.js';
import { askerFor, keepAsked, keepCard, say, type AppDoors } from './app-doors.js';
import { within } from './background.js';
import { cardFor, newerCase, type ClickReply, type FurtherCard } from './clicks.js';
import { offerFile } from './file-consent.js';
import { clientFactsIn, clientLanguage, languageFor } from './language.js';
import type { CardJson } from './messenger.js';
import { isPersonal, senderOf } from './sender.js';
import type { Act } from './verbs.js';

/**
 * A click of Action.Execute: the card or text that takes its place at once if it comes soon, else an acknowledgement
 * and an edit when it is there.
 */
export async function executeTurn(
  activity: Activity,
  doors: AppDoors,
  act: Act,
  data: unknown,
): Promise<CardJson | string> {
  const work = click(activity, doors, act, data);
  const soon = await within(doors.patienceMs, work);
  const language = await clientLanguage(activity, doors.localeOf);
  if (soon === 'late') {
    doors.background.run('late click', finishOrApologize(activity, doors, work));
    return text(language, 'click.later');
  }
  const reply = soon.value;
  doors.background.run(
    'after a click',
    onceAnswered(() => followUp(activity, doors, reply)),
  );
  return shownAtOnce(reply, language);
}

/** Begins with the next turn of the event loop: the reply has been written by then. */
async function onceAnswered(work: () => Promise<void>): Promise<void> {
  await setImmediate();
  await work();
}

/** What takes the place of the card that was clicked, or is said about it. */
function shownAtOnce(reply: ClickReply, language: Language): CardJson | string {
  switch (reply.kind) {
    case 'text':
      return reply.text;
    case 'further':
      return text(language, 'click.follows');
    case 'answer':
      return reply.place === 'here' && reply.answer.kind === 'card'
        ? reply.answer.card
        : text(language, 'click.answerFollows');
    case 'case':
    case 'problem':
    case 'digest':
    case 'notice':
      return reply.card;
    default:
      return reply satisfies never;
  }
}

/** What comes after the person has their reply: the message for everybody, and what stands beside it. */
async function followUp(activity: Activity, doors: AppDoors, reply: ClickReply): Promise<void> {
  switch (reply.kind) {
    case 'case':
      return editForAll(activity, doors, reply);
    case 'digest':
      await editDigest(activity, doors, reply);
      return sayBeside(activity, doors, reply);
    case 'further':
      return sayFurther(activity, doors, [reply.further]);
    case 'notice':
      // So that an old card cannot come back; the manager's is edited by the worker.
      await doors.messenger.update(clickedMessage(activity), reply.card);
      return keepCard(activity, doors, reply.of, clickedMessage(activity));
    case 'answer':
      return showAnswer(activity, doors, reply);
    case 'problem':
    case 'text':
      return;
    default:
      return reply satisfies never;
  }
}

/** A click of Action.Submit, from clients without Action.Execute: they replace nothing themselves. */
export async function submitTurn(
  activity: Activity,
  doors: AppDoors,
  act: Act,
  data: unknown,
): Promise<void> {
  const work = finishOrApologize(activity, doors, click(activity, doors, act, data));
  doors.background.run('submitted click', work);
  await within(
    doors.patienceMs,
    work.catch(() => undefined),
  );
}

async function click(activity: Activity, doors: AppDoors, act: Act, data: unknown): Promise<ClickReply> {
  const userId = senderOf(activity);
  const language = await languageFor(activity, doors.localeOf);
  if (!userId || !isPersonal(activity)) return { kind: 'text', text: text(language, 'click.notYours') };
  doors.background.run('language', doors.conversations.learn(userId, clientFactsIn(activity)));
  const { desk, admin, near, textReader } = doors;
  const sources = { desk, admin, near, textReader, readModel: doors.readModelFor(userId) };
  return act(sources, { userId, asker: askerFor(userId, doors) }, data, doors.view(language));
}

/** Another page takes the place of the one that was clicked for whoever opens the chat anew. */
async function showAnswer(
  activity: Activity,
  doors: AppDoors,
  { answer, place }: Extract<ClickReply, { kind: 'answer' }>,
): Promise<void> {
  if (answer.kind === 'file') return offerFile(activity, doors, answer);
  await keepAsked(activity, doors, answer);
  if (place === 'beside') return say(activity, doors, answer);
  const edited = await doors.messenger.update(clickedMessage(activity), answer.card);
  if (edited.kind !== 'delivered') await say(activity, doors, answer);
}

async function finishOrApologize(
  activity: Activity,
  doors: AppDoors,
  work: Promise<ClickReply>,
): Promise<void> {
  try {
    await finish(activity, doors, await work);
  } catch (error) {
    const language = await clientLanguage(activity, doors.localeOf);
    await say(activity, doors, { kind: 'text', text: text(language, 'click.failed') });
    throw error;
  }
}

/** Brings a reply to the person without an open turn: edits the card that was clicked, or says the text. */
async function finish(activity: Activity, doors: AppDoors, reply: ClickReply): Promise<void> {
  if (reply.kind === 'text') return say(activity, doors, reply);
  if (reply.kind !== 'problem') return followUp(activity, doors, reply);
  const copy = clickedMessage(activity);
  const edited = await doors.messenger.update(copy, reply.card);
  if (edited.kind !== 'delivered')
    return say(activity, doors, { kind: 'card', case: reply.case, card: reply.card, summary: '' });
  if (reply.case.message?.activityId !== copy.activityId) keepCard(activity, doors, reply.case, copy);
}

/**
 * Edits the copy that was clicked, so that an old card cannot come back, and after a change the stored message, which
 * another person may have: it gets what that person sees.
 */
async function editForAll(
  activity: Activity,
  doors: AppDoors,
  reply: Extract<ClickReply, { kind: 'case' }>,
): Promise<void> {
  const userId = senderOf(activity);
  if (!userId) return;
  const asker = await askerFor(userId, doors);
  const copy = clickedMessage(activity);
  const { message } = reply.case;
  const isCopy = message?.activityId === copy.activityId;
  const language = await languageFor(activity, doors.localeOf);
  const theirView = async ({ to = userId }: { readonly to?: UserId }): Promise<CaseView> =>
    doors.view(to === userId ? language : { locale: await doors.localeOf(to) });
  const edit = async (c: Case): Promise<void> => {
    const view = doors.view(language);
    const edits = isCopy ? [] : [doors.messenger.update(copy, cardFor(c, asker, view))];
    // The worker edits a message that other cases share.
    if (
      message &&
      message.digestId === undefined &&
      (reply.changed || (isCopy && (message.to ?? userId) === userId))
    )
      edits.push(doors.messenger.update(message, chatCard(c, await theirView(message))));
    await Promise.all(edits);
  };
  let shown = reply.case;
  for (let next: Case | undefined = shown; next !== undefined;) {
    shown = next;
    await edit(shown);
    // The worker may have edited it meanwhile with a newer card, which must not stay covered by this one.
    next = await newerCase(doors.desk, asker, shown);
  }
  // What answered a question is in the history; what was only looked at, or came because it was too late, is not yet.
  const seen = reply.changed ? undefined : reply.card;
  // The question may have gone on in another message meanwhile.
  if (seen !== undefined || shown.message?.activityId !== copy.activityId)
    keepCard(activity, doors, shown, copy, seen);
}

/** The message that was clicked, as it stands for whoever opens the chat anew. */
async function editDigest(
  activity: Activity,
  doors: AppDoors,
  { digest, chosen }: Extract<ClickReply, { kind: 'digest' }>,
): Promise<void> {
  const by = senderOf(activity);
  if (!by) return;
  const language = await languageFor(activity, doors.localeOf);
  let shown = digest;
  for (;;) {
    await doors.messenger.update(
      clickedMessage(activity),
      digestCard(shown, doors.view(language), [], chosen),
    );
    // The worker may have edited it meanwhile with a newer card, which must not stay covered by this one.
    const now = await doors.desk.digest({ digestId: digest.digestId, by });
    if (now === undefined || isSame(now, shown)) return;
    shown = now;
  }
}

function isSame(a: DigestView, b: DigestView): boolean {
  return a.entries.every((entry, index) => {
    const other = b.entries[index];
    return entry.case.version === other?.case.version && entry.as === other.as;
  });
}

/** What was not taken is said in a message of its own: the card is edited at once, and forgets it. */
async function sayBeside(
  activity: Activity,
  doors: AppDoors,
  { notTaken, further }: Extract<ClickReply, { kind: 'digest' }>,
): Promise<void> {
  if (notTaken.length > 0) await say(activity, doors, { kind: 'text', text: notTaken.join('\n\n') });
  await sayFurther(activity, doors, further);
}

async function sayFurther(
  activity: Activity,
  doors: AppDoors,
  further: readonly FurtherCard[],
): Promise<void> {
  for (const card of further) await say(activity, doors, card);
}

function clickedMessage({ conversation, replyToId, serviceUrl }: Activity): MessageRef {
  return { conversationId: conversation.id, activityId: replyToId ?? '', serviceUrl };
}
