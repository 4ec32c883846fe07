import type { CardJson } from '../bot/messenger.js';
import { isListed, type GroupField, type Query } from '../chat/query/query.js';
import { printQuery } from '../chat/query/print-query.js';
import type { Hit, Totals } from '../chat/query/hits.js';
import type { Result } from '../chat/query/result.js';
import type { RunFigures } from '../chat/read-model.js';
import { licenseNames } from './case-parts.js';
import type { CaseView } from './case-view.js';
import { dayText } from './dates.js';
import { card, facts, line, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';
import { yearlyText } from './money-text.js';
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
}

/** People, one page of them, with the totals of all pages. */
export function peopleCard({ query, run, result }: Answered<'list'>, view: CaseView): CardJson {
  const { hits, totals, page, pages, undated } = result;
  const question = printQuery(query);
  const buttons = [...turning(query, result), ...(hits.length === 0 ? [] : furtherOf(query, true))];
  return fitting((lengths) =>
    card(
      [
        title(peopleHeadline(query, totals)),
        ...understood(question, run, view),
        ...notJudged(query, run),
        totalFacts(totals, undated, view),
        ...hits.map((hit) => personRow(hit, lengths, view)),
        ...(pages > 1 ? [quiet(`Page ${page} of ${pages}; write **next** or **previous** to turn it.`)] : []),
        quiet(
          hits.length === 0
            ? 'Nobody fits. Write **help** to see what you can ask.'
            : 'Write **case NAME** to see one person, or **only Sales**, **per department**, **export that** to go on from here.',
        ),
      ],
      asksWithin(question, buttons),
    ),
  );
}

export function peopleHeadline({ subject }: Query, { people }: Totals): string {
  const who = people === 0 ? 'Nobody' : people === 1 ? '1 person' : peopleText(people);
  if (subject === 'unknown') return `${who} not judged for lack of data`;
  if (subject === 'guests') return people === 0 ? 'No guests' : people === 1 ? '1 guest' : `${people} guests`;
  return `${who} ${people === 0 || people === 1 ? 'holds' : 'hold'} licenses that look unused`;
}

/** Whoever reads the usual list also learns whom it does not have. */
function notJudged({ subject, conditions }: Query, run: RunFigures): readonly Part[] {
  if (subject !== 'candidates' || conditions.length > 0) return [];
  return [
    quiet(
      `Looked at ${peopleText(run.people)} with ${licensesText(run.licenses)}; ${peopleText(run.unknown)} could not be ` +
        `judged for lack of data, and nothing happens to them; ${peopleText(run.protected)} are protected.`,
    ),
  ];
}

/** How many, without a list. */
export function totalCard({ query, run, result, mayList }: Answered<'total'>, view: CaseView): CardJson {
  const { totals, undated } = result;
  const question = printQuery(query);
  return card(
    [
      title(totalHeadline(query, totals, view)),
      ...understood(question, run, view),
      totalFacts(totals, undated, view),
    ],
    asksWithin(question, totals.people === 0 ? [] : furtherOf(query, mayList)),
  );
}

export function totalHeadline(query: Query, totals: Totals, view: CaseView): string {
  if (query.ask.kind === 'total' && query.ask.of === 'licenses') return licensesText(totals.licenses);
  if (query.ask.kind === 'total' && query.ask.of === 'cost') return costText(totals, view);
  return peopleText(totals.people);
}

