import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openBook } from '../../src/simulator/changes.js';
import { NAMED, NAMED_COUNT, PERSONAS } from '../../src/simulator/named-people.js';
import { guidOfIndex, indexOfGuid } from '../../src/simulator/random.js';
import { DAY_MS } from '../../src/simulator/sim-person.js';
import type { SimPerson } from '../../src/simulator/sim-person.js';
import { GROUPS, groupById } from '../../src/simulator/sim-groups.js';
import type { SimGroup } from '../../src/simulator/sim-groups.js';
import { findPerson, makeTenant, peopleOf, personAt, timeOf } from '../../src/simulator/tenant.js';
import type { Tenant } from '../../src/simulator/tenant.js';
import { START } from './opened.js';

function tenantOf(people: number, seed = 7, idleness = 1): Tenant {
  const none = { unlicensed: 0, dormantGuests: 0, idleness };
  const rules = { premium: true, reportLagDays: 2, syncCycleMs: 30 * 60_000 };
  const facts = { seed, people, ...none, createdAt: START, ...rules };
  return makeTenant(
    facts,
    openBook([], () => undefined),
  );
}

function everyone(tenant: Tenant, now = START): readonly SimPerson[] {
  return [...peopleOf(tenant, timeOf(tenant, now))];
}

function daysIdle(person: SimPerson, now = START): number {
  const moments = [
    person.signIn?.successful ?? 0,
    ...Object.values(person.workload).map((each) => each ?? 0),
  ];
  return (now.getTime() - Math.max(...moments)) / DAY_MS;
}

describe('a simulated tenant', () => {
  test('is the same for the same seed, and another one for another', () => {
    expect(everyone(tenantOf(400))).toEqual(everyone(tenantOf(400)));
    const bulk = (seed: number) =>
      everyone(tenantOf(400, seed))
        .slice(NAMED_COUNT)
        .map((person) => person.displayName);
    expect(bulk(8)).not.toEqual(bulk(7));
  });

  test('has its people under ids and names that are theirs alone', () => {
    const people = everyone(tenantOf(20_000));
    expect(people).toHaveLength(20_000);
    expect(new Set(people.map((person) => person.id)).size).toBe(20_000);
    expect(new Set(people.map((person) => person.userPrincipalName.toLowerCase())).size).toBe(20_000);
  });

  test('finds anyone by id without a table, and nobody by an id it did not make', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.nat(499_999), (seed, index) => {
        const id = guidOfIndex(seed, index);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(indexOfGuid(seed, id)).toBe(index);
        expect(indexOfGuid(seed, `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`)).toBeUndefined();
      }),
    );
  });

  test('of half a million people starts at once and finds the last of them', () => {
    const tenant = tenantOf(500_000);
    const time = timeOf(tenant, START);
    const last = personAt(tenant, 499_999, time);
    expect(last).toBeDefined();
    expect(findPerson(tenant, last?.id ?? '', time)).toEqual(last);
    expect(findPerson(tenant, last?.userPrincipalName.toUpperCase() ?? '', time)).toEqual(last);
    expect(personAt(tenant, 500_000, time)).toBeUndefined();
  });

  test('has as few idle people as its idleness says, and the same names', () => {
    const [usual, tidy] = [tenantOf(20_000), tenantOf(20_000, 7, 0.2)].map((tenant) =>
      everyone(tenant).slice(NAMED_COUNT),
    );
    const idle = (people: readonly SimPerson[] = []) =>
      people.filter((person) => daysIdle(person) > 90).length;
    expect(idle(tidy) / idle(usual)).toBeGreaterThan(0.15);
    expect(idle(tidy) / idle(usual)).toBeLessThan(0.25);
    expect(tidy?.map(({ id, displayName }) => [id, displayName])).toEqual(
      usual?.map(({ id, displayName }) => [id, displayName]),
    );
    expect(idle(everyone(tenantOf(2_000, 7, 0)).slice(NAMED_COUNT))).toBe(0);
  });

  test('is mostly active, a few in a hundred are idle, and most licenses are direct', () => {
    const people = everyone(tenantOf(20_000)).slice(NAMED_COUNT);
    const share = (test: (person: SimPerson) => boolean) => people.filter(test).length / people.length;
    expect(share((person) => daysIdle(person) < 30)).toBeGreaterThan(0.91);
    expect(share((person) => daysIdle(person) < 30)).toBeLessThan(0.94);
    expect(
      share((person) => daysIdle(person) > 90 && person.signIn !== null && person.accountEnabled),
    ).toBeGreaterThan(0.035);
    const paths = people.flatMap((person) => person.licenses);
    const direct = paths.filter((path) => path.group === null).length / paths.length;
    expect(direct).toBeGreaterThan(0.7);
    expect(direct).toBeLessThan(0.95);
    expect(paths.some((path) => path.disabledPlans.length > 0)).toBe(true);
    expect(paths.some((path) => path.state === 'ActiveWithError')).toBe(true);
  });

  test('keeps idle people idle and active people active while time goes by', () => {
    const tenant = tenantOf(2000);
    const later = new Date(START.getTime() + 60 * DAY_MS);
    const [then, now] = [everyone(tenant), everyone(tenant, later)];
    for (const [index, person] of then.entries()) {
      const after = now[index];
      if (!after) throw new Error('somebody is gone');
      if (daysIdle(person) < 20) expect(daysIdle(after, later)).toBeLessThan(20);
      else expect(Math.round(daysIdle(after, later) - daysIdle(person))).toBe(60);
    }
  });
});

