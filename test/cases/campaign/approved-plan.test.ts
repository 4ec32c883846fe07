import { afterEach, describe, expect, it } from '@jest/globals';
import { whoMay } from '../../../src/bot/who-may.js';
import { askedAtTerminal } from '../../../src/cases/asked-by.js';
import { openAdminDesk } from '../../../src/cases/admin/run-admin-desk.js';
import { openAfter } from '../../../src/cases/campaign/run-open-after.js';
import { readPlan } from '../../../src/cases/campaign/run-plan.js';
import { recordApproval } from '../../../src/cases/campaign/run-approval.js';
import { setSwitch } from '../../../src/cases/campaign/run-switch.js';
import { instant } from '../../../src/cases/case.js';
import { newCommand, type Command, type CommandOrder } from '../../../src/cases/command.js';
import { addCommand } from '../../../src/cases/run-add-command.js';
import { allCases } from '../../../src/chat/run-read-model.js';
import type { Policy } from '../../../src/config/policy.js';
import { GraphFailure } from '../../../src/graph/graph-failure.js';
import type { Role } from '../../../src/cases/roles.js';
import type { UserId } from '../../../src/audit/person.js';
import type { Container, Doc, Store } from '../../../src/store/store.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, idle, userId } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';

const ANN = userId('Ann');
const BOB = userId('Bob');
const CEM = userId('Cem');
const ADA = userId('Ada');
const OPS = 'terminal:ops';

const grace = aPerson('Grace', idle(1));
const idlers = ['Ada', 'Ben', 'Cleo'].map((name) => aPerson(name, { ...idle(150), manager: grace }));
const others = ['Dora', 'Eve', 'Fay', 'Gus', 'Hal', 'Ann', 'Bob', 'Cem'].map((name) =>
  aPerson(name, idle(1)),
);

const FIRST = 'approvals: { firstRun: required, bulkOver: 100 }';
const BULK = 'approvals: { firstRun: none, bulkOver: 2 }';
/** Everybody's mailbox is converted by hand before: steps more than without. */
const KEEPS_MAIL = policyOf('reclaim: { mailbox: convert }').reclaim;

let world: CaseWorld;
let orders = 0;

afterEach(() => world.close());

async function aWorld(policy: string, admins: readonly UserId[] = [ANN, BOB, CEM, ADA]): Promise<void> {
  world = await aCaseWorld([grace, ...idlers, ...others], { policy, admins });
}

async function ordered(what: CommandOrder, by: string = ANN): Promise<string> {
  orders += 1;
  const id = `${what.order}-${orders}`;
  const now = instant(world.clock.now());
  await addCommand(world.doors, newCommand(id, what, by, now, now));
  await world.work();
  const outcome = (await world.store.read<Command>('commands', id, id))?.doc.outcome;
  return outcome !== undefined && 'says' in outcome ? outcome.says : `${outcome?.is}`;
}

async function planned() {
  const found = await readPlan(world.doors);
  if (found === undefined) throw new Error('There is no plan.');
  return found.plan;
}

async function opened(): Promise<readonly string[]> {
  return (await allCases(world.doors)).map(({ subject }) => subject.displayName).sort();
}

function change(policy: Partial<Policy>): void {
  Object.assign(world.doors, { policy: { ...world.doors.policy, ...policy } });
}

function mayOpen(count: number): void {
  change({ limits: { ...world.doors.policy.limits, casesPerRun: { count, percent: 100 } } });
}

/** Whoever approved ended before a case was opened. */
async function approvedAndEnded(by: string): Promise<void> {
  const at = instant(world.clock.now());
  await recordApproval(world.store, await planned(), { by, at, commandId: `ended-${by}` });
}

async function goOn(): Promise<string> {
  const { runId } = await planned();
  return openAfter(world.doors, runId);
}

const REST = /Nobody is asked yet about people who were not so in a plan that was approved: (\d+)\./;

