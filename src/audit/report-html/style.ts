import { PAPER_STYLE } from './paper.js';

/** Colors by role; each text color has a contrast of at least 4.5 with the backgrounds under it, in both schemes. */
const COLORS = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #ffffff; --ink: #1a1f26; --quiet: #545d69; --line: #d5dae1; --soft: #eceff3;
  --accent: #0b5cad; --on-accent: #ffffff; --bar: #2f74c0; --bar-all: #d3e0ef; --warn: #8a4b00; --warn-soft: #fff6e5;
  --seat-active: #2f74c0; --seat-reclaimable: #c25b12; --seat-protected: #7a5fa8; --seat-unknown: #6b7480;
  --seat-other: #a9b1bb; --seat-free: #dfe4ea; --shadow: 0 1px 2px #1a1f2614;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11151a; --card: #191f26; --ink: #e8ebef; --quiet: #a7b0bc; --line: #333c47; --soft: #232b34;
    --accent: #8fc1f7; --on-accent: #0b1a2b; --bar: #5ea0e6; --bar-all: #2a3a4c; --warn: #f0b35a; --warn-soft: #2b2417;
    --seat-active: #5ea0e6; --seat-reclaimable: #f0944a; --seat-protected: #b39ce0; --seat-unknown: #8c96a3;
    --seat-other: #626c78; --seat-free: #3a434f; --shadow: none;
  }
}
`;

const FRAME = `
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; font-variant-numeric: tabular-nums; }
header, main, footer { max-width: 84rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.75rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .75rem; letter-spacing: -.01em; }
h2 { font-size: 1.2rem; margin: 0 0 .25rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1.1rem 1.25rem 1.25rem; margin: 1.1rem 0; box-shadow: var(--shadow); }
.about, .empty { color: var(--quiet); margin: 0 0 .9rem; max-width: 62rem; }
code { font: .92em ui-monospace, "Liberation Mono", Consolas, monospace; background: var(--soft); padding: .1em .35em; border-radius: .25rem; }
a { color: var(--accent); }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; margin: .9rem 0 0; padding: 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .25rem; }
.skip { position: absolute; left: -100vw; top: .5rem; background: var(--accent); color: var(--on-accent); padding: .5rem 1rem; z-index: 9; border-radius: .35rem; }
.skip:focus { left: .5rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
footer { color: var(--quiet); font-size: .87rem; padding-bottom: 2rem; }
.rules { display: flex; flex-wrap: wrap; gap: .4rem 1.6rem; margin: 0; }
.rules div { min-width: 0; }
.rules dt { color: var(--quiet); font-size: .8rem; }
.rules dd { margin: 0; overflow-wrap: anywhere; }
.caveats { background: var(--warn-soft); border-left: .3rem solid var(--warn); }
.caveats ul { margin: .3rem 0 0; padding-left: 1.2rem; max-width: 70rem; }
.caveats .scroll { background: var(--card); margin-top: 1rem; }
caption { text-align: left; font-weight: 600; padding: .6rem .7rem .2rem; }
`;

const FIGURES = `
.headline { display: flex; flex-wrap: wrap; gap: .5rem 3.5rem; margin: .7rem 0 1rem; }
.figure { margin: 0; }
.figure .label, .figure .note { display: block; color: var(--quiet); font-size: .9rem; }
.figure b { display: block; font-size: 2.1rem; line-height: 1.2; letter-spacing: -.015em; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .7rem; margin: 0 0 1.2rem; }
.tiles div { background: var(--soft); border-radius: .45rem; padding: .6rem .8rem; }
.tiles dt { color: var(--quiet); font-size: .85rem; }
.tiles dd { margin: 0; }
.tiles b { display: block; font-size: 1.35rem; line-height: 1.3; }
.tiles span { color: var(--quiet); font-size: .82rem; }
figure { margin: 0; }
figcaption { font-weight: 600; }
.seats .stack { height: 1.4rem; margin: .4rem 0 .6rem; }
.stack { display: block; width: 100%; min-width: 8rem; height: .9rem; border-radius: .2rem; background: var(--soft); }
.seat-active { fill: var(--seat-active); } .seat-reclaimable { fill: var(--seat-reclaimable); }
.seat-protected { fill: var(--seat-protected); } .seat-unknown { fill: var(--seat-unknown); }
.seat-other { fill: var(--seat-other); } .seat-free { fill: var(--seat-free); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.3rem; margin: 0; padding: 0; }
.key { width: .8rem; height: .8rem; margin-right: .4rem; vertical-align: -.08rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 1.4rem 2.5rem; }
.chart table { width: 100%; border-collapse: collapse; margin-top: .3rem; table-layout: fixed; }
.chart th { text-align: left; font-weight: 400; padding: 0 .6rem 0 0; }
.chart .bar { padding: .2rem 0; }
.chart .c-name { width: 45%; } .chart .c-n { width: 4rem; }
.chart .n { text-align: right; padding-left: .6rem; }
.chart svg { display: block; width: 100%; height: 1rem; }
.chart .all { fill: var(--bar-all); } .chart .now { fill: var(--bar); }
.chart button { font: inherit; color: var(--accent); background: none; border: 0; padding: .15rem 0; margin: 0; text-align: left; cursor: pointer; width: 100%; overflow-wrap: anywhere; }
.chart button:hover { text-decoration: underline; }
.chart button[aria-pressed=true] { font-weight: 700; color: var(--ink); }
.chart button[aria-pressed=true]::before { content: "✓ "; }
.chart tr[data-places]:has(button) { cursor: pointer; }
.chart tr.away .now { fill: var(--bar-all); }
`;

const LISTS = `
.tools { display: flex; flex-wrap: wrap; align-items: end; gap: .6rem .9rem; margin-bottom: .5rem; }
.field { display: block; color: var(--quiet); font-size: .85rem; }
.field input, .field select { display: block; font: 15px/1.4 inherit; font-family: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--quiet); border-radius: .35rem; padding: .35rem .5rem; min-height: 2.3rem; max-width: 13rem; }
.field input { width: 14rem; max-width: 100%; }
.tools button, .pager button { font: inherit; color: var(--accent); background: var(--card); border: 1px solid var(--quiet); border-radius: .35rem; padding: .35rem .8rem; min-height: 2.3rem; cursor: pointer; }
button[aria-disabled=true] { color: var(--quiet); cursor: default; border-color: var(--line); }
.status { margin: 0 0 .4rem; font-weight: 600; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .45rem; }
.grid { width: 100%; border-collapse: collapse; font-size: .92rem; }
.grid th, .grid td { text-align: left; vertical-align: top; padding: .5rem .7rem; border-top: 1px solid var(--line); font-weight: 400; overflow-wrap: break-word; }
.grid thead th { border-top: 0; background: var(--soft); white-space: nowrap; font-weight: 600; padding: 0; }
.grid.plain thead th { padding: .5rem .7rem; }
.grid thead button { font: inherit; color: inherit; background: none; border: 0; padding: .5rem .7rem; width: 100%; text-align: inherit; cursor: pointer; }
.grid thead button:focus-visible { outline-offset: -3px; }
.grid thead button::after { content: " ↕"; color: var(--quiet); }
.grid [aria-sort=ascending] button::after { content: " ↑"; color: inherit; }
.grid [aria-sort=descending] button::after { content: " ↓"; color: inherit; }
.grid .number, .grid .ranked { text-align: right; }
.grid td.number, .grid td.day { white-space: nowrap; }
.grid tbody tr:hover { background: var(--soft); }
.grid tfoot th, .grid tfoot td { border-top: 2px solid var(--line); font-weight: 600; }
.grid ul { margin: 0; padding: 0; list-style: none; }
.grid td.seats { min-width: 7rem; padding-top: .75rem; }
.grid .person { min-width: 14rem; }
.grid tbody .text { min-width: 6.5rem; } .grid tbody .list { min-width: 9rem; } .grid tbody th.text { min-width: 11rem; }
.grid .number button, .grid .ranked button { text-align: right; white-space: normal; }
.name { display: block; font-weight: 600; overflow-wrap: anywhere; }
.address { display: block; color: var(--quiet); overflow-wrap: anywhere; }
details { margin-top: .15rem; }
summary { cursor: pointer; color: var(--accent); font-size: .87rem; width: max-content; }
details ul { margin: .2rem 0 .3rem !important; color: var(--quiet); font-size: .87rem; }
.pager { display: flex; flex-wrap: wrap; align-items: end; gap: .6rem; margin-top: .7rem; }
.pager[hidden] { display: none; }
body:not(.started) .tools, body:not(.started) .scroll:has(.grid:not(.plain)) { display: none; }
@media (max-width: 44rem) {
  header, main, footer { padding-left: .75rem; padding-right: .75rem; }
  section { padding: .9rem .9rem 1rem; }
  .figure b { font-size: 1.7rem; }
  .field, .field input, .field select { width: 100%; max-width: none; }
  .grid:not(.plain) thead { display: block; border-bottom: 1px solid var(--line); background: var(--soft); }
  .grid:not(.plain) thead tr { display: flex; flex-wrap: wrap; }
  .grid:not(.plain) thead th.seats { display: none; }
  .grid tbody .text, .grid tbody .list, .grid .person { min-width: 0; }
  .grid:not(.plain), .grid:not(.plain) tbody, .grid:not(.plain) tfoot, .grid:not(.plain) tbody tr, .grid:not(.plain) tfoot tr { display: block; }
  .grid:not(.plain) tbody th, .grid:not(.plain) tbody td, .grid:not(.plain) tfoot th, .grid:not(.plain) tfoot td { display: flex; gap: .8rem; border: 0; padding: .15rem .7rem; text-align: left; min-width: 0; }
  .grid:not(.plain) tbody tr, .grid:not(.plain) tfoot tr { border-top: 1px solid var(--line); padding: .5rem 0; }
  .grid:not(.plain) td::before { content: attr(data-label); color: var(--quiet); flex: 0 0 7.5rem; }
  .grid:not(.plain) tbody th.person { display: block; }
  .grid:not(.plain) tbody th { font-weight: 600; }
  .grid:not(.plain) td:empty, .grid:not(.plain) td:has(> bdi:empty) { display: none !important; }
}
`;

/** The look of the page: light and dark, narrow and wide, and on paper. */
export const PAGE_STYLE = `${COLORS}${FRAME}${FIGURES}${LISTS}${PAPER_STYLE}`;
