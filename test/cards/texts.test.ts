import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { facts } from '../../src/cards/elements.js';
import { cardText, messageText, plainText } from '../../src/cards/escape.js';
import { countryText } from '../../src/cards/country-text.js';
import { dateText, dayText, inputDate, later, lengthText, timeText } from '../../src/cards/dates.js';
import { moneyText, yearlyText } from '../../src/cards/money-text.js';
import { evidenceRows, evidenceSentence } from '../../src/cards/evidence-text.js';
import { effectsOf } from '../../src/cards/effects.js';
import type { Instant } from '../../src/cases/case.js';
import { policyOf } from '../world/policies.js';
import { aLicense, asked, CASES, FACTS, NOW, VIEW } from './a-case.js';
import { SECONDS } from './gallery.js';

describe('Text by others', () => {
  it.each([
    ['Adele Vance', 'Adele Vance'],
    ['ann_lee@harbor.example', 'ann_lee@harbor.example'],
    ['_ann_', String.raw`\_ann\_`],
    ['**x** `y` ~z~', String.raw`\*\*x\*\* \`y\` \~z\~`],
    ['[a](https://b)', String.raw`\[a\](https://b)`],
    ['<b>', String.raw`\<b>`],
    ['# Title', String.raw`\# Title`],
    ['1. Sales', String.raw`1\. Sales`],
    ['- item', String.raw`\- item`],
    ['A-B 3.5', 'A-B 3.5'],
    ['a\\b', String.raw`a\\b`],
    ['two\nlines\u2028three', 'two lines three'],
    ['evil\u202egnp', 'evil gnp'],
    ['יעל', '\u2068יעל\u2069'],
  ])('%j stays text in a card', (text, expected) => {
    expect(cardText(text)).toBe(expected);
  });

  it('cannot begin a tag or an entity in a message', () => {
    expect(messageText('<img> & &lt;')).toBe('&lt;img> &amp; &amp;lt;');
  });

  it('is cut between characters as people see them', () => {
    expect(plainText('👩🏽‍🚀👩🏽‍🚀👩🏽‍🚀', 2)).toBe('👩🏽‍🚀…');
    expect(plainText('Maximilian', 5)).toBe('Maxi…');
    expect(plainText('12345', 5)).toBe('12345');
    // A sign of many parts is one character, and yet not free: 6 of them fit where 20 letters do.
    expect(plainText('👩🏽‍🚀'.repeat(20), 20)).toBe(`${'👩🏽‍🚀'.repeat(6)}…`);
    expect(plainText('吉田花子'.repeat(20), 80)).toBe('吉田花子'.repeat(20));
  });

  it('of any kind becomes one line of bounded length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (text) => {
        const shown = plainText(text, 50);
        expect(shown).not.toMatch(/[\r\n\u2028\u2029]/);
        expect([...new Intl.Segmenter('en').segment(shown)].length).toBeLessThanOrEqual(50);
      }),
    );
  });
});

describe('A fact', () => {
  const valueOf = (text: string): unknown => facts([['Reason', cardText(text, 400)]])['facts'];
  const shown = (value: string): unknown => [{ title: 'Reason', value }];

  it('lets a very long word break, so that its column is no wider than the card', () => {
    const word = 'abcdefghijklmnopqrst';
    expect(valueOf(`see ${word}${word}uvw`)).toEqual(shown(`see ${word}\u200b${word}\u200buvw`));
  });

  it('leaves ordinary words and every escape whole', () => {
    expect(valueOf('Needed for ann.lee@harbor.example')).toEqual(shown('Needed for ann.lee@harbor.example'));
    expect(valueOf('[*]'.repeat(12))).toEqual(
      shown(`${'\\[\\*\\]'.repeat(6)}\\[\\*\u200b\\]${'\\[\\*\\]'.repeat(5)}`),
    );
  });
});

