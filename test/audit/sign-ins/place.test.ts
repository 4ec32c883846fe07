import { describe, expect, test } from '@jest/globals';
import {
  afterPassPage,
  afterSample,
  afterSweepPage,
  atTheBeginning,
  fromOf,
  knownOf,
  stillOfUse,
  withoutSweep,
  type Beginning,
  type Listing,
  type SignInPlace,
} from '../../../src/audit/sign-ins/place.js';
import { NOW, userId } from '../../world/people.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const UNTIL = new Date(NOW.getTime() - 90 * DAY_MS);

/** A page of so many rows out of 1,200, after which `next` follows. */
const page = (rows: number, next?: string) => ({
  rows: Array.from({ length: rows }, (_, n) => ({
    userId: userId(`P${n}`),
    successful: undefined,
    interactive: undefined,
    nonInteractive: undefined,
  })),
  total: 1_200,
  next,
});

const listing = (more: Partial<Listing> = {}): Listing => ({
  rows: 157_000,
  rowsRead: 50_000,
  found: 30_000,
  needed: 60_000,
  next: 'https://graph.example/next',
  ended: false,
  ...more,
});
const place = (more: Partial<SignInPlace> = {}): SignInPlace => ({
  ...atTheBeginning(UNTIL),
  startedAt: NOW,
  ...more,
});
const beginning = (hours: number, needed = 60_000): Beginning => ({
  now: new Date(NOW.getTime() + hours * HOUR_MS),
  olderThan: new Date(UNTIL.getTime() + hours * HOUR_MS),
  needed,
});

describe('a place', () => {
  test('moves on with each page, and ends with the sweep', () => {
    let at = place();
    expect(knownOf(at)).toEqual({ sweep: undefined, pass: undefined, sample: { asked: 0, inSweep: 0 } });
    at = afterSweepPage(at, { done: false, value: page(500, 'a') }, { found: 400, needed: 900 });
    at = afterSweepPage(at, { done: false, value: page(500, 'b') }, { found: 300, needed: 600 });
    const two = { rows: 1_200, rowsRead: 1_000, found: 700, needed: 600, next: 'b', ended: false };
    expect(at.sweep).toEqual(two);
    expect(fromOf(at.sweep)).toEqual({ next: 'b', total: 1_200, read: 1_000 });
    at = afterSweepPage(at, { done: false, value: page(200) }, { found: 100, needed: 500 });
    expect(fromOf(at.sweep)).toBeUndefined();
    at = afterSweepPage(at, { done: true, value: undefined }, { found: 0, needed: 500 });
    expect(at.sweep).toEqual({
      ...two,
      rowsRead: 1_200,
      found: 800,
      needed: 500,
      next: undefined,
      ended: true,
    });
  });

  test('of a sweep of nobody has ended at once', () => {
    const at = afterSweepPage(place(), { done: true, value: undefined }, { found: 0, needed: 7 });
    expect(at.sweep).toMatchObject({ rows: 0, rowsRead: 0, ended: true });
  });

  test('counts samples, and forgets them with their sweep', () => {
    const at = afterSample(afterSample(place({ sweep: listing() }), 15, 12), 15, 14);
    expect(at.sample).toEqual({ asked: 30, inSweep: 26 });
    expect(withoutSweep(at, NOW)).toEqual(atTheBeginning(NOW));
    const pass = listing();
    expect(withoutSweep({ ...at, pass }, NOW)).toEqual({ ...place({ pass }), until: NOW });
  });

  test('of a pass is nothing to go on from when no page follows', () => {
    const at = afterPassPage(place(), page(200), { found: 9, needed: 3 });
    expect(knownOf(at).pass).toBeUndefined();
  });
});

describe('a place of an earlier run', () => {
  const whole = place({ sweep: listing({ rows: 9_000, rowsRead: 500 }), pass: listing() });

  test.each([0, 5, 23.99])('is of use %d hours later', (hours) => {
    expect(stillOfUse(whole, beginning(hours), DAY_MS)).toEqual(whole);
  });

  test.each([24, 100, -1])('is of no use %d hours later', (hours) => {
    const now = beginning(hours);
    expect(stillOfUse(whole, now, DAY_MS)).toEqual(atTheBeginning(now.olderThan));
  });

  test('without a first request is of no use', () => {
    expect(stillOfUse({ ...whole, startedAt: undefined }, beginning(0), DAY_MS)).toEqual(
      atTheBeginning(UNTIL),
    );
  });

  test('has no sweep of other days, but the pass', () => {
    const olderThan = new Date(NOW.getTime() - 60 * DAY_MS);
    expect(stillOfUse(whole, { ...beginning(0), olderThan }, DAY_MS)).toEqual({
      ...whole,
      until: olderThan,
      sweep: undefined,
    });
  });

  test('has no listing whose last page was read without its end', () => {
    const cut = place({ sweep: listing({ next: undefined }), pass: listing({ next: undefined }) });
    expect(stillOfUse(cut, beginning(0), DAY_MS)).toEqual(atTheBeginning(UNTIL));
    const ended = place({ sweep: listing({ next: undefined, ended: true }) });
    expect(stillOfUse(ended, beginning(0), DAY_MS)).toEqual(ended);
  });

  // 50,000 rows were 100 pages; so much do 1,500 people cost by id.
  test.each([
    [60_000 + 1_499, true],
    [60_000 + 1_500, false],
    [100, true],
  ])('for %i people, where 60,000 were without a row: %p', (needed, isOfUse) => {
    const at = place({ pass: listing() });
    expect(stillOfUse(at, beginning(0, needed), DAY_MS).pass).toEqual(isOfUse ? at.pass : undefined);
  });
});
