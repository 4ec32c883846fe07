import { expect, it } from '@jest/globals';
import { savingsNote } from '../../src/cards/savings-text.js';
import { savingsOf } from './a-campaign.js';

it('Beside a file of savings stands of when they are, and what does not count among them', () => {
  const seen = savingsOf('Visio Plan 2', 1);
  const note = (locale: 'en' | 'de'): readonly string[] =>
    savingsNote(seen, { locale, timeZone: 'Etc/UTC' }).split('\n\n');
  expect(note('en')[0]).toMatch(/^As of .* UTC; final since 17 Jan 2022\.$/);
  expect(note('en').slice(1)).toEqual(['Not counted: 3 were undone · 1 was found held again']);
  expect(note('de').slice(1)).toEqual([
    'Nicht gezählt: 3 wurden rückgängig gemacht · 1 war später wieder vergeben',
  ]);
  const none = { ...seen, savings: { ...seen.savings, takenBack: 0, heldAgain: 0 } };
  expect(savingsNote(none, { locale: 'en', timeZone: 'Etc/UTC' })).toBe(note('en')[0]);
});
