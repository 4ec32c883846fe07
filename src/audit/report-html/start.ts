import type { PageData } from './data.js';
import type { TableTools, TableView } from './table.js';

/*
 * Brings the page to life. These functions run in the reader's browser: they are written into the page as text, so they
 * use nothing but each other, what they are given, and the browser.
 */

export interface PageTools extends TableTools {
  readonly TableView: typeof TableView;
  /** Names of the parts of a bar of seats. */
  readonly kinds: readonly string[];
}

export function startPage(doc: Document, win: Window, tools: PageTools): void {
  const data = JSON.parse(doc.getElementById('data-json')?.textContent ?? '{}') as PageData;
  const views = data.tables.flatMap((table) => {
    const section = doc.getElementById(table.id);
    const facets = table.id === 'people' ? data.facets : [];
    return section ? [new tools.TableView(doc, section, table, facets, tools.kinds, tools)] : [];
  });
  const [people] = views.filter(({ table }) => table.id === 'people');
  if (people) startFilters(doc, people);
  for (const view of views) view.draw();
  doc.body.classList.add('started');

  const whole = (isWhole: boolean): void => {
    for (const view of views) view.drawWhole(isWhole);
  };
  win.addEventListener('beforeprint', () => whole(true));
  win.addEventListener('afterprint', () => whole(false));
  const paper = win.matchMedia('print');
  paper.addEventListener('change', ({ matches }) => whole(matches));
  if (paper.matches) whole(true);
}

/** Lists and charts choose the same values: whatever is chosen in one shows in the other. */
export function startFilters(doc: Document, people: TableView): void {
  const selects = [...doc.querySelectorAll<HTMLSelectElement>('select[data-facet]')];
  const bars = [...doc.querySelectorAll<HTMLElement>('.chart tr[data-facet]')];
  for (const select of selects) {
    select.addEventListener('change', () =>
      people.choose(Number(select.dataset['facet']), select.value === '' ? undefined : Number(select.value)),
    );
  }
  for (const bar of bars) {
    const facet = Number(bar.dataset['facet']);
    const [place, ...others] = placesOf(bar);
    if (place === undefined || others.length > 0) continue;
    bar.addEventListener('click', () =>
      people.choose(facet, people.filters[facet] === place ? undefined : place),
    );
  }
  doc.querySelector('button.clear')?.addEventListener('click', () => people.clear());
  people.after = () => {
    for (const select of selects)
      select.value = String(people.filters[Number(select.dataset['facet'])] ?? '');
    for (const bar of bars) markBar(bar, people);
    const isFree = people.words.length === 0 && people.filters.every((place) => place === undefined);
    doc.querySelector('button.clear')?.setAttribute('aria-disabled', String(isFree));
  };
}

export function placesOf(bar: HTMLElement): readonly number[] {
  return (bar.dataset['places'] ?? '').split(' ').filter(Boolean).map(Number);
}

/** The bar's length and number follow what is chosen elsewhere. */
export function markBar(bar: HTMLElement, people: TableView): void {
  const facet = Number(bar.dataset['facet']);
  const places = placesOf(bar);
  const count = people.count(facet, places);
  const number = bar.querySelector('.n');
  if (number) number.textContent = count.toLocaleString('en-US');
  const most = Number(bar.dataset['most']);
  bar.querySelector('rect.now')?.setAttribute('width', String(most > 0 ? (count / most) * 100 : 0));
  const chosen = people.filters[facet];
  bar.querySelector('button')?.setAttribute('aria-pressed', String(chosen === places[0]));
  bar.classList.toggle('away', chosen !== undefined && !places.includes(chosen));
}
