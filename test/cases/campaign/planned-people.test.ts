import { afterEach, describe, expect, it, test } from '@jest/globals';
import { readPlan } from '../../../src/cases/campaign/run-plan.js';
import type { Person, UserId } from '../../../src/audit/person.js';
import type { PlannedQuestion } from '../../../src/cases/campaign/campaign-plan.js';
import { planText } from '../../../src/cli/plan-text.js';
import { gatheredReads } from '../../../src/graph/gathered.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../../world/case-world.js';
import { aGroup } from '../../world/directory-world.js';
import { aPerson, groupId, idle, userId, type PersonSpec } from '../../world/people.js';

const POLICY = 'approvals: { firstRun: required }';
const CANNOT = 'The person named to answer cannot be asked now.';
const NOBODY_NAMED = 'The directory names no manager.';
const OF_CHIEFS = `protect: { executives: { groups: ['${groupId('Chiefs')}'] } }`;

let world: CaseWorld;

afterEach(() => world.close());

/** Ada, idle, reports to Grace, who reports to Hans. */
async function adasPlan(
  grace: PersonSpec,
  {
    more = '',
    hans = {},
    ...options
  }: CaseWorldOptions & { readonly more?: string; readonly hans?: PersonSpec },
): Promise<PlannedQuestion | undefined> {
  const above = aPerson('Hans', { ...idle(1), ...hans });
  const manager = aPerson('Grace', { ...idle(1), manager: above, ...grace });
  const ada = aPerson('Ada', { ...idle(150), manager, department: 'Sales' });
  const others = ['Bob', 'Carl', 'Dora'].map((name) => aPerson(name, idle(1)));
  const people = [ada, manager, above, ...others];
  world = await aCaseWorld(people, { ...options, policy: `${POLICY}\n${more}` });
  await world.order({ order: 'audit' });
  return questionAbout('Ada');
}

async function questionAbout(name: string): Promise<PlannedQuestion | undefined> {
  const found = await readPlan(world.doors);
  return found?.plan.questions.find(({ displayName }) => displayName === name);
}

const ALL_ABOVE_GONE = { manager: undefined as never, enabled: false };

describe('the plan names who will be asked', () => {
  test.each<[string, PersonSpec, Parameters<typeof adasPlan>[1], string | undefined, string | undefined]>([
    ['the manager', {}, {}, 'Grace', undefined],
    ['whoever is above a disabled manager', { enabled: false }, {}, 'Hans', undefined],
    ['whoever is above an executive', { jobTitle: 'Chief Sales Officer' }, {}, 'Hans', undefined],
    ['whoever is above an idle manager', idle(150), {}, 'Hans', undefined],
    ['whoever is above a guest', { kind: 'guest' }, {}, 'Hans', undefined],
    [
      'the admins where everybody above is an executive by place',
      { enabled: false },
      { more: `protect: { executives: { top: [${userId('Hans')}], levels: 1 } }` },
      undefined,
      CANNOT,
    ],
    [
      'the admins where the chain ends with an executive',
      { enabled: false },
      { hans: { jobTitle: 'Chief Executive Officer' } },
      undefined,
      CANNOT,
    ],
    [
      'the owner of the department where no manager can answer',
      ALL_ABOVE_GONE,
      { more: `routing: { departments: { Sales: ${userId('Bob')} } }` },
      'Bob',
      undefined,
    ],
    [
      'nobody of the executives’ group',
      { groups: ['Chiefs'] },
      { more: OF_CHIEFS, groups: [aGroup('Chiefs')] },
      'Hans',
      undefined,
    ],
    ['the admins where nobody is above', ALL_ABOVE_GONE, {}, undefined, CANNOT],
  ])('%s', async (_who, grace, options, asks, why) => {
    const question = await adasPlan(grace, options);
    expect([question?.asks?.displayName, question?.goesToAdmins]).toEqual([asks, why]);
    await world.order({ order: 'approve' });
    await world.work();
    const ada = await world.caseOf(userId('Ada'));
    const asked = [...new Set(world.teams.sent.map(({ to }) => to))];
    expect(asked).toEqual(question?.asks === undefined ? [] : [question.asks.id]);
    expect(ada).toMatchObject(asks === undefined ? { state: 'adminReview', why } : { state: 'asked' });
  });

  it('the admins, and why, where the directory names nobody', async () => {
    const ben = aPerson('Ben', idle(150));
    world = await aCaseWorld([ben, ...['Bob', 'Carl'].map((name) => aPerson(name, idle(1)))], {
      policy: POLICY,
    });
    await world.order({ order: 'audit' });
    expect(await questionAbout('Ben')).toMatchObject({ asks: undefined, goesToAdmins: NOBODY_NAMED });
    const found = await readPlan(world.doors);
    if (found === undefined) throw new Error('There is no plan.');
    const text = planText(found.plan, { mode: 'act', finishedAt: found.plan.madeAt });
    expect(text).toContain('an admin: The directory names no manager.');
    expect(text).toMatch(/Go to the admins at once +1\n/);
  });
});

