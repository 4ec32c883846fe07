import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { NAMED } from '../../src/simulator/named-people.js';
import { openBrowser } from '../world/browser.js';
import { openChat, type ChatPage } from '../world/chat-page.js';
import { freshDataDir, startTryOut, type TryOut } from '../world/try-out-process.js';

const folder = freshDataDir();
const { dataDir } = folder;
const {
  plainInactive: idle,
  inactiveWithVisio: needed,
  neverSignedIn: leaver,
  disabledLicensed: away,
} = NAMED;
/** Holds only what is free, so that a license can be given to them. */
const receiver = NAMED.freeOnly;
let tryOut: TryOut;
let browser: Browser;
let chat: ChatPage;

beforeAll(async () => {
  tryOut = await startTryOut({ dataDir, listen: false });
  browser = await openBrowser();
  // The welcome says how many questions wait: they were delivered before the manager opens the chat.
  while ((await stateOf(idle)) !== 'asked') await setTimeout(500);
  chat = await openChat(browser, tryOut.playgroundUrl);
});

afterAll(async () => {
  await browser?.close();
  await tryOut?.stop();
  folder.remove();
});

/** The card about the whole team, which stays where it is and is edited. */
function digest(): Locator {
  return chat.page.locator('.ac-adaptiveCard', { hasText: 'For everybody whose license you keep' }).last();
}

async function answer(name: string, as: string): Promise<void> {
  await chat.choose(digest(), new RegExp(`Your answer for ${name}`), as);
}

async function stateOf(person: { readonly userPrincipalName: string }): Promise<string> {
  const { out } = await tryOut.steward('case', person.userPrincipalName);
  return /State\s+(\w+)/.exec(out)?.[1] ?? out;
}

describe('a manager in the Playground', () => {
  it('finds one card about the team, and a welcome that leaves room for it', async () => {
    await digest().getByText(idle.name).first().waitFor();
    await chat.seen('Hello, I am License Steward', 'wait for your answer');
    await chat.picture('playground-digest');
    const text = await digest().innerText();
    for (const { name } of [idle, needed, leaver]) expect(text).toContain(name);
    expect(text.match(/Undo for 30 days/gu)).toHaveLength(1);
  });

  it('takes Reclaim for one of them, and shows in it that the license is gone', async () => {
    await answer(idle.name, 'Reclaim');
    await chat.press(digest(), 'Send');
    await chat.seen('Decided: reclaim', idle.name);
    await chat.picture('playground-decided');
    await chat.seen('License taken back', idle.name);
    await chat.picture('playground-reclaimed');
    expect(await stateOf(idle)).toBe('holding');
  });

  it('opens the details of one of them, and undoes it there', async () => {
    await chat.press(digest(), `Details: ${idle.name}`);
    const details = await chat.seen('License taken back', 'You can undo this until');
    await chat.picture('playground-details');
    await chat.press(details, 'Undo: give the license back');
    await digest().getByText('Undone: everything is as it was').waitFor();
    await chat.picture('playground-undone');
    expect(await stateOf(idle)).toBe('undone');
  });

  it('refuses Keep without a reason, says so, and keeps the question', async () => {
    await answer(needed.name, 'Keep');
    await chat.press(digest(), 'Send');
    await chat.told('not taken yet');
    await chat.picture('playground-keep-without-reason');
    expect(await stateOf(needed)).toBe('asked');
  });

  it('takes Keep with a reason, and the card that was opened beside it says so by itself', async () => {
    await chat.press(digest(), `Details: ${needed.name}`);
    const opened = await chat.seen('Are these licenses still needed?', needed.name);
    await answer(needed.name, 'Keep');
    await chat.choose(
      digest(),
      new RegExp(`If you keep it, why\\? \\(${needed.name}\\)`),
      'Needed for current work',
    );
    await chat.press(digest(), 'Send');
    await digest().getByText('Kept until').first().waitFor();
    await chat.picture('playground-kept');
    await opened.waitFor({ state: 'detached' });
    const card = await chat.seen('Kept until', 'Needed for current work', needed.name);
    expect(await card.getByRole('button', { name: 'Reclaim', exact: true }).count()).toBe(0);
    await chat.picture('playground-opened-card');
    expect(await stateOf(needed)).toBe('kept');
  });

  it('takes Reassign, asks who gets the license, and gives it to them', async () => {
    await answer(leaver.name, 'Reassign to somebody else (opens a card)');
    await chat.press(digest(), 'Send');
    const card = await chat.seen('Who gets it?', leaver.name);
    await card.getByLabel('Or write a name or an e-mail address').fill(receiver.name);
    await chat.picture('playground-reassign');
    await chat.press(card, 'Reassign the license');
    await chat.seen('License reassigned', leaver.name);
    await chat.picture('playground-reassigned');
    expect(await stateOf(leaver)).toBe('holding');
  });

  it('says behind More until when somebody is on leave', async () => {
    await chat.say('run audit');
    const card = await chat.seen('Is this license still needed?', away.name);
    await chat.press(card, 'More');
    await chat.pickDay(card, 'On leave: back on');
    await chat.picture('playground-more');
    await chat.press(card, 'On leave until then');
    await chat.seen('Kept until', away.name);
    await chat.picture('playground-on-leave');
    expect(await stateOf(away)).toBe('kept');
  });
});
