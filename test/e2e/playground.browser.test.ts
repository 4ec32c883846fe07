import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { NAMED } from '../../src/simulator/named-people.js';
import { openBrowser } from '../world/browser.js';
import { freshDataDir, startTryOut, type TryOut } from '../world/try-out-process.js';

const SCREENSHOTS = path.join(__dirname, '..', '..', 'screenshots');
const folder = freshDataDir();
const { dataDir } = folder;
const idle = NAMED.plainInactive;
let tryOut: TryOut;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  tryOut = await startTryOut({ dataDir, listen: false });
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1100, height: 1500 } });
  await page.goto(tryOut.playgroundUrl);
});

afterAll(async () => {
  await browser?.close();
  await tryOut?.stop();
  folder.remove();
});

function cardAbout(text: string): Locator {
  return page.locator('.ac-adaptiveCard', { hasText: text }).last();
}

/** The Playground draws a choice as a combobox with its options beside the card. */
async function choose(digest: Locator, name: string, answer: string): Promise<void> {
  await digest.getByRole('combobox', { name: new RegExp(`Your answer for ${name}`) }).click();
  await page.getByRole('option', { name: answer, exact: true }).click();
}

describe('the Playground in a browser', () => {
  it('shows one card about the team, takes Reclaim for one of them, and shows in it that the license is gone', async () => {
    const digest = cardAbout('still needed?');
    await digest.getByText(idle.name).first().waitFor({ timeout: 60_000 });
    await page.screenshot({ path: path.join(SCREENSHOTS, 'playground-digest.png') });
    await choose(digest, idle.name, 'Reclaim');
    await digest.getByRole('button', { name: 'Send', exact: true }).click();
    await cardAbout('Decided: reclaim').getByText(idle.name).first().waitFor({ timeout: 20_000 });
    await page.screenshot({ path: path.join(SCREENSHOTS, 'playground-decided.png') });
    await cardAbout('License taken back').getByText(idle.name).first().waitFor({ timeout: 60_000 });
    await page.screenshot({ path: path.join(SCREENSHOTS, 'playground-reclaimed.png') });
    expect((await tryOut.steward('case', idle.userPrincipalName)).out).toMatch(/State\s+holding/);
  });

  it('opens the details of one of them, and undoes it there', async () => {
    const details = page.getByRole('button', { name: `Details: ${idle.name}` }).last();
    await details.click();
    const undo = page.getByRole('button', { name: 'Undo: give the license back' }).last();
    await undo.waitFor({ timeout: 60_000 });
    await page.screenshot({ path: path.join(SCREENSHOTS, 'playground-details.png') });
    await undo.click();
    await cardAbout('Undone: everything is as it was')
      .getByText(idle.name)
      .first()
      .waitFor({ timeout: 60_000 });
    await page.screenshot({ path: path.join(SCREENSHOTS, 'playground-undone.png') });
    expect((await tryOut.steward('case', idle.userPrincipalName)).out).toMatch(/State\s+undone/);
  });

  it('refuses Keep without a reason, says so, and keeps the question', async () => {
    const { name, userPrincipalName } = NAMED.inactiveWithVisio;
    const digest = cardAbout('still needed?');
    await choose(digest, name, 'Keep');
    await digest.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('not taken yet').first().waitFor({ timeout: 20_000 });
    await page.screenshot({ path: path.join(SCREENSHOTS, 'playground-keep-without-reason.png') });
    expect((await tryOut.steward('case', userPrincipalName)).out).toMatch(/State\s+asked/);
  });

  it('answers a question in the chat', async () => {
    await page.locator('[data-lexical-editor]').click();
    await page.keyboard.type('who is inactive but licensed');
    await page.keyboard.press('Enter');
    await cardAbout('Write case NAME').waitFor({ timeout: 20_000 });
    await page.screenshot({ path: path.join(SCREENSHOTS, 'playground-inactive.png') });
    expect(await cardAbout('Write case NAME').innerText()).toContain('a year');
  });
});
