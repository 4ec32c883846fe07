import { describe, expect, it } from '@jest/globals';
import { isoDayIn } from '../../../src/audit/day.js';
import {
  chatRules,
  protectionId,
  type ChatProtection,
} from '../../../src/audit/protection/chat-protection.js';
import { userId } from '../../world/people.js';

const ADA = userId('Ada');

const PROTECTION: ChatProtection = {
  id: protectionId(ADA),
  kind: 'chatProtection',
  userId: ADA,
  displayName: 'Ada Lovelace',
  userPrincipalName: 'ada@harbor.example',
  how: 'exempt',
  until: '2026-12-31',
  reason: 'on a project',
  by: { id: userId('Alex'), displayName: 'Alex' },
  at: '2026-11-23T06:00:00.000Z',
};

describe('A protection of the chat', () => {
  it('names who said it, why and until when', () => {
    expect(chatRules(PROTECTION, '2026-11-24')).toEqual([
      'said in chat by Alex on 2026-11-23, because: on a project, until 2026-12-31',
    ]);
  });

  it('holds on its last day and not on the day after, and without an end for ever', () => {
    expect(chatRules(PROTECTION, '2026-12-31')).toHaveLength(1);
    expect(chatRules(PROTECTION, '2027-01-01')).toEqual([]);
    const { until: _until, ...endless } = PROTECTION;
    expect(chatRules(endless, '2999-01-01')).toEqual([
      'said in chat by Alex on 2026-11-23, because: on a project',
    ]);
    expect(chatRules(undefined, '2026-11-24')).toEqual([]);
  });

  it.each([
    ['2026-12-31T23:30:00.000Z', 'Etc/UTC', '2026-12-31'],
    ['2026-12-31T23:30:00.000Z', 'Europe/Berlin', '2027-01-01'],
    ['2027-01-01T04:30:00.000Z', 'America/New_York', '2026-12-31'],
    // The clock was put back at three that night.
    ['2026-10-25T00:30:00.000Z', 'Europe/Berlin', '2026-10-25'],
    ['2026-10-24T22:30:00.000Z', 'Europe/Berlin', '2026-10-25'],
  ])('ends with the day of the tenant: %s in %s is %s', (at, timeZone, day) => {
    expect(isoDayIn(new Date(at), timeZone)).toBe(day);
  });
});
