import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { CardJson } from '../../src/bot/messenger.js';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** CSS pixels: about as Teams on a desktop draws a card, and the narrowest phone. */
export const WIDTHS = { desktop: 560, phone: 320 } as const;

export interface Drawn {
  readonly card: CardJson;
  readonly theme: Theme;
  readonly width: number;
  /** What stands above it. */
  readonly caption: string;
}

/** A card that does not look as it should; `what` says how. */
export interface Flaw {
  readonly caption: string;
  readonly what: string;
}

export interface Drawing {
  readonly page: Page;
  /** Draws the cards in place of those before, in rows of so many, and looks for flaws in each. */
  draw(cards: readonly Drawn[], inARow?: number): Promise<readonly Flaw[]>;
}

interface Host {
  readonly containerStyles: Readonly<Record<string, { readonly backgroundColor: string }>>;
  readonly [key: string]: unknown;
}

const DARK: Readonly<Record<string, string>> = {
  default: '#292929',
  emphasis: '#1f1f1f',
  attention: '#3b1a1d',
  warning: '#3a2a0d',
  good: '#0f2c11',
  accent: '#23264a',
};

/** As far as the renderer of Adaptive Cards can be told. @param root of the repository */
export function hostConfig(root: string, theme: Theme): Host {
  const light = JSON.parse(
    readFileSync(path.join(root, 'test', 'cards', 'teams-host-config.json'), 'utf8'),
  ) as Host;
  if (theme === 'light') return light;
  const styles = Object.keys(light.containerStyles).map((name) => [
    name,
    {
      backgroundColor: DARK[name],
      foregroundColors: { default: { default: '#ffffff', subtle: '#b3b3b3' } },
    },
  ]);
  return {
    ...light,
    containerStyles: Object.fromEntries(styles) as Host['containerStyles'],
  };
}

/** @param scale pixels of a picture per CSS pixel */
export async function openDrawing(browser: Browser, root: string, scale: number): Promise<Drawing> {
  const renderer = path.join(root, 'node_modules', 'adaptivecards', 'dist', 'adaptivecards.js');
  const page = await browser.newPage({ deviceScaleFactor: scale });
  await page.setContent(`<body><div id="cards"></div></body>`);
  await page.addStyleTag({ path: renderer.replace(/\.js$/, '.css') });
  await page.addStyleTag({ content: STYLE });
  await page.addScriptTag({ path: renderer });
  await page.addScriptTag({ content: DRAW });
  const hosts = { light: hostConfig(root, 'light'), dark: hostConfig(root, 'dark') };
  return {
    page,
    draw: async (cards, inARow = 4) => {
      const found = await page.evaluate(
        ([list, byTheme, row]) =>
          (window as unknown as { drawAll(...all: unknown[]): unknown }).drawAll(list, byTheme, row),
        [cards, hosts, inARow] as const,
      );
      return found as readonly Flaw[];
    },
  };
}

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

  const LEAVES = '.ac-textBlock, td, input, select, textarea, button';
  const flawsOf = (place) => {
    const flaws = [];
    const own = place.getBoundingClientRect();
    const leaves = [...place.querySelectorAll(LEAVES)]
      .filter((each) => !each.querySelector(LEAVES) && each.getClientRects().length > 0)
      .map((each) => ({
        box: each.getBoundingClientRect(),
        said: (each.textContent || each.value || each.tagName).slice(0, 40),
        isCut:
          !/^(INPUT|SELECT|TEXTAREA)$/.test(each.tagName) &&
          [each, ...each.children].some(
            (part) => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 4,
          ),
      }))
      .sort((a, b) => a.box.top - b.box.top);
    for (const [index, { box, said, isCut }] of leaves.entries()) {
      if (box.right > own.right + 1 || box.left < own.left - 1) flaws.push('sticks out: ' + said);
      if (isCut) flaws.push('is cut: ' + said);
      for (let next = index + 1; next < leaves.length && leaves[next].box.top < box.bottom - 2; next += 1) {
        const other = leaves[next].box;
        if (Math.min(box.right, other.right) - Math.max(box.left, other.left) > 2) flaws.push('overlaps: ' + said);
      }
    }
    if (place.scrollWidth > place.clientWidth) flaws.push('is wider than its place');
    return flaws;
  };

  window.drawAll = (cards, hosts, inARow) => {
    const root = document.getElementById('cards');
    root.style.gridTemplateColumns = 'repeat(' + inARow + ', max-content)';
    root.replaceChildren();
    const flaws = [];
    for (const { card: json, theme, width, caption } of cards) {
      const card = new AdaptiveCards.AdaptiveCard();
      card.hostConfig = new AdaptiveCards.HostConfig(hosts[theme]);
      card.parse(json);
      const figure = document.createElement('figure');
      const words = document.createElement('figcaption');
      words.textContent = caption;
      const place = document.createElement('div');
      place.className = 'card ' + theme;
      place.style.width = width + 'px';
      place.append(card.render());
      figure.append(words, place);
      root.append(figure);
      for (const what of flawsOf(place)) flaws.push({ caption, what });
    }
    return flaws;
  };
`;

const STYLE = `
  body { margin: 0; background: #f0f0f0; padding: 12px; font-family: sans-serif; width: max-content; }
  #cards { display: grid; gap: 12px; align-items: start; }
  figure { margin: 0; }
  figcaption { font: 600 16px sans-serif; padding: 2px 0; }
  .card { background: #fff; color: #242424; border-radius: 6px; box-shadow: 0 1px 3px #0003; overflow-wrap: anywhere; }
  .card.dark { background: #292929; color: #fff; color-scheme: dark; }
  .ac-adaptiveCard { padding: 12px 16px !important; font-size: 14px; background: transparent !important; }
  .ac-adaptiveCard .ac-adaptiveCard { padding: 8px !important; }
  .ac-pushButton { border: 1px solid #d1d1d1; background: #fff; color: #242424; border-radius: 4px; padding: 6px 12px; font: 600 14px sans-serif; margin-bottom: 4px; max-width: 100%; }
  .ac-pushButton > div { white-space: normal !important; }
  .ac-actionSet { flex-wrap: wrap; }
  .dark .ac-pushButton { background: #333; color: #fff; border-color: #666; }
  .ac-pushButton.style-destructive { background: #fff !important; color: #c4314b !important; border-color: #c4314b; }
  .dark .ac-pushButton.style-destructive { background: #333 !important; color: #f9526b !important; border-color: #f9526b; }
  .ac-pushButton.expanded { background: #e8ebfa; color: #242424; }
  .ac-pushButton::after { content: none !important; }
  input, select, textarea { font: 14px sans-serif; padding: 6px 8px; border: 1px solid #d1d1d1; border-radius: 4px; box-sizing: border-box; max-width: 100%; }
  .dark input, .dark select, .dark textarea { background: #333 !important; color: #fff !important; border-color: #666; }
  .ac-input-container { margin-bottom: 4px; }
`;
