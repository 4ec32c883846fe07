import { isoDay } from '../audit/day.js';
import type { CardJson } from '../bot/messenger.js';
import type { Instant } from '../cases/case.js';
import { evidenceLines, type EvidenceLine } from '../cases/evidence-lines.js';
import { waysOf, type OwnWay } from '../chat/own-record.js';
import type { PersonPage } from '../chat/person-page.js';
import type { Money } from '../spend/money.js';
import { sentenceIn } from '../i18n/sentences.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { licenseCost, totalCost, who } from './case-parts.js';
import { scenarioText, type CaseView } from './case-view.js';
import { dateText, dayText, timeText } from './dates.js';
import { box, buttons, card, facts, heading, line, quiet, title, type Part } from './elements.js';
import { cardText, plainText } from './escape.js';
import { dataDateText, evidenceRows } from './evidence-text.js';
import { firstThatFits } from './fitting.js';
import { yearlyText } from './money-text.js';
import { waysText } from './own-page-card.js';
import { caseParts } from './page-case.js';
import { historyAction, pageActions } from './page-actions.js';
import { alert, sponsors } from './person-card.js';
import { licenseVerdict, personVerdict } from './verdict-text.js';

/** How much is shown, and how many characters of names and of entries of the history. */
interface Size {
  readonly licenses: number;
  readonly name: number;
  readonly group: number;
  readonly entries: number;
  readonly entry: number;
}

const SIZES: readonly [Size, Size, Size, Size] = [
  { licenses: 12, name: 120, group: 60, entries: 5, entry: 300 },
  { licenses: 8, name: 80, group: 40, entries: 5, entry: 200 },
  { licenses: 6, name: 40, group: 20, entries: 5, entry: 100 },
  { licenses: 4, name: 20, group: 12, entries: 3, entry: 60 },
];

/** All that an admin may know of one person, and what can be done. It shows how it stood; its buttons go by how it stands. */
export function personPageCard(page: PersonPage, reader: CaseView): CardJson {
  const view: CaseView = { ...reader, reader: 'admin' };
  return firstThatFits(SIZES, (size) =>
    card(
      [
        title(text(view, 'page.title')),
        box('emphasis', who(page, { name: size.name, detail: Math.min(80, size.name) })),
        ...(page.finding === undefined
          ? []
          : [...alert(page.finding, view), ...sponsors(page.finding, view)]),
        ...protectionParts(page, size, view),
        ...evidenceParts(page, view),
        ...licenseParts(page, size, view),
        ...caseParts(page, view),
        ...historyParts(page, size, view),
        quiet(text(view, 'page.asOf', { time: timeText(view.now, view) })),
      ],
      pageActions(page, view),
    ),
  );
}

/** Text of the notification, which is read by whoever asked. */
export function personPageSummary({ subject }: PersonPage, view: CaseView): ReadyText {
  return text(view, 'summary.page', { name: plainText(subject.displayName, 80) });
}

function protectionParts({ protection }: PersonPage, { entry }: Size, view: CaseView): readonly Part[] {
  if (protection === undefined) return [];
  const { by, at, reason, until } = protection;
  const said = {
    by: cardText(by.displayName, 60),
    at: dateText(at as Instant, view),
    reason: cardText(reason, entry),
  };
  return [
    line(
      until === undefined
        ? text(view, 'page.protected', said)
        : text(view, 'page.protectedUntil', { ...said, until: dayText(until, view) }),
    ),
  ];
}

