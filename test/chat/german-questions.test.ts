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
    ['wer ist inaktiv und hat noch eine Lizenz', 'wer ist inaktiv, aber lizenziert, teuerste zuerst'],
    [
      'Zeig mir bitte die Kosten je Abteilung',
      'Kosten von Personen, die inaktiv, aber lizenziert sind, je Abteilung',
    ],
    ['wie viele haben sich noch nie angemeldet, je Land', 'wie viele haben sich nie angemeldet, je Land'],
    [
      'Inaktive über 120 Tage, 5 pro Seite',
      'wer ist inaktiv, aber lizenziert, über 120 Tage ohne Nutzung, teuerste zuerst, Zeilen je Seite 5',
    ],
  ])('is answered, and shown how it was understood: %s', async (question, understood) => {
    const answer = await answerInGerman(question, ['admin']);
    expect(answer).toContain('Verstanden als');
    expect(answer).toContain(understood);
  });

  it.each([
    ['Wie viele Personen nutzen Teams nicht?', /Ich weiß nicht, was \*\*.+\*\* hier bedeutet/u],
    ['inaktive Personen in Timbuktu', /Ich weiß nicht, was \*\*Timbuktu\*\*|Timbuktu/u],
  ])('is told which word is not known, and an example: %s', async (question, problem) => {
    const answer = await answerInGerman(question, ['admin']);
    expect(answer).toMatch(problem);
    expect(answer).toContain('**inaktiv über 120 Tage, Abteilung');
  });

  it('is told in German that something was not understood at all', async () => {
    expect(await answerInGerman('Wetter morgen sonnig oder wie', ['admin'])).toContain(
      'Das habe ich nicht verstanden',
    );
  });

  it.each([
    [['admin'], 'wer ist inaktiv aber lizenziert'],
    [[], 'Fall NAME'],
  ] as readonly (readonly [readonly Role[], string])[])(
    'sees German words in the help of the roles %j',
    async (roles, words) => {
      const answer = await answerInGerman('hilfe', roles);
      expect(answer).toContain('Was Sie fragen können');
      expect(answer).toContain(words);
      expect(answer).toContain('was wartet auf mich');
      expect(answer).not.toContain('waiting');
    },
  );
});
