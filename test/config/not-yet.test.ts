import { describe, expect, it } from '@jest/globals';
import { notCarriedOut } from '../../src/config/not-yet.js';
import { policyOf } from '../world/policies.js';

describe('what a policy asks for and this version does not do', () => {
  it('is nothing for the defaults', () => {
    expect(notCarriedOut(policyOf(''))).toEqual([]);
  });

  it.each([['reclaim: { licenses: all }', 'reclaim.licenses']])('says so of %s', (yaml, key) => {
    expect(notCarriedOut(policyOf(yaml)).some((sentence) => sentence.startsWith(key))).toBe(true);
  });
});