describe('an approval', () => {
  it('is for whoever is asked, so that another one by then waits', async () => {
    const question = await adasPlan({ enabled: false }, {});
    expect(question?.asks?.displayName).toBe('Hans');
    const before = (await readPlan(world.doors))?.plan.planId ?? '';
    await world.graph.setAccountEnabled(userId('Grace'), true);
    expect((await questionAbout('Ada'))?.asks?.displayName).toBe('Grace');
    expect(await world.order({ order: 'approve', planId: before })).toContain(
      'the plan is another one by now',
    );
    expect(world.teams.sent).toEqual([]);
  });
});

describe('a plan about thousands', () => {
  const MANAGERS = 100;
  const EACH = 20;

  it('reads each manager once, however many report to them, and many at a time', async () => {
    const top = aPerson('Top', idle(1));
    const managers = Array.from({ length: MANAGERS }, (_, n) =>
      aPerson(`Manager ${n}`, { ...idle(1), manager: top, enabled: n % 4 !== 0 }),
    );
    const reports = managers.flatMap((manager, n) =>
      Array.from({ length: EACH }, (_, each) => aPerson(`Idler ${n} ${each}`, { ...idle(150), manager })),
    );
    const busy = Array.from({ length: MANAGERS }, (_, n) => aPerson(`Busy ${n}`, idle(1)));
    const read = { people: new Array<string>(), managers: new Array<UserId>(), groups: 0, batches: 0 };
    world = await aCaseWorld([top, ...managers, ...reports, ...busy], {
      policy: `${POLICY}
limits: { casesPerRun: { count: 5000, percent: 100 }, perDepartment: { percent: 100 } }
${OF_CHIEFS}`,
      groups: [aGroup('Chiefs')],
      through: (doors, graph) => {
        const counted: typeof graph = {
          ...graph,
          managersOf: (ids) => {
            read.batches += Math.ceil(ids.length / 20);
            read.managers.push(...ids);
            return graph.managersOf(ids);
          },
          groupsContaining: (id, groups) => {
            read.groups += 1;
            return graph.groupsContaining(id, groups);
          },
        };
        const people = async (keys: readonly string[]): Promise<ReadonlyMap<string, Person>> => {
          read.batches += Math.ceil(keys.length / 20);
          read.people.push(...keys);
          const found = await Promise.all(keys.map((key) => graph.person(key)));
          return new Map(found.flatMap((person, at) => (person ? [[keys[at] ?? '', person] as const] : [])));
        };
        const many = { people, ownedThingsOf: async () => new Map() };
        return { ...doors, graph: gatheredReads(counted, many, () => new Promise(setImmediate)) };
      },
    });
    await world.order({ order: 'audit' });
    Object.assign(read, { people: [], managers: [], groups: 0, batches: 0 });
    const questions = (await readPlan(world.doors))?.plan.questions ?? [];
    expect(questions).toHaveLength(MANAGERS * EACH);
    expect(new Set(questions.map(({ asks }) => asks?.displayName)).size).toBe((MANAGERS * 3) / 4 + 1);
    expect(read.people.length).toBe(MANAGERS + 1);
    expect(read.managers.length).toBe((MANAGERS / 4) * (EACH + 1));
    expect(read.groups).toBe((MANAGERS * 3) / 4 + 1);
    expect(read.batches).toBeLessThan(100);
  });
});