/** Figures per group: a picture where the client draws one, and always the rows. */
export function groupsCard({ query, run, result, mayList }: Answered<'groups'>, view: CaseView): CardJson {
  const { totals, undated } = result;
  const question = printQuery(query);
  return fitting((lengths) =>
    card(
      [
        title(groupsHeadline(query, totals, view)),
        ...understood(question, run, view),
        ...groupRows({ query, run, result, mayList }, lengths, view),
        line('**All together**'),
        totalFacts(totals, undated, view),
      ],
      asksWithin(question, totals.people === 0 ? [] : furtherOf(query, mayList)),
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
    ...(groups.length > 1 ? [chart(groupsHeadline(query, totals, view), groups, ask.of, look)] : []),
    facts(
      groups.map((group) => [
        cardText(labelOf(group, lengths.detail), lengths.detail),
        `${peopleText(group.people)}, ${licensesText(group.licenses)} · ${costText(group, view)}`,
      ]),
    ),
    ...(more > 0 ? [quiet(`and ${more} more${mayList ? inFile(more, groups.length, ask.top) : '.'}`)] : []),
    ...(overlap ? [quiet('Somebody may be in several rows, so they do not add up to the total.')] : []),
  ];
}

/** A file has the groups that were asked for, so that of "top 5" it has no more than 5. */
function inFile(more: number, shown: number, top: number | undefined): string {
  const further = Math.min(more, Math.max(0, (top ?? Infinity) - shown));
  if (further === 0) return '.';
  return `; **export that** has ${further === more ? 'all' : further} of them.`;
}

export function groupsHeadline({ ask }: Query, totals: Totals, view: CaseView): string {
  if (ask.kind !== 'groups') return '';
  const by = BY[ask.by];
  if (ask.of === 'cost') return `${costText(totals, view)} per ${by}`;
  return `${ask.of === 'licenses' ? licensesText(totals.licenses) : peopleText(totals.people)} per ${by}`;
}

const BY: Readonly<Record<GroupField, string>> = {
  department: 'department',
  country: 'country',
  license: 'license',
  manager: 'manager',
  scenario: 'reason',
  state: 'state of the case',
  domain: 'domain',
};

function personRow({ row, licenses, cost, days }: Hit, { name, detail }: Lengths, view: CaseView): Part {
  const about = [row.department.label, row.country.label]
    .filter((text) => text !== '')
    .map((text) => cardText(text, detail));
  const lastUse = row.lastUse === undefined ? '' : ` Last use ${dayText(row.lastUse, view)}.`;
  const text = [...about, `${licenseNames(named(licenses), view)}. ${why(row, days)}${lastUse}`].join(' · ');
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
      quiet(text),
    ],
  };
}

function column(width: 'stretch' | 'auto', text: Part): Part {
  return { type: 'Column', width, items: [{ type: 'TextBlock', ...text, wrap: true }] };
}

function named(licenses: Hit['licenses']): readonly { readonly name: string }[] {
  return licenses.map(({ name }) => ({ name: name.label.slice(0, 200) }));
}

function why({ scenario, subject }: Hit['row'], days: number | undefined): string {
  const idle = days === undefined ? '' : `, no use for ${days} days`;
  switch (scenario) {
    case 'leftCompany':
      return 'Has left the company.';
    case 'neverSignedIn':
      return 'Has never signed in.';
    case 'inactive':
      return days === undefined ? 'Shows no use.' : `No use for ${days} days.`;
    case 'disabledButLicensed':
      return `Disabled${idle}.`;
    case 'unusedLicense':
      return days === undefined ? 'Active, without this.' : `Active, without this for ${days} days.`;
    case undefined:
      return subject === 'unknown' ? 'Not judged for lack of data.' : `Not shown to be active${idle}.`;
    default:
      return scenario satisfies never;
  }
}

function turning(query: Query, { page, pages }: Of<'list'>): readonly Part[] {
  const { ask } = query;
  if (ask.kind !== 'list') return [];
  const to = (text: string, other: number): Part =>
    asks(text, printQuery({ ...query, ask: { ...ask, page: other } }), 'turn');
  return [...(page > 1 ? [to('Previous', page - 1)] : []), ...(page < pages ? [to('Next', page + 1)] : [])];
}

/** What is asked next most often: three at most, so that with the pages there are five buttons. */
function furtherOf(query: Query, mayList: boolean): readonly Part[] {
  const { ask, subject, conditions } = query;
  if (!isListed(subject)) return [];
  const about = { subject, conditions };
  const list: Query = { ...about, ask: { ...USUAL, top: undefined } };
  const grouped = (by: GroupField): Part =>
    asks(
      `Per ${BY[by]}`,
      printQuery({ ...about, ask: { kind: 'groups', by, of: measureOf(query), top: undefined } }),
    );
  const first: GroupField = ask.kind === 'groups' && ask.by === 'department' ? 'license' : 'department';
  return [
    ...(ask.kind === 'list' || !mayList ? [] : [asks('Who are they?', printQuery(list))]),
    grouped(first),
    ...(mayList ? [asks('Export as CSV', `export, ${printQuery(query)}`)] : []),
  ];
}

const USUAL = { kind: 'list', sort: { by: 'cost', order: 'desc' }, page: 1, pageSize: 10 } as const;

function measureOf({ ask }: Query): 'people' | 'licenses' | 'cost' {
  return ask.kind === 'list' ? 'people' : ask.of;
}
