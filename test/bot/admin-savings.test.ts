import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openAdminDesk } from '../../src/cases/admin/run-admin-desk.js';
import type { NotAllowed, SavingsSeen } from '../../src/cases/admin/admin-desk.js';
import { rowsThatAre, sumOf } from '../../src/spend/savings.js';
import { factsIn, sentIn, textIn } from './admin-world.js';
import {
  aHostileWorld,
  ALEX,
  CHIARA,
  GRACE,
  HANNA,
  KIM,
  STRANGER,
  type HostileWorld,
} from './hostile-world.js';

let world: HostileWorld;

/** Kim's license is taken, and can be undone. Chiara's case is HR's. */
beforeAll(async () => {
  world = await aHostileWorld();
}, 60_000);

afterAll(() => world.close());

function seenIn(outcome: SavingsSeen | NotAllowed): SavingsSeen {
  if (outcome.kind === 'notAllowed') throw new Error('The figures were refused.');
  return outcome;
}

describe('“savings”', () => {
  it('tells an admin what is on hold apart from what is final, and what that is worth', async () => {
    const outcome = await world.say(ALEX, 'what have we saved so far?');
    expect(factsIn(outcome)).toMatchObject({
      Final: 'nothing',
      'On hold': '1 license · price not entered',
      'In sight': 'nothing',
    });
    expect(outcome.sent).toContain('Nothing is saved for good yet');
    expect(outcome.sent).toContain('only when the contract is reduced');
    expect(outcome.sent).not.toMatch(/Kim|Chiara|Quillfeather/u);
    expect(outcome.isUnchanged).toBe(true);
  });

  it('offers the file to whoever may see the figures', async () => {
    for (const outcome of [
      await world.say(ALEX, 'export savings'),
      await world.click(ALEX, 'admin', { do: 'savingsFile' }),
    ]) {
      const [offer, wayOut] = sentIn(outcome);
      expect(offer?.attachments?.[0]?.content).toMatchObject({ acceptContext: { savings: true } });
      expect(wayOut?.text).toMatch(/^As of .*; nothing is final yet\.\n\n/);
      expect(wayOut?.text).toContain('[download it here](http://127.0.0.1:');
    }
  });

  it('is for finance, too', async () => {
    const desk = openAdminDesk({ ...world.cases.doors, rolesOf: async () => ['finance'] });
    const { savings } = seenIn(await desk.savings(STRANGER));
    expect(sumOf(rowsThatAre(savings.rows, 'onHold')).freed).toBe(1);
    expect(JSON.stringify(savings)).not.toMatch(/Kim|Quillfeather|00000000-/u);
  });

  it.each([
    ['a manager', GRACE],
    ['somebody of HR', HANNA],
    ['an executive', CHIARA],
    ['an employee', STRANGER],
  ])('is an unknown request to %s, by every way in', async (_who, by) => {
    expect((await world.say(by, 'savings')).sent).toContain('I did not understand that');
    expect(textIn(await world.say(by, 'export savings'))).toBe(textIn(await world.say(by, 'export sheep')));
    const clicked = await world.click(by, 'admin', { do: 'savingsFile' });
    expect(clicked.text + clicked.sent).toContain('I did not understand that');
    expect(clicked.sent).not.toContain('savings');
    const { sent, isUnchanged } = await world.post(by, {
      ...{ type: 'invoke', name: 'fileConsent/invoke' },
      value: {
        ...{ type: 'fileUpload', action: 'accept', context: { savings: true } },
        uploadInfo: {
          ...{ contentUrl: '', name: 'a.csv', uniqueId: '', fileType: 'csv' },
          uploadUrl: 'http://127.0.0.1:1/up',
        },
      },
    });
    expect(sent).toContain('I did not understand that');
    expect(isUnchanged).toBe(true);
  });
});

describe('The figures', () => {
  it('of a minute ago answer whoever asks meanwhile, and then an undo counts', async () => {
    const desk = openAdminDesk(world.cases.doors);
    const first = seenIn(await desk.savings(ALEX));
    const { caseId } = world.about(KIM);
    await world.cases.desk.undo({ caseId, by: ALEX });
    expect(seenIn(await desk.savings(ALEX))).toBe(first);
    await world.cases.work(60_000);
    const { savings, asOf } = seenIn(await desk.savings(ALEX));
    expect(asOf > first.asOf).toBe(true);
    expect(savings).toEqual({ rows: [], since: undefined, takenBack: 1, heldAgain: 0 });
  });
});
