import type { Activity } from 'botbuilder';
import { chatCard } from '../cards/case-card.js';
import type { CaseView } from '../cards/case-view.js';
import type { Asker } from '../chat/answer.js';
import type { Case, MessageRef } from '../cases/case.js';
import type { Desk } from '../cases/desk.js';
import { askerFor, say, type AppDoors } from './app-doors.js';
import { within } from './background.js';
import { cardFor, newerCase, TEXTS, type ClickReply } from './clicks.js';
import { isPersonal, senderOf } from './sender.js';

type Act = (desk: Desk, asker: Asker, data: unknown, view: CaseView) => Promise<ClickReply>;

/** A click of Action.Execute: the reply if it comes soon, else an acknowledgement and an edit when it is there. */
export async function executeTurn(
  activity: Activity,
  doors: AppDoors,
  act: Act,
  data: unknown,
): Promise<ClickReply> {
  const work = click(activity, doors, act, data);
  const soon = await within(doors.patienceMs, work);
  if (soon === 'late') {
    doors.background.run('late click', finishOrApologize(activity, doors, work));
    return { kind: 'text', text: TEXTS.later };
  }
  if (soon.value.kind === 'case') doors.background.run('edit card', editForAll(activity, doors, soon.value));
  return soon.value;
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
  if (!userId || !isPersonal(activity)) return { kind: 'text', text: TEXTS.notYours };
  return act(doors.desk, await askerFor(userId, doors), data, doors.view());
}

async function finishOrApologize(
  activity: Activity,
  doors: AppDoors,
  work: Promise<ClickReply>,
): Promise<void> {
  try {
    await finish(activity, doors, await work);
  } catch (error) {
    await say(activity, doors, { kind: 'text', text: TEXTS.failed });
    throw error;
  }
}

/** Brings a reply to the person without an open turn: edits the card that was clicked, or says the text. */
async function finish(activity: Activity, doors: AppDoors, reply: ClickReply): Promise<void> {
  if (reply.kind === 'text') return say(activity, doors, reply);
  if (reply.kind === 'case') return editForAll(activity, doors, reply);
  const edited = await doors.messenger.update(clickedMessage(activity), reply.card);
  if (edited.kind !== 'delivered')
    await say(activity, doors, { kind: 'card', card: reply.card, summary: '' });
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
  const edit = async (c: Case): Promise<void> => {
    const view = doors.view();
    const edits = isCopy ? [] : [doors.messenger.update(copy, cardFor(c, asker, view))];
    if (message && (reply.changed || (isCopy && (message.to ?? userId) === userId)))
      edits.push(doors.messenger.update(message, chatCard(c, view)));
    await Promise.all(edits);
  };
  await edit(reply.case);
  // The worker may have edited it meanwhile with a newer card, which must not stay covered by this one.
  const newer = await newerCase(doors.desk, asker, reply.case);
  if (newer) await edit(newer);
}

function clickedMessage({ conversation, replyToId, serviceUrl }: Activity): MessageRef {
  return { conversationId: conversation.id, activityId: replyToId ?? '', serviceUrl };
}