describe('an approval holds for the plan that was seen', () => {
  it('and not for the audit that a stale one begins', async () => {
    await aWorld(FIRST);
    await ordered({ order: 'audit' });
    world.clock.advance(25 * 3_600_000);
    expect(await ordered({ order: 'approve' })).toBe(
      'Nothing was approved: the latest audit is older than a day or had other rules, so a new one begins now. Look at its plan, then approve it.',
    );
    await world.work();
    expect(await opened()).toEqual([]);
    expect(await ordered({ order: 'approve' })).toContain('3 cases were opened');
  });

  it('and not for an audit that ended after it was ordered', async () => {
    await aWorld(FIRST);
    const early = instant(new Date(world.clock.now().getTime() - 1));
    await ordered({ order: 'audit' });
    await addCommand(world.doors, newCommand('early', { order: 'approve' }, ANN, early, early));
    await world.work();
    expect((await world.store.read<Command>('commands', 'early', 'early'))?.doc.outcome).toMatchObject({
      is: 'failed',
      says: 'Nothing was approved: a newer audit has ended since. Look at its plan, then approve it.',
    });
    expect(await opened()).toEqual([]);
  });

  it('and not for an audit that ends while it is given', async () => {
    await aWorld(FIRST);
    await ordered({ order: 'audit' });
    const { planId, runId } = await planned();
    const read = world.store.read.bind(world.store);
    let isDue = true;
    const late: Store['read'] = async (container, id, partition) => {
      if (isDue && id === `approval-of-${runId}`) {
        isDue = false;
        world.clock.advance(1_000);
        await ordered({ order: 'audit' });
      }
      return read(container, id, partition);
    };
    Object.assign(world.store, { read: late });
    expect(await ordered({ order: 'approve', planId })).toBe(
      'Nothing was approved: a newer audit has ended since. Look at its plan, then approve it.',
    );
    expect(await ordered({ order: 'approve', planId })).toContain('3 cases were opened');
  });

  it('so that the next run waits when nothing of the first was opened', async () => {
    await aWorld(FIRST);
    await ordered({ order: 'audit' });
    await approvedAndEnded(ANN);
    world.clock.advance(1_000);
    expect(await ordered({ order: 'audit' })).toContain('Nobody is asked before the first run is approved');
    expect(await opened()).toEqual([]);
  });

  it('and whoever comes into the plan later waits for another, with a sentence that says how many', async () => {
    await aWorld(FIRST);
    mayOpen(2);
    await ordered({ order: 'audit' });
    await approvedAndEnded(ANN);
    mayOpen(3);
    const says = await goOn();
    expect(says).toMatch(/^The audit is done; 2 cases were opened\. /);
    expect(REST.exec(says)?.[1]).toBe('1');
    expect(says).toContain('An admin has to write `approve` to the bot in Teams');
    expect(await opened()).toHaveLength(2);
    expect(await goOn()).toMatch(REST);
    expect(await opened()).toHaveLength(2);
  });

  it('and whoever would lose more than was seen waits', async () => {
    await aWorld(`${FIRST}\nreclaim: { mailbox: waive, steps: { inactive: [removeLicenses] } }`);
    await ordered({ order: 'audit' });
    await approvedAndEnded(ANN);
    const { reclaim } = world.doors.policy;
    const more = { ...reclaim, steps: { ...reclaim.steps, inactive: ['disableSignIn', 'removeLicenses'] } };
    change({ reclaim: more as Policy['reclaim'] });
    const says = await goOn();
    expect(says).toMatch(/^The audit is done\. Nobody is asked yet/);
    expect(REST.exec(says)?.[1]).toBe('3');
    expect(await opened()).toEqual([]);
  });

  it('and who loses fewer steps than was seen is covered by it', async () => {
    await aWorld(
      `${FIRST}\nreclaim: { mailbox: waive, steps: { inactive: [disableSignIn, removeLicenses] } }`,
    );
    await ordered({ order: 'audit' });
    await approvedAndEnded(ANN);
    const { reclaim } = world.doors.policy;
    const fewer = { ...reclaim, steps: { ...reclaim.steps, inactive: ['removeLicenses'] } };
    change({ reclaim: fewer as Policy['reclaim'] });
    expect(await goOn()).toBe('The audit is done; 3 cases were opened.');
  });

  it('but not who loses the step that keeps their mail', async () => {
    await aWorld(FIRST);
    change({ reclaim: KEEPS_MAIL });
    await ordered({ order: 'audit' });
    await approvedAndEnded(ANN);
    const steps = { ...KEEPS_MAIL.steps, inactive: ['removeLicenses'] };
    change({ reclaim: { ...KEEPS_MAIL, mailbox: 'waive', steps } as Policy['reclaim'] });
    expect(await goOn()).toMatch(REST);
    expect(await opened()).toEqual([]);
  });

  it('and one that was broken off goes on with what it has approved', async () => {
    await aWorld(FIRST);
    mayOpen(100);
    await ordered({ order: 'audit' });
    const plan = await planned();
    const at = instant(world.clock.now());
    await recordApproval(world.store, plan, { by: ANN, at, commandId: 'broken-off' });
    mayOpen(1);
    await goOn();
    mayOpen(100);
    await addCommand(
      world.doors,
      newCommand('broken-off', { order: 'approve', planId: plan.planId }, ANN, at, at),
    );
    await world.work();
    expect(await opened()).toEqual(['Ada', 'Ben', 'Cleo']);
  });

  it('and so does one of an admin who had approved the same plan before', async () => {
    await aWorld(FIRST);
    await ordered({ order: 'audit' });
    const { planId } = await planned();
    await setSwitch(world.store, 'stopped', ANN, world.clock.now().toISOString());
    expect(await ordered({ order: 'approve', planId })).toContain('the campaign is stopped');
    await setSwitch(world.store, 'running', ANN, world.clock.now().toISOString());
    const at = instant(world.clock.now());
    // The process ends when the second case is to be opened.
    const create = world.store.create.bind(world.store);
    let cases = 0;
    Object.assign(world.store, {
      create: async (container: Container, doc: Doc) => {
        if (doc.kind === 'person') cases += 1;
        if (doc.kind === 'person' && cases === 2) throw new Error('The process ended.');
        return create(container, doc);
      },
    });
    await addCommand(world.doors, newCommand('again', { order: 'approve', planId }, ANN, at, at));
    await world.work();
    expect(await opened()).toHaveLength(1);
    await world.work(120_000);
    expect(await opened()).toEqual(['Ada', 'Ben', 'Cleo']);
  });

  it('and not under other rules, also where its audit was broken off', async () => {
    await aWorld(FIRST);
    await ordered({ order: 'audit' });
    await approvedAndEnded(ANN);
    const { runId } = await planned();
    const id = runId.replace(/-\d+$/, '');
    const stored = await world.store.read<Command>('commands', id, id);
    if (stored === undefined) throw new Error('There is no order.');
    const now = instant(world.clock.now());
    const again = { ...newCommand(id, { order: 'audit' }, ANN, now, now), attempts: 1 };
    await world.store.replace('commands', again, stored.etag);
    change({ timetable: { ...world.doors.policy.timetable, removeLicenses: 0 } });
    await world.work();
    expect(await opened()).toEqual([]);
  });

  it('and for no longer than its audit does, also where it was broken off', async () => {
    await aWorld(FIRST);
    await ordered({ order: 'audit' });
    const at = instant(world.clock.now());
    const { planId } = await planned();
    await approvedAndEnded(ANN);
    world.clock.advance(25 * 3_600_000);
    const order = { order: 'approve', planId } as const;
    await addCommand(world.doors, newCommand(`ended-${ANN}`, order, ANN, at, at));
    await world.work();
    expect(await opened()).toEqual([]);
  });

  it('and leaves later runs free, once cases of the first were opened', async () => {
    await aWorld(FIRST);
    mayOpen(2);
    await ordered({ order: 'audit' });
    await ordered({ order: 'approve' });
    world.clock.advance(1_000);
    expect(await ordered({ order: 'audit' })).toBe('The audit is done; 1 case was opened.');
  });

  it('as an approval of an earlier version does, which names no run', async () => {
    await aWorld(FIRST);
    const id = 'approval-first-run';
    await world.store.create('meta', {
      id,
      kind: 'approval',
      by: ANN,
      at: '2026-11-01T06:00:00.000Z',
    } as never);
    expect(await ordered({ order: 'audit' })).toBe('The audit is done; 3 cases were opened.');
  });
});