/** Source by source: what the latest audit has, else what the case was opened with, which is said. */
function evidenceParts(page: PersonPage, view: CaseView): readonly Part[] {
  const { finding, case: c, auditedAt } = page;
  if (finding !== undefined) {
    const { workload } = finding.evidence;
    const refreshed = 'refreshed' in workload ? isoDay(workload.refreshed) : undefined;
    return [
      heading(text(view, 'evidence.heading')),
      line(personVerdict(finding, view)),
      facts(evidenceRows(everySource(page), view)),
      quiet(text(view, 'evidence.note', { data: dataDateText(refreshed, view) })),
      ...(auditedAt === undefined
        ? []
        : [quiet(text(view, 'page.audit', { date: dateText(auditedAt, view) }))]),
    ];
  }
  if (c === undefined) return [];
  return [
    heading(text(view, 'evidence.heading')),
    line(scenarioText(c, view)),
    ...(c.evidence.length === 0 ? [] : [facts(evidenceRows(c.evidence, view))]),
    quiet(text(view, 'evidence.note', { data: dataDateText(c.evidenceDate, view) })),
    quiet(text(view, 'page.fromCase', { date: dateText(c.openedAt, view) })),
  ];
}

/** A report that the policy wants and that says nothing of the person is no data, and one that it leaves out is no source. */
function everySource({ finding }: PersonPage): readonly EvidenceLine[] {
  if (finding === undefined) return [];
  const { reports } = finding.evidence;
  const missing = (['apps', 'activations'] as const).filter((source) => reports[source].kind === 'unknown');
  return [
    ...evidenceLines(finding),
    ...missing.map((source): EvidenceLine => ({ source, fact: { kind: 'unknown' } })),
  ];
}

interface PageLicense {
  readonly name: string;
  readonly ways: readonly OwnWay[];
  readonly annualCost: Money | undefined;
  /** What it costs, whether it is used and what says so. */
  readonly said: ReadyText;
}

function licenseParts(page: PersonPage, size: Size, view: CaseView): readonly Part[] {
  const held = licensesOf(page, view).toSorted(
    (a, b) => (b.annualCost?.minor ?? -1) - (a.annualCost?.minor ?? -1),
  );
  if (held.length === 0) return [];
  const rest = held.length - size.licenses;
  return [
    heading(text(view, 'license.heading', { count: held.length })),
    ...held.slice(0, size.licenses).map(({ name, ways, said }) =>
      line(
        text(view, 'page.license', {
          name: cardText(sentenceIn(view, name, 'part.product.'), size.name),
          ways: waysText(ways, size, 'page.direct', view),
          said,
        }),
      ),
    ),
    ...(rest > 0 ? [quiet(text(view, 'license.rest', { count: rest }))] : []),
    ...(held.length > 1
      ? [line(text(view, 'page.together', { cost: totalCost({ licenses: held }, view) }))]
      : []),
  ];
}

function licensesOf({ finding, case: c, groupNames }: PersonPage, view: CaseView): readonly PageLicense[] {
  if (finding !== undefined)
    return finding.licenses.map((each) => ({
      name: each.name,
      ways: waysOf(each.license, groupNames),
      annualCost: each.annualCost,
      said: joined(
        [yearlyText(each.annualCost, view.locale), licenseVerdict(each, finding.licenses, view)],
        ' · ',
      ),
    }));
  return (c?.licenses ?? []).map((each) => ({
    name: each.name,
    ways: [
      ...(each.direct ? [{ kind: 'direct', since: undefined } as const] : []),
      ...each.groupIds.map((id) => ({ kind: 'group', name: groupNames.get(id), since: undefined }) as const),
    ],
    annualCost: each.annualCost,
    said: licenseCost({ ...each, groupIds: [] }, view),
  }));
}

function historyParts(page: PersonPage, { entries, entry }: Size, view: CaseView): readonly Part[] {
  const { history } = page;
  if (history.length === 0) return [];
  const hidden = Math.max(0, history.length - entries);
  return [
    heading(text(view, 'history.title')),
    ...(hidden > 0 ? [quiet(text(view, 'page.earlier', { count: hidden }))] : []),
    ...history
      .slice(hidden)
      .map(({ at, text: what }) =>
        line(text(view, 'history.row', { time: timeText(at as Instant, view), what: cardText(what, entry) })),
      ),
    buttons(historyAction(page, view)),
  ];
}
