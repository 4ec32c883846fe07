import { expect, it } from '@jest/globals';
import { LIFE } from '../../src/cases/life.js';
import { MEANINGS } from '../../src/cases/state-meanings.js';
import type { StateName } from '../../src/cases/case.js';
import { CATALOGS } from '../../src/i18n/locale.js';

it.each(Object.keys(LIFE) as StateName[])('%s means the same at the terminal and in chat', (state) => {
  expect(CATALOGS.en[`part.state.${state}`]).toBe(MEANINGS[state]);
  expect(MEANINGS[state]).toMatch(/^(a|all|an|HR|it|reclaim|somebody|the|what) [^.:;]+$/);
});