describe('of many cases at once', () => {
  it('those are opened that enough people have seen as they are now', async () => {
    await aWorld('approvals: { firstRun: none, bulkOver: 1 }');
    const admin = openAdminDesk(world.doors);
    await ordered({ order: 'audit' }, OPS);
    await admin.protect({ by: ANN, who: 'Cleo', how: 'exempt', reason: 'A project', until: undefined });
    await ordered({ order: 'approve' }, BOB);
    await admin.unprotect({ by: ANN, who: 'Cleo' });
    const says = await ordered({ order: 'approve' }, CEM);
    expect(says).toMatch(/^Approved\. The audit is done; 2 cases were opened\. /);
    expect(REST.exec(says)?.[1]).toBe('1');
    expect(says).toContain(
      'Two admins have to write `approve` to the bot in Teams, because the audit was asked for at a terminal.',
    );
    expect(await opened()).toHaveLength(2);
    expect(await ordered({ order: 'approve' }, ANN)).toContain('1 case was opened');
  });

  it('who came since they were approved waits, though the rest alone would not be many', async () => {
    await aWorld('approvals: { firstRun: none, bulkOver: 1 }');
    mayOpen(2);
    await ordered({ order: 'audit' }, ANN);
    expect(await ordered({ order: 'approve' }, BOB)).toContain('2 cases were opened');
    mayOpen(3);
    const says = await goOn();
    expect(REST.exec(says)?.[1]).toBe('1');
    expect(says).toContain('An admin other than whoever asked for the audit has to write `approve`');
    expect(await opened()).toHaveLength(2);
  });

  it('approvals of an earlier version, which do not say what was seen, count for nothing', async () => {
    await aWorld(BULK);
    await ordered({ order: 'audit' }, ANN);
    const { runId } = await planned();
    const id = `approval-of-${runId}`;
    await world.store.create('meta', { id, kind: 'runApproval', by: [BOB] } as never);
    expect(await goOn()).toContain('an admin other than whoever asked for it has to write `approve`');
    expect(await ordered({ order: 'approve' }, BOB)).toContain('3 cases were opened');
  });
});

