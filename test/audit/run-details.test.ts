import { describe, expect, test } from '@jest/globals';
import type { Evidence, Verdict } from '../../src/audit/evidence.js';
import { findingOf, listOf, type Details } from '../../src/audit/findings.js';
import { judge, type Judged } from '../../src/audit/judge.js';
import { contentsOf } from '../../src/audit/licenses/parts.js';
import { scenarioOf } from '../../src/audit/scenario.js';
import type { Sponsor, UserId } from '../../src/audit/person.js';
import { readDetails } from '../../src/audit/run-details.js';
import { managedSkus } from '../../src/audit/scope/scope.js';
import type { Policy } from '../../src/config/policy.js';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import { graphFailure, graphWorld } from '../world/graph-world.js';
import { aPerson, daysAgo, groupId, TODAY, userId, type WorldPerson } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { SKUS } from '../world/skus.js';
import { evidenceOf, on, signIn, workload } from './evidence-world.js';

const EVIDENCE: Evidence = evidenceOf({
  workload: workload(),
  signIn: signIn({ successful: on(daysAgo(150)), interactive: on(daysAgo(150)) }),
});
const INACTIVE: Verdict = { kind: 'inactive', days: 148, lastUse: undefined };
const UNKNOWN: Verdict = { kind: 'unknown', why: ['not in the report'] };

const chief = aPerson('Chief');
const second = aPerson('Second', { manager: chief });
const third = aPerson('Third', { manager: second });
const fourth = aPerson('Fourth', { manager: third });
const guest = aPerson('Guest', { kind: 'guest' });
const other = aPerson('Other guest', { kind: 'guest' });
const WITH_TOP = policyOf(`protect: { executives: { top: [${chief.person.id}], levels: 2 } }`);

function judged({ person }: WorldPerson, verdict = INACTIVE): Judged {
  const managed = new Map(Object.values(SKUS).map((sku) => [sku.skuId, sku]));
  const rules = {
    policy: policyOf(),
    managed,
    contentsOf: contentsOf(managed),
    knowsProduct: () => true,
    today: TODAY,
  };
  const whole = judge(person, person.licenses, EVIDENCE, undefined, rules);
  const scenario = scenarioOf(person, { verdict, hasUnusedLicense: false, roster: undefined });
  return { ...whole, verdict, scenario };
}

/** A door that notes whose managers, mailboxes and sponsors it was asked for; `change` answers otherwise. */
function watched(people: readonly WorldPerson[], change: Partial<GraphDoor> = {}) {
  const asked: [string, readonly UserId[]][] = [];
  const graph = graphWorld(people);
  const answering: GraphDoor = { ...graph, ...change };
  const door: GraphDoor = {
    ...answering,
    managersOf: (ids) => {
      asked.push(['managers', ids]);
      return answering.managersOf(ids);
    },
    mailboxPurposesOf: (ids) => {
      asked.push(['mailboxes', ids]);
      return answering.mailboxPurposesOf(ids);
    },
    sponsorsOf: (ids) => {
      asked.push(['sponsors', ids]);
      return answering.sponsorsOf(ids);
    },
  };
  return { asked, door, graph };
}

function read(door: GraphDoor, notActive: readonly Judged[], policy: Policy = policyOf()): Promise<Details> {
  return readDetails({ graph: door, progress: () => undefined }, policy, notActive, TODAY);
}

function idOf({ person }: WorldPerson): UserId {
  return person.id;
}

