import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { parse, stringify } from 'yaml';
import { NAMED, type NamedPerson } from '../../src/simulator/named-people.js';
import { openBrowser } from '../world/browser.js';
import { openChat, type ChatPage } from '../world/chat-page.js';
import { playAs, type Player } from '../world/play-as.js';
import { eventually, freshDataDir, startTryOut, type TryOut } from '../world/try-out-process.js';

const folder = freshDataDir();
const { dataDir } = folder;
const {
  financeChief,
  nestedLeader,
  plainInactive: idle,
  neverSignedIn,
  dynamicGroupLicensed: grouped,
} = NAMED;
let tryOut: TryOut;
let browser: Browser;
let admin: ChatPage;
let hr: ChatPage;
let german: ChatPage;
const players: Player[] = [];

/**
 * As the try-out, with a second person of HR and a second person for HR alone, and with nobody asked before an admin has
 * approved the plan, so that everybody is there when they are asked.
 */
function policyOfRoles(): string {
  const source = path.join(__dirname, '..', '..', 'src', 'simulator', 'policy.yaml');
  const policy = parse(readFileSync(source, 'utf8')) as {
    protect: { executives?: { users: string[] } };
    roles: { hr: string[] };
    approvals: { firstRun: string };
  };
  policy.protect.executives = { users: [nestedLeader.id] };
  policy.roles.hr.push(NAMED.servicesHead.id);
  policy.approvals.firstRun = 'required';
  const file = path.join(dataDir, 'policy-of-roles.yaml');
  writeFileSync(file, stringify(policy));
  return file;
}

async function chatOf(person: NamedPerson, locale?: string): Promise<ChatPage> {
  const player = await playAs(browser, tryOut, person, locale);
  players.push(player);
  return player.chat;
}

beforeAll(async () => {
  tryOut = await startTryOut({ dataDir, policyFile: policyOfRoles(), listen: false });
  browser = await openBrowser();
  admin = await openChat(browser, tryOut.playgroundUrl);
  // One after the other: each page is heavy, and together they would keep one another waiting.
  hr = await chatOf(NAMED.hrPartner);
  german = await chatOf(NAMED.operationsHead, 'de-DE');
}, 300_000);

afterAll(async () => {
  for (const player of players) await player.stop();
  await browser?.close();
  await tryOut?.stop();
  folder.remove();
});

describe('an admin, before anybody is asked', () => {
  it('is welcomed with what an admin wants first, and approves whom the campaign would ask about', async () => {
    await admin.seen('Hello, I am License Steward', 'campaign status');
    await admin.picture('admin-welcome');
    await admin.say('approve');
    const plan = await admin.seen('would be asked about', idle.name);
    expect(await plan.innerText()).not.toContain(financeChief.name);
    await admin.picture('admin-plan');
    await admin.press(plan, 'Approve exactly this plan');
    await admin.seen('Your approval was sent');
    await admin.seen('The approval is carried out');
    await admin.picture('admin-approved');
    expect(await admin.card('would be asked about').count()).toBe(0);
  });
});

describe('somebody of HR', () => {
  afterAll(() => hr.page.close());

  it('alone is asked about an executive, and says until when somebody is on leave', async () => {
    await hr.seen('still needed?', NAMED.accentedName.name);
    await hr.seen('Only HR sees this', financeChief.name);
    const away = await hr.seen('Only HR sees this', nestedLeader.name);
    await hr.picture('hr-question', away);
    await hr.press(away, 'On leave');
    await hr.pickDay(away, 'On leave: back on');
    await hr.picture('hr-on-leave-form');
    await hr.press(away, 'On leave until then');
    await hr.seen('Kept until', nestedLeader.name);
    await hr.picture('hr-on-leave');
    expect(await hr.card('Only HR sees this', nestedLeader.name).count()).toBe(0);
  });

  it('proposes a reclaim, to which a second one of HR has to agree', async () => {
    const secondOfHr = await chatOf(NAMED.servicesHead);
    const card = await hr.seen('Only HR sees this', financeChief.name);
    await hr.press(card, 'Reclaim');
    await hr.press(card, 'Reclaim the license');
    await hr.seen('Waits for somebody else of HR', financeChief.name);
    await hr.picture('hr-proposed');
    const asked = await secondOfHr.seen('Do you agree?', financeChief.name);
    await secondOfHr.picture('hr-second-asked');
    await secondOfHr.press(asked, 'Agree');
    await secondOfHr.seen('License taken back', financeChief.name);
    await secondOfHr.picture('hr-second-agreed');
    await secondOfHr.page.close();
    await hr.seen('License taken back', financeChief.name);
    await hr.picture('hr-reclaimed');
    await hr.say('hr');
    await hr.told('No case waits for HR.');
    expect(await hr.card('Waits for somebody else of HR').count()).toBe(0);
  });
});

describe('a manager who reads German', () => {
  afterAll(() => german.page.close());

  it('is welcomed, asked and answered in German', async () => {
    await german.seen('Hallo, ich bin License Steward');
    const card = await german.seen('Wird diese Lizenz noch benötigt?', grouped.name);
    await german.picture('german-question', card);
    await german.press(card, 'Zurückholen');
    await german.press(card, 'Lizenz zurückholen');
    await german.seen('Die IT-Administration muss helfen', grouped.name);
    await german.picture('german-answered');
    await german.say(`history ${grouped.name}`);
    const history = await german.seen('Verlauf', 'Gleich wird');
    await german.picture('german-history');
    expect(await history.innerText()).toMatch(/Antwort bis \S+, \d+\. \S+ \d{4}/u);
  });
});

