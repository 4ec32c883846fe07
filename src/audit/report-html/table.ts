import type { rowOf } from './cells.js';
import type { Facet, PageRow, PageTable } from './data.js';
import type { inSortOrder, matches, rowText, searchable } from './rows.js';

/** Functions of the page that are written into it beside the class. */
export interface TableTools {
  readonly searchable: typeof searchable;
  readonly rowText: typeof rowText;
  readonly matches: typeof matches;
  readonly inSortOrder: typeof inSortOrder;
  readonly rowOf: typeof rowOf;
}

/**
 * One table of the page: searched, filtered, sorted and paged. It runs in the reader's browser: it is written into the
 * page as text, so it uses nothing but what it is given, and the browser.
 */
export class TableView {
  readonly filters: (number | undefined)[];
  words: readonly string[] = [];
  private readonly texts = new Map<PageRow, string>();
  private column: number | undefined;
  private downward = false;
  private page = 0;
  private size = 50;
  private isWhole = false;
  /** Called after each drawing. */
  after: () => void = () => undefined;

  constructor(
    private readonly doc: Document,
    private readonly section: HTMLElement,
    readonly table: PageTable,
    private readonly facets: readonly Facet[],
    private readonly kinds: readonly string[],
    private readonly tools: TableTools,
  ) {
    this.filters = facets.map(() => undefined);
    for (const row of table.rows) this.texts.set(row, tools.rowText(row));
    this.listen();
  }

  /** How many rows have a value, whatever else is chosen of the same facet. */
  count(facet: number, places: readonly number[]): number {
    return this.table.rows.filter(
      (row) => places.some((place) => row.f?.[facet]?.includes(place)) && this.isWanted(row, facet),
    ).length;
  }

  choose(facet: number, place: number | undefined): void {
    this.filters[facet] = place;
    this.page = 0;
    this.draw();
  }

  clear(): void {
    this.filters.fill(undefined);
    this.words = [];
    this.page = 0;
    for (const input of this.section.querySelectorAll<HTMLInputElement>('input')) input.value = '';
    this.draw();
  }

  /** Paper has no pages to turn: all rows are drawn for it. */
  drawWhole(isWhole: boolean): void {
    this.isWhole = isWhole;
    this.draw();
  }

  draw(): void {
    const { table, section } = this;
    const kind = table.columns[this.column ?? -1]?.kind;
    const found = table.rows.filter((row) => this.isWanted(row));
    const rows =
      this.column === undefined || kind === undefined
        ? found
        : this.tools.inSortOrder(found, this.column, kind, this.downward);
    const pages = Math.max(1, Math.ceil(rows.length / this.size));
    this.page = Math.min(Math.max(0, this.page), pages - 1);
    const from = this.page * this.size;
    const part = this.isWhole ? rows : rows.slice(from, from + this.size);
    section
      .querySelector('tbody')
      ?.replaceChildren(...part.map(({ c }) => this.tools.rowOf(this.doc, table, c, this.kinds)));
    this.markHeads();
    this.markPager(rows.length, pages);
    this.say(rows.length, pages);
    this.after();
  }

  private isWanted(row: PageRow, except?: number): boolean {
    return this.tools.matches(row, this.texts.get(row) ?? '', this, except);
  }

  private listen(): void {
    const { section } = this;
    const on = (selector: string, event: string, then: (target: HTMLInputElement) => void): void => {
      for (const target of section.querySelectorAll<HTMLInputElement>(selector)) {
        target.addEventListener(event, () => then(target));
      }
    };
    on('input[type=search]', 'input', ({ value }) => {
      this.words = this.tools.searchable(value).split(/\s+/).filter(Boolean);
      this.page = 0;
      this.draw();
    });
    on('select.size', 'change', ({ value }) => {
      this.size = Number(value);
      this.page = 0;
      this.draw();
    });
    on('button.earlier', 'click', () => this.turn(-1));
    on('button.later', 'click', () => this.turn(1));
    section.querySelectorAll('thead button').forEach((button, at) => {
      button.addEventListener('click', () => this.sortBy(at));
    });
  }

  private sortBy(column: number): void {
    this.downward = this.column === column && !this.downward;
    this.column = column;
    this.page = 0;
    this.draw();
  }

  private turn(by: number): void {
    this.page += by;
    this.draw();
    this.section.querySelector('.scroll')?.scrollIntoView({ block: 'nearest' });
  }

  private markHeads(): void {
    this.section.querySelectorAll('thead th').forEach((head, at) => {
      const way = this.downward ? 'descending' : 'ascending';
      head.setAttribute('aria-sort', this.column === at ? way : 'none');
    });
  }

  private markPager(rows: number, pages: number): void {
    const { section } = this;
    const pager = section.querySelector<HTMLElement>('.pager');
    if (pager) pager.hidden = rows <= 50 && this.size === 50;
    // A disabled button would lose the focus of whoever turns the pages by keyboard.
    section.querySelector('button.earlier')?.setAttribute('aria-disabled', String(this.page === 0));
    section.querySelector('button.later')?.setAttribute('aria-disabled', String(this.page >= pages - 1));
  }

  private say(found: number, pages: number): void {
    const { nouns, rows } = this.table;
    const [one, many] = nouns;
    const amount = (count: number): string => count.toLocaleString('en-US');
    const count =
      found === rows.length
        ? `${amount(found)} ${found === 1 ? one : many}`
        : `${amount(found)} of ${amount(rows.length)} ${many}`;
    const chosen = this.filters.flatMap((place, at) =>
      place === undefined ? [] : [this.facets[at]?.values[place] ?? ''],
    );
    const which = [...chosen, ...this.words.map((word) => `“${word}”`)].join(', ');
    const page = pages > 1 && !this.isWhole ? `, page ${this.page + 1} of ${pages}` : '';
    const status = this.section.querySelector('[role=status]');
    if (status) status.textContent = `${count}${page}${which === '' ? '' : ` · ${which}`}`;
  }
}
