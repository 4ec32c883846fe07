import { describe, expect, test } from '@jest/globals';
import { signInEvidence, type SignInSource } from '../../../src/audit/sign-ins/sign-in.js';
import { day, userId } from '../../world/people.js';

const good: SignInSource = {
  kind: 'read',
  asked: 500,
  rows: 500,
  withDates: 480,
  withSuccess: 470,
  othersHaveValues: true,
};
const young = day('2025-06-01');
const old = day('2019-06-01');

function row(dates: { successful?: string; interactive?: string; nonInteractive?: string } = {}) {
  const at = (date: string | undefined) => (date === undefined ? undefined : new Date(date));
  return {
    userId: userId('ada'),
    successful: at(dates.successful),
    interactive: at(dates.interactive),
    nonInteractive: at(dates.nonInteractive),
  };
}

test('dates are days in UTC', () => {
  const evidence = signInEvidence(
    row({ successful: '2026-11-20T23:59:59Z', interactive: '2026-11-21T00:00:00Z' }),
    good,
    young,
  );
  expect(evidence).toEqual({
    successful: { kind: 'on', day: day('2026-11-20') },
    interactive: { kind: 'on', day: day('2026-11-21') },
    nonInteractive: { kind: 'none', since: undefined },
  });
});

describe('a row without dates', () => {
  test('means never, when the pass was read and others have values', () => {
    expect(signInEvidence(row(), good, young)).toMatchObject({
      successful: { kind: 'none', since: undefined },
    });
  });

  test.each([
    ['are older than the records', old],
    ['have no creation date, because they are older still', undefined],
  ])('means "not since April 2020" for accounts that %s', (_name, created) => {
    expect(signInEvidence(row(), good, created)).toMatchObject({
      successful: { kind: 'none', since: day('2020-04-01') },
      interactive: { kind: 'none', since: day('2020-04-01') },
    });
  });

  test('means nothing when nobody has values just now, whatever was kept of others', () => {
    const blank: SignInSource = { ...good, othersHaveValues: false, isBlankNow: true };
    expect(signInEvidence(row(), blank, young)).toEqual({
      unknown: 'nobody in the tenant has a sign-in date',
    });
    expect(signInEvidence(row({ successful: '2026-11-20T08:00:00Z' }), blank, young)).toMatchObject({
      successful: { kind: 'on', day: day('2026-11-20') },
    });
  });

  test('means nothing when nobody has values', () => {
    const blank: SignInSource = { ...good, withDates: 0, withSuccess: 0, othersHaveValues: false };
    expect(signInEvidence(row(), blank, young)).toEqual({
      unknown: 'nobody in the tenant has a sign-in date',
    });
  });

  test('means never also where none of those asked has one, as long as others have', () => {
    const noneOfThem: SignInSource = { ...good, asked: 3, rows: 3, withDates: 0, withSuccess: 0 };
    expect(signInEvidence(row(), noneOfThem, young)).toMatchObject({
      successful: { kind: 'none', since: undefined },
    });
  });
});

test('a person whom the pass did not return is unknown', () => {
  expect(signInEvidence(undefined, good, young)).toEqual({
    unknown: 'the person is not among the sign-in rows',
  });
});

test('without a pass everybody is unknown, for its reason', () => {
  expect(signInEvidence(undefined, { kind: 'unread', why: 'the tenant has no Entra ID P1' }, young)).toEqual({
    unknown: 'the tenant has no Entra ID P1',
  });
});

describe('attempts without a recorded success', () => {
  test('mean no success since 2023-12-01, when the account is older than that', () => {
    const evidence = signInEvidence(row({ interactive: '2022-05-01T08:00:00Z' }), good, old);
    expect(evidence).toMatchObject({ successful: { kind: 'none', since: day('2023-12-01') } });
    const undated = signInEvidence(row({ nonInteractive: '2026-11-01T08:00:00Z' }), good, undefined);
    expect(undated).toMatchObject({ successful: { kind: 'none', since: day('2023-12-01') } });
  });

  test('mean never a success, when the account is younger', () => {
    const evidence = signInEvidence(row({ interactive: '2026-05-01T08:00:00Z' }), good, young);
    expect(evidence).toMatchObject({ successful: { kind: 'none', since: undefined } });
  });

  test('are believed where they contradict the creation date', () => {
    const evidence = signInEvidence(row({ interactive: '2023-05-01T08:00:00Z' }), good, young);
    expect(evidence).toMatchObject({ successful: { kind: 'none', since: day('2023-12-01') } });
  });

  test('mean nothing when nobody in the tenant has a success', () => {
    const blank: SignInSource = { ...good, withSuccess: 0, othersHaveValues: false };
    expect(signInEvidence(row({ interactive: '2026-05-01T08:00:00Z' }), blank, young)).toMatchObject({
      successful: { kind: 'unknown' },
    });
  });
});

test('a date in year 1 is no date', () => {
  const evidence = signInEvidence(
    row({ successful: '0001-01-01T00:00:00Z', interactive: '0001-01-01T00:00:00Z' }),
    good,
    young,
  );
  expect(evidence).toMatchObject({
    successful: { kind: 'none', since: undefined },
    interactive: { kind: 'none' },
  });
});
