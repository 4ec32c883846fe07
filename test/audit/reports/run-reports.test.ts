import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AuditResult } from '../../../src/audit/audit-result.js';
import { AuditInterrupted } from '../../../src/audit/interrupted.js';
import { REPORT_NAMES, type ReportName } from '../../../src/audit/reports/names.js';
import type { GraphDoor } from '../../../src/graph/graph-door.js';
import { GraphFailure } from '../../../src/graph/graph-failure.js';
import { simulatedDoor } from '../../graph/simulated-door.js';
import { auditOnce } from '../../world/audit-once.js';
import { graphWorld } from '../../world/graph-world.js';
import { policyOf } from '../../world/policies.js';
import { GOLDEN_PEOPLE, GOLDEN_POLICY } from '../golden-tenant.js';

const BROKE_OFF = new GraphFailure('network', 'The download was cut off.', {
  operation: 'reports.getOffice365ActiveUserDetail',
  brokenOff: true,
});

interface Breaking {
  readonly name: ReportName;
  /** So many downloads break off. */
  readonly times: number;
  /** Pieces that come before, of 100 characters each. */
  readonly pieces: number;
}

/** The golden tenant, of which the downloads of one report break off. */
function breaking({ name, times, pieces }: Breaking, failure = BROKE_OFF) {
  const graph = graphWorld(GOLDEN_PEOPLE, { chunkSize: 100 });
  let asked = 0;
  const door: GraphDoor = {
    ...graph,
    async *report(report) {
      let left = pieces;
      const breaks = report === name && (asked += 1) <= times;
      for await (const piece of graph.report(report)) {
        if (breaks && left === 0) throw failure;
        left -= 1;
        yield piece;
      }
      if (breaks) throw failure;
    },
  };
  return { door, asked: () => asked };
}

let whole: Promise<AuditResult> | undefined;
function golden(): Promise<AuditResult> {
  whole ??= auditOnce(graphWorld(GOLDEN_PEOPLE), GOLDEN_POLICY);
  return whole;
}

describe('a report whose download breaks off', () => {
  test('once or twice, wherever, is read anew, and no row of it counts twice', async () => {
    const expected = await golden();
    expect(expected.kind).toBe('done');
    const cuts = fc.record({
      name: fc.constantFrom(...REPORT_NAMES),
      times: fc.integer({ min: 1, max: 2 }),
      pieces: fc.integer({ min: 0, max: 80 }),
    });
    await fc.assert(
      fc.asyncProperty(cuts, async (cut) => {
        const { door, asked } = breaking(cut);
        expect(await auditOnce(door, GOLDEN_POLICY)).toEqual(expected);
        expect(asked()).toBe(cut.times + 1);
      }),
      { numRuns: 30 },
    );
  });

  test.each(REPORT_NAMES)('three times ends the audit with what to check: %s', async (name) => {
    const { door, asked } = breaking({ name, times: 3, pieces: 3 });
    await expect(auditOnce(door, GOLDEN_POLICY)).rejects.toBe(BROKE_OFF);
    expect(asked()).toBe(3);
  });

  test('is read anew after a pause, and not when nobody waits any more', async () => {
    const stop = new AbortController();
    const pauses: number[] = [];
    const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
      pauses.push(ms);
      if (pauses.length === 2) stop.abort();
      signal?.throwIfAborted();
    };
    const { door, asked } = breaking({ name: 'teams', times: 2, pieces: 3 });
    const audit = auditOnce(door, GOLDEN_POLICY, { sleep, signal: stop.signal });
    await expect(audit).rejects.toBeInstanceOf(AuditInterrupted);
    expect([pauses, asked()]).toEqual([[2_000, 10_000], 2]);
  });

  test('is told from a read that fails otherwise, which was tried long enough', async () => {
    const failure = new GraphFailure('network', 'No.', { operation: 'reports.getEmailActivityUserDetail' });
    const { door, asked } = breaking({ name: 'email', times: 1, pieces: 3 }, failure);
    await expect(auditOnce(door, GOLDEN_POLICY)).rejects.toBe(failure);
    expect(asked()).toBe(1);
  });
});

test('every report of a simulated tenant may break off twice within the limits of Graph', async () => {
  const tell = (result: AuditResult) => (result.kind === 'done' ? result.findings : result.why);
  const plain = await simulatedDoor({ people: 400 });
  const expected = await auditOnce(plain.door, policyOf(), { clock: plain.clock });
  expect(expected.kind).toBe('done');

  const { door, clock, tenant } = await simulatedDoor({ people: 400 });
  tenant.faults.add({ path: '/data/download/', times: 2, answer: { kind: 'cutMidway' } });
  for (let more = 1; more < REPORT_NAMES.length; more += 1)
    tenant.faults.add({ path: '/data/download/', after: 3 * more, times: 2, answer: { kind: 'cutMidway' } });
  const result = await auditOnce(door, policyOf(), { clock, sleep: (ms) => clock.sleep(ms) });
  expect(tell(result)).toEqual(tell(expected));
  const reports = tenant.requests.filter(({ path }) => path.startsWith('/v1.0/reports/'));
  expect(reports).toHaveLength(3 * REPORT_NAMES.length);
  expect(reports.filter(({ status }) => status !== 302)).toEqual([]);
});
