import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AuditResult } from '../../src/audit/audit-result.js';
import { runAudit, type AuditOptions } from '../../src/audit/run-audit.js';
import { storeRoster } from '../../src/audit/roster/run-store.js';
import { storeRun } from '../../src/audit/run-store.js';
import type { PeopleKeys } from '../../src/audit/scope/people.js';
import type { Policy } from '../../src/config/policy.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { auditDoors } from '../world/audit-once.js';
import { graphWorld, type WorldOptions } from '../world/graph-world.js';
import { aPerson, idle, NOW, TODAY, type WorldPerson } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { matched } from './roster/roster-world.js';

let folder: string;
let store: Store;
let runs = 0;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steward-again-'));
  let ids = 0;
  store = openEmbeddedStore(path.join(folder, 'store.sqlite'), { newId: () => `etag-${(ids += 1)}` });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const workers = (count: number): readonly WorldPerson[] =>
  Array.from({ length: count }, (_, index) => aPerson(`Worker ${index}`));

interface Again extends AuditOptions {
  readonly policy?: Policy;
  readonly world?: WorldOptions;
}

/** An audit after those before, and kept like them. */
async function audit(
  people: readonly WorldPerson[],
  { policy = policyOf(), world = {}, ...options }: Again = {},
): Promise<AuditResult> {
  runs += 1;
  const now = new Date(NOW.getTime() + runs * 60_000);
  const doors = { ...auditDoors(graphWorld(people, world), store), clock: { now: () => now } };
  const result = await runAudit(doors, policy, options);
  await storeRun(store, result, `run-${runs}`, 'policy');
  return result;
}

describe('an audit after another', () => {
  it('is stopped by a roster in which most people have left', async () => {
    const people = workers(100);
    await audit(people);
    const keys = people.map(({ person: { id, userPrincipalName } }) => ({
      userId: id,
      userPrincipalName,
      employeeId: undefined,
    }));
    const rows = keys.slice(0, 90).map(({ userPrincipalName }) => `${userPrincipalName},Inactive`);
    const roster = matched(`UserPrincipalName,Status\n${rows.join('\n')}\n`, keys);
    await storeRoster(
      store,
      { asOf: TODAY, origin: 'hr.csv', sha256: 'x', counts: roster.counts, people: roster.people },
      { importId: 'import-1', now: NOW },
    );
    expect(await audit(people)).toMatchObject({
      kind: 'stopped',
      figures: { leavers: 90, leaversBefore: 0, people: 100 },
    });
  });

  it('is stopped for a jump although its list of people has one row more', async () => {
    const people = workers(50);
    const policyFor = (keys: PeopleKeys): Policy => {
      const policy = policyOf('scope: { people: people.csv }');
      return { ...policy, scope: { ...policy.scope, peopleKeys: keys } };
    };
    const keys = new Map(people.map(({ person }, index) => [person.id as string, index + 1]));
    await audit(people, { policy: policyFor(keys) });
    const more = policyFor(new Map([...keys, ['11111111-1111-4111-8111-111111111111', 51]]));
    const quiet = people.map((one, index) => (index < 40 ? aPerson(`Worker ${index}`, idle(150)) : one));
    expect(await audit(quiet, { policy: more })).toMatchObject({
      kind: 'stopped',
      figures: { flagged: 40, flaggedBefore: 0 },
    });
  });

  it.each(['2028-01-01', '2026-10-01'])('goes on after a report with the date %s', async (date) => {
    const people = workers(20);
    const mailboxes =
      'Report Refresh Date,User Principal Name,Is Deleted,Storage Used (Byte),Has Archive,Report Period\r\n' +
      `${date},worker.0@harbor.example,False,1000,False,180\r\n`;
    const first = await audit(people, { world: { reports: { mailboxes } } });
    expect(first).toMatchObject({ kind: 'done' });
    expect(first).not.toHaveProperty('measures.sources.mailboxes');
    expect((await audit(people)).kind).toBe('done');
  });

  it('accepts the jump of the newest stopped audit, and no other', async () => {
    const quiet = (count: number): readonly WorldPerson[] =>
      workers(50).map((one, index) => (index < count ? aPerson(`Worker ${index}`, idle(150)) : one));
    await audit(workers(50));
    expect((await audit(quiet(20))).kind).toBe('stopped');
    expect(await audit(quiet(40), { acceptJump: 'shown' })).toMatchObject({
      kind: 'stopped',
      figures: { flagged: 40 },
    });
    expect(await audit(quiet(41), { acceptJump: 'shown' })).toMatchObject({
      kind: 'done',
      caveats: expect.arrayContaining([expect.stringMatching(/^41 of 50 .* Somebody accepted that\.$/)]),
    });
  });

  it('accepts no jump that stopped no audit, but at a terminal, where none is kept', async () => {
    await audit(workers(50));
    const quiet = workers(50).map((_, index) => aPerson(`Worker ${index}`, idle(150)));
    const some = [...quiet.slice(0, 20), ...workers(50).slice(20)];
    expect((await audit(some, { acceptJump: 'any' })).kind).toBe('done');
    const others = [...workers(50).slice(0, 20), ...quiet.slice(20)];
    expect(await audit(others, { acceptJump: 'shown' })).toMatchObject({
      kind: 'stopped',
      figures: { flagged: 30 },
    });
    expect((await audit(others, { acceptJump: 'shown' })).kind).toBe('done');
  });
});
