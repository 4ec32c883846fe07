import type { Policy } from '../../config/policy.js';
import type { DoneAudit } from '../audit-result.js';
import { isoDay } from '../day.js';
import type { Facet, PageTable } from './data.js';
import { escapeHtml } from './escape.js';
import { moneyWords, totalOf } from './position.js';
import { conditionText, sourceTitle, type SourceState } from '../sources/state.js';

interface SectionWords {
  readonly title: string;
  readonly about: string;
  /** The file with all columns; beside the page. */
  readonly file: string;
  readonly empty: string;
}

export const SECTION_WORDS = {
  people: {
    title: 'People to ask about',
    about: 'Each holds licenses that look unused. Their managers are asked before anything is taken.',
    file: 'inactive-users.csv',
    empty: 'Every license that could be judged is in use.',
  },
  guests: {
    title: 'Guests',
    about:
      'Guests are looked at on their own: their use follows other patterns. Their sponsors answer for them.',
    file: 'guests.csv',
    empty: 'No guest holds a license that looks unused.',
  },
  protected: {
    title: 'Protected people',
    about: 'Nobody is asked about them on the normal path. Not everybody who is protected is listed by name.',
    file: 'protected-users.csv',
    empty: 'Nobody is listed.',
  },
  unknown: {
    title: 'Unknown',
    about: 'Data about them is missing, so nothing is concluded and nothing happens to them.',
    file: 'unknown-users.csv',
    empty: 'Everybody could be judged.',
  },
  licenses: {
    title: 'Position by license',
    about:
      'Bought = free + assigned. Assigned = in use + unknown + other + idle. Idle = protected + reclaimable. ' +
      'Other: outside of the policy’s scope, or counted by Microsoft and held by nobody.',
    file: 'position.csv',
    empty: 'The tenant has no license that is managed.',
  },
} as const satisfies Record<PageTable['id'], SectionWords>;

/** A table with everything around it; its rows are drawn by the page's program. */
export function tableSection(table: PageTable, facets: readonly Facet[] = []): string {
  const { title, about, file, empty } = SECTION_WORDS[table.id];
  const head = `<h2 id="${table.id}-title">${title}</h2><p class="about">${about} All columns: <code>${file}</code>.</p>`;
  const open = `<section id="${table.id}" aria-labelledby="${table.id}-title">${head}`;
  if (table.rows.length === 0) return `${open}<p class="empty">${empty}</p></section>`;
  const heads = table.columns.map(
    ({ label, kind }) =>
      `<th scope="col" aria-sort="none" class="${kind}"><button type="button">${label}</button></th>`,
  );
  return [
    open,
    `<div class="tools">${searchField(table)}${facets.map(filterField).join('')}`,
    facets.length > 0 ? '<button type="button" class="clear">Clear filters</button>' : '',
    '</div><p role="status" class="status"></p>',
    `<div class="scroll" tabindex="0" role="region" aria-labelledby="${table.id}-title"><table class="grid">`,
    `<thead><tr>${heads.join('')}</tr></thead><tbody></tbody>${footOf(table)}</table></div>`,
    pager(table),
    '</section>',
  ].join('');
}

function searchField({ id, nouns }: PageTable): string {
  const field = `<input type="search" id="${id}-search" autocomplete="off" spellcheck="false">`;
  return labelled(`${id}-search`, `Search ${nouns[1]}`, field);
}

function filterField({ id, of, values }: Facet, at: number): string {
  const options = values.map((value, place) => `<option value="${place}">${escapeHtml(value)}</option>`);
  const field = `<select id="filter-${id}" data-facet="${at}" autocomplete="off"><option value="">All</option>${options.join('')}</select>`;
  return labelled(`filter-${id}`, of, field);
}

function labelled(id: string, label: string, field: string): string {
  return `<div class="field"><label for="${id}">${label}</label>${field}</div>`;
}

function footOf({ foot, columns }: PageTable): string {
  if (foot === undefined) return '';
  const cells = foot.map((cell, at) => {
    const { kind = 'text', label = '' } = columns[at] ?? {};
    const text = Array.isArray(cell) ? (kind === 'ranked' ? String(cell[1] ?? '') : '') : cell;
    const shown = typeof text === 'number' ? text.toLocaleString('en-US') : String(text ?? '');
    const tag = at === 0 ? 'th scope="row"' : 'td';
    return `<${tag} class="${kind}" data-label="${label}">${escapeHtml(shown)}</${at === 0 ? 'th' : 'td'}>`;
  });
  return `<tfoot><tr>${cells.join('')}</tr></tfoot>`;
}

