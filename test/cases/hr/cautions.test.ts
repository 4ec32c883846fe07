import { describe, expect, it } from '@jest/globals';
import type { Doors } from '../../../src/cases/doors.js';
import { readCautions, warnOfCautions } from '../../../src/cases/hr/run-cautions.js';
import { whoMay } from '../../../src/bot/who-may.js';
import { GraphFailure } from '../../../src/graph/graph-failure.js';
import { silentLog } from '../../../src/telemetry/log.js';
import { graphWorld } from '../../world/graph-world.js';
import { aPerson, groupId, NOW, userId } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';

const HANNA = userId('Hanna');

type CautionDoors = Pick<Doors, 'graph' | 'policy' | 'rolesOf' | 'log'>;

function doorsOf(written: string, change: Partial<Doors['graph']> = {}): CautionDoors {
  const people = [aPerson('Hanna', { groups: ['hr-team'] }), aPerson('Hugo', { groups: ['hr-team'] })];
  const graph = { ...graphWorld(people), ...change };
  const policy = policyOf(written);
  return { graph, policy, rolesOf: whoMay({ policy, graph, clock: { now: () => NOW } }), log: silentLog };
}

const nobodyOf = (who: string): string =>
  `roles.hr names nobody, and ${who} are left to HR: nobody can see or decide a case about them, ` +
  'not even one that an earlier policy may have begun. Name at least one Entra group or user id.';

describe('a policy that leaves HR’s lane to nobody', () => {
  it.each([
    ['with executives', 'mode: observe', 'executives and people on leave'],
    [
      'without executives, while leave is still HR’s',
      `mode: act\nroles: { admins: [${HANNA}] }\nprotect: { executives: { titles: [] } }`,
      'people on leave',
    ],
  ])('is told of %s, whether or not there is a case', async (_what, policy, who) => {
    expect(await readCautions(doorsOf(policy))).toEqual([nobodyOf(who)]);
  });

  it('is told that nothing can be parked', async () => {
    const doors = doorsOf('reclaim: { park: [{ sku: SPE_E5, by: SPE_F1 }] }');
    expect(await readCautions(doors)).toEqual([
      nobodyOf('executives and people on leave'),
      'reclaim.park has no effect: HR alone parks licenses, and roles.hr names nobody.',
    ]);
  });

  it('is told of where no entry is an enabled member', async () => {
    const [says, ...more] = await readCautions(doorsOf(`roles: { hr: [${groupId('no-team')}] }`));
    expect(says).toContain('roles.hr names no enabled member of this tenant');
    expect(more).toEqual([]);
  });

  it('is told of where one person would have to agree with themself', async () => {
    const [says] = await readCautions(doorsOf(`roles: { hr: [${HANNA}] }`));
    expect(says).toContain('roles.hr names one person, and approvals.second is required');
    const alone = doorsOf(`roles: { hr: [${HANNA}] }\napprovals: { second: whenAvailable }`);
    expect(await readCautions(alone)).toEqual([]);
  });

  it.each([
    ['timetable: { hold: P60D, delete: P61D }', ['a deleted account can be restored for 30']],
    ['timetable: { hold: P31D }\nreclaim: { mailbox: waive }', ['brings licenses back without the mail']],
    [
      'timetable: { delete: P60D }\nreclaim: { oneDrive: archive }',
      ['files are deleted 30 days after their'],
    ],
    ['timetable: { hold: P30D, delete: P60D }\nreclaim: { mailbox: waive }', []],
  ])('is told what an undo cannot bring back: %s', async (policy, expected) => {
    const said = await readCautions(doorsOf(`roles: { hr: [${groupId('hr-team')}] }\n${policy}`));
    expect(said).toEqual(expected.map((part) => expect.stringContaining(part)));
  });

  it('is told of by the start of a service in its log, and nothing is said of one with two reviewers', async () => {
    const said: unknown[] = [];
    const log = {
      ...silentLog,
      warn: (message: string, fields?: unknown) => void said.push([message, fields]),
    };
    await warnOfCautions({ ...doorsOf(`roles: { hr: [${groupId('hr-team')}] }`), log });
    expect(said).toEqual([]);
    await warnOfCautions({ ...doorsOf('mode: observe'), log });
    expect(said).toEqual([
      [
        'The policy says something that you should know of.',
        { why: nobodyOf('executives and people on leave') },
      ],
    ]);
  });

  it('is not found to be one while Graph does not say whom it names', async () => {
    const person = async (): Promise<never> =>
      Promise.reject(new GraphFailure('network', 'It could not be reached.', { operation: 'x' }));
    expect(await readCautions(doorsOf(`roles: { hr: [${HANNA}] }`, { person }))).toEqual([
      'Whom roles.hr names could not be read. It could not be reached.',
    ]);
  });
});