const WHO_IS_ADMIN = 'Who is an admin is said by roles.admins in the policy.';

describe('whom a plan is about', () => {
  it('does not approve it', async () => {
    await aWorld(BULK);
    await ordered({ order: 'audit' }, ANN);
    expect(await ordered({ order: 'approve' }, ADA)).toBe(
      'Nothing was approved: the plan is about you as well, so somebody else has to approve it. Another admin, who did not ask ' +
        'for the audit either, can write `approve` to the bot in Teams. ' +
        WHO_IS_ADMIN,
    );
    expect(await opened()).toEqual([]);
    expect(await ordered({ order: 'approve' }, BOB)).toContain('3 cases were opened');
  });

  it('does not approve the first run either', async () => {
    await aWorld(FIRST);
    await ordered({ order: 'audit' }, ANN);
    expect(await ordered({ order: 'approve' }, ADA.toUpperCase())).toBe(
      'Nothing was approved: the plan is about you as well, so somebody else has to approve it. Another admin can write ' +
        '`approve` to the bot in Teams, or somebody else can run `npm run steward -- approve` at a terminal of the service. ' +
        WHO_IS_ADMIN,
    );
    expect(await opened()).toEqual([]);
    expect(await ordered({ order: 'approve' }, askedAtTerminal('operator'))).toContain('3 cases were opened');
  });

  it('is told of a terminal where one person at it is enough, and of two others where it takes two', async () => {
    await aWorld(BULK);
    await ordered({ order: 'audit' }, 'schedule');
    expect(await ordered({ order: 'approve' }, ADA)).toContain('at a terminal of the service');
    await ordered({ order: 'audit' }, ADA);
    const says = await ordered({ order: 'approve' }, ADA);
    expect(says).toContain(
      'Two other admins can write `approve` to the bot in Teams; for an audit of the schedule one person is enough. ' +
        WHO_IS_ADMIN,
    );
    expect(says).not.toContain('terminal');
    expect(await opened()).toEqual([]);
  });

  it('is no first person, so that two others have to approve what they asked for', async () => {
    await aWorld(BULK);
    expect(await ordered({ order: 'audit' }, ADA)).toContain(
      'so two other admins have to write `approve` to the bot in Teams, because the plan is about whoever asked for it; one admin is enough for an audit of the schedule.',
    );
    expect(await ordered({ order: 'approve' }, BOB)).toContain('so two other admins');
    expect(await opened()).toEqual([]);
    expect(await ordered({ order: 'approve' }, CEM)).toContain('3 cases were opened');
  });

  it('has approved nothing when they came into it afterwards', async () => {
    await aWorld(BULK);
    await ordered({ order: 'audit' }, ANN);
    await approvedAndEnded(ADA);
    expect(await goOn()).toContain(
      'Approvals that do not count, because the plan is about whoever gave them: 1.',
    );
    expect(await opened()).toEqual([]);
  });
});

