import { describe, expect, it } from '@jest/globals';
import type { SkuId } from '../../../src/audit/person.js';
import type { Case } from '../../../src/cases/case.js';
import type { CaseStep } from '../../../src/cases/step.js';
import { erased } from '../../../src/cases/erasing.js';
import { takenLicenses } from '../../../src/cases/savings/taken-licenses.js';
import { aLicense, CASES } from '../../cards/a-case.js';
import {
  giving,
  as,
  at,
  closed,
  E5,
  leaving,
  removal,
  toReceiver,
  under,
  undone,
  UNPRICED,
  VISIO,
} from './a-taking.js';

/** `standing outcome partNumber cents currency`, a line each. */
function told(c: Case): readonly string[] {
  return takenLicenses(c).map(({ standing, outcome, license, annual }) =>
    [standing, outcome, license.partNumber, annual?.minor, annual?.currency].filter(Boolean).join(' '),
  );
}

const F3 = { skuId: 'f3' as SkuId, name: 'Microsoft 365 F3' };
const CHEAPER = {
  ...F3,
  annualCost: { minor: 9_600, currency: 'USD' },
  keepsMailbox: true,
  keepsFiles: true,
};
const REPLACED = aLicense({ replacement: CHEAPER });
const ALSO_REPLACED = aLicense({
  ...UNPRICED,
  annualCost: { minor: 30_000, currency: 'USD' },
  replacement: CHEAPER,
});

/** A case whose steps go on once a person has done something. */
function waiting(licenses: Case['licenses'], steps: readonly CaseStep[], look: 'effect' | 'clear'): Case {
  const watch = { for: look, index: 0, lookAt: at('2026-02-02') };
  return { ...under('needsPerson', licenses, steps), watch } as Case;
}

describe('What a case took', () => {
  it('is final once it is closed, at the price of its time, and since its end', () => {
    const c = closed({ licenses: [E5, VISIO, UNPRICED] });
    expect(told(c)).toEqual([
      'final freed SPE_E5 68400 USD',
      'final freed VISIOCLIENT 18000 EUR',
      'final freed PROJECTPROFESSIONAL',
    ]);
    expect(takenLicenses(c)[0]?.at).toBe(c.closedAt);
  });

  it('is on hold as long as it can be undone, and says until when', () => {
    const c = under('holding', [E5], [removal('done', [E5])]);
    expect(told(c)).toEqual(['onHold freed SPE_E5 68400 USD']);
    expect(takenLicenses(c)[0]?.at).toBe(CASES.holding.holdUntil);
  });

  it('is in sight from the decision until it was read as gone', () => {
    for (const [state, how] of [
      ['decided', 'planned'],
      ['scheduled', 'planned'],
      ['acting', 'sent'],
    ] as const)
      expect(told(under(state, [E5], [removal(how, [E5])]))).toEqual(['inSight freed SPE_E5 68400 USD']);
    for (const look of ['effect', 'clear'] as const)
      expect(told(waiting([E5], [removal('planned', [E5])], look))).toEqual([
        'inSight freed SPE_E5 68400 USD',
      ]);
  });

  it('is not in sight where it was stopped halfway and nobody looks for it any more', () => {
    for (const how of ['planned', 'sent'] as const)
      expect(told(under('needsPerson', [E5], [removal(how, [E5])]))).toEqual([]);
  });

  it('is on hold where it was stopped halfway, for what is gone can be undone and its seat is kept for that', () => {
    const halfway = under('needsPerson', [E5, VISIO], [removal('done', [E5]), leaving('planned', [VISIO])]);
    expect(told(halfway)).toEqual(['onHold freed SPE_E5 68400 USD']);
    expect(takenLicenses(halfway)[0]?.at).toBeUndefined();
  });

  it('is gone only when every way to the license is, and counts once', () => {
    const both = aLicense({ groupIds: ['group-1' as never] });
    expect(told(under('scheduled', [both], [removal('done', [both]), leaving('planned', [both])]))).toEqual([
      'inSight freed SPE_E5 68400 USD',
    ]);
    expect(told(under('scheduled', [both], [removal('done', [both]), leaving('done', [both])]))).toEqual([
      'onHold freed SPE_E5 68400 USD',
    ]);
    expect(told(closed({ licenses: [both], took: [as(both), as(both)] }))).toEqual([
      'final freed SPE_E5 68400 USD',
    ]);
  });

  it('does not have what was gone already', () => {
    expect(told(under('holding', [E5], [removal('skipped', [E5])]))).toEqual([]);
    expect(told(closed({ licenses: [E5, VISIO], took: [as(VISIO)] }))).toEqual([
      'final freed VISIOCLIENT 18000 EUR',
    ]);
  });

  it('counts nothing that an older version did not write down', () => {
    const { took: _took, ...older } = closed();
    expect(told(older)).toEqual([]);
  });

  it('counts as taken back from the moment of the undo', () => {
    expect(told(under('undoing', [E5], [removal('done', [E5])]))).toEqual([
      'takenBack freed SPE_E5 68400 USD',
    ]);
    const waits = { ...under('needsPerson', [E5], [removal('done', [E5])]), undoneBy: CASES.undone.undoneBy };
    expect(told(waits as Case)).toEqual(['takenBack freed SPE_E5 68400 USD']);
    expect(told(undone([E5]))).toEqual(['takenBack freed SPE_E5 68400 USD']);
  });

  it.each(['opened', 'asked', 'escalated', 'adminReview', 'kept', 'cancelled'] as const)(
    'is nothing where a case is %s',
    (state) => {
      expect(told(CASES[state])).toEqual([]);
    },
  );

  it('is nothing where licenses were kept until a date, or given', () => {
    const { took: _took, ...kept } = closed({ outcome: 'keptUntilPassed' });
    expect(told(kept)).toEqual([]);
    expect(told(closed({ scenario: 'given', outcome: 'given', took: [], gave: [as(E5)] }))).toEqual([]);
  });
});

