/** On paper: light, all rows, and nothing to press. */
export const PAPER_STYLE = `
@media print {
  :root {
    color-scheme: light;
    --page: #ffffff; --card: #ffffff; --ink: #000000; --quiet: #404040; --line: #b5b5b5; --soft: #f2f2f2;
    --accent: #000000; --bar: #2f74c0; --bar-all: #d3e0ef; --warn: #8a4b00; --warn-soft: #ffffff; --shadow: none;
    --seat-active: #2f74c0; --seat-reclaimable: #c25b12; --seat-protected: #7a5fa8; --seat-unknown: #6b7480;
    --seat-other: #a9b1bb; --seat-free: #dfe4ea;
  }
  @page { size: A4 landscape; margin: 12mm; }
  * { print-color-adjust: exact; }
  body { font-size: 9.5pt; }
  header, main, footer { max-width: none; padding: 0; }
  header { margin-bottom: 6mm; }
  section { border: 0; padding: 0; margin: 0 0 7mm; }
  .caveats { border-left: 1mm solid var(--warn); padding-left: 3mm; }
  nav, .skip, .tools, .pager, summary { display: none !important; }
  details:not([open]) { display: none; }
  h2 { break-after: avoid; }
  .scroll { overflow: visible; border: 0; }
  .grid thead { display: table-header-group; }
  .grid tfoot { display: table-row-group; }
  .grid tr, .chart, .tiles div { break-inside: avoid; }
  .grid th, .grid td { padding: 1mm 1.5mm; }
  .grid thead button { padding: 1mm 1.5mm; }
  .grid thead [aria-sort=none] button::after { content: ""; }
  .grid .person { min-width: 40mm; }
  .grid tbody .text { min-width: 18mm; }
  .grid tbody tr:hover { background: none; }
  .chart button { color: var(--ink); }
}
`;
