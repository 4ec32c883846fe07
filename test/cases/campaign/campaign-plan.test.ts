import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { planDifference } from '../../../src/cases/campaign/campaign-plan.js';
import { readPlan } from '../../../src/cases/campaign/run-plan.js';
import { allCases } from '../../../src/chat/run-read-model.js';
import { readPlanFile, writtenPlan } from '../../../src/cli/plan-file.js';
import { differenceText, planText } from '../../../src/cli/plan-text.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, idle } from '../../world/people.js';

const grace = aPerson('Grace', idle(1));
const ada = aPerson('Ada', { ...idle(150), manager: grace });
const ben = aPerson('Ben', idle(150));
const cleo = aPerson('Cleo', { ...idle(150), manager: grace, jobTitle: 'Chief Financial Officer' });
const others = ['Dora', 'Eve', 'Fay', 'Gus', 'Hal'].map((name) => aPerson(name, idle(1)));

const POLICY = `
approvals: { firstRun: required }
prices: [{ sku: SPE_E3, amount: 36, currency: USD, frequency: monthly }]
timetable: { removeLicenses: P21D, hold: P30D }`;

let world: CaseWorld;

beforeEach(async () => {
  world = await aCaseWorld([grace, ada, ben, cleo, ...others], { policy: POLICY });
  await world.order({ order: 'audit' });
});

afterEach(() => world.close());

async function plan() {
  const found = await readPlan(world.doors);
  if (found === undefined) throw new Error('There is no plan.');
  return found.plan;
}

describe('the plan of a campaign', () => {
  it('names who would be asked about whom, and what would be done when at the earliest', async () => {
    const { questions } = await plan();
    expect(
      questions
        .map(({ displayName, asks }) => [displayName, asks?.displayName ?? 'somebody'].join())
        .sort((a, b) => a.localeCompare(b)),
    ).toEqual(['Ada,Grace', 'Ben,somebody']);
    const [first] = questions.filter(({ displayName }) => displayName === 'Ada');
    expect(first?.licenses.map(({ name }) => name)).toEqual(['Microsoft 365 E3']);
    expect(first?.annualCost).toEqual({ minor: 43_200, currency: 'USD' });
    expect(first?.steps.map(({ step, notBefore }) => [step.kind, notBefore.slice(0, 10)])).toEqual([
      ['removeLicenses', '2026-12-14'],
    ]);
  });

  it('opens nothing and asks nobody', async () => {
    await plan();
    expect(await allCases(world.doors)).toEqual([]);
    expect(world.teams.sent).toEqual([]);
  });

  it('says of executives no more than that somebody is protected', async () => {
    const made = await plan();
    expect(made.left).toMatchObject({ protected: 1 });
    expect(`${writtenPlan(made)}${planText(made, { mode: 'act', finishedAt: made.madeAt })}`).not.toMatch(
      /Cleo|cleo|Chief/,
    );
  });

  it('keeps its id while days go by, and gets another one with another question', async () => {
    const { planId } = await plan();
    world.clock.advance(20 * 3_600_000);
    expect((await plan()).planId).toBe(planId);
    await world.order({ order: 'approve', planId });
    expect((await plan()).planId).not.toBe(planId);
  });

  it('read back from a file, it shows no difference to itself', async () => {
    const made = await plan();
    const kept = readPlanFile(writtenPlan(made));
    if (kept === undefined) throw new Error('The plan could not be read back.');
    const difference = planDifference(kept.questions, made.questions);
    expect(difference).toEqual({ added: [], removed: [], changed: [] });
    expect(differenceText(kept, difference)).toContain(`Nothing is different from the plan ${made.planId}`);
  });

  it('tells against an earlier one who came, who went and what is another', async () => {
    const { questions } = await plan();
    const [one, two] = questions;
    if (one === undefined || two === undefined) throw new Error('There are two questions.');
    const difference = planDifference(
      [
        { ...one, licenses: [{ skuId: 'other', name: 'Other' }] },
        { ...one, userId: 'gone', displayName: 'Gone' },
      ],
      questions,
    );
    expect(difference.added.map(({ userId }) => userId)).toEqual([two.userId]);
    expect(difference.removed.map(({ userId }) => userId)).toEqual(['gone']);
    expect(difference.changed.map(({ after }) => after.userId)).toEqual([one.userId]);
    const text = differenceText({ planId: 'aaaaaaaaaaaa', madeAt: '2026-11-20T06:00:00.000Z' }, difference);
    expect(text).toMatch(/^Different from the plan aaaaaaaaaaaa of .*: 1 more, 1 fewer, 1 changed\n- Gone/);
  });
});

describe('approving a plan', () => {
  it('opens exactly the cases of the plan that was looked at', async () => {
    const { planId } = await plan();
    expect(await world.order({ order: 'approve', planId })).toContain('2 cases were opened');
  });

  it('is refused when the audit behind it is older than a day: a new one could find others', async () => {
    const { planId } = await plan();
    world.clock.advance(25 * 3_600_000);
    expect(await world.order({ order: 'approve', planId })).toContain('older than a day');
    expect(await allCases(world.doors)).toEqual([]);
  });

  it('is refused when the plan is another one by now, and then nothing is approved', async () => {
    const { planId } = await plan();
    await world.graph.deletePerson(ben.person.id);
    await world.order({ order: 'audit' });
    expect(await world.order({ order: 'approve', planId })).toContain('the plan is another one by now');
    expect(await allCases(world.doors)).toEqual([]);
    expect(await world.order({ order: 'audit' })).toContain(
      'Nobody is asked before the first run is approved',
    );
  });
});
