import { afterEach, describe, expect, it, test } from '@jest/globals';
import { addCommand } from '../../../src/cases/run-add-command.js';
import { instant } from '../../../src/cases/case.js';
import { newCommand, type Command } from '../../../src/cases/command.js';
import { missingApproval } from '../../../src/cases/campaign/second-person.js';
import { allCases } from '../../../src/chat/run-read-model.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, idle, userId } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';

const REQUIRED = policyOf('approvals: { bulkOver: 2 }').approvals;
const AVAILABLE = policyOf('approvals: { bulkOver: 2, second: whenAvailable }').approvals;

const ANN = userId('Ann');
const BOB = userId('Bob');
const CEM = userId('Cem');
const OPS = 'terminal:ops';

describe('opening many cases at once', () => {
  test.each([
    ['too few to wait', 2, [], ANN, REQUIRED, undefined],
    ['nobody has approved', 3, [], ANN, REQUIRED, 'another'],
    ['whoever asked for it has', 3, [ANN], ANN, REQUIRED, 'another'],
    ['the same in other letters', 3, [ANN.toUpperCase()], ANN, REQUIRED, 'another'],
    ['somebody else has', 3, [BOB], ANN, REQUIRED, undefined],
    ['both have', 3, [ANN, BOB], ANN, REQUIRED, undefined],
    ['perhaps the same person at a terminal', 3, [OPS], ANN, REQUIRED, 'another'],
    ['two accounts at terminals', 3, [OPS, 'terminal:root'], ANN, REQUIRED, 'another'],
    ['an account of an earlier version', 3, ['ops'], ANN, REQUIRED, 'another'],
    ['an account that is called like somebody', 3, [`terminal:${BOB}`], ANN, REQUIRED, 'another'],
    ['asked for at a terminal, perhaps by this person', 3, [BOB], OPS, REQUIRED, 'two'],
    ['asked for at a terminal by at most one of the two', 3, [BOB, CEM], OPS, REQUIRED, undefined],
    ['asked for and approved at terminals', 3, ['terminal:root', BOB], OPS, REQUIRED, 'two'],
    ['asked for at a terminal of an earlier version', 3, [BOB], 'ops', REQUIRED, 'two'],
    ['nobody asked for it', 3, [], 'schedule', REQUIRED, 'anybody'],
    ['nobody asked for it, approved in Teams', 3, [ANN], 'schedule', REQUIRED, undefined],
    ['nobody asked for it, approved at a terminal', 3, [OPS], 'schedule', REQUIRED, undefined],
    ['the first audit of a service', 3, [OPS], 'service', REQUIRED, undefined],
    ['an account called schedule', 3, [OPS], 'terminal:schedule', REQUIRED, 'two'],
    ['one admin, who has not approved', 3, [], ANN, AVAILABLE, 'anybody'],
    ['one admin, who has approved', 3, [ANN], ANN, AVAILABLE, undefined],
    ['one admin at a terminal', 3, [OPS], OPS, AVAILABLE, undefined],
  ] as const)('%s', (_what, cases, approvers, asker, approvals, missing) => {
    expect(missingApproval({ cases, approvers, asker, isAboutAsker: false }, approvals)).toBe(missing);
  });

  test.each([
    ['one other', [BOB], REQUIRED, 'twoOthers'],
    ['one other and whoever asked for it', [ANN, BOB], REQUIRED, 'twoOthers'],
    ['two others', [BOB, CEM], REQUIRED, undefined],
    ['one other, where one is enough', [BOB], AVAILABLE, undefined],
  ] as const)('about whoever asked for it, approved by %s', (_who, approvers, approvals, missing) => {
    expect(missingApproval({ cases: 3, approvers, asker: ANN, isAboutAsker: true }, approvals)).toBe(missing);
  });
});

describe('a run that would ask about more people than approvals.bulkOver', () => {
  let world: CaseWorld;

  afterEach(() => world.close());

  async function ordered(what: Command['what'], by: string): Promise<string> {
    const id = `command-${what.order}-${by.replace(':', '-')}`;
    const now = instant(world.clock.now());
    await addCommand(world.doors, newCommand(id, what, by, now, now));
    await world.work();
    const outcome = (await world.store.read<Command>('commands', id, id))?.doc.outcome;
    return outcome !== undefined && 'says' in outcome ? outcome.says : '';
  }

  async function threeIdle(): Promise<void> {
    const grace = aPerson('Grace', idle(1));
    const idlers = ['Ada', 'Ben', 'Cem'].map((name) => aPerson(name, { ...idle(150), manager: grace }));
    const others = ['Dora', 'Eve', 'Fay', 'Gus', 'Hal'].map((name) => aPerson(name, idle(1)));
    world = await aCaseWorld([grace, ...idlers, ...others], {
      policy: 'approvals: { firstRun: none, bulkOver: 2 }',
      admins: [ANN, BOB],
    });
  }

  it('waits for somebody other than who asked for it, whom Teams knows', async () => {
    await threeIdle();
    const waits =
      /3 people .* an admin other than whoever asked for it has to write `approve` to the bot in Teams/;
    expect(await ordered({ order: 'audit' }, ANN)).toMatch(waits);
    expect(await ordered({ order: 'approve' }, ANN)).toMatch(waits);
    expect(await ordered({ order: 'approve' }, OPS)).toMatch(waits);
    expect(await allCases(world.doors)).toEqual([]);
    expect(await ordered({ order: 'approve' }, BOB)).toContain('3 cases were opened');
    expect(await allCases(world.doors)).toHaveLength(3);
  });

  it('that was asked for at a terminal waits for two whom Teams knows', async () => {
    await threeIdle();
    const waits = /two admins have to write `approve` to the bot in Teams/;
    expect(await ordered({ order: 'audit' }, OPS)).toMatch(waits);
    expect(await ordered({ order: 'approve' }, 'terminal:root')).toMatch(waits);
    expect(await ordered({ order: 'approve' }, ANN)).toMatch(waits);
    expect(await allCases(world.doors)).toEqual([]);
    expect(await ordered({ order: 'approve' }, BOB)).toContain('3 cases were opened');
  });
});
