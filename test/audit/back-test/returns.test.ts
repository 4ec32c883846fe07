import { describe, expect, it, test } from '@jest/globals';
import { returnsOf, type LaterRun } from '../../../src/audit/back-test/returns.js';
import type { Day } from '../../../src/audit/day.js';
import type { IdleRecord } from '../../../src/audit/back-test/idle-record.js';
import { TODAY } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { anIdle, aRun, byId, idleFor } from './idle-world.js';

const POLICY = policyOf();
const FLAGGED = idleFor('Ann', 100);

/** A run so many days after the one that flagged Ann, which knows this of her. */
function after(days: number, change: Partial<IdleRecord> | 'nothing'): LaterRun {
  const on = (TODAY + days) as Day;
  const records = change === 'nothing' ? [] : [{ ...FLAGGED, ...change }];
  return { ...aRun(on, []), records: byId(records) };
}

function on(days: number): Day {
  return (TODAY + days) as Day;
}

function fate(...later: LaterRun[]): string {
  const [figures] = returnsOf(aRun(TODAY, [FLAGGED]), later, [90], POLICY).returns;
  const { flagged, cameBack, stayedIdle, untold } = figures ?? {};
  expect(flagged).toBe(1);
  return cameBack === 1 ? 'came back' : stayedIdle === 1 ? 'stayed idle' : untold === 1 ? 'untold' : 'lost';
}

describe('somebody flagged in an earlier run', () => {
  test.each<[string, string, readonly LaterRun[]]>([
    ['came back', 'a later run shows a use of a service', [after(35, { workload: on(30) })]],
    ['came back', 'a later run shows a sign-in', [after(35, { signIn: on(1) })]],
    ['came back', 'a further report shows a use', [after(35, { reports: { day: on(9), idleDays: 24 } })]],
    ['came back', 'a use before the run came to light late', [after(7, { workload: on(-1) })]],
    [
      'came back',
      'a use is known beside services that are unknown',
      [after(35, { workload: { usedOn: on(9) } })],
    ],
    ['came back', 'a run at most 45 days later shows them in use again', [after(45, { workload: on(42) })]],
    ['untold', 'the first run to show a use came much later', [after(60, { workload: on(58) })]],
    ['stayed idle', 'a run after 30 days proves that there was no use', [after(32, {})]],
    [
      'stayed idle',
      'they were idle for 30 days and came back then',
      [after(32, {}), after(60, { workload: on(58) })],
    ],
    ['untold', 'no run reaches over the 30 days', [after(31, {})]],
    ['untold', 'there is no later run', []],
    ['untold', 'they are in no later run: no license, or out of scope', [after(32, 'nothing')]],
    ['untold', 'later runs know nothing of them', [after(32, { workload: 'unknown', signIn: 'unknown' })]],
    ['untold', 'their sign-in dates were not read', [after(32, { signIn: 'unread' })]],
    ['stayed idle', 'a run in between knew nothing', [after(32, { workload: 'unknown' }), after(39, {})]],
    [
      'came back',
      'one run does not know them and the next does',
      [after(7, 'nothing'), after(14, { signIn: on(9) })],
    ],
    [
      'untold',
      'a run is so late that its report does not reach back',
      [after(190, { workload: { noneSince: on(8) } })],
    ],
  ])('%s when %s', (expected, _why, later) => {
    expect(fate(...later)).toBe(expected);
  });

  it('is told by reports alone where the policy asks for no sign-in', () => {
    const policy = policyOf('evidence: { require: [workload] }');
    const later = [after(32, { signIn: 'unknown' })];
    expect(returnsOf(aRun(TODAY, [FLAGGED]), later, [90], policy).returns).toMatchObject([{ stayedIdle: 1 }]);
  });
});

describe('the returns of a run', () => {
  it('are counted per threshold, of those whom it would have flagged then', () => {
    const earlier = aRun(TODAY, [
      idleFor('Ann', 100),
      idleFor('Ben', 70),
      idleFor('Cleo', 70),
      idleFor('Dan', 40),
      anIdle('Eve', { list: 'protected' }),
      idleFor('Finn', 70, TODAY, { signIn: 'unread', list: 'unknown' }),
    ]);
    const later: LaterRun = {
      ...aRun(on(35), []),
      records: byId([
        idleFor('Ann', 135, on(35)),
        idleFor('Ben', 12, on(35)),
        idleFor('Dan', 20, on(35)),
        idleFor('Finn', 20, on(35)),
      ]),
    };
    expect(returnsOf(earlier, [later], [30, 60, 90, 120], POLICY)).toEqual({
      runId: earlier.runId,
      day: TODAY,
      returns: [
        { days: 30, flagged: 4, cameBack: 2, stayedIdle: 1, untold: 1 },
        { days: 60, flagged: 3, cameBack: 1, stayedIdle: 1, untold: 1 },
        { days: 90, flagged: 1, cameBack: 0, stayedIdle: 1, untold: 0 },
        { days: 120, flagged: 0, cameBack: 0, stayedIdle: 0, untold: 0 },
      ],
    });
  });
});
