import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { actionsOf, caseOn, choiceOn } from '../world/card-actions.js';
import { eventually, freshDataDir, messageWith, startTryOut, type TryOut } from '../world/try-out-process.js';

jest.setTimeout(120_000);

const folder = freshDataDir();
const { dataDir } = folder;
const idle = NAMED.plainInactive;
let tryOut: TryOut;

beforeAll(async () => {
  tryOut = await startTryOut({ dataDir });
});

afterAll(async () => {
  await tryOut.stop();
  folder.remove();
});

async function licensesOf(userId: string): Promise<string> {
  const select = '$select=id,assignedLicenses';
  const answer = await fetch(`${tryOut.graphUrl}/v1.0/users/${userId}?${select}`, {
    headers: { authorization: 'Bearer simulated-tenant-token' },
  });
  const person = (await answer.json()) as { assignedLicenses: { skuId: string; disabledPlans: string[] }[] };
  const held = person.assignedLicenses.map(
    ({ skuId, disabledPlans }) => `${skuId} without ${disabledPlans.toSorted().join(' ')}`,
  );
  return held.toSorted().join('\n');
}

describe('a newcomer in the Playground', () => {
  it('gets one card by itself about everybody in the team, with the evidence and a choice for each', async () => {
    const text = JSON.stringify(await eventually('The question', () => messageWith(tryOut, idle.name)));
    for (const part of [
      ...[idle, NAMED.inactiveWithVisio, NAMED.neverSignedIn].map(({ name }) => name),
      ...['Microsoft 365 E5', '$684 a year', 'last used', 'nothing is removed', 'mail is lost'],
    ]) {
      expect(text).toContain(part);
    }
  });

  it('opens the details of one of them, with every answer', async () => {
    const digest = await eventually('The question', () => messageWith(tryOut, '"answerAll"'));
    const details = actionsOf(digest.message.attachments).find(
      ({ verb, title }) => verb === 'details' && title.includes(idle.name),
    );
    await tryOut.press(digest.message.messageId, 'details', details?.data ?? {});
    const card = await eventually('The details', () => messageWith(tryOut, 'Is this license still needed?'));
    expect(JSON.stringify(card)).toContain(idle.name);
    const answers = actionsOf(card.message.attachments).map(({ data }) => data['answer']);
    const rarer = ['onLeave', 'notMyReport', 'askOther'];
    expect(new Set(answers)).toEqual(new Set(['keep', 'reassign', 'reclaim', ...rarer]));
  });

  it('presses Reclaim, sees the card change in place, and the license is gone in the tenant', async () => {
    const before = await licensesOf(idle.id);
    expect(before).not.toBe('');
    const question = await eventually('The question', () => messageWith(tryOut, '"answerAll"'));
    const { attachments, messageId } = question.message;
    const reclaim = choiceOn(attachments, caseOn(attachments, idle.name), 'reclaim');
    const replaced = await tryOut.press(messageId, reclaim?.verb ?? '', reclaim?.data ?? {});
    expect(JSON.stringify(replaced)).toContain('Decided: reclaim');

    await eventually('The removal', async () => ((await licensesOf(idle.id)) === '' ? true : undefined));
    await eventually('The final card', () => {
      const edit = tryOut.messages.findLast(
        ({ action, message }) =>
          action === 'updateMessage' && message.messageId === question.message.messageId,
      );
      return edit !== undefined && JSON.stringify(edit).includes('License taken back') ? edit : undefined;
    });
    const history = await tryOut.steward('history', idle.userPrincipalName);
    expect(history.out).toContain('All steps are done.');
    expect(history.out).not.toContain('( ) Reclaim');
    expect(history.code).toBe(0);
    const seen = await tryOut.steward('history', idle.userPrincipalName, '--cards');
    expect(seen.out).toMatch(/ {2}Asked[^\n]*\n {4}\| .*still needed\?/u);
    expect(seen.out).toContain('    |   ( ) Reclaim');

    const undo = await tryOut.steward('undo', idle.userPrincipalName);
    expect(undo.code).toBe(0);
    expect(undo.out).toContain('exactly the same licenses as before');
    expect(await licensesOf(idle.id)).toBe(before);
  });

  it('changes nothing by pressing an old button again', async () => {
    const question = await eventually('The question', () => messageWith(tryOut, '"answerAll"'));
    const { attachments, messageId } = question.message;
    const { name } = NAMED.neverSignedIn;
    const reclaim = choiceOn(attachments, caseOn(attachments, name), 'reclaim');
    const first = await tryOut.press(messageId, reclaim?.verb ?? '', reclaim?.data ?? {});
    const second = await tryOut.press(messageId, reclaim?.verb ?? '', reclaim?.data ?? {});
    expect(JSON.stringify(first)).toContain(`**${name}**: Decided: reclaim`);
    expect(JSON.stringify(second)).toContain(`**${name}**: nothing was changed`);
  });

  it.each([
    ['help', 'who is inactive but licensed'],
    ['who is inactive but licensed', 'a year'],
    ['how many never signed in per department', 'per department'],
    ['only over 100 days', 'over 100 days'],
    ['export that', 'download it here'],
    [`case ${NAMED.inactiveWithVisio.name}`, 'Visio'],
    [`history ${NAMED.inactiveWithVisio.name}`, 'Asked'],
    ['what is the weather like', 'help'],
  ])('asks “%s” and gets an answer with “%s”', async (question, part) => {
    const before = tryOut.messages.length;
    await tryOut.say(question);
    const answer = await eventually('The answer', () =>
      tryOut.messages.slice(before).find((message) => JSON.stringify(message).includes(part)),
    );
    expect(answer.message.messageId).not.toBe('');
  });

  it('stops everything with Ctrl-C, and goes on with the same data at the next start', async () => {
    const stopped = await tryOut.stop();
    expect(stopped.code).toBe(0);
    expect(stopped.out).toContain('Stopped.');
    expect(stopped.err).toBe('');
    await expect(fetch(tryOut.playgroundUrl)).rejects.toThrow('fetch failed');

    tryOut = await startTryOut({ dataDir });
    expect((await tryOut.steward('case', idle.userPrincipalName)).out).toMatch(/State\s+undone/);
    expect((await tryOut.steward('verify-history')).out).toContain('all intact');
  });

  it('begins anew with --fresh', async () => {
    await tryOut.stop();
    tryOut = await startTryOut({ dataDir, args: ['--fresh'] });
    expect((await tryOut.steward('case', idle.userPrincipalName)).out).toMatch(/State\s+(opened|asked)/);
  });
});
