import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';

const SCREENSHOTS = path.join(__dirname, '..', '..', 'screenshots');
/** Milliseconds; what is waited for here takes one or two where nothing else runs. */
const PATIENCE_MS = 60_000;

const MESSAGE_BOX = '[data-lexical-editor]';

/** Somebody's chat with the bot in the Playground, in a browser. */
export interface ChatPage {
  readonly page: Page;
  say(text: string): Promise<void>;
  /** The newest card that holds all of these. */
  card(...texts: readonly string[]): Locator;
  /** Waits until such a card is there. */
  seen(...texts: readonly string[]): Promise<Locator>;
  /** Waits for a text anywhere in the chat, outside of cards as well. */
  told(text: string | RegExp): Promise<void>;
  press(card: Locator, button: string): Promise<void>;
  /** Takes an option of a list of a card. */
  choose(card: Locator, list: RegExp, option: string): Promise<void>;
  /** Takes the middle of the next month in a date of a card. */
  pickDay(card: Locator, label: string): Promise<void>;
  /** Saves what is to be seen now; with a card, this card alone. */
  picture(name: string, card?: Locator): Promise<void>;
}

export async function openChat(browser: Browser, playgroundUrl: string): Promise<ChatPage> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 1100, height: 1500 } });
  page.setDefaultTimeout(PATIENCE_MS);
  // The page is drawn long before its fonts from the network have been given up.
  await page.goto(playgroundUrl, { waitUntil: 'commit' });
  await page.locator(MESSAGE_BOX).waitFor();
  const card = (...texts: readonly string[]): Locator =>
    texts.reduce((found, text) => found.filter({ hasText: text }), page.locator('.ac-adaptiveCard')).last();
  return {
    page,
    async say(text) {
      await page.locator(MESSAGE_BOX).click();
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    },
    card,
    async seen(...texts) {
      const found = card(...texts);
      await found.waitFor();
      return found;
    },
    told: (text) => page.getByText(text).last().waitFor(),
    press: (where, button) => where.getByRole('button', { name: button, exact: true }).click(),
    async choose(where, list, option) {
      // The Playground draws a list as a combobox with its options beside the card.
      await where.getByRole('combobox', { name: list }).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    },
    async pickDay(where, label) {
      await where.getByLabel(label).click();
      await page.getByRole('button', { name: /next month/iu }).click();
      await page.getByRole('button', { name: /^15, / }).last().click();
    },
    async picture(name, where) {
      await (where ?? page).screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
    },
  };
}
