import { createHash } from 'node:crypto';
import { escapeHtml } from '../audit/report-html/escape.js';
import type { Language } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';

/** An answer of HTTP, whole. */
export interface FileReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1a1f26; --page: #f4f5f7; --card: #ffffff; --accent: #0b5cad; --on-accent: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebef; --page: #11151a; --card: #191f26; --accent: #8fc1f7; --on-accent: #0b1a2b; } }
body { margin: 0; padding: 15vh 1rem 1rem; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Arial, sans-serif; }
main { max-width: 32rem; margin: 0 auto; padding: 1.5rem 2rem 2rem; background: var(--card); border-radius: .5rem; }
h1 { font-size: 1.25rem; margin: 0 0 .75rem; overflow-wrap: anywhere; }
button { font: inherit; padding: .5rem 1.5rem; border: 0; border-radius: .25rem; background: var(--accent); color: var(--on-accent); cursor: pointer; }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Nobody keeps, frames or passes on what is behind such an address. */
const GUARDS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
} as const;

/** Asks before it gives anything: scanners and previews open addresses, too, and would spend them. */
export function askingPage(language: Language): FileReply {
  const button = `<form method="post"><button type="submit">${escapeHtml(text(language, 'file.page.download'))}</button></form>`;
  return page(200, language, text(language, 'file.page.ask'), button);
}

/** Nobody learns whether there ever was such an address. */
export function overPage(language: Language): FileReply {
  return page(404, language, text(language, 'file.page.over'));
}

export function refusedPage(language: Language): FileReply {
  return page(403, language, text(language, 'file.page.refused'));
}

export function olderPage(language: Language): FileReply {
  return page(410, language, text(language, 'file.older'));
}

/** The address is good still. */
export function failedPage(language: Language): FileReply {
  return page(503, language, text(language, 'file.page.failed'));
}

function page(status: number, language: Language, says: ReadyText, rest = ''): FileReply {
  const title = escapeHtml(text(language, 'file.page.title'));
  const body =
    `<!DOCTYPE html><html lang="${language.locale}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head>` +
    `<body><main><h1>${title}</h1><p>${escapeHtml(says)}</p>${rest}</main></body></html>\n`;
  return { status, headers: { ...GUARDS, 'Content-Type': 'text/html; charset=utf-8' }, body };
}

/** Everything that may stand in quotes in a header as it is. */
const PLAIN_NAME = /^[\w.-]{1,100}$/;

/** @param name the product's own, of letters, digits, points and dashes; any other becomes `file.csv` */
export function fileReply(name: string, csv: string): FileReply {
  const safe = PLAIN_NAME.test(name) ? name : 'file.csv';
  const headers = {
    ...GUARDS,
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${safe}"`,
  };
  return { status: 200, headers, body: csv };
}