const people = Object.keys(NAMED) as readonly (keyof typeof NAMED)[];

describe('the named people', () => {
  test('are there in order: a tenant of ten has the personas, four idle reports and an active one', () => {
    const names = everyone(tenantOf(10)).map((person) => person.displayName);
    expect(names).toEqual([
      ...PERSONAS.map((persona) => persona.name),
      ...['Dana Whitfield', 'Jonas Ekberg', 'Leila Haddad', 'Victor Osei', 'Hanna Novak'],
    ]);
  });

  test('report to a persona, and to the first one exactly four idle and three active people', () => {
    const people = everyone(tenantOf(300));
    const first = people.filter((person) => person.managerId === PERSONAS[0]?.id);
    expect(first.filter((person) => daysIdle(person) > 90)).toHaveLength(4);
    expect(first.filter((person) => daysIdle(person) < 30)).toHaveLength(3);
    const managers = new Set(people.map((person) => person.managerId));
    const exceptions = [
      null,
      NAMED.formerLead.id,
      NAMED.managerIsSelf.id,
      NAMED.loopFirst.id,
      NAMED.loopSecond.id,
    ];
    const others = [...managers].filter((id) => !exceptions.includes(id));
    expect(new Set(others)).toEqual(new Set(PERSONAS.map((persona) => persona.id)));
    expect(people.find((person) => person.id === PERSONAS[0]?.id)?.managerId).toBe(PERSONAS[1]?.id);
  });

  test('keep the ids that others rely on, whatever the seed', () => {
    const [one, other] = [everyone(tenantOf(NAMED_COUNT, 1)), everyone(tenantOf(NAMED_COUNT, 2))];
    expect(one.map((person) => person.id)).toEqual(other.map((person) => person.id));
    expect(PERSONAS.map((persona) => persona.id)).toEqual([
      '0c9b5a1e-3f64-4d27-8a4b-61f0d2e7b913',
      '47e2d8b0-9a15-4c3f-b6d7-2b8c0f5e1a64',
      '8f31c6d4-5e02-4b79-9c1a-d47a3e90b258',
      'b52a7f09-1d8c-4e46-a3f5-903c6b1d7e82',
      'e6d04b93-72af-4185-8e2c-5fa91c3b60d7',
    ]);
  });

  test('are each as awkward as promised', () => {
    const tenant = tenantOf(300);
    const time = timeOf(tenant, START);
    const person = (key: keyof typeof NAMED): SimPerson => {
      const found = findPerson(tenant, NAMED[key].id, time);
      if (!found) throw new Error(key);
      return found;
    };
    expect(Math.floor(daysIdle(person('plainInactive')))).toBe(130);
    expect(person('neverSignedIn')).toMatchObject({ signIn: null, accountEnabled: true });
    expect((START.getTime() - person('neverSignedIn').created) / DAY_MS).toBe(200);
    expect(person('disabledLicensed').accountEnabled).toBe(false);
    expect(person('failedSignInsOnly').signIn?.interactive).toBeGreaterThan(START.getTime() - 2 * DAY_MS);
    expect(person('failedSignInsOnly').signIn?.successful).toBeLessThan(START.getTime() - 150 * DAY_MS);
    expect(person('oldInteractiveOnly').signIn).toMatchObject({ successful: null });
    expect(person('loopFirst').managerId).toBe(NAMED.loopSecond.id);
    expect(person('loopSecond').managerId).toBe(NAMED.loopFirst.id);
    expect(person('managerIsSelf').managerId).toBe(NAMED.managerIsSelf.id);
    expect(findPerson(tenant, person('managerDisabled').managerId ?? '', time)?.accountEnabled).toBe(false);
    expect(person('syncedFromAd').onPremises?.distinguishedName).toContain('CN=Ivanova\\, Natalia,OU=');
    expect(person('onceSynced').onPremisesSync).toBe(false);
    expect(person('groupLicensed').licenses.map((path) => path.group === null)).toEqual([false]);
    expect(person('directAndGroup').licenses.map((path) => path.group === null)).toEqual([true, false]);
    expect(person('newLicense').licenses[0]?.since).toBe(START.getTime() - 5 * DAY_MS);
    expect(person('licenseWithError').licenses[0]?.state).toBe('ActiveWithError');
    expect(person('licensedGuest')).toMatchObject({ userType: 'Guest', licenses: [expect.anything()] });
    expect(person('noUsageLocation').usageLocation).toBeNull();
    expect(person('mailOnly').workload.exchange).toBeGreaterThan(START.getTime() - 4 * DAY_MS);
    expect(person('mailOnly').signIn?.successful).toBeLessThan(START.getTime() - 100 * DAY_MS);
  });

  test('have what makes taking licenses back awkward', () => {
    const tenant = tenantOf(300);
    const time = timeOf(tenant, START);
    const person = (key: keyof typeof NAMED): SimPerson | undefined =>
      findPerson(tenant, NAMED[key].id, time);
    expect(person('otherCaseInReport')?.mailTraits).toMatchObject({ litigationHold: true });
    expect(person('managerDisabled')?.mailTraits).toMatchObject({ retentionHold: true });
    expect(person('syncedFromAd')).toMatchObject({ mailTraits: { hybrid: true }, onPremisesSync: true });
    expect(person('punctuatedName')?.usage.mailboxBytes).toBe(58 * 1024 ** 3);
    expect(person('managerIsSelf')?.usage.hasArchive).toBe(true);
    expect(person('leftByDirectory')).toMatchObject({ onPremisesSync: true, leaves: expect.any(Number) });
    const kinds = new Set(
      people.flatMap((key) => person(key)?.licenses.map(({ group }) => groupById(group ?? '')?.kind) ?? []),
    );
    expect(kinds).toEqual(
      new Set([undefined, 'assigned', 'unified', 'dynamic', 'synced', 'mailSecurity', 'roleAssignable']),
    );
    const owners = Object.values<SimGroup>(GROUPS).flatMap((group) => group.owners);
    expect(owners.filter((key) => !(key in NAMED))).toEqual([]);
  });

  test('that only a further report tells apart are as promised, too', () => {
    const tenant = tenantOf(300);
    const time = timeOf(tenant, START);
    const person = (key: keyof typeof NAMED): SimPerson => {
      const found = findPerson(tenant, NAMED[key].id, time);
      if (!found) throw new Error(key);
      return found;
    };
    const accountDays = (key: keyof typeof NAMED) => (START.getTime() - person(key).created) / DAY_MS;
    const skus = (key: keyof typeof NAMED) =>
      person(key).licenses.map((path) => tenant.products.get(path.skuId)?.partNumber);
    for (const key of [
      'neverOpenedVisio',
      'visioUser',
      'oldVisio',
      'neverOpenedProject',
      'secondSuite',
    ] as const) {
      expect([key, daysIdle(person(key)) < 4]).toEqual([key, true]);
    }
    expect(skus('secondSuite')).toEqual(['ENTERPRISEPACK', 'SPE_E5']);
    expect(skus('neverOpenedProject')).toEqual(['SPE_E3', 'PROJECTPROFESSIONAL']);
    expect(Math.floor(daysIdle(person('appsOnly')))).toBe(140);
    expect(person('appsOnly').usage.apps.last).toBeGreaterThan(START.getTime() - 4 * DAY_MS);
    expect(Math.floor(daysIdle(person('emailReportOnly')))).toBe(138);
    expect(person('emailReportOnly').usage.email).toBeGreaterThan(START.getTime() - 4 * DAY_MS);
    expect(person('leftByDirectory').leaves).toBe(START.getTime() - 100 * DAY_MS);
    expect([person('neverCame').signIn, accountDays('neverCame')]).toEqual([null, 320]);
    expect([person('notYetCome').signIn, accountDays('notYetCome')]).toEqual([null, 60]);
    expect(person('unnamedService')).toMatchObject({
      ...{ managerId: null, employeeId: null, jobTitle: null, department: null, employeeType: 'Service' },
      signIn: { interactive: null, nonInteractive: START.getTime() - 115 * DAY_MS },
    });
    expect(person('sponsoredGuest')).toMatchObject({
      userType: 'Guest',
      mail: 'annika.sorel@partner.example',
    });
    expect(person('siteOwner').usage.sites).toBe(3);
  });
});
