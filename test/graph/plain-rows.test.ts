import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PERSON_ROW } from '../../src/graph/person-row.js';
import { plainPerson } from '../../src/graph/plain-person.js';
import { plainSignIn, SIGN_IN_ROW } from '../../src/graph/sign-ins.js';

const id = fc.constantFrom('0A1B', '0a1b', 'ff', 'F-É');
const text = fc.constantFrom<unknown>('Ada', '', null, undefined, 'None', '#EXT#');
const date = fc.constantFrom<unknown>(
  '2026-03-01T10:00:00Z',
  '2026-03-01T23:59:59.999Z',
  '0001-01-01T00:00:00Z',
  '0001-12-31T23:59:59Z',
  '0002-01-01T00:00:00Z',
  '1969-12-31T23:59:59Z',
  '2026-03-01',
  '',
  null,
  undefined,
);
const ids = fc.constantFrom<unknown>([], ['p1', 'P2'], ['p1'], null, undefined);
/** What no row has: each of them must be left to the schema. */
const odd = fc.constantFrom<unknown>(7, {}, [], [''], 'not a date', true, Number.NaN, [7]);

function mostly(usual: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: usual, weight: 60 }, { arbitrary: odd, weight: 1 });
}

const state = fc.record({
  skuId: mostly(id),
  assignedByGroup: mostly(fc.oneof(id, fc.constantFrom(null, undefined))),
  disabledPlans: mostly(ids),
  state: mostly(
    fc.constantFrom('Active', 'ActiveWithError', 'DISABLED', 'error', 'constructor', null, undefined),
  ),
  error: mostly(text),
  lastUpdatedDateTime: mostly(date),
});
const held = fc.record({ skuId: mostly(id), disabledPlans: mostly(ids) });

const person = fc.record(
  {
    id: mostly(id),
    userPrincipalName: mostly(fc.constantFrom('ada@x.example', 'ada_y.example#EXT#@x.example')),
    displayName: mostly(text),
    mail: mostly(text),
    accountEnabled: mostly(fc.constantFrom(true, false, null)),
    userType: mostly(fc.constantFrom('Guest', 'Member', 'guest', '', null, undefined)),
    usageLocation: mostly(text),
    assignedLicenses: mostly(fc.array(held, { maxLength: 3 })),
    licenseAssignmentStates: mostly(fc.oneof(fc.array(state, { maxLength: 4 }), fc.constant(null))),
    department: mostly(text),
    jobTitle: mostly(text),
    country: mostly(text),
    employeeId: mostly(text),
    employeeType: mostly(text),
    employeeHireDate: mostly(date),
    employeeLeaveDateTime: mostly(date),
    createdDateTime: mostly(date),
    onPremisesSyncEnabled: mostly(fc.constantFrom(true, false, null, undefined)),
    onPremisesDomainName: mostly(text),
    onPremisesDistinguishedName: mostly(text),
  },
  {
    requiredKeys: [
      'id',
      'userPrincipalName',
      'accountEnabled',
      'assignedLicenses',
      'licenseAssignmentStates',
    ],
  },
);

const signIn = fc.record(
  {
    id: mostly(id),
    signInActivity: mostly(
      fc.oneof(
        fc.constantFrom(null, undefined),
        fc.record(
          {
            lastSuccessfulSignInDateTime: mostly(date),
            lastSignInDateTime: mostly(date),
            lastNonInteractiveSignInDateTime: mostly(date),
            lastSignInRequestId: text,
          },
          { requiredKeys: [] },
        ),
      ),
    ),
  },
  { requiredKeys: ['id'] },
);

describe('a row is read without its schema to the same value, or left to the schema', () => {
  test('people', () => {
    let plain = 0;
    fc.assert(
      fc.property(person, (row) => {
        const read = plainPerson(row);
        if (read === undefined) return;
        plain += 1;
        expect(read).toEqual(PERSON_ROW.parse(row));
      }),
      { numRuns: 2_000 },
    );
    expect(plain).toBeGreaterThan(500);
  });

  test('sign-in dates', () => {
    let plain = 0;
    fc.assert(
      fc.property(signIn, (row) => {
        const read = plainSignIn(row);
        if (read === undefined) return;
        plain += 1;
        expect(read).toEqual(SIGN_IN_ROW.parse(row));
      }),
      { numRuns: 2_000 },
    );
    expect(plain).toBeGreaterThan(500);
  });

  test('what the schema refuses is never read', () => {
    const anything = fc.oneof(person, signIn, fc.anything());
    fc.assert(
      fc.property(anything, (row) => {
        if (!PERSON_ROW.safeParse(row).success) expect(plainPerson(row)).toBeUndefined();
        if (!SIGN_IN_ROW.safeParse(row).success) expect(plainSignIn(row)).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });
});
