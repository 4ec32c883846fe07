import { describe, expect, it, test } from '@jest/globals';
import type { Case, CaseId, Instant } from '../../src/cases/case.js';
import { caseMeant, caseMeantBy } from '../../src/cases/meant-case.js';
import { ADELE, CASES } from '../cards/a-case.js';

function aCase(
  state: 'kept' | 'decided' | 'holding' | 'undoing' | 'closed' | 'needsPerson',
  day: number,
): Case {
  const caseId = `case-${day}` as CaseId;
  return { ...CASES[state], caseId, id: caseId, openedAt: `2026-11-0${day}T00:00:00.000Z` as Instant };
}

const KEPT = aCase('kept', 1);
const HOLDING = aCase('holding', 2);
const GIFT = aCase('holding', 3);
const UNDOING = aCase('undoing', 4);
const CLOSED = aCase('closed', 5);
const WAITING = aCase('needsPerson', 6);

describe('of several cases of one person', () => {
  test.each<[string, readonly Case[], Case]>([
    ['the only one that can be undone, although a newer one is over', [HOLDING, CLOSED], HOLDING],
    ['the only one that can be undone, although an older one is kept', [KEPT, GIFT], GIFT],
    ['the one that is being undone, when an undo is asked for again', [UNDOING, CLOSED], UNDOING],
    ['the newest, when none can be undone', [CLOSED, KEPT], CLOSED],
  ])('an undo means %s', (_name, cases, meant) => {
    expect(caseMeant(cases, 'undoAsked')).toEqual({ kind: 'one', case: meant });
    expect(caseMeant(cases.toReversed(), 'undoAsked')).toEqual({ kind: 'one', case: meant });
  });

  it('an undo is not guessed where two can be undone, or one is being undone', () => {
    expect(caseMeant([HOLDING, CLOSED, GIFT], 'undoAsked')).toEqual({
      kind: 'several',
      cases: [GIFT, HOLDING],
    });
    expect(caseMeant([HOLDING, UNDOING], 'undoAsked').kind).toBe('several');
  });

  it('a waiver means the one that goes on by it', () => {
    expect(caseMeant([GIFT, WAITING, CLOSED], 'waived')).toEqual({ kind: 'one', case: WAITING });
    expect(caseMeant([WAITING, aCase('decided', 7)], 'waived').kind).toBe('several');
    // Nothing waits: what is held may have files that somebody has to see to.
    expect(caseMeant([HOLDING, CLOSED], 'waived')).toEqual({ kind: 'one', case: HOLDING });
  });

  it('a review means the one that waits for it, and no gift beside it that is newer', () => {
    const decided = aCase('decided', 1);
    for (const wanted of ['released', 'vetoed'] as const)
      expect(caseMeant([decided, GIFT, CLOSED], wanted)).toEqual({ kind: 'one', case: decided });
  });

  it('the one whose whole id was written is meant, whatever can be done in it', () => {
    const meant = (text: string) => caseMeantBy(text, ADELE.id, [HOLDING, GIFT, CLOSED], 'undoAsked');
    expect(meant(' Case-2 ')).toEqual({ kind: 'one', case: HOLDING });
    expect(meant('case-5')).toEqual({ kind: 'one', case: CLOSED });
    expect(meant('case').kind).toBe('several');
  });
});

it('nobody’s case is none', () => {
  expect(caseMeant([], 'undoAsked')).toEqual({ kind: 'none' });
});
