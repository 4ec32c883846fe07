import { expect, it } from '@jest/globals';
import { chart } from '../../src/cards/query-parts.js';
import type { Group } from '../../src/chat/query/groups.js';
import { VIEW } from './a-case.js';
import { adminCards } from './admin-gallery.js';

const GROUPS: readonly Group[] = ['Sales', 'Finance'].map((label) => ({
  ...{ label, people: 1, licenses: 2, withoutPrice: 0 },
  cost: [{ minor: 68_450, currency: 'USD' }],
}));

const NUMBERED = { type: 'Chart.HorizontalBar', displayMode: 'AbsoluteNoAxis' };

it('Bars have their numbers beside them, and no axis, which would show halves of people', () => {
  const look = { isWhole: false, name: 40, detail: 40 };
  expect(chart('', GROUPS, { by: 'department', of: 'people' }, look, VIEW)).toMatchObject(NUMBERED);
  expect(adminCards('Adele')['campaign-status']).toMatchObject({
    body: expect.arrayContaining([expect.objectContaining(NUMBERED)]),
  });
});
