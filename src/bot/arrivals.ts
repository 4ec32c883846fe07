import type { Activity } from 'botbuilder';
import type { UserId } from '../audit/person.js';
import { welcomeCard } from '../cards/help-cards.js';
import { instant } from '../cases/case.js';
import { text } from '../i18n/text.js';
import { askerFor, say, type AppDoors } from './app-doors.js';
import { clientFactsIn, languageFor } from './language.js';
import { conversationOf, isPersonal, senderOf } from './sender.js';

/** The app was installed for a person, or taken away. */
export async function installationTurn(activity: Activity, doors: AppDoors): Promise<void> {
  const userId = senderOf(activity);
  if (!userId || !isPersonal(activity)) return;
  if (activity.action?.startsWith('remove'))
    await doors.conversations.forget(userId, activity.conversation.id);
  else await arrive(activity, userId, doors);
}

/** Somebody joined the chat; Teams tells an installation in this way too. */
export async function membersTurn(activity: Activity, doors: AppDoors): Promise<void> {
  const userId = senderOf(activity);
  const added = (activity.membersAdded ?? []).length > 0;
  if (userId && added && isPersonal(activity)) await arrive(activity, userId, doors);
}

/** Welcomes a person once; who comes back gets what still waits, because the chat may have been emptied. */
async function arrive(activity: Activity, userId: UserId, doors: AppDoors): Promise<void> {
  await doors.conversations.remember(userId, conversationOf(activity), clientFactsIn(activity));
  const greeting = await doors.conversations.greet(userId, instant(doors.clock.now()));
  if (greeting === 'welcome') doors.background.run('welcome', welcome(activity, userId, doors));
  if (greeting === 'back') doors.background.run('send again', sendAgain(activity, userId, doors));
}

async function welcome(activity: Activity, userId: UserId, doors: AppDoors): Promise<void> {
  const { roles } = await askerFor(userId, doors);
  const language = await languageFor(activity, doors.localeOf);
  const summary = text(language, 'summary.welcome');
  const { length: waiting } = await doors.desk.waitingFor(userId);
  await say(activity, doors, { kind: 'card', card: welcomeCard(roles, language, waiting), summary });
}

async function sendAgain(activity: Activity, userId: UserId, doors: AppDoors): Promise<void> {
  const waiting = await doors.desk.waitingFor(userId);
  const language = await languageFor(activity, doors.localeOf);
  const back = text(language, waiting.length === 0 ? 'chat.backNothing' : 'chat.back');
  await say(activity, doors, { kind: 'text', text: back });
  if (waiting.length > 0) await doors.desk.sendAgain(userId);
}
