import { expect, test } from '@jest/globals';
import { underWay } from '../../src/cases/under-way.js';

/** Work that ends when it is told to. */
function work(): { readonly done: Promise<void>; readonly end: () => void } {
  let end = (): void => undefined;
  const done = new Promise<void>((resolve) => (end = resolve));
  return { done, end: () => end() };
}

test('whoever waits for room waits until so many have ended, in whatever order', async () => {
  const going = underWay();
  const [first, second, third] = [work(), work(), work()];
  for (const { done } of [first, second, third]) going.add(done);
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
  going.add(other.done);
  going.add(Promise.reject(new Error('the store is away')));
  await going.oneEnds();
  await expect(going.until(1)).rejects.toThrow('the store is away');
  other.end();
  await going.oneEnds();
});

test('a failure is told once, to whoever waits next, and ends nothing else', async () => {
  const going = underWay();
  const other = work();
  going.add(other.done);
  going.add(Promise.reject(new Error('the store is away')));
  await expect(going.until(1)).rejects.toThrow('the store is away');
  expect(going.size()).toBe(1);
  other.end();
  await going.until(0);
});
