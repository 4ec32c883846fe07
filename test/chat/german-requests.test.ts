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
    ['Fall vance, adele', 'case vance, adele'],
    ['Verlauf für Ada Lovelace', 'history Ada Lovelace'],
    ['Status von Ada Lovelace', 'case Ada Lovelace'],
    ['Lizenz von Ada Lovelace rückgängig machen', 'undo Ada Lovelace'],
    ['schütze Maria da Silva, weil sie im Projekt ist', 'protect Maria da Silva because sie im Projekt ist'],
    ['schütze Anna Grund weil sie fehlt', 'protect Anna Grund because sie fehlt'],
    ['schütze Ada Lovelace', 'protect Ada Lovelace'],
    // An end that may be lost is asked for.
    ['schütze Ada Lovelace, weil sie im Projekt ist, bis 31.1.2027', 'protect Ada Lovelace'],
    ['Ada Lovelace rueckgaengig machen', 'undo Ada Lovelace'],
    ['Schutz fuer Ada Lovelace aufheben', 'unprotect Ada Lovelace'],
    ['Hebe den Schutz für Ada Lovelace auf', 'unprotect Ada Lovelace'],
    ['starte das Audit', 'run audit'],
    ['was kannst du', 'help'],
    ['Wie viel haben wir gespart?', 'savings'],
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
    ['Personalliste vom 20.11.2026 importieren', 'import roster as of 20.11.2026'],
  ])('%j says %j', (german, english) => {
    expect(inEnglish(german)).toBe(english);
    const { otherwise: _not, ...said } = parse(german) as { otherwise?: unknown };
    const { otherwise: _nor, ...meant } = parse(english) as { otherwise?: unknown };
    expect(said).toEqual(meant);
    expect(parse(english).kind).not.toBe('unknown');
  });

  it.each([
    'Fall of the house',
    'waiting',
    'undo Ada Lovelace',
    'wer ist inaktiv',
    'stop Ada from leaving',
    'Kampagne anhalten oder nicht, das ist die Frage',
    'nichts rückgängig machen',
    'Nichts rückgängig machen',
    'Das rückgängig machen',
    'Alle rückgängig machen',
    'Rückgängig: Alle',
    'Gib Ihr die Lizenz zurück',
    'ada rückgängig machen',
    'Kampagne an',
    'die Kampagne an!',
    'weitermachen',
    'fortsetzen',
    'Kampagne beenden, da läuft noch was',
    'was ist mit Sales?',
    'Verlauf der Prüfung',
    'erkläre den Plan',
    'schütze ihn',
    'schütze ihn, weil er krank ist',
    'schütze alle, weil Urlaub ist',
    'schütze nicht Ada weil sie geht',
    'Hebe den Schutz von Ada noch nicht auf',
    "Was ist mit Ada Lovelace's Undo passiert?",
    'Fall undo Ada',
    'zeig mir den Verlauf von Undo Ada Lovelace',
  ])('is not made of %j', (text) => {
    expect(inEnglish(text)).toBeUndefined();
  });

  it('tells whoever is no admin of nothing that they did not write', () => {
    expect(parse('Kampagne anhalten')).toMatchObject({
      kind: 'admin',
      otherwise: { kind: 'unknown', suggestions: [], text: 'Kampagne anhalten' },
    });
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
