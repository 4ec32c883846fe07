import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import {
  changeOf,
  givingBack,
  heldDirectly,
  isRestored,
  tookEffect,
  type LicensesBefore,
} from '../../src/actions/licenses.js';
import type { License, Person, SkuId } from '../../src/audit/person.js';
import type { StepLicense, StepOf } from '../../src/cases/step.js';
import { aPerson, userId, type LicenseSpec } from '../world/people.js';
import { SKUS } from '../world/skus.js';

const OFF = ['plan-a', 'plan-b'];

function holding(...licenses: readonly LicenseSpec[]): Person {
  return aPerson('Ada', { licenses }).person;
}

function licensed(sku: keyof typeof SKUS, disabledPlans: readonly string[] = []): StepLicense {
  return { skuId: SKUS[sku].skuId, name: sku, disabledPlans };
}

type LicenseStep = StepOf<'removeLicenses' | 'assignLicenses'>;

function stepOf(kind: LicenseStep['kind'], ...licenses: readonly StepLicense[]): LicenseStep {
  return { kind, userId: userId('Ada'), licenses };
}

function only(...licenses: readonly StepLicense[]): LicensesBefore {
  return { licenses, gives: [] };
}

describe('what is held directly', () => {
  it('is found with the plans that are switched off now, not with those of the finding', () => {
    expect(heldDirectly(holding({ sku: 'E3', off: OFF }), [licensed('E3', ['plan-old'])])).toEqual([
      licensed('E3', OFF),
    ]);
  });

  it('is not what comes through a group, or is not held at all', () => {
    const ada = holding({ sku: 'E3', group: 'licensing' }, { sku: 'VISIO' });
    expect(heldDirectly(ada, [licensed('E3'), licensed('E5'), licensed('VISIO')])).toEqual([
      licensed('VISIO'),
    ]);
  });

  it('is found beside a group that gives the same', () => {
    const ada = holding({ sku: 'E3', group: 'licensing', off: ['plan-g'] }, { sku: 'E3', off: OFF });
    expect(heldDirectly(ada, [licensed('E3')])).toEqual([licensed('E3', OFF)]);
  });
});

describe('the call of a step', () => {
  it('takes all its licenses at once, or gives them with their plans', () => {
    const both = [licensed('E3', OFF), licensed('VISIO')];
    expect(changeOf(stepOf('removeLicenses', ...both), only(...both))).toEqual({
      add: [],
      remove: [SKUS.E3.skuId, SKUS.VISIO.skuId],
    });
    expect(changeOf(stepOf('assignLicenses', ...both), only(...both))).toEqual({
      add: [
        { skuId: SKUS.E3.skuId, disabledPlans: OFF },
        { skuId: SKUS.VISIO.skuId, disabledPlans: [] },
      ],
      remove: [],
    });
  });
});

describe('a step took effect', () => {
  const removal = stepOf('removeLicenses', licensed('E3'), licensed('VISIO'));

  test.each<[string, Person, boolean]>([
    ['when all is gone', holding(), true],
    ['when only a group still gives it', holding({ sku: 'E3', group: 'licensing' }), true],
    ['but not when one of two is left', holding({ sku: 'VISIO' }), false],
    ['but not when both are there', holding({ sku: 'E3' }, { sku: 'VISIO' }), false],
    ['whatever else is held', holding({ sku: 'E5' }), true],
  ])('of taking: %s', (_name, person, expected) => {
    expect(tookEffect(removal, person, only(...removal.licenses))).toBe(expected);
  });

  test.each<[string, Person, boolean]>([
    ['when it is held as it was to be', holding({ sku: 'E3', off: OFF }), true],
    ['whatever the order of its plans', holding({ sku: 'E3', off: [...OFF].reverse() }), true],
    ['but not with other plans switched off', holding({ sku: 'E3', off: ['plan-a'] }), false],
    ['but not when a group gives it', holding({ sku: 'E3', group: 'licensing', off: OFF }), false],
    ['but not when it is missing', holding(), false],
  ])('of giving: %s', (_name, person, expected) => {
    const giftOfE3 = stepOf('assignLicenses', licensed('E3', OFF));
    expect(tookEffect(giftOfE3, person, only(...giftOfE3.licenses))).toBe(expected);
    const removalOfE3 = stepOf('removeLicenses', licensed('E3', OFF));
    expect(isRestored(removalOfE3, person, only(...giftOfE3.licenses))).toBe(expected);
  });
});

