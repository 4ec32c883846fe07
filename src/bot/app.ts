import { Application, type AdaptiveCard, type RouteSelector, type TurnState } from '@microsoft/teams-ai';
import { ActivityTypes, type Activity, type TurnContext } from 'botbuilder';
import { say, type AppDoors } from './app-doors.js';
import { installationTurn, membersTurn } from './arrivals.js';
import { errorName } from './background.js';
import { executeTurn, submitTurn } from './card-turns.js';
import { text } from '../i18n/text.js';
import { fileAccepted, fileDeclined } from './file-consent.js';
import { clientLanguage } from './language.js';
import { openLookUps } from './look-ups.js';
import { VERBS } from './verbs.js';
import { messageTurn } from './questions.js';

/** Routes what comes from Teams. The function that it gives never throws, and never leaves a person without an answer. */
export function openApp(doors: AppDoors): (context: TurnContext) => Promise<void> {
  const app = new Application<TurnState>({
    startTypingTimer: false,
    // The parser does so, whatever else is said to be mentioned.
    removeRecipientMention: false,
  });
  addClicks(app, doors);
  addLookUps(app, doors);
  addFiles(app, doors);
  app.activity(ActivityTypes.InstallationUpdate, ({ activity }) => installationTurn(activity, doors));
  app.activity(ActivityTypes.ConversationUpdate, ({ activity }) => membersTurn(activity, doors));
  app.activity(ActivityTypes.Message, (context) => messageTurn(context, doors));
  const { log } = doors.connector;
  return async (context) => {
    try {
      await app.run(context);
    } catch (error) {
      log.error('A turn failed.', { type: context.activity.type, error: errorName(error) });
      await apologize(context, doors);
    }
  };
}

function addClicks(app: Application<TurnState>, doors: AppDoors): void {
  for (const [verb, act] of Object.entries(VERBS)) {
    app.adaptiveCards.actionExecute(verb, async ({ activity }, _state, data: unknown) => {
      const answer = await executeTurn(activity, doors, act, data);
      // The typings know a card's type and version only.
      return typeof answer === 'string' ? answer : (answer as unknown as AdaptiveCard);
    });
    app.adaptiveCards.actionSubmit(verb, ({ activity }, _state, data: unknown) =>
      submitTurn(activity, doors, act, data),
    );
  }
  // A button that no card of this version has, or what no button sends.
  app.addRoute(
    ({ activity }) => Promise.resolve(activity.name === 'adaptiveCard/action'),
    async (context) => {
      const language = await clientLanguage(context.activity, doors.localeOf);
      await context.sendActivity(inPlaceOfCard(text(language, 'click.strange')));
    },
    true,
  );
}

/** Whatever a list is called, so that a client that asks for one of another version gets an empty answer and no error. */
function addLookUps(app: Application<TurnState>, doors: AppDoors): void {
  const lookUp = openLookUps(doors);
  const isLookUp: RouteSelector = ({ activity }) =>
    Promise.resolve(activity.type === ActivityTypes.Invoke && activity.name === 'application/search');
  app.adaptiveCards.search(isLookUp, ({ activity }) => lookUp(activity));
}

/** The answer to an invoke: a text that the client shows beside the card. */
function inPlaceOfCard(value: string): Partial<Activity> {
  const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value };
  return { type: ActivityTypes.InvokeResponse, value: { status: 200, body } };
}

/** Teams wants its answer at once; the file takes as long as it takes. */
function addFiles(app: Application<TurnState>, doors: AppDoors): void {
  app.fileConsentAccept(async ({ activity }, _state, data: unknown) =>
    doors.background.run('file', acceptOrApologize(activity, doors, data)),
  );
  app.fileConsentDecline(({ activity }) => fileDeclined(activity, doors));
}

async function acceptOrApologize(activity: Activity, doors: AppDoors, data: unknown): Promise<void> {
  try {
    await fileAccepted(activity, doors, data);
  } catch (error) {
    const language = await clientLanguage(activity, doors.localeOf);
    await say(activity, doors, { kind: 'text', text: text(language, 'click.failed') });
    throw error;
  }
}

/** An error must not look like silence. */
async function apologize(context: TurnContext, { connector, localeOf }: AppDoors): Promise<void> {
  const { type } = context.activity;
  try {
    const failed = text(await clientLanguage(context.activity, localeOf), 'click.failed');
    if (type === ActivityTypes.Invoke) {
      await context.sendActivity(inPlaceOfCard(failed));
    } else if (type === ActivityTypes.Message) {
      await context.sendActivity(failed);
    }
  } catch (error) {
    connector.log.error('The apology could not be delivered.', { error: errorName(error) });
  }
}
