import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import type { UserId } from '../../../src/audit/person.js';
import { afterEdit, withFurther, type CardCopy } from '../../../src/cases/asking/copies.js';
import type { Case } from '../../../src/cases/case.js';
import { cardIsStale } from '../../../src/cases/transition.js';
import { CASES, NOW } from '../../cards/a-case.js';

const GRACE = 'grace' as UserId;

/** The case as it is while its question waits, in version 3. */
const ASKED: Case = { ...CASES.asked, version: 3, message: undefined };

const NINE = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

function copyIn(activityId: string, shows = 3, conversationId = 'chat-of-grace'): CardCopy {
  return { to: GRACE, message: { conversationId, activityId, serviceUrl: 'https://teams.example/' }, shows };
}

function idsIn(c: Case | undefined): readonly string[] | undefined {
  return c?.further?.map(({ message }) => message.activityId);
}

describe('a card that somebody opened', () => {
  it('is remembered after those that were opened before', () => {
    const once = withFurther(ASKED, copyIn('a'));
    expect(once).toEqual({ ...ASKED, further: [copyIn('a')] });
    expect(idsIn(once && withFurther(once, copyIn('b')))).toEqual(['a', 'b']);
  });

  it('makes the eldest of eight forgotten', () => {
    const eight = NINE.slice(0, 8).map((id) => copyIn(id));
    expect(idsIn(withFurther({ ...ASKED, further: eight }, copyIn('i')))).toEqual(NINE.slice(1));
  });

  it('is remembered once, with what the worker knows that it shows', () => {
    const known: Case = { ...ASKED, further: [copyIn('a', 2), copyIn('b', 2)] };
    for (const shows of [1, 2, 3]) expect(withFurther(known, copyIn('a', shows))).toBeUndefined();
  });

  it('is another one in another chat, whatever its number', () => {
    const known: Case = { ...ASKED, further: [copyIn('a')] };
    expect(withFurther(known, copyIn('a', 3, 'chat-of-alex'))?.further).toHaveLength(2);
  });

  test.each<[string, Partial<Case>]>([
    ['with the question', { message: { ...copyIn('a').message, shows: 3 } }],
    ['of HR', { copies: [copyIn('a')] }],
    [
      'that tells the person themself',
      {
        notice: {
          is: { kind: 'told', at: NOW, stepsFrom: NOW },
          message: { ...copyIn('a').message, shows: 3 },
        },
      },
    ],
  ])('is not remembered where it is the card %s', (_which, facts) => {
    expect(withFurther({ ...ASKED, ...facts } as Case, copyIn('a'))).toBeUndefined();
  });

  it('of a case that is over is remembered only where it does not say so yet', () => {
    const over: Case = { ...CASES.closed, version: 9 };
    expect(withFurther(over, copyIn('a', 9))).toBeUndefined();
    expect(idsIn(withFurther(over, copyIn('a', 8)))).toEqual(['a']);
  });

  it('is no more remembered once the names in its case were erased', () => {
    const erased: Case = { ...CASES.closed, version: 9, erasedAt: NOW };
    expect(withFurther(erased, copyIn('a', 8))).toBeUndefined();
  });

  it('is never one of more than eight, and never twice there, in whatever order cards are opened', () => {
    const opened = fc.array(fc.record({ id: fc.constantFrom(...NINE, 'j', 'k', 'l'), shows: fc.nat(5) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(opened, (cards) => {
        const c = cards.reduce<Case>(
          (now, { id, shows }) => withFurther(now, copyIn(id, shows)) ?? now,
          ASKED,
        );
        const ids = idsIn(c) ?? [];
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeLessThanOrEqual(8);
        const last = cards.at(-1);
        if (last !== undefined) expect(ids).toContain(last.id);
      }),
    );
  });
});

describe('a card beside the question', () => {
  it('makes a case wait for the worker while it shows an older version', () => {
    expect(cardIsStale({ ...ASKED, further: [copyIn('a', 3)] })).toBe(false);
    expect(cardIsStale({ ...ASKED, further: [copyIn('a', 3), copyIn('b', 2)] })).toBe(true);
    expect(cardIsStale({ ...ASKED, copies: [copyIn('a', 2)] })).toBe(true);
  });

  it('shows what it was edited to, and the others what they showed', () => {
    const c: Case = { ...ASKED, copies: [copyIn('a', 1), copyIn('b', 1)], further: [copyIn('c', 1)] };
    expect(afterEdit(c, copyIn('b'), 3)).toEqual({
      copies: [copyIn('a', 1), copyIn('b', 3)],
      further: [copyIn('c', 1)],
    });
  });

  it('is forgotten where there is nothing more to edit', () => {
    const c: Case = { ...ASKED, further: [copyIn('c', 1), copyIn('d', 1)] };
    expect(afterEdit(c, copyIn('c'), undefined)).toEqual({ further: [copyIn('d', 1)] });
  });
});
