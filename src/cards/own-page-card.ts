import type { CardJson } from '../bot/messenger.js';
import { takesObjection } from '../cases/telling/notice.js';
import type { OwnFacts, OwnLicense, OwnRecord, OwnWay } from '../chat/own-record.js';
import type { Case } from '../cases/case.js';
import type { Language } from '../i18n/locale.js';
import { sentenceIn } from '../i18n/sentences.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { who } from './case-parts.js';
import type { CaseView } from './case-view.js';
import { dateText, dayText } from './dates.js';
import { box, card, facts, heading, line, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';
import { dataDateText, evidenceRows } from './evidence-text.js';
import { firstThatFits } from './fitting.js';
import { noticeParts } from './notice-card.js';

/** How many licenses are shown, and how many characters of a name and of a group. */
interface Size {
  readonly licenses: number;
  readonly name: number;
  readonly group: number;
}

const SIZES: readonly [Size, Size] = [
  { licenses: 8, name: 80, group: 60 },
  { licenses: 8, name: 20, group: 20 },
];
/** Of one license. */
const GROUPS_SHOWN = 2;

/**
 * What is on record about the reader themself: facts with their dates, and what they were told. No verdict, no price, and
 * nothing of what protects anybody (safety rule 3).
 * @param why they get this page in place of what they wrote; undefined: they asked for it
 */
export function ownPageCard(record: OwnRecord, view: CaseView, why?: ReadyText): CardJson {
  return firstThatFits(SIZES, (size) =>
    card([
      title(text(view, 'me.title')),
      ...(why === undefined ? [] : [line(why)]),
      ...onRecord(record, size, view),
      ...whatWasTold(record.told, view),
      heading(text(view, 'me.about')),
      line(text(view, 'me.what')),
      line(text(view, 'me.ask')),
    ]),
  );
}

function onRecord({ auditedAt, facts: known }: OwnRecord, size: Size, view: CaseView): readonly Part[] {
  if (auditedAt === undefined) return [line(text(view, 'me.noAudit'))];
  const date = dateText(auditedAt, view);
  if (known === undefined) return [line(text(view, 'me.nothing', { date }))];
  return [
    box('emphasis', who(known, { name: size.name, detail: size.name })),
    ...licenseRows(known, size, view),
    heading(text(view, 'me.use')),
    facts(evidenceRows(known.evidence, view)),
    quiet(text(view, 'evidence.note', { data: dataDateText(known.evidenceDate, view) })),
    quiet(text(view, 'me.audit', { date })),
  ];
}

function licenseRows({ licenses }: OwnFacts, size: Size, view: CaseView): readonly Part[] {
  if (licenses.length === 0) return [line(text(view, 'me.noLicense'))];
  const rest = licenses.length - size.licenses;
  return [
    heading(text(view, 'me.licenses', { count: licenses.length })),
    ...licenses.slice(0, size.licenses).map((license) => line(licenseText(license, size, view))),
    ...(rest > 0 ? [quiet(text(view, 'license.rest', { count: rest }))] : []),
  ];
}

/** In a line, for the names of groups are too long for a column. A product that nobody knows has no name but ours. */
function licenseText({ name, ways }: OwnLicense, size: Size, reader: Language): ReadyText {
  return text(reader, 'me.license', {
    name: cardText(sentenceIn(reader, name, 'part.product.'), size.name),
    ways: waysText(ways, size, 'me.direct', reader),
  });
}

/** Of a license that somebody has without a group: in the words for them, or for whoever reads about them. */
type DirectKey = 'me.direct' | 'page.direct';

/** `assigned to you, since 3 Mar 2025; through the group Sales` */
export function waysText(
  ways: readonly OwnWay[],
  size: Pick<Size, 'group'>,
  directly: DirectKey,
  reader: Language,
): ReadyText {
  const direct = ways.filter(({ kind }) => kind === 'direct');
  const groups = ways.filter(({ kind }) => kind === 'group');
  const more = groups.length - GROUPS_SHOWN;
  return joined(
    [
      ...[...direct, ...groups.slice(0, GROUPS_SHOWN)].map((way) => wayText(way, size, directly, reader)),
      ...(more > 0 ? [text(reader, 'me.moreGroups', { count: more })] : []),
    ],
    '; ',
  );
}

function wayText(way: OwnWay, size: Pick<Size, 'group'>, directly: DirectKey, reader: Language): ReadyText {
  const how = howText(way, size, directly, reader);
  return way.since === undefined ? how : text(reader, 'me.since', { how, date: dayText(way.since, reader) });
}

function howText(way: OwnWay, size: Pick<Size, 'group'>, directly: DirectKey, reader: Language): ReadyText {
  if (way.kind === 'direct') return text(reader, directly);
  return way.name === undefined
    ? text(reader, 'me.someGroup')
    : text(reader, 'me.group', { group: cardText(way.name, size.group) });
}

function whatWasTold(c: Case | undefined, view: CaseView): readonly Part[] {
  if (c?.notice?.is.kind !== 'told') return [];
  return [
    heading(text(view, 'me.told', { date: dateText(c.notice.is.at, view) })),
    ...noticeParts(c, view),
    ...(takesObjection(c) ? [line(text(view, 'me.object'))] : []),
  ];
}
