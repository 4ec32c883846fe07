import { expect, test } from '@jest/globals';
import { protectionCaveats, unansweredCaveats } from '../../../src/audit/protection/caveats.js';

const WHY = 'Microsoft Graph refused. The app needs a permission.';

test('everything was read: there is nothing to say', () => {
  expect(protectionCaveats({ notRead: [], chainsUnknown: 0 })).toEqual([]);
});

test.each([
  [
    'eligibleRoles',
    `People who may activate a directory role are not protected as admins unless they hold one now: ${WHY}`,
  ],
  [
    'mailboxPurposes',
    `Nobody knows which mailboxes are shared or of rooms, so every candidate is left to an admin: ${WHY}`,
  ],
  ['sponsors', `The sponsors of guests are not told: ${WHY}`],
] as const)('what could not be read is told with what follows and why: %s', (what, sentence) => {
  expect(protectionCaveats({ notRead: [{ what, why: WHY }], chainsUnknown: 0 })).toEqual([sentence]);
});

test.each([
  [1, 'Of 1 person a manager'],
  [7, 'Of 7 people a manager'],
])('people whose way to the top is not known are counted: %i', (chainsUnknown, beginning) => {
  expect(protectionCaveats({ notRead: [], chainsUnknown })).toEqual([
    `${beginning} on the way up could not be read, so they count as executives, whom only HR sees.`,
  ]);
});

test('candidates of whose mailbox Graph said nothing are counted, and nobody else', () => {
  const unanswered = { scenario: 'inactive', mailbox: { unknown: 'Graph gave no answer' } } as const;
  const others = [
    { scenario: undefined, mailbox: { unknown: 'read for candidates only' } },
    { scenario: 'inactive', mailbox: { unknown: WHY } },
    { scenario: 'inactive', mailbox: 'user' },
  ] as const;
  expect(unansweredCaveats(others)).toEqual([]);
  expect(unansweredCaveats([unanswered, ...others])).toEqual([
    '1 candidate is left to an admin, because Graph gave no answer when asked what the mailbox is for. ' +
      'Run the audit again later.',
  ]);
  expect(unansweredCaveats([unanswered, unanswered])[0]).toMatch(/^2 candidates are left/);
});
