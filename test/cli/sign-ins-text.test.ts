import { describe, expect, it } from '@jest/globals';
import { signInsText } from '../../src/cli/sign-ins-text.js';
import type { SignInEvent } from '../../src/graph/graph-door.js';
import { graphWorld } from '../world/graph-world.js';
import { aPerson } from '../world/people.js';

const GOOD: SignInEvent = {
  at: new Date('2026-11-22T09:50:24.500Z'),
  app: 'Microsoft Teams',
  outcome: { kind: 'success' },
  clientApp: 'Browser',
  isInteractive: true,
  city: 'Portland',
  country: 'US',
};
const BAD: SignInEvent = {
  at: new Date('2026-11-21T03:00:00Z'),
  app: 'Office 365 Exchange Online',
  outcome: { kind: 'failure', code: 50126, reason: 'Invalid username or\u001b[2J password.' },
  clientApp: 'IMAP4',
  isInteractive: false,
  city: undefined,
  country: 'BR',
};
const BLANK: SignInEvent = {
  at: undefined,
  app: undefined,
  outcome: undefined,
  clientApp: undefined,
  isInteractive: undefined,
  city: undefined,
  country: undefined,
};
const ADA = aPerson('Ada Moor', { signInLog: [GOOD, BAD, BLANK] });
const LONG_AGO = new Date('2026-10-24T00:00:00Z');

async function textOf(limit: number, days: number): Promise<readonly string[]> {
  const log = await graphWorld([ADA]).signInLogOf(ADA.person.id, LONG_AGO, limit);
  return signInsText(ADA.person, log, days).split('\n');
}

describe('the sign-in log at a terminal', () => {
  it('is a table, a sum and what the log can and cannot tell', async () => {
    expect(await textOf(3, 30)).toEqual([
      'Ada Moor (ada.moor@harbor.example), sign-ins of the last 30 days; times in UTC',
      'WHEN                 RESULT         APP                         CLIENT   INTERACTIVE  FROM          WHY IT FAILED',
      '2026-11-22 09:50:24  success        Microsoft Teams             Browser  yes          Portland, US',
      '2026-11-21 03:00:00  failure 50126  Office 365 Exchange Online  IMAP4    no           BR            Invalid username or [2J password.',
      'unknown              unknown        unknown                     unknown  unknown      unknown',
      '',
      '3 entries: 1 success, 1 failure.',
      '',
      'The log tells to which app somebody signed in, from where, and why it failed. A failure can be a step of a sign-in that then went on, such as the question for a second factor (50074, 50076, 50140).',
      'It does not tell what is older than 30 days, because Microsoft keeps no more, nor the last hours (up to 6), nor what programs and synced phones do by themselves: Graph lists interactive sign-ins only.',
      'An empty log proves nothing beyond that, and no verdict rests on it: audits judge by sign-in dates, which reach back for years.',
    ]);
  });

  it('says when there are more than it shows', async () => {
    const [, , row, , sum] = await textOf(1, 30);
    expect(row).toMatch(/^2026-11-22 /);
    expect(sum).toBe(
      '1 entry: 1 success, 0 failures. These are the newest; there are older ones that are not shown.',
    );
  });

  it('says how far it was asked to look, where that is less than the log has', async () => {
    const text = (await textOf(3, 1)).join('\n');
    expect(text).toContain('sign-ins of the last 1 day;');
    expect(text).toContain('what is older than the 1 day asked for (--days 30 is the most)');
  });

  it('that is empty says so, and that this proves nothing', async () => {
    const text = signInsText(ADA.person, { events: [], hasMore: false }, 30).split('\n');
    expect(text.slice(0, 3)).toEqual([
      'Ada Moor (ada.moor@harbor.example), sign-ins of the last 30 days; times in UTC',
      'The log has none.',
      '',
    ]);
    expect(text.at(-1)).toMatch(/^An empty log proves nothing beyond that, and no verdict rests on it/);
  });
});
