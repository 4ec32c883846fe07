import type { AdaptiveCardSearchResult } from '@microsoft/teams-ai';
import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { UserId } from '../audit/person.js';
import { plainText } from '../cards/escape.js';
import { choiceOf, listCalled, NOBODY } from '../cards/person-inputs.js';
import type { PeopleFound } from '../cases/answering/desk.js';
import type { Language } from '../i18n/locale.js';
import { text } from '../i18n/text.js';
import type { AppDoors } from './app-doors.js';
import { errorName, within } from './background.js';
import { openBudget } from './budget.js';
import { clientLanguage } from './language.js';
import { isPersonal, senderOf } from './sender.js';

/** What Teams asks with while somebody types into a list of ours. */
const LookUp = z.object({ queryText: z.string().max(1_000).nullish(), dataset: z.string().max(200) });
/** Letters that somebody may type in a minute: more than anybody does. */
const BUDGET = { most: 90, ms: 60_000 } as const;
const MOST_SHOWN = 60;

/** Answers a client that asks for the lines of a list. It never throws, and waits no longer than clients do. */
export type LookUpTurn = (activity: Activity) => Promise<AdaptiveCardSearchResult[]>;

/**
 * Clients search for people by it. To whom nothing may be told, there is nothing; everybody else learns why there is nobody
 * by a line that has what they typed, because clients leave out lines that have not.
 */
export function openLookUps(doors: AppDoors): LookUpTurn {
  const mayAsk = openBudget({ ...BUDGET, clock: doors.clock });
  return async (activity) => {
    const userId = senderOf(activity);
    const asked = LookUp.safeParse(activity.value).data;
    const list = asked && listCalled(asked.dataset);
    if (!userId || !isPersonal(activity) || asked === undefined || list === undefined) return [];
    const typed = asked.queryText ?? '';
    const found = mayAsk(userId) ? await soon(doors, userId, { ...list, text: typed }) : BUSY;
    return linesOf(found, typed.trim(), await clientLanguage(activity, doors.localeOf));
  };
}

const BUSY = { kind: 'busy' } as const;

type Wanted = Omit<Parameters<AppDoors['desk']['peopleFor']>[0], 'by'>;

/** What comes too late is known when the next letter is typed. */
async function soon(
  { desk, patienceMs, background, connector }: AppDoors,
  by: UserId,
  wanted: Wanted,
): Promise<PeopleFound> {
  const work = desk.peopleFor({ ...wanted, by }).catch((error: unknown): PeopleFound => {
    connector.log.warn('People could not be looked up.', { userId: by, error: errorName(error) });
    return BUSY;
  });
  const found = await within(patienceMs, work);
  if (found !== 'late') return found.value;
  background.run('late look-up', work);
  return BUSY;
}

function linesOf(found: PeopleFound, typed: string, reader: Language): AdaptiveCardSearchResult[] {
  if (found.kind === 'notYours') return [];
  if (found.kind === 'people' && found.people.length > 0)
    return found.people.map((person) => choiceOf(person, typed));
  if (typed === '') return [];
  const why = found.kind === 'people' ? 'none' : found.kind;
  return [{ title: text(reader, `lookUp.${why}`, { typed: plainText(typed, MOST_SHOWN) }), value: NOBODY }];
}