describe('what is read about people who are not active', () => {
  test('managers and mailboxes of candidates, sponsors of every guest, in one call each', async () => {
    const { asked, door } = watched([second, third, guest, other]);
    await read(door, [judged(second), judged(third, UNKNOWN), judged(guest), judged(other, UNKNOWN)]);
    expect(asked).toEqual([
      ['managers', [second, guest].map(idOf)],
      ['mailboxes', [second, guest].map(idOf)],
      ['sponsors', [guest, other].map(idOf)],
    ]);
  });

  test('nothing when nobody is left to be judged, and no sponsors without guests', async () => {
    const none = watched([second]);
    expect(await read(none.door, [])).toMatchObject({ chainsUnknown: 0, notRead: [] });
    expect(none.graph.calls.size).toBe(0);
    const members = watched([second]);
    await read(members.door, [judged(second)]);
    expect(members.asked.map(([what]) => what)).toEqual(['managers', 'mailboxes']);
  });

  test('the managers above everybody who is left, when the policy names a top', async () => {
    const { asked, door } = watched([chief, second, third, fourth]);
    const details = await read(door, [judged(fourth), judged(third, UNKNOWN)], WITH_TOP);
    expect(asked.filter(([what]) => what === 'managers').map(([, ids]) => ids)).toEqual([
      [idOf(fourth)],
      [idOf(third)],
      [idOf(second)],
    ]);
    expect(details.memberships.underTop).toEqual(new Set([idOf(third)]));
    expect([...details.managers.keys()]).toEqual([idOf(fourth)]);
    expect(details.chainsUnknown).toBe(0);
  });

  test('chains that end in a manager who was not read are counted', async () => {
    const lost = aPerson('Lost', { manager: 'unknown' });
    const { door } = watched([lost, second, third]);
    const details = await read(door, [judged(lost), judged(third)], WITH_TOP);
    expect(details.chainsUnknown).toBe(1);
    expect(details.memberships.underTop).toEqual(new Set([idOf(third)]));
  });

  test('groups of the policy, but none of an exemption that has ended', async () => {
    const policy = policyOf(`
protect:
  breakGlass: { groups: [${groupId('emergency')}] }
  exempt: { groups: [{ id: ${groupId('ended')}, until: ${daysAgo(1)} }] }
`);
    const { door } = watched([second]);
    const details = await read(door, [judged(second)], policy);
    expect([...details.memberships.groups.keys()]).toEqual([groupId('emergency')]);
  });

  test('progress counts to its total', async () => {
    const steps: string[] = [];
    const policy = policyOf(`
protect:
  executives: { top: [${chief.person.id}], levels: 1 }
  breakGlass: { groups: [${groupId('emergency')}] }
`);
    await readDetails(
      {
        graph: watched([second, guest]).door,
        progress: (at) => steps.push(`${at.phase} ${at.done} of ${at.total}`),
      },
      policy,
      [judged(second), judged(guest)],
      TODAY,
    );
    expect(steps).toEqual([1, 2, 3, 4, 5, 6].map((at) => `details ${at} of 6`));
  });
});