function pager({ id }: PageTable): string {
  const sizes = [50, 100, 250].map((size) => `<option>${size}</option>`).join('');
  return [
    `<nav class="pager" aria-label="Pages of ${SECTION_WORDS[id].title}" hidden>`,
    '<button type="button" class="earlier">Previous page</button><button type="button" class="later">Next page</button>',
    labelled(
      `${id}-size`,
      'Rows per page',
      `<select class="size" id="${id}-size" autocomplete="off">${sizes}</select>`,
    ),
    '</nav>',
  ].join('');
}

/** The figures that everybody asks for first. */
export function tiles({ figures, position }: DoneAudit): string {
  const seats = totalOf(position);
  const cost = moneyWords(figures.annualCost);
  const { withoutPrice } = figures;
  const note =
    withoutPrice > 0 && cost !== '' ? `without the unpriced licenses of ${withoutPrice} of them` : '';
  const amount = (count: number): string => count.toLocaleString('en-US');
  const groups = [
    ['Bought', amount(seats.bought), `${amount(seats.free)} free`],
    ['Assigned', amount(seats.assigned), 'of those bought'],
    ['In use', amount(seats.active), 'by active people'],
    ['Idle', amount(seats.idle), `${amount(seats.protected)} protected`],
    ['Reclaimable', amount(seats.reclaimable), 'after asking'],
    ['Unknown', amount(seats.unknown), 'left alone'],
  ] as const;
  return [
    '<div class="headline"><p class="figure"><span class="label">Unused per year</span>',
    `<b>${cost === '' ? 'price not entered' : escapeHtml(cost)}</b><span class="note">${note}</span></p>`,
    `<p class="figure"><span class="label">People to ask about</span><b>${amount(figures.inactive)}</b>`,
    `<span class="note">of ${amount(figures.people)}: ${amount(figures.active)} active, ${amount(figures.protected)} protected, `,
    `${amount(figures.unknown)} unknown, ${amount(figures.guests)} guests</span></p></div>`,
    '<dl class="tiles">',
    ...groups.map(
      ([label, value, note_]) => `<div><dt>${label}</dt><dd><b>${value}</b><span>${note_}</span></dd></div>`,
    ),
    '</dl>',
  ].join('');
}

/** What a reader has to know before trusting the page. */
export function caveatsSection(result: DoneAudit, sources: readonly SourceState[] | undefined): string {
  return [
    '<section id="data" class="caveats" aria-labelledby="data-title"><h2 id="data-title">What to know about the data</h2>',
    `<ul>${result.caveats.map((caveat) => `<li>${escapeHtml(caveat)}</li>`).join('')}</ul>`,
    sources === undefined || sources.length === 0 ? '' : sourcesTable(sources),
    '</section>',
  ].join('');
}

function sourcesTable(sources: readonly SourceState[]): string {
  const rows = sources.map(({ source, state, refreshed, rows: count, why, fix }) =>
    [
      `<tr><th scope="row">${sourceTitle(source)}</th><td class="state-${state}">${conditionText({ source, state })}</td>`,
      `<td class="day">${refreshed === undefined ? '' : isoDay(refreshed)}</td>`,
      `<td class="number">${count === undefined ? '' : count.toLocaleString('en-US')}</td>`,
      `<td>${escapeHtml([why, fix].flatMap((text) => text ?? []).join(' '))}</td></tr>`,
    ].join(''),
  );
  return [
    '<div class="scroll" tabindex="0" role="region" aria-label="Sources"><table class="grid plain"><caption>Sources</caption>',
    '<thead><tr><th scope="col">Source</th><th scope="col">State</th><th scope="col">Data of</th>',
    '<th scope="col" class="number">Rows</th><th scope="col">Why, and what to do</th></tr></thead>',
    `<tbody>${rows.join('')}</tbody></table></div>`,
  ].join('');
}

/** Under which rules the lists were made. */
export function rulesList(result: DoneAudit, policy: Policy, policyHash: string): string {
  const { inactivity, evidence, mode } = policy;
  const required = evidence.require.map((name) =>
    name === 'signIn' ? 'sign-in dates' : 'use of the services',
  );
  const made = result.finishedAt.toISOString();
  const rows = [
    ['Made', `${made.slice(0, 10)} ${made.slice(11, 16)} UTC`],
    ['Use up to', result.reportRefreshed === undefined ? 'no usage report' : isoDay(result.reportRefreshed)],
    ['Sign-ins read', result.signInsReadAt?.toISOString().slice(0, 10) ?? 'not read'],
    ['Unused means', `no use for ${inactivity.days} days`],
    ['Must agree', required.join(' and ')],
    ['Mode', mode === 'observe' ? 'observe: nothing is changed, nobody is asked' : 'act'],
    ['Tenant', result.tenantId],
    ['Policy', policyHash.slice(0, 12)],
  ];
  return `<dl class="rules">${rows
    .map(([term = '', text = '']) => `<div><dt>${term}</dt><dd>${escapeHtml(text)}</dd></div>`)
    .join('')}</dl>`;
}
