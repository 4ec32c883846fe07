import { describe, expect, it } from '@jest/globals';
import { notCarriedOut } from '../../src/config/not-yet.js';
import { policyOf } from '../world/policies.js';

const NOTHING_SPECIAL = `
approvals: { second: whenAvailable }
`;

describe('what a policy asks for and this version does not do', () => {
  it('is nothing for a policy that asks only for what is there', () => {
    expect(notCarriedOut(policyOf(NOTHING_SPECIAL))).toEqual([]);
  });

  it('is named key by key for the defaults', () => {
    const keys = notCarriedOut(policyOf('')).map((sentence) => sentence.split(':')[0]);
    expect(keys).toEqual(['approvals']);
  });

  it.each([
    ['timetable: { delete: P60D }', 'timetable.delete'],
    ['reclaim: { licenses: all }', 'reclaim.licenses'],
    ['privacy: { retainDays: 30 }', 'privacy.retainDays'],
  ])('says so of %s', (yaml, key) => {
    expect(notCarriedOut(policyOf(yaml)).some((sentence) => sentence.startsWith(key))).toBe(true);
  });
});
