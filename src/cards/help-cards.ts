import type { CardJson } from '../bot/messenger.js';
import type { Role } from '../cases/roles.js';
import type { Language, MessageKey } from '../i18n/locale.js';
import { text } from '../i18n/text.js';
import { ADMIN_REQUESTS } from './admin-help.js';
import { card, facts, heading, line, quiet, title, writes, type Part } from './elements.js';

/** A request, which is written in English by everybody, and what it means. */
type Request = readonly [request: string, meaning: Extract<MessageKey, `help.${string}`>];

/** What somebody can ask, as pairs of words and meaning. Every example is understood by the chat. */
export function requestsFor(roles: readonly Role[]): readonly Request[] {
  const ofHr: readonly Request[] = roles.includes('hr')
    ? [
        ['hr', 'help.hr'],
        ['waive rest for NAME because REASON', 'help.hrWaive'],
      ]
    : [];
  if (!roles.includes('admin'))
    return [...(roles.includes('finance') ? FIGURES : []), ...ofHr, ['waiting', 'help.waiting'], ...MINE];
  return [
    ['who is inactive but licensed', 'help.inactive'],
    ['inactive over 120 days by cost', 'help.filters'],
    ...FIGURES,
    ['inactive E5 per OU', 'help.groups'],
    ['who is not judged', 'help.notJudged'],
    ['only those over 180 days', 'help.followUp'],
    ['export that', 'help.export'],
    ['what if 60, 90 and 120 days', 'help.whatIf'],
    ['waiting', 'help.waitingAdmin'],
    ['deliveries', 'help.deliveries'],
    ['remind NAME', 'help.remind'],
    ['waive THING for NAME because REASON', 'help.waive'],
    ...ADMIN_REQUESTS,
    ...ofHr,
    ['person NAME', 'help.person'],
    ['case NAME', 'help.caseAdmin'],
    ...MINE.filter(([request]) => request !== 'case NAME'),
  ];
}

const MINE: readonly Request[] = [
  ['case NAME', 'help.case'],
  ['undo NAME', 'help.undo'],
  ['history NAME', 'help.history'],
  ['why was NAME asked about', 'help.explain'],
  ['me', 'help.me'],
  ['help', 'help.help'],
];

/** What can be asked without names. */
const FIGURES: readonly Request[] = [
  ['how many never signed in per department', 'help.figures'],
  ['cost of unused licenses per license', 'help.cost'],
  ['position', 'help.admin.position'],
  ['savings', 'help.admin.savings'],
];

/** What an admin wants first: all of it would push the first question out of sight. */
const FIRST_OF_ADMIN: readonly Request[] = [
  ['who is inactive but licensed', 'help.inactive'],
  ['position', 'help.admin.position'],
  ['run audit', 'help.admin.audit'],
  ['approve', 'help.admin.approve'],
  ['campaign status', 'help.admin.status'],
  ['help', 'help.all'],
];

function requests(asked: readonly Request[], reader: Language): Part {
  return facts(asked.map(([request, meaning]) => [request, text(reader, meaning)]));
}

/** In one place of a card, where Teams puts more behind a menu. */
const MOST_BUTTONS = 5;
/** What only shows something, and needs no name: nothing begins because somebody touches a list. */
const TO_TOUCH: ReadonlySet<string> = new Set([
  ...['who is inactive but licensed', 'how many never signed in per department', 'position', 'savings'],
  ...['campaign status', 'approve', 'hr', 'waiting', 'me', 'help'],
]);

/** The requests of a list that can be sent by a touch; what they send stands in the list as well. */
function touchable(asked: readonly Request[]): readonly Part[] {
  return asked
    .filter(([request]) => TO_TOUCH.has(request))
    .slice(0, MOST_BUTTONS)
    .map(([request]) => writes(request, request));
}

/** Help that fits the role. */
export function helpCard(roles: readonly Role[], reader: Language): CardJson {
  const asked = requestsFor(roles);
  return card(
    [title(text(reader, 'help.title')), requests(asked, reader), ...notes(roles, reader)],
    touchable(asked.filter(([request]) => request !== 'help')),
  );
}

/**
 * The first message: what this is, who runs it, what it may ask, and that silence is safe.
 * @param waiting questions that wait for the reader's answer: they come before what the reader could write
 */
export function welcomeCard(roles: readonly Role[], reader: Language, waiting: number): CardJson {
  const about = [
    title(text(reader, 'welcome.title')),
    line(text(reader, 'welcome.what')),
    line(text(reader, 'welcome.safe')),
  ];
  if (waiting > 0) return card([...about, line(text(reader, 'welcome.asked', { count: waiting }))]);
  const asked = roles.includes('admin') ? FIRST_OF_ADMIN : requestsFor(roles);
  return card(
    [...about, heading(text(reader, 'welcome.write')), requests(asked, reader), ...notes(roles, reader)],
    touchable(asked),
  );
}

function notes(roles: readonly Role[], reader: Language): readonly Part[] {
  if (roles.includes('admin')) return [];
  return [quiet(text(reader, roles.includes('finance') ? 'help.noteFigures' : 'help.note'))];
}
