import type { TurnContext, Activity } from 'botbuilder';
import { answerTo, undone, type Shown } from '../chat/answer.js';
import { parse } from '../chat/parse.js';
import { waived } from '../chat/waive-answer.js';
import { activityOf, askerFor, say, type AppDoors } from './app-doors.js';
import { errorName, within } from './background.js';
import { TEXTS } from './clicks.js';
import { conversationOf, isPersonal, senderOf } from './sender.js';

/** A message: answered in its turn if that is soon, else later in the same chat. */
export async function messageTurn(context: TurnContext, doors: AppDoors): Promise<void> {
  const { activity } = context;
  const work = replyTo(activity, doors);
  const soon = await within(doors.patienceMs, work);
  if (soon !== 'late') {
    await context.sendActivity(activityOf(soon.value));
    return;
  }
  const later = work.catch((error: unknown): Shown => {
    doors.connector.log.error('A question failed.', { error: errorName(error) });
    return { kind: 'text', text: TEXTS.failed };
  });
  doors.background.run(
    'late answer',
    later.then((answer) => say(activity, doors, answer)),
  );
}

async function replyTo(activity: Activity, doors: AppDoors): Promise<Shown> {
  if (!isPersonal(activity)) {
    return { kind: 'text', text: 'Please write to me in a personal chat: what I know is not for groups.' };
  }
  const userId = senderOf(activity);
  if (!userId)
    return { kind: 'text', text: 'I cannot tell who you are: your account has no Entra object id here.' };
  await doors.conversations.remember(userId, conversationOf(activity));
  const asker = await askerFor(userId, doors);
  const view = doors.view();
  const sources = { desk: doors.desk, readModel: doors.readModelFor(userId) };
  const answer = await answerTo(parse(activity.text ?? ''), asker, sources, view);
  switch (answer.kind) {
    case 'undo':
      return undone(await doors.desk.undo({ caseId: answer.caseId, by: userId }), asker, view);
    case 'waive': {
      const { caseId, thing, reason } = answer;
      return waived(await doors.desk.waive({ caseId, by: userId, thing, reason }));
    }
    case 'text':
    case 'card':
      return answer;
    default:
      return answer satisfies never;
  }
}
