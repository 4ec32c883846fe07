import { describe, expect, it, test } from '@jest/globals';
import type { Finding } from '../../src/audit/finding.js';
import type { UserId } from '../../src/audit/person.js';
import { awayPeople, whomToAsk } from '../../src/cases/routing.js';
import { userId } from '../world/people.js';
import { aFinding, GRACE } from './a-finding.js';

const nobody: ReadonlySet<UserId> = new Set();

describe('whomToAsk', () => {
  it('asks the manager', () => {
    expect(whomToAsk(aFinding('Ada'), nobody)).toEqual({
      kind: 'ask',
      person: { id: GRACE.id, displayName: 'Grace Hopper' },
    });
  });

  test.each<[Finding['manager'], string]>([
    ['none', 'The directory names no manager.'],
    [{ unknown: 'Graph gave no answer' }, 'The manager could not be read from the directory.'],
    [{ ...GRACE, id: userId('Ada') }, 'The directory names the person as their own manager.'],
    [{ ...GRACE, accountEnabled: false }, 'The manager’s account is disabled.'],
  ])('hands to the admins what a manager like %j cannot answer', (manager, why) => {
    expect(whomToAsk(aFinding('Ada', { manager }), nobody)).toEqual({ kind: 'adminReview', why });
  });

  it('asks nobody who looks inactive in the same audit', () => {
    expect(whomToAsk(aFinding('Ada'), new Set([GRACE.id]))).toEqual({
      kind: 'adminReview',
      why: 'The manager looks inactive too.',
    });
  });

  it('asks neither of two who are each other’s manager and both inactive', () => {
    const ada = aFinding('Ada');
    const grace = aFinding('Grace Hopper', { manager: { ...GRACE, id: ada.person.id } });
    const candidates = new Set([ada.person.id, grace.person.id]);
    expect([ada, grace].map((finding) => whomToAsk(finding, candidates).kind)).toEqual([
      'adminReview',
      'adminReview',
    ]);
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
