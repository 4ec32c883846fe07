import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { CardJson } from '../../src/bot/messenger.js';
import { card, line } from '../../src/cards/elements.js';
import { LOCALES } from '../../src/i18n/locale.js';
import { openBrowser } from '../world/browser.js';
import { openDrawing, WIDTHS, type Drawing, type Flaw } from './drawing.js';
import { GALLERY } from './gallery.js';
import { LOOKS } from './looks.js';
import { sheetCard } from './sheet-cards.js';

const ROOT = path.join(__dirname, '..', '..');
const PICTURES = path.join(ROOT, 'screenshots', 'cards');

let browser: Browser;
let drawing: Drawing;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await openBrowser();
  drawing = await openDrawing(browser, ROOT, 1.5);
});

afterAll(async () => {
  await browser.close();
});

async function picture(name: string, width: number): Promise<readonly Flaw[]> {
  const flaws = await drawing.draw([{ card: cardNamed(name), theme: 'light', width, caption: name }]);
  await drawing.page.locator('.card').screenshot({ path: path.join(PICTURES, `${name}-${width}.png`) });
  return flaws;
}

function cardNamed(name: string): CardJson {
  const found = GALLERY[name];
  if (found === undefined) throw new Error(`There is no card ${name}.`);
  return found;
}

describe('A picture', () => {
  it.each(Object.keys(GALLERY))('of the card %s has nothing cut, covered or wider than it', async (name) => {
    for (const width of Object.values(WIDTHS)) expect(await picture(name, width)).toEqual([]);
  });

  it.each(['Keep', 'Reassign', 'Reclaim'])('of the question shows its form for %s', async (answer) => {
    await picture('asked', WIDTHS.desktop);
    const { page } = drawing;
    await page.getByRole('button', { name: answer, exact: true }).click();
    const open = path.join(PICTURES, `asked-open-${answer.toLowerCase()}.png`);
    await page.locator('.card').screenshot({ path: open });
    expect(await page.getByRole('button', { name: new RegExp(`^${answer} the license$`) }).count()).toBe(1);
  });

  it('of hostile names shows them as text', async () => {
    await picture('markup', WIDTHS.desktop);
    const { page } = drawing;
    expect(await page.locator('.card a, .card img').count()).toBe(0);
    expect(await page.locator('.card').innerText()).toContain('<img src=x onerror=alert(1)>');
  });
});

describe.each(LOCALES)('On a phone, dark, in %s', (locale) => {
  it.each(['digest', 'asked', 'people', 'per-department', 'hr-review'])(
    'the card %s has nothing cut, covered or wider than it, whatever its texts',
    async (kind) => {
      const cards = LOOKS.map((look) => ({
        card: sheetCard(kind, look, locale),
        theme: 'dark' as const,
        width: WIDTHS.phone,
        caption: look.name,
      }));
      expect(await drawing.draw(cards)).toEqual([]);
    },
  );
});

describe('A card that does not look as it should is told of', () => {
  const wide = { type: 'Column', width: '400px', items: [line('wide')] };
  const high = { type: 'Container', height: '10px', items: [line('high')] };

  it('where something is wider than it', async () => {
    const flawed = card([{ type: 'ColumnSet', columns: [wide, wide] }]);
    const flaws = await drawing.draw([{ card: flawed, theme: 'light', width: WIDTHS.phone, caption: 'x' }]);
    expect(flaws.map(({ what }) => what)).toEqual(
      expect.arrayContaining([expect.stringMatching(/sticks out|wider/)]),
    );
  });

  it('where one thing covers another, and where text is cut', async () => {
    await drawing.page.addStyleTag({
      content: '.squeezed .ac-textBlock { height: 6px; margin-bottom: -14px; }',
    });
    await drawing.page.evaluate(() => document.body.classList.add('squeezed'));
    const flawed = card([line('one'), line('two'), high]);
    const flaws = await drawing.draw([{ card: flawed, theme: 'light', width: WIDTHS.phone, caption: 'x' }]);
    await drawing.page.evaluate(() => document.body.classList.remove('squeezed'));
    expect(flaws.map(({ what }) => what).join()).toMatch(/is cut|overlaps/);
  });
});
