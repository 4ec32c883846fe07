import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { openAdminDesk } from '../../src/cases/admin/run-admin-desk.js';
import { positionFile } from '../../src/chat/admin/position-answer.js';
import { factsIn, sentIn, textIn } from './admin-world.js';
import {
  aHostileWorld,
  ALEX,
  CHIARA,
  GRACE,
  HANNA,
  STRANGER,
  type HostileWorld,
  type Outcome,
} from './hostile-world.js';
import { VIEW } from '../cards/a-case.js';

let world: HostileWorld;

beforeAll(async () => {
  world = await aHostileWorld();
}, 60_000);

afterAll(() => world.close());

/** Somebody lets a file be put among their files. */
function allowed(by: UserId, context: unknown): Promise<Outcome> {
  return world.post(by, {
    ...{ type: 'invoke', name: 'fileConsent/invoke' },
    value: {
      ...{ type: 'fileUpload', action: 'accept', context },
      uploadInfo: {
        ...{ contentUrl: '', name: 'a.csv', uniqueId: '', fileType: 'csv' },
        uploadUrl: 'http://127.0.0.1:1/up',
      },
    },
  });
}

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

  it('is a file where it is exported: the table that audits write', async () => {
    const seen = await openAdminDesk(world.cases.doors).position(ALEX);
    if (seen.kind === 'notAllowed') throw new Error('The position was refused.');
    const offer = positionFile(seen, VIEW);
    if (offer.kind !== 'file') throw new Error('There is no file.');
    const [header, ...rows] = offer.csv.split('\r\n');
    expect(header).toMatch(
      /skuId,partNumber,name,bought,assigned,free,active,idle,protected,reclaimable,unknown/u,
    );
    expect(rows).toContainEqual(expect.stringMatching(/,SPE_E3,Microsoft 365 E3,\d+,\d+,\d+,\d+,6,1,5,/u));
    expect(offer.csv).not.toContain('Chiara');
    expect(offer.note).toMatch(/^\d+ licenses bought, 5 reclaimable\n\n.*audit/u);
    const german = positionFile(seen, { ...VIEW, locale: 'de' });
    expect(german).toMatchObject({ csv: expect.stringMatching(/;SPE_E3;Microsoft 365 E3;/u) });

    const outcome = await world.say(ALEX, 'export position');
    const [asked, wayOut] = sentIn(outcome);
    expect(asked?.attachments?.[0]).toMatchObject({
      name: `position-${seen.finishedAt?.slice(0, 10)}.csv`,
      content: {
        acceptContext: { positionOf: seen.finishedAt },
        sizeInBytes: Buffer.byteLength(offer.csv),
      },
    });
    expect(wayOut?.text).toContain('[download it here](http://127.0.0.1:');
    expect(outcome.isUnchanged).toBe(true);
  });

  it('that was exported before a newer audit has to be asked for again', async () => {
    const { sent } = await allowed(ALEX, { positionOf: '2020-01-01T00:00:00.000Z' });
    expect(sent).toContain('A newer audit has finished since');
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
    expect(textIn(await world.say(by, 'export position'))).toBe(textIn(await world.say(by, 'export sheep')));
    const forged = await allowed(by, { positionOf: '2020-01-01T00:00:00.000Z' });
    expect(forged.sent).toContain('I did not understand that');
    expect(forged.isUnchanged).toBe(true);
  });
});
