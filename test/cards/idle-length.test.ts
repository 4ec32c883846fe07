import { describe, expect, it } from '@jest/globals';
import { scenarioText } from '../../src/cards/case-view.js';
import { idleLength } from '../../src/cards/idle-length.js';
import { unusedText } from '../../src/cards/unused-text.js';

const ENGLISH = { locale: 'en' } as const;
const GERMAN = { locale: 'de' } as const;

describe('Days without use', () => {
  it('are said as they were counted', () => {
    expect(idleLength(1, ENGLISH)).toBe('1 day');
    expect(idleLength(128, ENGLISH)).toBe('128 days');
    expect(idleLength(179, GERMAN)).toBe('179 Tagen');
  });

  it('that end where the usage reports end may be more, and the sentence says so', () => {
    const facts = { scenario: 'inactive', daysInactive: 180, licenses: [] } as const;
    expect(scenarioText(facts, ENGLISH)).toBe('Shows no use for 180 days or more.');
    expect(scenarioText(facts, GERMAN)).toBe('Zeigt seit 180 Tagen oder länger keine Nutzung.');
    expect(unusedText({ kind: 'idle', days: 180 }, ENGLISH)).toBe('not used for 180 days or more');
  });

  it('that a date alone proves are exact, however many they are', () => {
    expect(idleLength(400, ENGLISH)).toBe('400 days');
  });
});
