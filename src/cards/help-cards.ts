import type { CardJson } from '../bot/messenger.js';
import type { Role } from '../cases/roles.js';
import type { Language, MessageKey } from '../i18n/locale.js';
import { text } from '../i18n/text.js';
import { ADMIN_REQUESTS } from './admin-help.js';
import { card, facts, heading, line, quiet, title, writes, type Part } from './elements.js';

/** A request, in the reader's language, and what it means. Every one is understood by the chat. */
export type Request = readonly [
  ask: Extract<MessageKey, `ask.${string}`>,
  meaning: Extract<MessageKey, `help.${string}`>,
];

/** What somebody can ask. */
export function requestsFor(roles: readonly Role[]): readonly Request[] {
  const ofHr: readonly Request[] = roles.includes('hr')
    ? [
        ['ask.hr', 'help.hr'],
        ['ask.hrWaive', 'help.hrWaive'],
      ]
    : [];
  if (!roles.includes('admin'))
    return [...(roles.includes('finance') ? FIGURES : []), ...ofHr, ['ask.waiting', 'help.waiting'], ...MINE];
  return [
    ['ask.inactive', 'help.inactive'],
    ['ask.filters', 'help.filters'],
    ...FIGURES,
    ['ask.groups', 'help.groups'],
    ['ask.notJudged', 'help.notJudged'],
    ['ask.followUp', 'help.followUp'],
    ['ask.export', 'help.export'],
    ['ask.whatIf', 'help.whatIf'],
    ['ask.waiting', 'help.waitingAdmin'],
    ['ask.deliveries', 'help.deliveries'],
    ['ask.remind', 'help.remind'],
    ['ask.waive', 'help.waive'],
    ...ADMIN_REQUESTS,
    ...ofHr,
    ['ask.person', 'help.person'],
    ['ask.case', 'help.caseAdmin'],
    ...MINE.filter(([ask]) => ask !== 'ask.case'),
  ];
}

const MINE: readonly Request[] = [
  ['ask.case', 'help.case'],
  ['ask.undo', 'help.undo'],
  ['ask.history', 'help.history'],
  ['ask.explain', 'help.explain'],
  ['ask.me', 'help.me'],
  ['ask.help', 'help.help'],
];

/** What can be asked without names. */
const FIGURES: readonly Request[] = [
  ['ask.figures', 'help.figures'],
  ['ask.cost', 'help.cost'],
  ['ask.position', 'help.admin.position'],
  ['ask.savings', 'help.admin.savings'],
];

/** What an admin wants first: all of it would push the first question out of sight. */
const FIRST_OF_ADMIN: readonly Request[] = [
  ['ask.inactive', 'help.inactive'],
  ['ask.position', 'help.admin.position'],
  ['ask.audit', 'help.admin.audit'],
  ['ask.approve', 'help.admin.approve'],
  ['ask.status', 'help.admin.status'],
  ['ask.help', 'help.all'],
];

function requests(asked: readonly Request[], reader: Language): Part {
  return facts(asked.map(([ask, meaning]) => [text(reader, ask), text(reader, meaning)]));
}

/** In one place of a card, where Teams puts more behind a menu. */
const MOST_BUTTONS = 5;
/** What only shows something, and needs no name: nothing begins because somebody touches a list. */
const TO_TOUCH: ReadonlySet<Request[0]> = new Set<Request[0]>([
  ...(['ask.inactive', 'ask.figures', 'ask.position', 'ask.savings'] as const),
  ...(['ask.status', 'ask.approve', 'ask.hr', 'ask.waiting', 'ask.me', 'ask.help'] as const),
]);

/** The requests of a list that can be sent by a touch; what they send stands in the list as well. */
function touchable(asked: readonly Request[], reader: Language): readonly Part[] {
  return asked
    .filter(([ask]) => TO_TOUCH.has(ask))
    .slice(0, MOST_BUTTONS)
    .map(([ask]) => text(reader, ask))
    .map((request) => writes(request, request));
}

/** Help that fits the role. */
export function helpCard(roles: readonly Role[], reader: Language): CardJson {
  const asked = requestsFor(roles);
  return card(
    [title(text(reader, 'help.title')), requests(asked, reader), ...notes(roles, reader)],
    touchable(
      asked.filter(([ask]) => ask !== 'ask.help'),
      reader,
    ),
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
    touchable(asked, reader),
  );
}

function notes(roles: readonly Role[], reader: Language): readonly Part[] {
  if (roles.includes('admin')) return [];
  return [quiet(text(reader, roles.includes('finance') ? 'help.noteFigures' : 'help.note'))];
}
