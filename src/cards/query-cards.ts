import type { Unproven } from '../audit/licenses/unproven.js';
import type { CardJson } from '../bot/messenger.js';
import { asksNeverUsed } from '../chat/query/never-used.js';
import { isListed, type Query } from '../chat/query/query.js';
import { printExport, printQuery } from '../chat/query/print-query.js';
import type { Hit, Totals } from '../chat/query/hits.js';
import type { Result } from '../chat/query/result.js';
import type { RunFigures } from '../chat/read-model.js';
import { licenseNames } from './case-parts.js';
import type { CaseView } from './case-view.js';
import { countryText } from './country-text.js';
import { dayText } from './dates.js';
import { card, facts, line, quiet, title, type Part } from './elements.js';
import type { Language } from '../i18n/locale.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { cardText, plainText } from './escape.js';
import { idleLength } from './idle-length.js';
import { yearlyText } from './money-text.js';
import { unprovenNote } from './unproven-text.js';
import {
  asks,
  asksWithin,
  chart,
  costText,
  fitting,
  labelOf,
  licensesText,
  peopleText,
  totalFacts,
  understood,
  type Lengths,
} from './query-parts.js';

type Of<K extends Result['kind']> = Extract<Result, { kind: K }>;

/** What a query came to. */
export interface Answered<K extends Result['kind']> {
  readonly query: Query;
  readonly run: RunFigures;
  readonly result: Of<K>;
  /** Whether the reader may be shown names; buttons that nobody may press are left out. */
  readonly mayList: boolean;
  /** Of the licenses asked for those that cannot be shown to be unused. */
  readonly unproven: readonly Unproven[];
}

/** People, one page of them, with the totals of all pages. */
export function peopleCard(answer: Answered<'list'>, view: CaseView): CardJson {
  const { query, run, result } = answer;
  const { hits, totals, page, pages, undated } = result;
  const question = printQuery(query, view);
  const buttons = [
    ...turning(query, result, view),
    ...(hits.length === 0 ? [] : furtherOf(query, true, view)),
  ];
  return fitting((lengths) =>
    card(
      [
        title(peopleHeadline(query, totals, view)),
        ...understood(question, run, view),
        ...notJudged(query, run, view),
        ...missing(answer, totals, view),
        totalFacts(totals, undated, view),
        ...hits.map((hit) => personRow(hit, lengths, view)),
        ...(pages > 1 ? [quiet(text(view, 'query.pages', { page, pages }))] : []),
        quiet(text(view, hits.length === 0 ? 'query.nobodyFits' : 'query.goOn')),
      ],
      asksWithin(question, buttons),
    ),
  );
}

export function peopleHeadline(
  { subject, conditions }: Query,
  { people, fromCases }: Totals,
  reader: Language,
): ReadyText {
  // "Nobody holds licenses that look unused" would be said of everybody.
  if (people === 0 && conditions.length > 0) return text(reader, 'query.headline.nobody');
  const held = fromCases === undefined ? 'holds' : 'cases';
  const about = subject === 'unknown' || subject === 'guests' ? subject : held;
  return text(reader, `query.headline.${about}`, { count: people });
}

/** Whoever reads the usual list also learns whom it does not have. */
function notJudged({ subject, conditions }: Query, run: RunFigures, view: CaseView): readonly Part[] {
  if (subject !== 'candidates' || conditions.length > 0) return [];
  const figures = {
    people: peopleText(run.people, view),
    licenses: licensesText(run.licenses, view),
    unknown: peopleText(run.unknown, view),
    protected: peopleText(run.protected, view),
  };
  return [quiet(text(view, 'query.lookedAt', figures))];
}

/** Whom the answer lacks because nothing tells what they use, and what "never" means where nobody is found by it. */
function missing(
  { query, unproven }: Pick<Answered<'list'>, 'query' | 'unproven'>,
  { people }: Totals,
  view: CaseView,
): readonly Part[] {
  if (unproven.length > 0) return [quiet(unprovenNote(unproven, view))];
  return people === 0 && asksNeverUsed(query) ? [quiet(text(view, 'query.neverUsed'))] : [];
}