describe('Dates', () => {
  const berlin = { timeZone: 'Europe/Berlin', locale: 'en' } as const;
  const lateEvening = '2026-12-31T23:30:00.000Z' as Instant;

  it('are told in the time zone of the reader', () => {
    expect(dateText(lateEvening, berlin)).toBe('Fri 1 Jan 2027');
    expect(dateText(lateEvening, { ...berlin, timeZone: 'America/New_York' })).toBe('Thu 31 Dec 2026');
    expect(timeText(lateEvening, berlin)).toBe('Fri 1 Jan 2027, 00:30 CET');
    expect(timeText(lateEvening, { ...berlin, timeZone: 'Etc/UTC' })).toBe('Thu 31 Dec 2026, 23:30 UTC');
    expect(inputDate(lateEvening, berlin)).toBe('2027-01-01');
  });

  it('of a source are days without a time zone', () => {
    expect(dayText('2026-09-05', berlin)).toBe('5 Sep 2026');
  });

  it.each([
    [500, '1 second'],
    [30_000, '30 seconds'],
    [60_000, '1 minute'],
    [90_000, '90 seconds'],
    [600_000, '10 minutes'],
    [3_600_000, '1 hour'],
    [86_400_000, '1 day'],
    [2_592_000_000, '30 days'],
  ])('and lengths: %i ms is %s', (ms, text) => {
    expect(lengthText(ms, berlin)).toBe(text);
  });
});

describe('German', () => {
  const german = { timeZone: 'Europe/Berlin', locale: 'de' } as const;
  const afternoon = '2026-12-08T13:05:00.000Z' as Instant;

  it('has its own dates', () => {
    expect(dateText(afternoon, german)).toBe('Di., 8. Dez. 2026');
    expect(timeText(afternoon, german)).toBe('Di., 8. Dez. 2026, 14:05 MEZ');
    expect(dayText('2026-09-05', german)).toBe('5. Sept. 2026');
    expect(inputDate(afternoon, german)).toBe('2026-12-08');
  });

  it('has its own lengths, with other endings after some words', () => {
    expect(lengthText(3 * 86_400_000, german)).toBe('3 Tage');
    expect(lengthText(3 * 86_400_000, german, 'length.after')).toBe('3 Tagen');
    expect(lengthText(1_000, german)).toBe('1 Sekunde');
  });

  it.each([
    [45_600, 'EUR', '456,00\u00a0€'],
    [102_650, 'USD', '1.026,50\u00a0$'],
    [9_000, 'JPY', '9.000\u00a0¥'],
  ])('has its own money: %i minor units of %s are %s', (minor, currency, expected) => {
    expect(moneyText({ minor, currency }, 'de')).toBe(expected);
  });
});

describe('A country', () => {
  it.each([
    ['Germany', 'Deutschland'],
    ['us', 'Vereinigte Staaten'],
    ['Bosnia and Herzegovina', 'Bosnien und Herzegowina'],
    ['Werk Süd', 'Werk Süd'],
    ['', ''],
  ])('that the directory calls %j is %j in German, and as it is in English', (said, german) => {
    expect(countryText(said, 40, { locale: 'de' })).toBe(german);
    expect(countryText(said, 40, { locale: 'en' })).toBe(said);
  });
});

