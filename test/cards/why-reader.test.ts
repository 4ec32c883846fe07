import { expect, test } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import type { CaseIn } from '../../src/cases/case.js';
import { whyReader } from '../../src/cards/why-reader.js';
import { ENGLISH } from '../../src/i18n/locale.js';
import type { ReadyText } from '../../src/i18n/text.js';
import { CASES } from './a-case.js';

const BOB = 'b0b' as UserId;
const due = 'Mon 30 Nov' as ReadyText;
const why = (...questions: readonly CaseIn<'asked'>[]): string =>
  whyReader(questions, due, ENGLISH, 'digest.asAnswerer');

/** Asked of Bob, whom somebody of this name has named. */
function namedBy(displayName: string, named = BOB): CaseIn<'asked'> {
  const hop = { askedOf: { id: displayName as UserId, displayName }, until: CASES.asked.openedAt, why: 'x' };
  return { ...CASES.asked, askedOf: BOB, hops: [{ ...hop, named }] };
}

test('one person who named somebody for all of a message is told, in no words that they could have written', () => {
  expect(why(namedBy('Grace'), namedBy('Grace'))).toContain('because Grace named you');
  expect(why(namedBy('**Grace**'))).not.toContain('**Grace**');
});

test.each([
  ['two people named them', [namedBy('Grace'), namedBy('Hans')]],
  ['a part came otherwise', [namedBy('Grace'), { ...CASES.asked, askedOf: BOB }]],
  ['somebody else was named, who could not be asked', [namedBy('Grace', 'else' as UserId)]],
])('nobody is named where %s', (_case, questions) => {
  expect(why(...questions)).toContain('because you are the one who can answer');
});

test('a manager is asked as the manager, whoever named them', () => {
  const manager = { id: BOB, displayName: 'Bob' };
  expect(why({ ...namedBy('Grace'), manager })).toContain('as the manager named in the directory');
});