describe('what may not be read', () => {
  const sponsor: Sponsor = { id: userId('Sponsor'), displayName: 'Sponsor', mail: undefined };

  function finding(details: Details, who: WorldPerson, verdict = INACTIVE) {
    const { managed } = managedSkus(Object.values(SKUS), []);
    return findingOf(judged(who, verdict), details, {
      policy: WITH_TOP,
      managed,
      today: TODAY,
      inChat: new Map(),
      heldByHr: new Map(),
    });
  }

  test('mailbox purposes: every candidate goes to an admin, and the file says why', async () => {
    const { door } = watched([fourth], {
      mailboxPurposesOf: () => Promise.reject(graphFailure('forbidden')),
    });
    const details = await read(door, [judged(fourth)]);
    expect(details.notRead).toEqual([{ what: 'mailboxPurposes', why: 'Graph could not be used.' }]);
    expect(finding(details, fourth)).toMatchObject({
      mailbox: { unknown: 'Graph could not be used.' },
      recommendation: 'adminReview',
      protections: [
        {
          kind: 'sharedMailbox',
          route: 'adminReview',
          rule: 'the purpose of the mailbox is unknown: Graph could not be used.',
        },
      ],
    });
  });

  test.each(['forbidden', 'badRequest'] as const)(
    'sponsors (%s): nobody is named, and that is all',
    async (kind) => {
      const { door } = watched([guest], { sponsorsOf: () => Promise.reject(graphFailure(kind)) });
      const details = await read(door, [judged(guest)]);
      expect(details.notRead).toEqual([{ what: 'sponsors', why: 'Graph could not be used.' }]);
      expect(finding(details, guest)).toMatchObject({ sponsors: undefined, recommendation: 'guestAudit' });
    },
  );

  test('sponsors that are read are told, and that there are none is told apart', async () => {
    const { door } = watched([guest, other], {
      sponsorsOf: async () =>
        new Map([
          [idOf(guest), [sponsor]],
          [idOf(other), []],
        ]),
    });
    const details = await read(door, [judged(guest), judged(other, UNKNOWN)]);
    expect(details.notRead).toEqual([]);
    expect(finding(details, guest).sponsors).toEqual([sponsor]);
    expect(finding(details, other, UNKNOWN).sponsors).toEqual([]);
    expect(finding(details, fourth).sponsors).toBeUndefined();
  });

  test('eligible roles: the rule is not applied, and that is told', async () => {
    const roles = {
      active: new Set<UserId>(),
      eligible: { unknown: 'no permission' },
      globalAdministrators: new Set<UserId>(),
    };
    const details = await read(watched([fourth], { roleHolders: async () => roles }).door, [judged(fourth)]);
    expect(details.notRead).toEqual([{ what: 'eligibleRoles', why: 'no permission' }]);
    expect(finding(details, fourth).protections).toEqual([]);
    const known = await read(
      watched([fourth], { roleHolders: async () => ({ ...roles, eligible: new Set([idOf(fourth)]) }) }).door,
      [judged(fourth)],
    );
    expect(known.notRead).toEqual([]);
    expect(finding(known, fourth)).toMatchObject({
      protections: [{ kind: 'admin', route: 'adminReview', rule: 'may activate a directory role' }],
      recommendation: 'adminReview',
    });
  });

  test.each([
    ['mailboxPurposesOf', 'throttled'],
    ['mailboxPurposesOf', 'badRequest'],
    ['sponsorsOf', 'serverError'],
    ['managersOf', 'forbidden'],
    ['roleHolders', 'forbidden'],
  ] as const)('%s that fails with %s fails the audit', async (method, kind) => {
    const failure = graphFailure(kind);
    const { door } = watched([guest], { [method]: () => Promise.reject(failure) });
    await expect(read(door, [judged(guest)])).rejects.toBe(failure);
  });

  test('a group that may not be read fails the audit', async () => {
    const failure = graphFailure('forbidden');
    const graph = graphWorld([second], { failing: { membersOf: failure } });
    const policy = policyOf(`protect: { breakGlass: { groups: [${groupId('emergency')}] } }`);
    await expect(read(graph, [judged(second)], policy)).rejects.toBe(failure);
  });
});

describe('people whom only HR may see', () => {
  const { managed } = managedSkus(Object.values(SKUS), []);

  test.each([
    ['below the top and inactive', third, INACTIVE],
    ['below the top and unknown', third, UNKNOWN],
    ['at the top and unknown', chief, UNKNOWN],
    ['a chief by title and unknown', aPerson('Titled', { jobTitle: 'Chief of Staff' }), UNKNOWN],
    ['a guest who is a chief', aPerson('Board', { kind: 'guest', jobTitle: 'President' }), INACTIVE],
    ['an exempt chief', aPerson('Exempt chief', { jobTitle: 'CEO', groups: ['exempt'] }), INACTIVE],
  ] as const)('are in the list of HR alone: %s', async (_what, who, verdict) => {
    const policy = policyOf(`
protect:
  executives: { top: [${chief.person.id}], levels: 2 }
  exempt: { groups: [${groupId('exempt')}] }
`);
    const { door } = watched([chief, second, third, who]);
    const details = await read(door, [judged(who, verdict)], policy);
    const found = findingOf(judged(who, verdict), details, {
      policy,
      managed,
      today: TODAY,
      inChat: new Map(),
      heldByHr: new Map(),
    });
    expect(listOf(found)).toBe('hr');
  });
});
