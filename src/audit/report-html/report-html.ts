import { createHash } from 'node:crypto';
import type { Policy } from '../../config/policy.js';
import type { DoneAudit } from '../audit-result.js';
import type { Finding } from '../finding.js';
import { listOf, type FindingList } from '../findings.js';
import { chart } from './charts.js';
import type { PageData, PageTable } from './data.js';
import { scriptJson } from './escape.js';
import { facetsOf } from './facets.js';
import { peopleTable } from './people.js';
import { licensesTable, seatsFigure } from './position.js';
import { pageScript } from './script.js';
import { caveatsSection, rulesList, SECTION_WORDS, tableSection, tiles } from './sections.js';
import { PAGE_STYLE } from './style.js';

/**
 * One page that shows an audit by itself: no network, no other file. Nothing on it tells of people whom only HR may see;
 * they are part of the protected ones in the totals, and nowhere else.
 */
export function* reportHtml(result: DoneAudit, policy: Policy, policyHash: string): Generator<string> {
  const data = pageData(result);
  const [people, guests, kept, unknown, licenses] = data.tables;
  const script = pageScript();
  yield head(result, script);
  yield `<body><a class="skip" href="#people">Skip to the people</a><header><h1>License audit</h1>`;
  yield `${rulesList(result, policy, policyHash)}${navigation(data.tables)}</header><main>`;
  yield '<noscript><p class="empty">The lists and filters of this page need JavaScript. The CSV files beside it have everything.</p></noscript>';
  yield `<section id="position" aria-labelledby="position-title"><h2 id="position-title">At a glance</h2>${tiles(result)}`;
  yield `${seatsFigure(result.position)}</section>`;
  yield caveatsSection(result, result.sources);
  if (people) yield* peopleParts(people, data);
  for (const table of [licenses, guests, kept, unknown]) if (table) yield tableSection(table);
  yield '</main><footer><p>Made by License Steward. Names on this page are personal data: keep it where only those who need it can read it.</p></footer>';
  yield `<script type="application/json" id="data-json">`;
  yield scriptJson(data);
  yield `</script><script>${script}</script></body></html>\n`;
}

/** What the page's program gets. Made without the people whom only HR may see. */
export function pageData({ findings, position }: DoneAudit): PageData {
  const of = (list: FindingList): readonly Finding[] =>
    findings.filter((finding) => listOf(finding) === list);
  const { facets, placesOf } = facetsOf(of('inactive'));
  return {
    facets,
    tables: [
      peopleTable('people', of('inactive'), placesOf),
      peopleTable('guests', of('guests')),
      peopleTable('protected', of('protected')),
      peopleTable('unknown', of('unknown')),
      licensesTable(position),
    ],
  };
}

function* peopleParts(people: PageTable, { facets }: PageData): Generator<string> {
  if (people.rows.length > 0) {
    yield '<section id="charts" aria-labelledby="charts-title"><h2 id="charts-title">Who they are</h2>';
    yield '<p class="about">Numbers are people to ask about. Choose a name to filter the list below.</p><div class="charts">';
    for (const [at, facet] of facets.entries()) yield chart(facet, at, people.rows);
    yield '</div></section>';
  }
  yield tableSection(people, facets);
}

/** The browser is told to load nothing, whatever stands in the page; only its own program and style are taken. */
function head({ finishedAt }: DoneAudit, script: string): string {
  const policy = [
    "default-src 'none'",
    `script-src '${digest(script)}'`,
    `style-src '${digest(PAGE_STYLE)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">',
    `<title>License audit of ${finishedAt.toISOString().slice(0, 10)}</title>`,
    `<link rel="icon" href="data:,"><style>${PAGE_STYLE}</style></head>`,
  ].join('\n');
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function navigation(tables: readonly PageTable[]): string {
  const links = tables.map(({ id }) => `<li><a href="#${id}">${SECTION_WORDS[id].title}</a></li>`);
  return `<nav aria-label="Parts of this page"><ul><li><a href="#data">Data</a></li>${links.join('')}</ul></nav>`;
}
