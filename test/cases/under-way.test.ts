import { expect, test } from '@jest/globals';
import { underWay } from '../../src/cases/under-way.js';

/** Work that ends when it is told to. */
function work(): { readonly done: Promise<void>; readonly end: () => void } {
  let end = (): void => undefined;
  const done = new Promise<void>((resolve) => (end = resolve));
  return { done, end: () => end() };
}

const forEver = (): Promise<void> => new Promise(() => undefined);

test('whoever waits for room waits until so many have ended, in whatever order', async () => {
  const going = underWay();
  const [first, second, third] = [work(), work(), work()];
  for (const [n, { done }] of [first, second, third].entries()) going.begin(`row-${n}`, () => done);
  let hasRoom = false;
  const waiting = going.until(1).then(() => (hasRoom = true));
  third.end();
  await new Promise(setImmediate);
  expect([going.size(), hasRoom]).toEqual([2, false]);
  first.end();
  await waiting;
  expect(going.size()).toBe(1);
  second.end();
  await going.until(0);
  expect(going.size()).toBe(0);
});

test('whoever waits for one to end hears of the first, also when it ended badly', async () => {
  const going = underWay();
  const other = work();
  going.begin('one', () => other.done);
  going.begin('two', () => Promise.reject(new Error('the store is away')));
  await going.oneEndsOr(forEver);
  await expect(going.until(1)).rejects.toThrow('the store is away');
  other.end();
  await going.oneEndsOr(forEver);
});

test('a failure is told once, to whoever waits next, and ends nothing else', async () => {
  const going = underWay();
  const other = work();
  going.begin('one', () => other.done);
  going.begin('two', () => Promise.reject(new Error('the store is away')));
  await expect(going.until(1)).rejects.toThrow('the store is away');
  expect(going.size()).toBe(1);
  other.end();
  await going.until(0);
});

test('a row that is worked on is not begun again', async () => {
  const going = underWay();
  const first = work();
  const begun: number[] = [];
  const begin = (n: number, done: Promise<void>): void =>
    going.begin('row', () => {
      begun.push(n);
      return done;
    });
  begin(1, first.done);
  begin(2, Promise.resolve());
  expect(going.size()).toBe(1);
  first.end();
  await going.until(0);
  begin(3, Promise.resolve());
  await going.until(0);
  expect(begun).toEqual([1, 3]);
});

test('nobody waits longer for one to end than the rest is, and the rest is ended when one has', async () => {
  const going = underWay();
  const slow = work();
  going.begin('slow', () => slow.done);
  await going.oneEndsOr(() => Promise.resolve());
  let isOver = false;
  const waiting = going.oneEndsOr(async (over) => {
    await new Promise((resolve) => over.addEventListener('abort', resolve));
    isOver = true;
  });
  slow.end();
  await waiting;
  await new Promise(setImmediate);
  expect(isOver).toBe(true);
});
