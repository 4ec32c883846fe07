import type { CaseView } from '../cards/case-view.js';
import {
  deliveriesCard,
  deliveriesHeadline,
  messagesCard,
  messagesHeadline,
} from '../cards/deliveries-card.js';
import { messageText } from '../cards/escape.js';
import { text } from '../i18n/text.js';
import { deliveriesTo, type PersonDeliveries } from '../cases/asking/deliveries.js';
import type { Asker, ChatSources, Shown } from './answer.js';
import type { ReadModel } from './read-model.js';
import { refusalOf } from './refusal.js';
import { say } from './say.js';

/** What became of the messages to everybody, or to whoever is called so, for an admin. */
export async function deliveriesAnswer(
  who: string | undefined,
  asker: Asker,
  { readModel }: Pick<ChatSources, 'readModel'>,
  view: CaseView,
): Promise<Shown> {
  const refusal = refusalOf(asker, 'deliveries', view);
  if (refusal) return refusal;
  const everybody = await readModel.deliveries();
  if (everybody.length === 0) return say(text(view, 'chat.noDeliveries'));
  const people = who === undefined ? everybody : await peopleCalled(who, everybody, readModel);
  const [only, ...others] = people;
  if (only === undefined) return say(text(view, 'chat.noDeliveriesTo', { name: messageText(who ?? '') }));
  if (who !== undefined && others.length === 0)
    return { kind: 'card', card: messagesCard(only, view), summary: messagesHeadline(only, view) };
  return { kind: 'card', card: deliveriesCard(people, view), summary: deliveriesHeadline(people, view) };
}

/** The ledger has no addresses, so the directory says whose one is. */
async function peopleCalled(
  who: string,
  everybody: readonly PersonDeliveries[],
  readModel: ReadModel,
): Promise<readonly PersonDeliveries[]> {
  const named = deliveriesTo(everybody, who);
  if (named.length > 0 || !who.includes('@')) return named;
  const meant = new Set(await readModel.addressed(who));
  return everybody.filter(({ userId }) => meant.has(userId));
}