/** How many, without a list. */
export function totalCard(answer: Answered<'total'>, view: CaseView): CardJson {
  const { query, run, result, mayList } = answer;
  const { totals, undated } = result;
  const question = printQuery(query, view);
  return card(
    [
      title(totalHeadline(query, totals, view)),
      ...understood(question, run, view),
      ...missing(answer, totals, view),
      totalFacts(totals, undated, view),
      ...onlyThese(query, view),
    ],
    asksWithin(question, totals.people === 0 ? [] : furtherOf(query, mayList, view)),
  );
}

/** Of people it says which: a bare "12 people" would pass for everybody in a department. */
export function totalHeadline(query: Query, totals: Totals, view: CaseView): ReadyText {
  const of = query.ask.kind === 'total' ? query.ask.of : 'people';
  return of === 'people' ? peopleHeadline(query, totals, view) : measureText(of, totals, view);
}

/** Nobody keeps who uses what they have, so that "how many people are there in Sales" cannot be answered in full. */
function onlyThese({ ask, subject, conditions }: Query, view: CaseView): readonly Part[] {
  const isOfPeople = ask.kind === 'total' && ask.of === 'people';
  return isOfPeople && subject === 'candidates' && conditions.length > 0
    ? [quiet(text(view, 'query.onlyThese'))]
    : [];
}

function measureText(of: 'people' | 'licenses' | 'cost', totals: Totals, view: CaseView): ReadyText {
  if (of === 'cost') return costText(totals, view);
  return of === 'licenses' ? licensesText(totals.licenses, view) : peopleText(totals.people, view);
}

/** Figures per group: a picture where the client draws one, and always the rows. */
export function groupsCard(answer: Answered<'groups'>, view: CaseView): CardJson {
  const { query, run, result, mayList } = answer;
  const { totals, undated } = result;
  const question = printQuery(query, view);
  return fitting((lengths) =>
    card(
      [
        title(groupsHeadline(query, totals, view)),
        ...understood(question, run, view),
        ...missing(answer, totals, view),
        ...groupRows(answer, lengths, view),
        line(text(view, 'query.all')),
        totalFacts(totals, undated, view),
      ],
      asksWithin(question, totals.people === 0 ? [] : furtherOf(query, mayList, view)),
    ),
  );
}

function groupRows(
  { query, result, mayList }: Answered<'groups'>,
  lengths: Lengths,
  view: CaseView,
): readonly Part[] {
  const { ask } = query;
  const { groups, more, totals, overlap } = result;
  if (ask.kind !== 'groups') return [];
  const look = { ...lengths, isWhole: more === 0 && !overlap };
  return [
    ...(groups.length > 1 ? [chart(groupsHeadline(query, totals, view), groups, ask, look, view)] : []),
    facts(
      groups.map((group) => [
        cardText(labelOf(group, ask.by, lengths.detail, view), lengths.detail),
        text(view, 'query.group', {
          people: peopleText(group.people, view),
          licenses: licensesText(group.licenses, view),
          cost: costText(group, view),
        }),
      ]),
    ),
    ...(more > 0 ? [quiet(moreText(more, mayList ? inFile(more, groups.length, ask.top) : 0, view))] : []),
    ...(overlap ? [quiet(text(view, 'query.overlap'))] : []),
  ];
}

/** A file has the groups that were asked for, so that of "top 5" it has no more than 5. */
function inFile(more: number, shown: number, top: number | undefined): number {
  return Math.min(more, Math.max(0, (top ?? Infinity) - shown));
}

function moreText(count: number, further: number, view: CaseView): ReadyText {
  if (further === 0) return text(view, 'query.more', { count });
  return further === count
    ? text(view, 'query.moreInFile', { count })
    : text(view, 'query.moreSomeInFile', { count, further });
}

export function groupsHeadline({ ask }: Query, totals: Totals, view: CaseView): ReadyText {
  if (ask.kind !== 'groups') return plainText('');
  return text(view, `query.per.${ask.by}`, { measure: measureText(ask.of, totals, view) });
}

