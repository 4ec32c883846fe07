import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chromium, type Browser, type Page } from 'playwright-core';
import { GALLERY } from './gallery.js';

const ROOT = path.join(__dirname, '..', '..');
const PICTURES = path.join(ROOT, 'screenshots', 'cards');
const RENDERER = path.join(ROOT, 'node_modules', 'adaptivecards', 'dist', 'adaptivecards.js');

/** About as Teams in its light theme on a desktop draws a card; and a narrow phone. */
const WIDTHS = { desktop: 560, phone: 340 } as const;
const HOST = readFileSync(path.join(__dirname, 'teams-host-config.json'), 'utf8');

let browser: Browser;
let page: Page;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  page = await browser.newPage({ deviceScaleFactor: 1.5 });
  await page.setContent(
    '<body style="margin:0;background:#f0f0f0;padding:12px"><div id="card" style="background:#fff;border-radius:6px;box-shadow:0 1px 3px #0003;font-family:sans-serif"></div></body>',
  );
  await page.addStyleTag({ path: RENDERER.replace(/\.js$/, '.css') });
  await page.addStyleTag({ content: STYLE });
  await page.addScriptTag({ path: RENDERER });
  await page.addScriptTag({ content: DRAW });
});

afterAll(async () => {
  await browser.close();
});

/** Markdown as Teams reads it, as far as our cards use it: escapes, bold and nothing else. */
const DRAW = `
  const escapeHtml = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    const kept = [];
    const hidden = text.replace(/\\\\([\\\\*_~\`\\[\\]<#>+.-])/g, (_, mark) => '\\u0000' + (kept.push(mark) - 1) + '\\u0001');
    const html = escapeHtml(hidden)
      .replace(/\\*\\*(.+?)\\*\\*/g, '<b>$1</b>')
      .replace(/\`(.+?)\`/g, '<code>$1</code>')
      .replace(/\\[(.+?)\\]\\((.+?)\\)/g, '<a href="$2">$1</a>');
    result.outputHtml = html.replace(/\\u0000(\\d+)\\u0001/g, (_, index) => escapeHtml(kept[index]));
    result.didProcess = true;
  };
  window.draw = (json, host) => {
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = new AdaptiveCards.HostConfig(host);
    card.parse(json);
    const place = document.getElementById('card');
    place.replaceChildren(card.render());
  };
`;

const STYLE = `
  .ac-adaptiveCard { padding: 12px 16px !important; font-size: 14px; }
  .ac-pushButton { border: 1px solid #d1d1d1; background: #fff; border-radius: 4px; padding: 6px 12px; font: 600 14px sans-serif; margin-bottom: 4px; }
  .ac-pushButton.style-destructive { background: #fff !important; color: #c4314b !important; border-color: #c4314b; }
  .ac-pushButton.expanded { background: #e8ebfa; color: #242424; }
  .ac-pushButton::after { content: none !important; }
  input, select { font: 14px sans-serif; padding: 6px 8px; border: 1px solid #d1d1d1; border-radius: 4px; box-sizing: border-box; }
  .ac-input-container { margin-bottom: 4px; }
`;

async function picture(name: string, width: number): Promise<Buffer> {
  await page.setViewportSize({ width, height: 600 });
  await page.evaluate(
    ([card, host]) => (window as unknown as { draw(card: unknown, host: unknown): void }).draw(card, host),
    [GALLERY[name], JSON.parse(HOST)] as const,
  );
  return page.locator('#card').screenshot({ path: path.join(PICTURES, `${name}-${width}.png`) });
}

describe('A picture', () => {
  it.each(Object.keys(GALLERY))('of the card %s is drawn without anything cut off sideways', async (name) => {
    for (const width of Object.values(WIDTHS)) {
      const image = await picture(name, width);
      expect(image.byteLength).toBeGreaterThan(2_000);
      const overflow = await page.evaluate(() => {
        const place = document.getElementById('card');
        return place ? place.scrollWidth - place.clientWidth : -1;
      });
      expect(overflow).toBe(0);
    }
  });

  it.each(['Keep', 'Reassign', 'Reclaim'])('of the question shows its form for %s', async (answer) => {
    await picture('asked', WIDTHS.desktop);
    await page.getByRole('button', { name: answer, exact: true }).click();
    const open = path.join(PICTURES, `asked-open-${answer.toLowerCase()}.png`);
    await page.locator('#card').screenshot({ path: open });
    expect(await page.getByRole('button', { name: new RegExp(`^${answer} the license$`) }).count()).toBe(1);
  });

  it('of hostile names shows them as text', async () => {
    await picture('markup', WIDTHS.desktop);
    expect(await page.locator('#card a, #card img').count()).toBe(0);
    expect(await page.locator('#card').innerText()).toContain('<img src=x onerror=alert(1)>');
  });
});