describe('What an answer does', () => {
  const waived = { ...VIEW, policy: policyOf('reclaim: { mailbox: waive, oneDrive: waive }') };

  it('is told with the dates of the timetable', () => {
    expect(effectsOf(CASES.asked, waived)).toEqual({
      reclaim: 'Taken back on Mon 14 Dec 2026. Undo until Wed 13 Jan 2027: everything comes back as it was.',
      reassign:
        'Taken back on Mon 14 Dec 2026, then given to the person you name. Undo until Wed 13 Jan 2027, if another seat is free.',
    });
  });

  it('comes later when the decision is late, because admins may look at it first', () => {
    const now = later(NOW, 40 * 86_400_000);
    expect(effectsOf(CASES.asked, { ...waived, now }).reclaim).toContain('on Sat 9 Jan 2027');
  });

  it('is told as lengths in the try-out', () => {
    expect(effectsOf(CASES.asked, SECONDS).reclaim).toBe(
      'Taken back within about 30 seconds. Files in OneDrive stay for 93 days and are then archived; an administrator gives you access before. Undo for 1 day after that: everything comes back as it was.',
    );
  });

  it('tells what is done before, with its date', () => {
    expect(effectsOf(CASES.asked, VIEW).reclaim).toBe(
      'The mailbox becomes a shared one on Tue 8 Dec 2026, so no mail is lost. ' +
        'Its license goes only if it holds at most 50 GB, has no archive and is on no hold; otherwise an administrator decides first. ' +
        'Taken back on Mon 14 Dec 2026. Files in OneDrive stay until Wed 17 Mar 2027 and are then archived; an administrator gives you access before. ' +
        'Undo until Wed 13 Jan 2027: everything comes back as it was.',
    );
    expect(effectsOf(asked({ scenario: 'leftCompany', mailbox: 'shared' }), VIEW).reclaim).toMatch(
      /^Sign-in is blocked on Mon 7 Dec 2026. Taken back on Mon 14 Dec 2026./,
    );
  });

  it('says who gets the files in OneDrive, and until when they stay', () => {
    const review = { ...VIEW, reader: 'admin' } as const;
    expect(effectsOf(CASES.adminReview, review).reclaim).toContain('gives Megan Bowen access before.');
    expect(effectsOf(CASES.asked, review).reclaim).toContain('gives whoever answers access before.');
    const archive = { ...VIEW, policy: policyOf('reclaim: { oneDrive: archive }') };
    expect(effectsOf(CASES.asked, archive).reclaim).toContain(
      'stay until Wed 17 Mar 2027 and are then archived. ',
    );
    const visio = asked({ licenses: [aLicense({ holdsFiles: false })] });
    expect(effectsOf(visio, VIEW).reclaim).not.toContain('OneDrive');
  });

  it('says that files are deleted with the account, where that is before they are archived', () => {
    const gone = asked({ scenario: 'disabledButLicensed', mailbox: 'shared' });
    const after = (deletes: string): string =>
      effectsOf(gone, { ...VIEW, policy: policyOf(`timetable: { delete: ${deletes} }`) }).reclaim;
    // Taken on 14 December, held for 30 days: the account goes on 13 January, its files 30 days later.
    expect(after('P30D')).toContain(
      'Files in OneDrive stay until Fri 12 Feb 2027 and are then deleted; an administrator gives you access before the account goes.',
    );
    expect(after('P30D')).toContain(
      'The account is deleted on Wed 13 Jan 2027 or later, once nothing is left in it, and can be restored for 30 days.',
    );
    expect(after('P300D')).toContain('stay until Wed 17 Mar 2027 and are then archived;');
    const { reassign } = effectsOf(gone, { ...VIEW, policy: policyOf('timetable: { delete: P30D }') });
    expect(reassign).toContain('stay until Wed 17 Mar 2027 and are then archived;');
  });

  it('promises no date where an administrator has to do it', () => {
    const byHand = { ...VIEW, policy: policyOf('reclaim: { steps: { inactive: [] } }') };
    expect(effectsOf(asked({ mailbox: 'shared' }), byHand).reclaim).toBe(
      'An administrator takes it back by hand, because the policy leaves that to a person.',
    );
  });
});

describe('Money', () => {
  it.each([
    [68_400, 'USD', '$684'],
    [102_650, 'EUR', '€1,026.50'],
    [9_000, 'JPY', '¥9,000'],
    [0, 'USD', '$0'],
  ])('%i minor units of %s is %s', (minor, currency, text) => {
    expect(moneyText({ minor, currency }, 'en')).toBe(text);
  });

  it('that nobody entered is said to be so', () => {
    expect(yearlyText(undefined, 'en')).toBe('price not entered');
  });
});

describe('Evidence', () => {
  it('is told source by source, the latest kind first, and what is not known last', () => {
    expect(evidenceRows(FACTS.evidence, VIEW)).toEqual([
      ['Sign-in', 'last used 14 Jul 2026'],
      ['Mail', 'last used 12 Jul 2026'],
      ['Teams, OneDrive, SharePoint', 'no use since 26 May 2026'],
      ['Viva Engage, Skype', 'no data'],
    ]);
  });

  it('of a person who never signed in says never, and only there', () => {
    const never = { kind: 'none', since: undefined } as const;
    expect(
      evidenceSentence(
        [
          { source: 'signIn', fact: never },
          { source: 'teams', fact: never },
        ],
        VIEW,
      ),
    ).toBe('Sign-in: never · Teams: no use on record');
  });
});
