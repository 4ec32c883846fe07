import { expect, it } from '@jest/globals';
import type { Case, CaseId } from '../../src/cases/case.js';
import { meantCase } from '../../src/cli/meant-case.js';
import { WrongUse } from '../../src/cli/exit.js';
import { ADELE, CASES } from '../cards/a-case.js';

const RECLAIMED = CASES.holding;
const GIFT: Case = { ...CASES.holding, caseId: 'gift-1' as CaseId, id: 'gift-1', scenario: 'given' };

it('a name that fits two cases that can be undone is wrong use, and both are listed with their ids', () => {
  const ask = () => meantCase([RECLAIMED, GIFT], ADELE.displayName, 'undoAsked');
  expect(ask).toThrow(WrongUse);
  expect(ask).toThrow(
    /fits 2 cases; give the id of the one that is meant:\n {2}.*, all steps are done and can still be undone: /,
  );
  expect(ask).toThrow(/^ {2}gift-1 {2}is given a license, all steps are done and can still be undone: /m);
});

it('the id of a case means that very case, and a name the only one that can be undone', () => {
  const closed: Case = { ...CASES.closed, caseId: 'later' as CaseId, id: 'later' };
  expect(meantCase([RECLAIMED, GIFT], 'gift-1', 'undoAsked')).toEqual({ kind: 'one', case: GIFT });
  expect(meantCase([RECLAIMED, GIFT], RECLAIMED.caseId, 'undoAsked')).toEqual({
    kind: 'one',
    case: RECLAIMED,
  });
  expect(meantCase([closed, GIFT], ADELE.displayName, 'undoAsked')).toEqual({ kind: 'one', case: GIFT });
});
