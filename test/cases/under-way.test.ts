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
  await going.oneEndsOr(forEver, new AbortController().signal);
  await expect(going.until(1)).rejects.toThrow('the store is away');
  other.end();
  await going.oneEndsOr(forEver, new AbortController().signal);
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

test('a row is known as worked on until its work has ended, well or badly', async () => {
  const going = underWay();
  const first = work();
  going.begin('row', () => first.done);
  going.begin('failing', () => Promise.reject(new Error('the store is away')));
  expect([going.has('row'), going.has('failing'), going.has('other')]).toEqual([true, true, false]);
  first.end();
  await expect(going.until(0)).rejects.toThrow('the store is away');
  expect([going.has('row'), going.has('failing')]).toEqual([false, false]);
});

test('nobody waits longer for one to end than the rest is, and the rest is ended when one has', async () => {
  const going = underWay();
  const slow = work();
  going.begin('slow', () => slow.done);
  const { signal } = new AbortController();
  await going.oneEndsOr(() => Promise.resolve(), signal);
  let isOver = false;
  const waiting = going.oneEndsOr(async (over) => {
    await new Promise((resolve) => over.addEventListener('abort', resolve));
    isOver = true;
  }, signal);
  slow.end();
  await waiting;
  await new Promise(setImmediate);
  expect(isOver).toBe(true);
});

test.each(['before', 'while'])('a rest is ended when everything ends %s it lasts', async (when) => {
  const going = underWay();
  const ending = new AbortController();
  const rest = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve());
    });
  if (when === 'before') ending.abort();
  const waiting = going.oneEndsOr(rest, ending.signal);
  ending.abort();
  await expect(waiting).resolves.toBeUndefined();
});
