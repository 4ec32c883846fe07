import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inEnglish } from '../../src/chat/german-requests.js';
import { parse } from '../../src/chat/parse.js';

describe('A request in German', () => {
  it.each([
    ['Fall Ada Lovelace', 'case Ada Lovelace'],
    ['zeig mir den Fall von Ada Lovelace', 'case Ada Lovelace'],
    ['Fall ada@harbor.example', 'case ada@harbor.example'],
    ['Verlauf von Ursula von der Leyen', 'history Ursula von der Leyen'],
    ['Was ist mit Ada Lovelace passiert?', 'history Ada Lovelace'],
    ['Warum wurde Ada Lovelace gefragt?', 'explain Ada Lovelace'],
    ['Wieso steht Ada Lovelace auf der Liste', 'explain Ada Lovelace'],
    ['erkläre Ada Lovelace', 'explain Ada Lovelace'],
    ['Ada Lovelace rückgängig machen', 'undo Ada Lovelace'],
    ['Rückgängig: Ada Lovelace', 'undo Ada Lovelace'],
    ['Bitte gib Ada Lovelace die Lizenz zurück', 'undo Ada Lovelace'],
    [
      'schütze Ada Lovelace bis 31.1.2027, weil sie im Projekt Nord ist',
      'protect Ada Lovelace until 31.1.2027 because sie im Projekt Nord ist',
    ],
    ['Schütze Ada Lovelace weil sie es braucht', 'protect Ada Lovelace because sie es braucht'],
    ['Schutz von Ada Lovelace aufheben', 'unprotect Ada Lovelace'],
    ['Was wartet auf mich?', 'waiting'],
    ['offene Fragen', 'waiting'],
    ['Was wäre bei 60 Tagen?', 'what if 60 days'],
    ['was wäre, wenn es 60, 90 und 120 Tage wären', 'what if 60, 90 and 120 days'],
    ['Kampagne anhalten', 'pause'],
    ['Kampagne pausieren, weil Urlaubszeit ist', 'pause because Urlaubszeit ist'],
    ['Kampagne fortsetzen', 'resume'],
    ['Kampagne stoppen', 'stop'],
    ['Audit starten', 'run audit'],
    ['neue Prüfung', 'run audit'],
    ['Plan freigeben', 'plan'],
    ['Lizenzposition', 'position'],
    ['Position exportieren', 'export position'],
    ['Einsparungen', 'savings'],
    ['Was haben wir bisher gespart?', 'savings'],
    ['Schutzliste', 'protections'],
    ['Personalliste importieren', 'import roster'],
  ])('%j says %j', (german, english) => {
    expect(inEnglish(german)).toBe(english);
    expect(parse(german)).toEqual(parse(english));
    expect(parse(english).kind).not.toBe('unknown');
  });

  it.each([
    'Fall of the house',
    'waiting',
    'undo Ada Lovelace',
    'wer ist inaktiv',
    'stop Ada from leaving',
    'Kampagne anhalten oder nicht, das ist die Frage',
    'schütze Ada Lovelace',
    'nichts rückgängig machen',
  ])('is not made of %j', (text) => {
    expect(inEnglish(text)).toBeUndefined();
  });

  it('is looked for in any text without a failure', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        const found = inEnglish(text);
        expect(found === undefined || found.length > 0).toBe(true);
      }),
    );
  });
});
