import { afterEach, describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/cases/case.js';
import { planAnswer } from '../../../src/chat/admin/review-answer.js';
import { openAdminDesk } from '../../../src/cases/admin/run-admin-desk.js';
import { deedText } from '../../../src/cards/deeds-card.js';
import { readDeeds } from '../../../src/cases/admin/run-deeds.js';
import { ENGLISH } from '../../../src/i18n/locale.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, idle, userId, type WorldPerson } from '../../world/people.js';

const ADA = userId('Ada');
const ALEX = userId('Alex');
const IRIS = userId('Iris');

let world: CaseWorld;

afterEach(() => world.close());

function people(): readonly WorldPerson[] {
  const grace = aPerson('Grace', idle(1));
  const idleOnes = ['Ada', 'Ben'].map((name) => aPerson(name, { ...idle(150), manager: grace }));
  return [grace, ...idleOnes, ...['Alex', 'Iris', 'Bob', 'Carl'].map((name) => aPerson(name, idle(1)))];
}

async function planned(approvals: string): Promise<ReturnType<typeof openAdminDesk>> {
  world = await aCaseWorld(people(), { admins: [ALEX, IRIS], policy: `approvals: ${approvals}` });
  return openAdminDesk(world.doors);
}

/** Texts of the cards in somebody's chat, newest last. */
function told(to: string): readonly string[] {
  return world.teams.sent.filter((sent) => sent.to === to).map(({ card }) => JSON.stringify(card));
}

async function planIdFor(desk: ReturnType<typeof openAdminDesk>, by: typeof ALEX): Promise<string> {
  const seen = await desk.plan(by);
  if (seen.kind !== 'plan' || seen.plan === undefined) throw new Error('There is no plan.');
  return seen.plan.planId;
}

describe('A plan that is approved in chat', () => {
  it('opens exactly its cases, and whoever approved it is told', async () => {
    const desk = await planned('{ firstRun: required, bulkOver: 1000 }');
    await world.audit();
    await expect(world.caseOf(ADA)).rejects.toThrow('no case');
    const planId = await planIdFor(desk, ALEX);
    expect(await desk.approve({ by: ALEX, planId })).toEqual({ kind: 'approving' });
    await world.work();
    expect((await world.caseOf(ADA)).state).toBe('asked');
    expect(told(ALEX).at(-1)).toContain('2 cases were opened');
    expect((await readDeeds(world.store)).map((deed) => deedText(deed, ENGLISH))).toEqual([
      `Approved a plan: ${planId}, by Alex`,
    ]);
  });

  it('has no button for an admin whom it is about, who reads who can approve it', async () => {
    const grace = aPerson('Grace', idle(1));
    const bystanders = ['Alex', 'Bob'].map((name) => aPerson(name, idle(1)));
    const idleOnes = ['Ada', 'Iris'].map((name) => aPerson(name, { ...idle(150), manager: grace }));
    world = await aCaseWorld([grace, ...idleOnes, ...bystanders], {
      admins: [ALEX, IRIS],
      policy: 'approvals: { firstRun: required, bulkOver: 1000 }',
    });
    const desk = openAdminDesk(world.doors);
    await world.audit();
    const shown = async (by: typeof ALEX, locale: 'en' | 'de' = 'en'): Promise<string> => {
      const view = {
        policy: world.doors.policy,
        now: instant(world.clock.now()),
        timeZone: 'Etc/UTC',
        locale,
      };
      return JSON.stringify(planAnswer(await desk.plan(by), view));
    };
    expect(await shown(ALEX)).toContain('Approve exactly this plan');
    expect(await shown(ALEX)).not.toContain('about you');
    const toIris = await shown(IRIS);
    expect(toIris).toContain('2 people would be asked about');
    expect(toIris).not.toContain('Approve exactly this plan');
    expect(toIris).toContain(
      'This plan is about you as well, so somebody else has to approve it. Another admin can write',
    );
    expect(await shown(IRIS, 'de')).toContain('In diesem Plan geht es auch um Sie');
  });

  it('of many cases waits for somebody else than whoever asked for the audit', async () => {
    const desk = await planned('{ firstRun: none, bulkOver: 1 }');
    await desk.orderAudit(ALEX);
    await world.work();
    const planId = await planIdFor(desk, ALEX);
    await desk.approve({ by: ALEX, planId });
    await world.work();
    await expect(world.caseOf(ADA)).rejects.toThrow('no case');
    expect(told(ALEX).at(-1)).toContain('approvals.bulkOver');
    await desk.approve({ by: IRIS, planId });
    await world.work();
    expect((await world.caseOf(ADA)).state).toBe('asked');
  });
});
