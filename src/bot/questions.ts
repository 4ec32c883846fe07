import type { TurnContext, Activity } from 'botbuilder';
import { answerTo, type Shown } from '../chat/answer.js';
import { parse } from '../chat/parse.js';
import type { FileOffer } from '../chat/file-offer.js';
import { text } from '../i18n/text.js';
import { activityOf, askerFor, keepAsked, keepCard, say, type AppDoors } from './app-doors.js';
import { attachedFiles } from './attached-files.js';
import { errorName, within } from './background.js';
import { carryOut } from './carry-out.js';
import { offerFile, offerOf } from './file-consent.js';
import { clientFactsIn, clientLanguage, languageFor } from './language.js';
import { rosterTurn } from './roster-turn.js';
import { conversationOf, isPersonal, senderOf } from './sender.js';

/** A message: answered in its turn if that is soon, else later in the same chat. */
export async function messageTurn(context: TurnContext, doors: AppDoors): Promise<void> {
  const { activity } = context;
  const work = replyTo(activity, doors);
  const soon = await within(doors.patienceMs, work);
  if (soon !== 'late') {
    for (const part of await partsOf(soon.value, activity, doors)) {
      const sent = await context.sendActivity(part);
      keepSent(activity, doors, soon.value, sent?.id);
    }
    return;
  }
  const language = await clientLanguage(activity, doors.localeOf);
  const later = work.catch((error: unknown): Shown | FileOffer => {
    doors.connector.log.error('A question failed.', { error: errorName(error) });
    return { kind: 'text', text: text(language, 'click.failed') };
  });
  doors.background.run(
    'late answer',
    later.then((answer) =>
      answer.kind === 'file' ? offerFile(activity, doors, answer) : say(activity, doors, answer),
    ),
  );
}

function keepSent(
  activity: Activity,
  doors: AppDoors,
  answer: Shown | FileOffer,
  activityId: string | undefined,
): void {
  if (answer.kind !== 'card' || answer.case === undefined || !activityId) return;
  const { conversationId, serviceUrl } = conversationOf(activity);
  keepCard(activity, doors, answer.case, { conversationId, activityId, serviceUrl }, answer.card);
}

/** Teams makes two messages of a card with a text beside it, so they go one by one. */
async function partsOf(
  answer: Shown | FileOffer,
  activity: Activity,
  doors: AppDoors,
): Promise<readonly Partial<Activity>[]> {
  if (answer.kind !== 'file') return [activityOf(answer)];
  return offerOf(activity, doors, answer);
}

async function replyTo(activity: Activity, doors: AppDoors): Promise<Shown | FileOffer> {
  const language = await languageFor(activity, doors.localeOf);
  if (!isPersonal(activity)) {
    return { kind: 'text', text: text(language, 'chat.groups') };
  }
  const userId = senderOf(activity);
  if (!userId) return { kind: 'text', text: text(language, 'chat.noId') };
  await doors.conversations.remember(userId, conversationOf(activity), clientFactsIn(activity));
  const asker = await askerFor(userId, doors);
  const view = doors.view(language);
  const { desk, textReader } = doors;
  const sources = { desk, readModel: doors.readModelFor(userId), textReader };
  const request = parse(activity.text ?? '', attachedFiles(activity).length > 0);
  const answer = await answerTo(request, asker, sources, view);
  const shown = await carryOut(
    answer,
    { ...doors, importRoster: (wants) => rosterTurn(activity, doors, userId, wants, view) },
    asker,
    view,
  );
  if (shown.kind !== 'file') await keepAsked(activity, doors, shown);
  return shown;
}
