import { describe, expect, it } from '@jest/globals';
import { deletedAt } from '../../src/actions/plan-deletion.js';
import { filesEnd } from '../../src/cases/answering/files-plan.js';
import type { CaseIn, Instant } from '../../src/cases/case.js';
import type { CaseStep, StepProgress } from '../../src/cases/step.js';
import { ADELE, CASES } from '../cards/a-case.js';
import { policyOf } from '../world/policies.js';

const at = (day: string): Instant => `${day}T09:00:00.000Z` as Instant;

describe('the end of files without a license', () => {
  it('is their archive, 93 days later, where the account stays', () => {
    expect(filesEnd(at('2026-12-14'), undefined)).toEqual({ archivedAt: at('2027-03-17') });
  });

  it('is 30 days after the account where that comes first', () => {
    expect(filesEnd(at('2026-12-14'), at('2027-01-13'))).toEqual({ deletedAt: at('2027-02-12') });
    expect(filesEnd(at('2026-12-14'), at('2027-03-01'))).toEqual({ archivedAt: at('2027-03-17') });
  });
});

describe('when an account goes', () => {
  // Decided on 24 November 2026, 13:30; done on 14 December; held until 13 January.
  const gone: CaseIn<'holding'> = { ...CASES.holding, scenario: 'leftCompany', deletes: true };
  const policy = policyOf('timetable: { delete: P60D }');

  it('is after its wait, counted from the decision', () => {
    expect(deletedAt(gone, policy)).toBe('2027-01-23T13:30:00.000Z');
  });

  it('is the end of the undo window where that comes later', () => {
    expect(deletedAt(gone, policyOf('timetable: { delete: P30D }'))).toBe(gone.holdUntil);
  });

  it('is never where nobody decided it, the policy does not, or an admin has left the rest', () => {
    const { deletes: _deletes, ...kept } = gone;
    expect(deletedAt(kept, policy)).toBeUndefined();
    expect(deletedAt(gone, policyOf(''))).toBeUndefined();
    const by = { id: ADELE.id, displayName: 'Adele' };
    const rest = { waived: { of: 'rest', left: [] }, by, at: at('2026-12-20'), reason: 'No.' } as const;
    expect(deletedAt({ ...gone, waivers: [rest] }, policy)).toBeUndefined();
  });

  it('is what its step says, once there is one', () => {
    const withStep = (progress: StepProgress): CaseIn<'holding'> => ({
      ...gone,
      steps: [
        ...gone.steps,
        {
          step: { kind: 'deleteAccount', userId: gone.userId },
          progress,
          notBefore: at('2027-01-23'),
        } as CaseStep,
      ],
    });
    const before = { of: 'account', present: true } as const;
    expect(deletedAt(withStep({ is: 'planned' }), policy)).toBe(at('2027-01-23'));
    expect(deletedAt(withStep({ is: 'done', at: at('2027-02-01'), before }), policy)).toBe(at('2027-02-01'));
    expect(deletedAt(withStep({ is: 'skipped', why: 'It stays.' }), policy)).toBeUndefined();
  });
});
