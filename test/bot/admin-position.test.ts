import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openAdminDesk } from '../../src/cases/admin/run-admin-desk.js';
import { factsIn } from './admin-world.js';
import { aHostileWorld, ALEX, CHIARA, GRACE, HANNA, STRANGER, type HostileWorld } from './hostile-world.js';

let world: HostileWorld;

beforeAll(async () => {
  world = await aHostileWorld();
}, 60_000);

afterAll(() => world.close());

describe('“position”', () => {
  it('tells an admin where the seats are, executives merged into the protected ones', async () => {
    const outcome = await world.say(ALEX, 'position');
    // Everybody holds an E3: five are idle and asked about, Chiara’s is HR’s, and nobody entered its price.
    expect(factsIn(outcome)['Microsoft 365 E3']).toMatch(
      /^[\d,]+ bought, [\d,]+ assigned, 6 idle: 1 protected, 5 reclaimable · price not entered$/u,
    );
    expect(outcome.sent).not.toContain('Chiara');
    expect(outcome.isUnchanged).toBe(true);
  });

  it('is for finance, too, who get nothing else of it', async () => {
    const { doors } = world.cases;
    const desk = openAdminDesk({ ...doors, rolesOf: async () => ['finance'] });
    expect((await desk.position(STRANGER)).kind).toBe('position');
    for (const refused of [
      await desk.campaign(STRANGER),
      await desk.plan(STRANGER),
      await desk.inReview(STRANGER),
      await desk.protections(STRANGER),
      await desk.deeds(STRANGER),
      await desk.orderAudit(STRANGER),
      await desk.setSwitch({ by: STRANGER, to: 'stopped' }),
      await desk.approve({ by: STRANGER, planId: '0123456789ab' }),
    ])
      expect(refused).toEqual({ kind: 'notAllowed' });
  });

  it.each([
    ['a manager', GRACE],
    ['somebody of HR', HANNA],
    ['an executive', CHIARA],
    ['an employee', STRANGER],
  ])('is an unknown request to %s', async (_who, by) => {
    const { sent } = await world.say(by, 'position');
    expect(sent).toContain('I did not understand that');
    expect(sent).not.toContain('for administrators');
  });
});