describe('What is given on', () => {
  it('saves no money, and what is taken along with it does', () => {
    const along = aLicense({ ...VISIO, beside: 'notManaged' });
    expect(told(closed({ outcome: 'reassigned', licenses: [E5, along] }))).toEqual([
      'final givenOn SPE_E5',
      'final freed VISIOCLIENT 18000 EUR',
    ]);
    expect(told(toReceiver(under('holding', [E5], [removal('done', [E5])])))).toEqual([
      'onHold givenOn SPE_E5',
    ]);
    expect(told(toReceiver(under('decided', [E5], [removal('planned', [E5])])))).toEqual([
      'inSight givenOn SPE_E5',
    ]);
  });
});

describe('What is taken together with what the receiver lacked', () => {
  it.each([
    ['planned', 'inSight', removal('planned', [E5, VISIO])],
    ['done', 'onHold', removal('done', [E5, VISIO])],
  ] as const)('is freed: %s', (how, standing, taking) => {
    const state = how === 'planned' ? 'decided' : 'holding';
    expect(told(toReceiver(under(state, [E5, VISIO], [taking, giving(how, [E5])])))).toEqual([
      `${standing} givenOn SPE_E5`,
      `${standing} freed VISIOCLIENT 18000 EUR`,
    ]);
  });

  it('is freed for good', () => {
    const over = closed({ outcome: 'reassigned', licenses: [E5, VISIO], gaveOn: [as(E5)] });
    expect(told(over)).toEqual(['final givenOn SPE_E5', 'final freed VISIOCLIENT 18000 EUR']);
    expect(takenLicenses(erased(over, over.closedAt))).toEqual(takenLicenses(over));
  });
});

describe('What was to be given to somebody who had it by then', () => {
  it('is freed', () => {
    const taken = under('holding', [E5], [removal('done', [E5]), giving('skipped', [E5])]);
    expect(told(toReceiver(taken))).toEqual(['onHold freed SPE_E5 68400 USD']);
  });
});

describe('What is replaced', () => {
  it('counts the difference, before and after', () => {
    expect(told(closed({ licenses: [REPLACED], gave: [as(F3)] }))).toEqual([
      'final replaced SPE_E5 58800 USD',
    ]);
    expect(told(under('holding', [REPLACED], [removal('done', [REPLACED], [F3])]))).toEqual([
      'onHold replaced SPE_E5 58800 USD',
    ]);
    expect(told(under('decided', [REPLACED], [removal('planned', [REPLACED], [F3])]))).toEqual([
      'inSight replaced SPE_E5 58800 USD',
    ]);
  });

  it('counts one cheaper license that stands for two once', () => {
    expect(told(closed({ licenses: [REPLACED, ALSO_REPLACED], gave: [as(F3)] }))).toEqual([
      'final replaced SPE_E5 58800 USD',
      'final replaced PROJECTPROFESSIONAL 30000 USD',
    ]);
  });

  it('counts in full where nothing was given instead', () => {
    expect(told(closed({ licenses: [REPLACED] }))).toEqual(['final freed SPE_E5 68400 USD']);
  });

  it.each([
    ['the cheaper one has no price', { annualCost: undefined }],
    ['they are of two currencies', { annualCost: { minor: 9_600, currency: 'EUR' } }],
  ])('has no price where %s', (_why, change) => {
    const license = aLicense({ replacement: { ...CHEAPER, ...change } });
    expect(told(closed({ licenses: [license], gave: [as(F3)], closedAt: at('2026-03-01') }))).toEqual([
      'final replaced SPE_E5',
    ]);
  });
});