describe('an admin', () => {
  afterAll(() => admin.page.close());

  it('asks who is inactive, goes on from the answer, and takes it as a file', async () => {
    await admin.say('who is inactive but licensed');
    await admin.seen('hold licenses that look unused', idle.name);
    await admin.say('only Finance');
    const finances = await admin.seen('hold licenses that look unused', 'department "Finance"');
    await admin.picture('admin-only-finance');
    expect(await finances.innerText()).not.toContain(idle.name);
    await admin.say('export that');
    await admin.told('good for 15 minutes');
    await admin.picture('admin-export');
  });

  it('downloads the file where the client puts none into OneDrive', async () => {
    const link = admin.page.getByRole('link', { name: 'download it here' });
    const page = await browser.newPage({ viewport: { width: 800, height: 500 } });
    await page.goto((await link.last().getAttribute('href')) ?? '');
    await page.screenshot({ path: 'screenshots/admin-download.png' });
    const downloaded = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the file' }).click();
    const file = await downloaded;
    expect(file.suggestedFilename()).toMatch(/^licenses-\d{4}-\d{2}-\d{2}\.csv$/u);
    const [columns, ...people] = readFileSync(await file.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(columns).toContain('userId,userPrincipalName,displayName,scenario');
    expect(people.length).toBeGreaterThan(0);
    expect(people.every((line) => line.includes('Finance'))).toBe(true);
    await page.reload();
    expect(await page.getByRole('main').innerText()).toContain('downloaded already');
    await page.close();
  });

  it('sees how the campaign stands, and watches an audit', async () => {
    await admin.say('campaign status');
    await admin.seen('Where the cases stand now');
    await admin.picture('admin-campaign-status');
    // The one that followed the approval stands above.
    const done = admin.page.locator('.ac-adaptiveCard', { hasText: 'The audit is done' });
    const before = await done.count();
    await admin.say('run audit');
    await done.nth(before).waitFor();
    await admin.picture('admin-audit-done');
    expect(await admin.card('An audit is under way').count()).toBe(0);
  });

  it('protects somebody, and asks why somebody else was asked about', async () => {
    await admin.say(`protect ${neverSignedIn.name} because she starts in January`);
    await admin.seen('is protected', 'she starts in January');
    await admin.picture('admin-protected');
    await admin.say('protections');
    await admin.seen('protected in chat', neverSignedIn.name);
    await admin.say(`why was ${grouped.name} asked`);
    const why = await admin.seen('Why this person was asked about', grouped.name);
    await admin.picture('admin-why');
    expect(await why.innerText()).toContain('An administrator has to help');
  });

  it('undoes with a word what a manager had done, and is told what happened', async () => {
    await admin.say(`undo ${grouped.name}`);
    await admin.seen('Giving it back', grouped.name);
    await eventually('The undo', async () =>
      (await tryOut.steward('case', grouped.userPrincipalName)).out.includes('undone') ? true : undefined,
    );
    await admin.say(`case ${grouped.name}`);
    await admin.seen('Undone', grouped.name);
    await admin.picture('admin-undone');
    await admin.say('help');
    await admin.seen('What you can ask', 'campaign status');
    await admin.picture('admin-help');
    await admin.say(`case ${financeChief.name}`);
    await admin.told('I found nobody called');
    expect(await admin.card('Only HR sees this').count()).toBe(0);
  });
});

describe('finance', () => {
  it('gets figures without names, and is told so when it asks for a name', async () => {
    const finance = await chatOf(NAMED.financeHead);
    await finance.say('position');
    const position = await finance.seen('reclaimable', 'Microsoft 365 E3');
    await finance.picture('finance-position');
    expect(await position.innerText()).not.toContain(idle.name);
    await finance.say('who is inactive but licensed');
    await finance.told('Names, managers, cases and files are for administrators.');
    await finance.say(`case ${idle.name}`);
    await finance.told('I know of no case of yours with that name.');
    await finance.picture('finance-refused');
    await finance.page.close();
  });
});

describe('somebody without a role', () => {
  it('is told what they can do, and sees and does nothing of others', async () => {
    const nobody = await chatOf(NAMED.activeReport);
    await nobody.seen('Hello, I am License Steward', 'You see only people you were asked about.');
    await nobody.say('waiting');
    await nobody.told('Nothing waits for you.');
    await nobody.say('who is inactive but licensed');
    await nobody.told('Lists of people are for administrators.');
    await nobody.say('run audit');
    await nobody.told('I did not understand that. Write help');
    await nobody.say(`case ${idle.name}`);
    await nobody.told('I know of no case of yours with that name.');
    await nobody.say('me');
    await nobody.seen('What is on record about you', 'has no list of your licenses');
    await nobody.picture('nobody');
    expect(await nobody.page.locator('.ac-adaptiveCard', { hasText: idle.name }).count()).toBe(0);
    await nobody.page.close();
  });
});