describe('whoever has approved', () => {
  function roles(of: (userId: UserId) => readonly Role[]): void {
    Object.assign(world.doors, { rolesOf: async (by: UserId) => of(by) });
  }

  it('has to be an admin still when it is acted on', async () => {
    await aWorld(BULK);
    await ordered({ order: 'audit' }, OPS);
    await ordered({ order: 'approve' }, BOB);
    roles((by) => (by === BOB ? [] : ['admin']));
    expect(await ordered({ order: 'approve' }, CEM)).toContain(
      'Approvals that do not count, because whoever gave them is no admin any more: 1.',
    );
    expect(await opened()).toEqual([]);
    expect(await ordered({ order: 'approve' }, ANN)).toContain('3 cases were opened');
  });

  it('keeps nobody from approving when their account is deleted', async () => {
    await aWorld(BULK);
    await ordered({ order: 'audit' }, OPS);
    await ordered({ order: 'approve' }, BOB);
    const { graph } = world.doors;
    const groupsContaining: typeof graph.groupsContaining = async (by, groups) => {
      if (by !== BOB) return new Set(groups);
      throw new GraphFailure('notFound', 'There is no such user.', { operation: 'users.checkMemberGroups' });
    };
    const policy = policyOf(`roles: { admins: ['00000000-0000-4000-8000-0000000000f1'] }`);
    const rolesOf = whoMay({ policy, graph: { groupsContaining }, clock: world.clock });
    Object.assign(world.doors, { rolesOf });
    expect(await ordered({ order: 'approve' }, CEM)).toContain(
      'Approvals that do not count, because whoever gave them is no admin any more: 1.',
    );
    expect(await ordered({ order: 'approve' }, ANN)).toContain('3 cases were opened');
  });

  it('has to be one when the order is carried out', async () => {
    await aWorld(FIRST);
    await ordered({ order: 'audit' });
    roles(() => ['finance']);
    expect(await ordered({ order: 'approve' }, BOB)).toBe('Nothing was approved: you are no admin any more.');
    expect(await opened()).toEqual([]);
  });

  it('is waited for while Graph does not say whether they are', async () => {
    await aWorld(BULK);
    await ordered({ order: 'audit' }, ANN);
    Object.assign(world.doors, {
      rolesOf: async () => {
        throw new GraphFailure('network', 'Microsoft Graph could not be reached.', {
          operation: 'groupsContaining',
        });
      },
    });
    expect(await ordered({ order: 'approve' }, BOB)).toBe('waiting');
    expect(await opened()).toEqual([]);
    roles(() => ['admin']);
    await world.work(60_000);
    expect(await opened()).toHaveLength(3);
  });
});

describe('what is read for a plan', () => {
  async function skuReads(title: string): Promise<number> {
    const somebody = aPerson('Chiara', { ...idle(150), jobTitle: title, manager: grace });
    const hr = `roles: { admins: [${ANN}], hr: [${BOB}] }`;
    world = await aCaseWorld([grace, ...(title === '' ? [] : [somebody]), ...others], {
      policy: `${FIRST}\n${hr}\nreclaim: { licenses: all }`,
      admins: [ANN],
    });
    let reads = 0;
    const skus = world.doors.graph.skus.bind(world.doors.graph);
    await ordered({ order: 'audit' });
    Object.assign(world.doors.graph, {
      skus: async () => {
        reads += 1;
        return skus();
      },
    });
    expect((await planned()).questions).toEqual([]);
    await world.close();
    return reads;
  }

  it('is the same whether HR will have a case or not', async () => {
    expect(await skuReads('Chief Financial Officer')).toBe(await skuReads(''));
  });
});
