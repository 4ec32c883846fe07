import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { LOCALES, type Locale } from '../../src/i18n/locale.js';
import { openBrowser } from '../world/browser.js';
import { brokenRules } from './card-rules.js';
import { openDrawing, THEMES, WIDTHS, type Drawing, type Drawn } from './drawing.js';
import { LOOKS } from './looks.js';
import { KINDS, sheetCard } from './sheet-cards.js';

// `npm run cards` draws every kind of card, in every language and look, light and dark, on a desktop and a phone, into
// `contact-sheet/index.html`. `-- --only TEXT`: the kinds that have it in their name.

const ROOT = process.cwd();
const FOLDER = path.join(ROOT, 'contact-sheet');
/** Pixels of a picture per CSS pixel: a digest of five people is long. */
const SCALE = 0.5;

/** Four of each look, two looks in a row. */
function variantsOf(kind: string, locale: Locale): readonly Drawn[] {
  return LOOKS.flatMap((look) =>
    Object.values(WIDTHS).flatMap((width) =>
      THEMES.map((theme) => ({
        card: sheetCard(kind, look, locale),
        theme,
        width,
        caption: `${look.name}, ${theme}, ${width}`,
      })),
    ),
  );
}

async function drawKind(drawing: Drawing, kind: string, locale: Locale): Promise<readonly string[]> {
  const variants = variantsOf(kind, locale);
  const flaws = await drawing.draw(variants, 8);
  const name = `${kind}.${locale}`;
  await drawing.page.screenshot({ path: path.join(FOLDER, `${name}.png`), fullPage: true });
  const broken = LOOKS.flatMap((look) =>
    brokenRules(sheetCard(kind, look, locale)).map((rule) => `${name}, ${look.name}: ${rule}`),
  );
  return [...new Set([...broken, ...flaws.map(({ caption, what }) => `${name}, ${caption}: ${what}`)])];
}

function index(names: readonly string[], found: readonly string[]): string {
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const items = names.map(
    (name) => `<li>${name}<br><a href="${name}.png"><img loading="lazy" src="${name}.png"></a></li>`,
  );
  const flaws =
    found.length === 0
      ? '<p>No flaw found.</p>'
      : `<ul>${found.map((each) => `<li>${escaped(each)}</li>`).join('')}</ul>`;
  return `<!doctype html><meta charset="utf-8"><title>Cards of License Steward</title>
<style>body{font-family:sans-serif;margin:24px}ol{display:grid;grid-template-columns:repeat(3,1fr);gap:16px}img{width:100%;max-height:480px;object-fit:cover;object-position:top left;border:1px solid #ccc}</style>
<h1>Cards of License Steward</h1>${flaws}<ol>${items.join('\n')}</ol>`;
}

/** @throws TypeError for an option that there is not: the whole sheet takes minutes, and nobody waits for it by mistake */
async function main(): Promise<number> {
  const { only } = parseArgs({ options: { only: { type: 'string', default: '' } } }).values;
  const kinds = Object.keys(KINDS).filter((kind) => kind.includes(only));
  if (kinds.length === 0)
    throw new TypeError(`No kind of card has "${only}" in its name: ${Object.keys(KINDS).join(', ')}.`);
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const browser = await openBrowser();
  const found: string[] = [];
  const names: string[] = [];
  try {
    const drawing = await openDrawing(browser, ROOT, SCALE);
    for (const locale of LOCALES)
      for (const kind of kinds) {
        found.push(...(await drawKind(drawing, kind, locale)));
        names.push(`${kind}.${locale}`);
      }
  } finally {
    await browser.close();
  }
  writeFileSync(path.join(FOLDER, 'index.html'), index(names, found));
  for (const each of found) console.log(each);
  const cards = names.length * LOOKS.length;
  console.log(
    `${cards} cards of ${kinds.length} kinds, ${cards * 4} drawn, ${found.length} flaws: contact-sheet/index.html`,
  );
  return found.length === 0 ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