describe('a cheaper license', () => {
  const replacing = stepOf('removeLicenses', licensed('E5', OFF));
  const before: LicensesBefore = { licenses: [licensed('E5', OFF)], gives: [licensed('F3')] };

  it('is given in the call that takes the dear one, and taken in the call that gives it back', () => {
    expect(changeOf(replacing, before)).toEqual({
      add: [{ skuId: SKUS.F3.skuId, disabledPlans: [] }],
      remove: [SKUS.E5.skuId],
    });
    expect(givingBack(replacing, before)).toEqual({
      add: [{ skuId: SKUS.E5.skuId, disabledPlans: OFF }],
      remove: [SKUS.F3.skuId],
    });
  });

  test.each<[string, Person, { readonly done: boolean; readonly back: boolean }]>([
    ['is all that is held', holding({ sku: 'F3' }), { done: true, back: false }],
    ['is missing as well', holding(), { done: false, back: false }],
    [
      'is held beside the dear one',
      holding({ sku: 'E5', off: OFF }, { sku: 'F3' }),
      { done: false, back: false },
    ],
    [
      'is gone, and the dear one is there as before',
      holding({ sku: 'E5', off: OFF }),
      { done: false, back: true },
    ],
    ['is gone, and the dear one has other plans', holding({ sku: 'E5' }), { done: false, back: false }],
  ])('that %s is read so', (_name, person, { done, back }) => {
    expect(tookEffect(replacing, person, before)).toBe(done);
    expect(isRestored(replacing, person, before)).toBe(back);
  });
});

describe('a license that was given', () => {
  const giving = stepOf('assignLicenses', licensed('E3'));

  it('is taken back alone, whatever else is held', () => {
    expect(givingBack(giving, only(...giving.licenses))).toEqual({ add: [], remove: [SKUS.E3.skuId] });
  });

  test.each<[string, Person, boolean]>([
    ['it is held', holding({ sku: 'E3' }), false],
    ['it is held with other plans', holding({ sku: 'E3', off: OFF }), false],
    ['a group gives it', holding({ sku: 'E3', group: 'licensing' }), true],
    ['it is gone', holding({ sku: 'VISIO' }), true],
  ])('is back where it came from, or not, while %s', (_name, person, expected) => {
    expect(isRestored(giving, person, only(...giving.licenses))).toBe(expected);
  });
});

describe('taking and giving back', () => {
  const plans = fc.subarray(['plan-a', 'plan-b', 'plan-c']);
  const licenses = fc.uniqueArray(
    fc.record({ sku: fc.constantFrom('E3', 'E5', 'VISIO', 'EXCHANGE'), off: plans, grouped: fc.boolean() }),
    { selector: ({ sku }) => sku, maxLength: 4 },
  );

  it('leaves everybody with exactly what they had, after any removal', () => {
    fc.assert(
      fc.property(licenses, fc.subarray(['E3', 'E5', 'VISIO'] as const), (held, taken) => {
        const before = holding(
          ...held.map(({ sku, off, grouped }) => ({
            sku: sku as LicenseSpec['sku'],
            off,
            ...(grouped ? { group: 'g' } : {}),
          })),
        );
        const record = heldDirectly(
          before,
          taken.map((sku) => licensed(sku)),
        );
        const after = applied(before, { add: [], remove: record.map(({ skuId }) => skuId) });
        const removing = stepOf('removeLicenses', ...record);
        expect(tookEffect(removing, after, only(...record))).toBe(true);
        const back = applied(after, givingBack(removing, only(...record)));
        expect(isRestored(removing, back, only(...record))).toBe(true);
        expect(directOf(back)).toEqual(directOf(before));
      }),
    );
  });
});

/** What Graph does with a change. */
function applied(person: Person, change: ReturnType<typeof givingBack>): Person {
  const left = person.licenses.filter(({ skuId }) => !change.remove.includes(skuId));
  const added = change.add.map(({ skuId, disabledPlans }): License => ({
    skuId,
    disabledPlans,
    paths: [{ kind: 'direct', state: 'active', error: undefined, disabledPlans, since: undefined }],
  }));
  return { ...person, licenses: [...left, ...added] };
}

function directOf({ licenses }: Person): ReadonlyMap<SkuId, readonly string[]> {
  return new Map(
    licenses.flatMap(({ skuId, paths }) =>
      paths.flatMap((path) =>
        path.kind === 'direct' ? [[skuId, [...path.disabledPlans].sort()] as const] : [],
      ),
    ),
  );
}
