import { describe, expect, it } from '@jest/globals';
import { answerTo } from '../../src/chat/answer.js';
import { parse } from '../../src/chat/parse.js';
import type { Role } from '../../src/cases/roles.js';
import { ADMIN, VIEW } from '../cards/a-case.js';
import { auditedSources } from './chat-sources.js';

async function answerInGerman(message: string, roles: readonly Role[]): Promise<string> {
  const asker = { userId: ADMIN.id, roles };
  return JSON.stringify(await answerTo(parse(message), asker, auditedSources(), { ...VIEW, locale: 'de' }));
}

describe('Somebody who asks in German', () => {
  it.each([
    'wer ist inaktiv und hat noch eine Lizenz',
    'Wie viele Personen nutzen Teams nicht?',
    'Zeig mir bitte die Kosten je Abteilung',
    'Kampagne anhalten',
  ])('is told in German that questions are asked in English, with an example: %s', async (question) => {
    const answer = await answerInGerman(question, ['admin']);
    expect(answer).toMatch(/verstehe ich nur auf Englisch/u);
    expect(answer).toMatch(/\*\*(waiting|inactive over 120 days, department)/u);
  });

  it.each([['admin'], []] as readonly (readonly Role[])[])(
    'sees in the help of the roles %j which words are understood',
    async (...roles) => {
      const answer = await answerInGerman('hilfe', roles);
      expect(answer).toContain('Was Sie fragen können: auf Englisch, in diesen Worten');
      expect(answer).toContain('waiting');
    },
  );
});
