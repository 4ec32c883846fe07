import { escapeHtml } from './escape.js';
import type { Facet, PageRow } from './data.js';

/** Longer charts hide more than they show; the list above the table has all values. */
const MOST_BARS = 8;

/** One bar of a chart: one value, or all that are too small for a bar of their own. */
interface Bar {
  readonly label: string;
  readonly places: readonly number[];
  readonly count: number;
}

/**
 * A chart as a table with a bar in each row: every bar has its name and number beside it, so nothing hangs on color or
 * length, and it is read out as a table. A name is a button that filters the list of people.
 */
export function chart(facet: Facet, at: number, rows: readonly PageRow[]): string {
  const bars = barsOf(facet, at, rows);
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return [
    `<figure class="chart"><figcaption id="chart-${facet.id}">${escapeHtml(facet.title)}</figcaption>`,
    `<table aria-labelledby="chart-${facet.id}"><colgroup><col class="c-name"><col><col class="c-n"></colgroup><thead class="unseen"><tr><th scope="col">${escapeHtml(facet.of)}</th>`,
    '<td></td><th scope="col">People</th></tr></thead><tbody>',
    ...bars.map((bar) => barRow(bar, at, most)),
    '</tbody></table></figure>',
  ].join('');
}

function barsOf(facet: Facet, at: number, rows: readonly PageRow[]): readonly Bar[] {
  const countOf = (places: readonly number[]): number =>
    rows.filter(({ f }) => places.some((place) => f?.[at]?.includes(place))).length;
  const all = facet.values.map((label, place) => ({ label, places: [place] }));
  const shown = all.length > MOST_BARS ? all.slice(0, MOST_BARS - 1) : all;
  const rest = all.slice(shown.length).flatMap(({ places }) => places);
  const bars = rest.length > 0 ? [...shown, { label: `${rest.length} others`, places: rest }] : shown;
  return bars.map((bar) => ({ ...bar, count: countOf(bar.places) }));
}

function barRow({ label, places, count }: Bar, facet: number, most: number): string {
  const name = escapeHtml(label);
  const head =
    places.length === 1
      ? `<button type="button" aria-pressed="false"><bdi>${name}</bdi></button>`
      : `<span>${name}</span>`;
  const width = ((count / most) * 100).toFixed(2);
  return [
    `<tr data-facet="${facet}" data-places="${places.join(' ')}" data-most="${most}"><th scope="row">${head}</th>`,
    '<td class="bar" aria-hidden="true"><svg viewBox="0 0 100 10" preserveAspectRatio="none">',
    `<rect class="all" width="${width}" height="10"/><rect class="now" width="${width}" height="10"/></svg></td>`,
    `<td class="n">${count.toLocaleString('en-US')}</td></tr>`,
  ].join('');
}