function personRow({ row, licenses, cost, days }: Hit, { name, detail }: Lengths, view: CaseView): Part {
  const about = [row.department.label, countryText(row.country.label, detail, view)]
    .filter((text) => text !== '')
    .map((text) => cardText(text, detail));
  const said = text(view, 'query.row', {
    licenses: licenseNames(named(licenses), view),
    why: whyText(row, days, view),
  });
  return {
    type: 'Container',
    separator: true,
    spacing: 'Small',
    items: [
      {
        type: 'ColumnSet',
        columns: [
          column('stretch', { text: cardText(row.displayName, name), weight: 'Bolder' }),
          column('auto', { text: yearlyText(cost, view.locale), horizontalAlignment: 'Right' }),
        ],
      },
      quiet(joined([...about, said], ' · ')),
    ],
  };
}

function column(width: 'stretch' | 'auto', text: Part): Part {
  return { type: 'Column', width, items: [{ type: 'TextBlock', ...text, wrap: true }] };
}

function named(licenses: Hit['licenses']): readonly { readonly name: string }[] {
  return licenses.map(({ name }) => ({ name: name.label.slice(0, 200) }));
}

function whyText(row: Hit['row'], days: number | undefined, view: CaseView): ReadyText {
  if (row.fromCase === true) return text(view, 'query.why.fromCase');
  const why = scenarioShort(row, days, view);
  if (row.lastUse === undefined) return why;
  return text(view, 'query.lastUse', { why, date: dayText(row.lastUse, view) });
}

/** What is said with the days without use, where they are known. */
const WITH_DAYS = {
  inactive: 'inactive',
  disabledButLicensed: 'disabled',
  unusedLicense: 'unused',
  notActive: 'notActive',
} as const;

function scenarioShort(
  { scenario, subject }: Hit['row'],
  days: number | undefined,
  view: CaseView,
): ReadyText {
  const why = scenario ?? (subject === 'unknown' ? 'unknown' : 'notActive');
  if (why === 'leftCompany' || why === 'neverSignedIn' || why === 'unknown')
    return text(view, `query.why.${why}`);
  return days === undefined
    ? text(view, `query.why.${WITH_DAYS[why]}`)
    : text(view, `query.why.${WITH_DAYS[why]}For`, { length: idleLength(days, view) });
}

function turning(query: Query, { page, pages }: Of<'list'>, view: CaseView): readonly Part[] {
  const { ask } = query;
  if (ask.kind !== 'list') return [];
  const to = (way: 'previous' | 'next', other: number): Part =>
    asks(
      text(view, `query.button.${way}`),
      printQuery({ ...query, ask: { ...ask, page: other } }, view),
      'turn',
    );
  return [...(page > 1 ? [to('previous', page - 1)] : []), ...(page < pages ? [to('next', page + 1)] : [])];
}

/** What is asked next most often: three at most, so that with the pages there are five buttons. */
function furtherOf(query: Query, mayList: boolean, view: CaseView): readonly Part[] {
  const { ask, subject, conditions } = query;
  if (!isListed(subject)) return [];
  const about = { subject, conditions };
  const list: Query = { ...about, ask: { ...USUAL, top: undefined } };
  const by = ask.kind === 'groups' && ask.by === 'department' ? 'license' : 'department';
  const grouped: Query = { ...about, ask: { kind: 'groups', by, of: measureOf(query), top: undefined } };
  return [
    ...(ask.kind === 'list' || !mayList
      ? []
      : [asks(text(view, 'query.button.who'), printQuery(list, view))]),
    asks(text(view, `query.button.${by}`), printQuery(grouped, view)),
    ...(mayList ? [asks(text(view, 'query.button.export'), printExport(query, view))] : []),
  ];
}

const USUAL = { kind: 'list', sort: { by: 'cost', order: 'desc' }, page: 1, pageSize: 10 } as const;

function measureOf({ ask }: Query): 'people' | 'licenses' | 'cost' {
  return ask.kind === 'list' ? 'people' : ask.of;
}
