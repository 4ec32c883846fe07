import { describe, expect, it } from '@jest/globals';
import { ownPageCard } from '../../src/cards/own-page-card.js';
import type { StateName } from '../../src/cases/case.js';
import { ownFacts } from '../../src/chat/own-record.js';
import { aFinding } from '../cases/a-finding.js';
import { day } from '../world/people.js';
import { CASES, VIEW } from './a-case.js';
import { OWN, ownPagesIn, TOLD } from './an-own-page.js';

const page = JSON.stringify(ownPageCard(OWN, VIEW));

describe('The page about oneself', () => {
  it('says what somebody holds, how and since when, and when each service was used last', () => {
    for (const words of [
      'Adele Vance',
      'assigned to you, since 15 Jan 2024; through the group Sales, since 15 Jan 2024; through the group Board room',
      '**Visio Plan 2**: through a group, since 15 Jan 2024',
      '"title":"Sign-in","value":"last used 14 Jul 2026"',
      '"title":"Mail","value":"last used 12 Jul 2026"',
      '"title":"Skype","value":"no data"',
      'Microsoft 365 usage data of 21 Nov 2026',
      'From the audit of Mon 23 Nov 2026',
      'Ask your manager or your IT administrators',
    ])
      expect(page).toContain(words);
  });

  it.each(Object.entries({ ...ownPagesIn('Ann', VIEW), ...ownPagesIn('Ann', { ...VIEW, locale: 'de' }) }))(
    'frightens nobody, names no price and asks for nothing (%s)',
    (_name, card) => {
      const words = JSON.stringify(card);
      expect(words).not.toMatch(
        /inactive|inaktiv|idle|unused|ungenutzt|flagged|protected|geschützt|executive/iu,
      );
      expect(words).not.toMatch(/\$\d|€|\bUSD\b|\bprice|Preis|Kosten|\bcost/u);
      expect(words).not.toMatch(/Action\.|Input\./u);
    },
  );

  it('is the same however somebody was judged and whatever protects them', () => {
    const judged = [
      aFinding('Ada'),
      aFinding('Ada', { protections: [{ kind: 'executive', route: 'hr', rule: 'title' }] }),
      aFinding('Ada', { protections: [{ kind: 'onLeave', route: 'hr', rule: 'roster' }] }),
      aFinding('Ada', {
        recommendation: 'adminReview',
        scenario: 'disabledButLicensed',
        securityAlert: true,
      }),
      aFinding('Ada', { verdict: { kind: 'unknown', why: ['no report'] }, scenario: undefined }),
      aFinding('Ada', {
        manager: 'none',
        mailbox: 'shared',
        roster: {
          status: 'left',
          asOf: day('2026-11-20'),
          origin: 'hr.csv',
          leaveFrom: undefined,
          leaveUntil: undefined,
        },
      }),
    ];
    const pages = judged.map((finding) =>
      JSON.stringify(ownPageCard({ ...OWN, facts: ownFacts(finding, new Map()) }, VIEW)),
    );
    expect(new Set(pages).size).toBe(1);
  });

  it('says of somebody without a list where the data ends, and not that there is none', () => {
    const told = JSON.stringify(ownPageCard({ ...OWN, facts: undefined }, VIEW));
    expect(told).toContain(
      'The audit of Mon 23 Nov 2026 has no list of your licenses and their last use to show here.',
    );
    expect(told).toContain('at most licenses and dates without a name');
    expect(told).not.toContain('nothing on record');
  });

  it('has of a case what the person was told, and nothing where nobody told them', () => {
    const withCase = (is: object | undefined): string =>
      JSON.stringify(
        ownPageCard({ ...OWN, told: { ...CASES.scheduled, ...(is && { notice: is as never }) } }, VIEW),
      );
    expect(withCase(TOLD)).toContain('What you were told on Mon 23 Nov 2026');
    expect(withCase(TOLD)).toContain('is taken back. It was decided by');
    expect(withCase(TOLD)).toContain('say so in that message');
    for (const is of [undefined, { is: { kind: 'due' } }, { is: { kind: 'trying', since: TOLD.is.at } }])
      expect(withCase(is)).toBe(page);
  });

  it.each<[StateName, string]>([
    ['adminReview', 'your administrators decide'],
    ['holding', 'It was carried out'],
    ['undone', 'It is given back'],
    ['cancelled', 'Nothing is done'],
  ])('says of a case in %s what the notice says by then', (state, words) => {
    const told = { ...CASES[state], notice: TOLD };
    const said = JSON.stringify(ownPageCard({ ...OWN, told }, VIEW));
    expect(said).toContain(words);
    expect(said).not.toContain('say so in that message');
  });
});
