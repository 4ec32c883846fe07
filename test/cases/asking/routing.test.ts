import { describe, expect, it, test } from '@jest/globals';
import type { Finding } from '../../../src/audit/finding.js';
import { awayPeople, whomToAsk } from '../../../src/cases/asking/routing.js';
import { userId } from '../../world/people.js';
import { aFinding, GRACE } from '../a-finding.js';

describe('whomToAsk', () => {
  it('asks the manager', () => {
    expect(whomToAsk(aFinding('Ada'))).toEqual({
      kind: 'ask',
      person: { id: GRACE.id, displayName: 'Grace Hopper' },
    });
  });

  test.each<[Finding['manager'], string]>([
    ['none', 'The directory names no manager.'],
    [{ unknown: 'Graph gave no answer' }, 'The manager could not be read from the directory.'],
    [{ ...GRACE, id: userId('Ada') }, 'The directory names the person as their own manager.'],
  ])('looks further from the person on where the manager is %j', (manager, why) => {
    expect(whomToAsk(aFinding('Ada', { manager }))).toEqual({ kind: 'next', why });
  });
});

describe('who is away', () => {
  const inactive = { verdict: { kind: 'inactive', days: 120, lastUse: undefined } } as const;
  const active = { verdict: { kind: 'active', lastUse: undefined } } as const;

  test.each<[string, Partial<Finding>, boolean]>([
    ['somebody inactive', { scenario: 'inactive', ...inactive }, true],
    ['somebody who left, whatever the evidence', { scenario: 'leftCompany', ...active }, true],
    ['somebody active with an unused license', { scenario: 'unusedLicense', ...active }, false],
    ['somebody unknown', { scenario: undefined, verdict: { kind: 'unknown', why: ['late'] } }, false],
    [
      'an inactive executive, whom only HR may know of',
      {
        scenario: 'inactive',
        ...inactive,
        protections: [{ kind: 'executive', route: 'hr', rule: 'protect.executives.titles: chief' }],
      },
      false,
    ],
    [
      'somebody on leave, of whom only HR may know',
      {
        scenario: 'inactive',
        ...inactive,
        protections: [{ kind: 'onLeave', route: 'hr', rule: 'roster of 2026-11-01: on leave' }],
      },
      false,
    ],
  ])('%s', (_who, change, isAway) => {
    const finding = aFinding('Grace', change);
    expect(awayPeople([finding]).has(finding.person.id)).toBe(isAway);
  });
});
