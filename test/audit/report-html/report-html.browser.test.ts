import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from '../../world/browser.js';
import { anAudit, HOSTILE, pageOf, SOURCES } from './report-world.js';

const PICTURES = path.join(__dirname, '..', '..', '..', 'screenshots', 'report');
const FILE = path.join(PICTURES, 'report.html');
const PEOPLE = 330;

let browser: Browser;
let page: Page;
let requests: string[];
let complaints: string[];

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(FILE, pageOf(anAudit(PEOPLE, { sources: SOURCES })));
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(() => open());
afterEach(async () => {
  expect({ requests, complaints }).toEqual({ requests: [], complaints: [] });
  await page.close();
});

/** The page from its file, as people open it; nothing else may be asked for, and nothing may go wrong. */
async function open(options: BrowserContextOptions = {}, file = FILE): Promise<void> {
  if (page !== undefined && !page.isClosed()) await page.close();
  requests = [];
  complaints = [];
  page = await browser.newPage({
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const url = `file://${file}`;
  await page.route('**/*', (route) => {
    if (route.request().url() === url) return route.continue();
    requests.push(route.request().url());
    return route.abort();
  });
  await page.goto(url);
}

const people = () => page.locator('#people');
const status = () => people().getByRole('status').innerText();
const rows = () => people().locator('tbody tr');
const names = () => people().locator('tbody .name').allInnerTexts();

describe('the report in a browser', () => {
  test('loads nothing, and its own policy forbids it to', async () => {
    const blocked = await page.evaluate(async () => {
      const answers = await Promise.all([
        fetch('https://harbor.example/').then(
          () => 'loaded',
          () => 'refused',
        ),
        new Promise((resolve) => {
          const script = document.createElement('script');
          script.textContent = 'document.title = "broken"';
          document.body.append(script);
          resolve(document.title);
        }),
      ]);
      return answers;
    });
    expect(blocked).toEqual(['refused', 'License audit of 2026-11-23']);
    expect(requests).toEqual([]);
    expect(complaints.length).toBeGreaterThan(0);
    complaints = [];
  });

  test('shows 50 of many people, and turns the pages', async () => {
    expect(await status()).toBe('330 people, page 1 of 7');
    expect(await rows().count()).toBe(50);
    await page.getByRole('button', { name: 'Next page' }).first().click();
    expect(await status()).toBe('330 people, page 2 of 7');
    await people().getByLabel('Rows per page').selectOption('250');
    expect(await status()).toBe('330 people, page 1 of 2');
    expect(await rows().count()).toBe(250);
  });

  test('finds people without regard to capitals and accents', async () => {
    await people().getByLabel('Search people').fill('EMILE ekstrom');
    expect(new Set(await names())).toEqual(new Set(['Émile Ekström', 'Émile Ekström 1', 'Émile Ekström 2']));
    expect(await status()).toBe('3 of 330 people · “emile”, “ekstrom”');
    await people().getByLabel('Search people').fill('nobody at all');
    expect(await status()).toContain('0 of 330 people');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    expect(await status()).toBe('330 people, page 1 of 7');
  });

  test('sorts by keyboard alone, and says how', async () => {
    const button = people().getByRole('button', { name: 'Days unused' });
    const head = people().locator('thead th', { hasText: 'Days unused' });
    await button.focus();
    await page.keyboard.press('Enter');
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    const cells = people().locator('tbody td[data-label="Days unused"]');
    expect(await cells.first().innerText()).toBe('90');
    await page.keyboard.press('Space');
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect(await cells.first().innerText()).toBe('never used');
    expect(await people().locator('thead th:not([aria-sort=none])').count()).toBe(1);
    expect(await button.evaluate((own) => own === document.activeElement)).toBe(true);
  });

  test('sorts money by amount and people by name', async () => {
    await people().getByRole('button', { name: 'Per year' }).click();
    await people().getByRole('button', { name: 'Per year' }).click();
    const costs = await people().locator('tbody td[data-label="Per year"]').allInnerTexts();
    expect(costs[0]).toBe('$684');
    await people().getByRole('button', { name: 'Department' }).click();
    await people().getByRole('button', { name: 'Person' }).click();
    const shown = (await names()).filter((name) => /^[A-Z]/.test(name));
    const inOrder = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
    expect(shown).toEqual([...shown].sort((a, b) => inOrder.compare(a, b)));
  });

  test('is filtered by a chart and by a list, which show the same', async () => {
    const bar = page.locator('#charts').getByRole('button', { name: 'Never signed in' });
    await bar.click();
    expect(await bar.getAttribute('aria-pressed')).toBe('true');
    expect(await status()).toBe('37 of 330 people · Never signed in');
    expect(await people().getByLabel('Reason').locator('option:checked').innerText()).toBe('Never signed in');
    await people().getByLabel('License', { exact: true }).selectOption({ label: 'Visio Plan 2' });
    const both = Number((await status()).split(' ')[0]);
    expect(both).toBeGreaterThan(0);
    expect(both).toBeLessThan(37);
    const visio = page.locator('#charts tr', { hasText: 'Visio Plan 2' });
    expect(await visio.locator('.n').innerText()).toBe(String(both));
    expect(await rows().count()).toBe(both);
    await bar.press('Enter');
    expect(await bar.getAttribute('aria-pressed')).toBe('false');
    await visio.locator('svg').click();
    expect(await status()).toBe('330 people, page 1 of 7');
  });

  test('shows names that would break a page as the text that they are', async () => {
    expect(await page.title()).toBe('License audit of 2026-11-23');
    for (const [at, name] of HOSTILE.slice(0, 5).entries()) {
      await people().getByLabel('Search people').fill(`person${at}@`);
      expect(await names()).toEqual([name]);
    }
    expect(await page.locator('main img, main [onload], main [onerror], tbody b, tbody script').count()).toBe(
      0,
    );
    expect(await page.locator('script').count()).toBe(2);
  });

  test('tells what was seen of a person', async () => {
    await people().getByLabel('Search people').fill('person10@');
    await people().locator('summary').first().click();
    expect(await people().locator('details li').allInnerTexts()).toContain('Sign-in: 2026-07-14');
  });

  test('has every row on paper, in light colors, and nothing to press', async () => {
    await open({ colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    // The page hears of the paper a moment after the browser.
    await rows()
      .nth(PEOPLE - 1)
      .waitFor({ state: 'attached' });
    expect(await rows().count()).toBe(PEOPLE);
    expect(await status()).toBe('330 people');
    expect(await page.locator('select:visible, input:visible, nav:visible').count()).toBe(0);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    );
    await page.screenshot({ path: path.join(PICTURES, 'print.png') });
    await page.emulateMedia({ media: 'screen' });
    await rows().nth(50).waitFor({ state: 'detached' });
    expect(await rows().count()).toBe(50);
  });

  test('fits a phone without being pushed sideways', async () => {
    await open({ viewport: { width: 360, height: 800 } });
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over).toBe(0);
    await page.screenshot({
      path: path.join(PICTURES, 'narrow.png'),
      fullPage: true,
      clip: { x: 0, y: 0, width: 360, height: 4_000 },
    });
  });

  test('stays quick with 4,000 people', async () => {
    const file = path.join(PICTURES, 'report-4000.html');
    writeFileSync(file, pageOf(anAudit(4_000)));
    await open({}, file);
    await people().getByLabel('Search people').fill('person3999@');
    expect(await status()).toBe('1 of 4,000 people · “person3999@”');
    await people().getByRole('button', { name: 'Last use' }).click();
    expect(await rows().count()).toBe(1);
  });
});

describe('everybody can use the report', () => {
  test('a skip link comes first, and every control can be reached and has a name', async () => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the people');
    await page.keyboard.press('Enter');
    expect(page.url()).toContain('#people');
    const unnamed = await page.evaluate(() => {
      const controls = [
        ...document.querySelectorAll<HTMLElement>('a, button, input, select, summary, [tabindex]'),
      ];
      const nameOf = (one: HTMLElement): string =>
        [
          one.getAttribute('aria-label'),
          document.getElementById(one.getAttribute('aria-labelledby') ?? '')?.textContent,
          one instanceof HTMLInputElement || one instanceof HTMLSelectElement
            ? one.labels?.[0]?.textContent
            : one.textContent,
        ].join('');
      return controls
        .filter((one) => nameOf(one).trim() === '' || one.tabIndex < 0)
        .map((one) => one.outerHTML);
    });
    expect(unnamed).toEqual([]);
  });

  test('ids are used once, headings go down step by step, tables have heads, and the language is told', async () => {
    const found = await page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
      return {
        twice: ids.filter((id, at) => ids.indexOf(id) !== at),
        headings: [...document.querySelectorAll('h1, h2, h3')].map(({ tagName }) => tagName).join(' '),
        headless: [...document.querySelectorAll('table')].filter(
          (table) => !table.querySelector('th[scope=col]'),
        ).length,
        unlabelled: [...document.querySelectorAll('svg')].filter((svg) => !svg.closest('[aria-hidden=true]'))
          .length,
        lang: document.documentElement.lang,
      };
    });
    expect(found).toEqual({
      twice: [],
      headings: 'H1 H2 H2 H2 H2 H2 H2 H2 H2',
      headless: 0,
      unlabelled: 0,
      lang: 'en',
    });
  });

  test.each(['light', 'dark'] as const)(
    'all text stands out from its background in the %s scheme',
    async (scheme) => {
      await open({ colorScheme: scheme });
      await page.locator('#charts').getByRole('button', { name: 'Inactive' }).click();
      await people().locator('summary').first().click();
      expect(await page.evaluate(weakTexts)).toEqual([]);
      const ring = await people()
        .getByLabel('Search people')
        .evaluate((input) => {
          input.focus();
          return getComputedStyle(input).outlineWidth;
        });
      expect(ring).toBe('3px');
      await page.screenshot({
        path: path.join(PICTURES, `${scheme}.png`),
        fullPage: true,
        clip: { x: 0, y: 0, width: 1280, height: 2_600 },
      });
    },
  );
});

/** Runs in the page: texts whose contrast with what lies under them is below 4.5 (WCAG 2.2, 1.4.3). */
function weakTexts(): readonly string[] {
  const channels = (color: string): readonly number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
      const part = channel / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const under = (start: Element): string => {
    for (let at: Element | null = start; at !== null; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if ((channels(backgroundColor)[3] ?? 1) > 0) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const own = [...document.querySelectorAll<HTMLElement>('body *')].filter(
    (one) =>
      !['SCRIPT', 'NOSCRIPT', 'STYLE'].includes(one.tagName) &&
      one.getClientRects().length > 0 &&
      [...one.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      ),
  );
  const weak = own.filter((one) => {
    const [more = 0, less = 0] = [luminance(getComputedStyle(one).color), luminance(under(one))].sort(
      (a, b) => b - a,
    );
    return (more + 0.05) / (less + 0.05) < 4.5;
  });
  return own.length < 100 ? ['too few texts were looked at'] : weak.map((one) => one.outerHTML.slice(0, 120));
}
