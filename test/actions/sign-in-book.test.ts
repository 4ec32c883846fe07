import { expect, test } from '@jest/globals';
import { signInBook } from '../../src/actions/sign-in-book.js';
import type { SignInRow } from '../../src/graph/graph-door.js';
import { daysAgo, NOW, userId } from '../world/people.js';

const HOUR = 3_600_000;
const ADA: SignInRow = {
  userId: userId('Ada'),
  successful: new Date(daysAgo(150)),
  interactive: undefined,
  nonInteractive: undefined,
};

const inMs = (ms: number): Date => new Date(NOW.getTime() + ms);

test('a row is known from the moment it was asked for, and not an instant longer than it is fresh', () => {
  const book = signInBook(HOUR);
  expect(book.find(ADA.userId, NOW)).toBeUndefined();
  book.note([ADA.userId], [ADA], NOW);
  expect(book.find(ADA.userId, NOW)?.row).toEqual(ADA);
  expect(book.find(ADA.userId, inMs(HOUR - 1))?.row).toEqual(ADA);
  expect(book.find(ADA.userId, inMs(HOUR))).toBeUndefined();
});

test('somebody of whom Graph has no row is known as well, and others are not', () => {
  const book = signInBook(HOUR);
  book.note([ADA.userId, userId('Ben')], [ADA], NOW);
  expect(book.find(userId('Ben'), NOW)).toMatchObject({ row: undefined });
  expect(book.find(userId('Carl'), NOW)).toBeUndefined();
});

test('a newer answer takes the place of an older one, and its age', () => {
  const book = signInBook(HOUR);
  book.note([ADA.userId], [ADA], NOW);
  const back = { ...ADA, successful: inMs(HOUR / 2) };
  book.note([ADA.userId], [back], inMs(HOUR / 2));
  expect(book.find(ADA.userId, inMs(HOUR))?.row).toEqual(back);
});

test('nothing is known any more once the clock was put back behind the answer', () => {
  const book = signInBook(HOUR);
  book.note([ADA.userId], [ADA], NOW);
  expect(book.find(ADA.userId, inMs(-1))).toBeUndefined();
  expect(book.find(ADA.userId, NOW)).toBeUndefined();
});
