import { expect, it } from '@jest/globals';
import { LIFE } from '../../src/cases/life.js';
import { meaningOf } from '../../src/cases/state-meanings.js';
import type { StateName } from '../../src/cases/case.js';

it('a person has a task where one is needed', () => {
  expect(meaningOf('needsPerson')).toBe('a person has a task');
});

it.each(Object.keys(LIFE) as StateName[])('%s is told in half a sentence', (state) => {
  expect(meaningOf(state)).toMatch(/^(a|all|an|HR|it|reclaim|somebody|the|what) [^.:;{}]+$/);
});
