import { describe, expect, it, test } from '@jest/globals';
import type { Case, CaseId, Instant } from '../../src/cases/case.js';
import { findCase } from '../../src/cases/find-case.js';
import { CASES, FACTS, userId } from '../cards/a-case.js';

function about(displayName: string, number: number, change: Partial<Case> = {}): Case {
  const userPrincipalName = `${displayName.toLowerCase().replace(/\s/g, '.')}@harbor.example`;
  const subject = { ...FACTS.subject, displayName, userPrincipalName };
  const caseId = `case-${number}` as CaseId;
  return { ...CASES.asked, caseId, id: caseId, userId: userId(number), subject, ...change } as Case;
}

const ADA = about('Ada Lovelace', 1);
const ADAM = about('Adam Smith', 2);
const GRACE = about('Grace Hopper', 3);
const ALL = [ADA, ADAM, GRACE];

describe('findCase', () => {
  test.each([
    ['grace hopper', GRACE],
    ['GRACE', GRACE],
    ['  Grace  ', GRACE],
    ['grace.hopper@harbor.example', GRACE],
    ['grace.hopper', GRACE],
    [userId(1), ADA],
    ['case-2', ADAM],
    ['adam', ADAM],
  ])('finds by %s', (text, found) => {
    expect(findCase(ALL, text)).toEqual({ kind: 'one', case: found });
  });

  it('takes an object id for nobody who calls themself so', () => {
    const id = '0a0a0a0a-0000-4000-8000-00000000abcd' as Case['userId'];
    const posing = about(id, 4);
    expect(findCase([...ALL, posing], id)).toEqual({ kind: 'none' });
    const theirs = about('Ida Rolf', 5, { userId: id });
    expect(findCase([posing, theirs], id.toUpperCase())).toEqual({ kind: 'one', case: theirs });
  });

  it('names all when the start of a name fits several', () => {
    expect(findCase(ALL, 'ada')).toEqual({ kind: 'several', cases: [ADA, ADAM] });
  });

  it('prefers who is called exactly so', () => {
    const ada = about('Ada', 4);
    expect(findCase([...ALL, ada], 'ada')).toEqual({ kind: 'one', case: ada });
  });

  test.each(['', '   ', 'hopper', 'nobody', '*', '.*'])('finds nobody by %j', (text) => {
    expect(findCase(ALL, text)).toEqual({ kind: 'none' });
  });

  it('takes the newest of one person’s cases, in whatever order they come', () => {
    const older = about('Ada Lovelace', 1, { openedAt: '2026-01-01T00:00:00.000Z' as Instant });
    expect(findCase([older, ADA], 'ada l')).toEqual({ kind: 'one', case: ADA });
    expect(findCase([ADA, older], 'ada l')).toEqual({ kind: 'one', case: ADA });
  });

  it('finds an earlier case by its own id', () => {
    const older = about('Ada Lovelace', 1, {
      openedAt: '2026-01-01T00:00:00.000Z' as Instant,
      caseId: 'case-old' as CaseId,
    });
    expect(findCase([older, ADA], 'case-old')).toEqual({ kind: 'one', case: older });
  });

  it('reads letters however they were put together', () => {
    const zoe = about('Zoë Ångström', 5);
    expect(findCase([zoe], 'Zoe\u0308 A\u030angstro\u0308m')).toEqual({ kind: 'one', case: zoe });
  });
});
