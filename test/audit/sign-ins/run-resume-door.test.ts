import { describe, expect, test } from '@jest/globals';
import { AuditInterrupted } from '../../../src/audit/interrupted.js';
import type { UserId } from '../../../src/audit/person.js';
import { keptSignIns } from '../../../src/audit/sign-ins/run-kept.js';
import { readSignIns, type SignIns } from '../../../src/audit/sign-ins/run-sign-ins.js';
import { silentLog } from '../../../src/telemetry/log.js';
import { onBothStores } from '../../store/both-stores.js';
import { countingIds } from '../../store/ids.js';
import { collect } from '../../graph/opened.js';
import { simulatedDoor, violationsIn, type SimulatedDoor } from '../../graph/simulated-door.js';
import type { Store } from '../../../src/store/store.js';

const DAY_MS = 24 * 3_600_000;
const MINUTE = 60_000;
const newId = countingIds('piece');

/** A tenant of seven pages in which nearly everybody's dates are needed, and by which way they are read. */
interface Tenant extends SimulatedDoor {
  readonly held: ReadonlyMap<UserId, undefined>;
  readonly licensed: number;
  /** Successful sign-ins before are swept. */
  readonly olderThan: Date;
}

async function aTenant(way: 'pass' | 'sweep'): Promise<Tenant> {
  const opened = await simulatedDoor({ people: 3_400 }, { signInPerMinute: 9 });
  const people = await collect(opened.door.licensedPeople());
  const held = new Map(people.map(({ id }) => [id, undefined]));
  const days = way === 'pass' ? 400 : 1;
  const olderThan = new Date(opened.clock.now().getTime() - days * DAY_MS);
  return { ...opened, held, olderThan, licensed: way === 'pass' ? people.length : 157_000 };
}

/** The requests for sign-in dates that one reading makes, and what it read; `stopAt` ends it. */
async function read(
  { door, clock, tenant, ...need }: Tenant,
  store: Store,
  stopAt = Infinity,
): Promise<{ readonly made: readonly number[]; readonly signIns: SignIns | undefined }> {
  const stop = new AbortController();
  const before = tenant.requests.length;
  const progress = (): void => {
    if (tenant.requests.length - before >= stopAt) stop.abort();
  };
  const doors = {
    graph: door,
    clock,
    progress,
    log: silentLog,
    kept: keptSignIns({ store, newId }),
    signal: stop.signal,
  };
  let signIns: SignIns | undefined;
  try {
    signIns = await readSignIns(doors, { hasEntraP1: true, ...need });
  } catch (error) {
    if (!(error instanceof AuditInterrupted)) throw error;
  }
  return { made: tenant.requests.slice(before).map(({ status }) => status), signIns };
}

/** The tenant lives on with its clock, so that who was read is compared, and not their dates. */
function whoIn(signIns: SignIns | undefined): readonly UserId[] {
  return [...(signIns?.rows.keys() ?? [])].sort();
}

describe('a simulated tenant, on each kind of store', () => {
  onBothStores((open) => {
    const aStore = async (): Promise<Store> => ((await open(1)) as [Store])[0];

    test.each(['pass', 'sweep'] as const)(
      'reads only what is missing after a stop, within the minutes in which Graph knows the place: %s',
      async (way) => {
        const tenant = await aTenant(way);
        const whole = await read(tenant, await aStore());
        const store = await aStore();
        const first = await read(tenant, store, 6);
        expect([first.made.length, first.signIns]).toEqual([6, undefined]);
        await tenant.clock.sleep(10 * MINUTE);
        const second = await read(tenant, store);
        expect(new Set(second.made)).toEqual(new Set([200]));
        // Somebody of the sweep may have signed in meanwhile.
        expect(second.made.length).toBeLessThanOrEqual(whole.made.length - 6 + (way === 'sweep' ? 1 : 0));
        expect(whoIn(second.signIns)).toEqual(whoIn(whole.signIns));
        expect(whoIn(second.signIns)).toHaveLength(tenant.held.size);
        expect(violationsIn(tenant.tenant)).toEqual([]);
      },
      60_000,
    );

    test('begins anew when Graph has forgotten the place, after one request that says so', async () => {
      const tenant = await aTenant('pass');
      const whole = await read(tenant, await aStore());
      const store = await aStore();
      await read(tenant, store, 6);
      await tenant.clock.sleep(20 * MINUTE);
      const second = await read(tenant, store);
      expect(second.made.filter((status) => status !== 200)).toEqual([400]);
      expect(second.made.length).toBeLessThanOrEqual(whole.made.length + 1);
      expect(whoIn(second.signIns)).toEqual(whoIn(whole.signIns));
    }, 60_000);

    test('sends nothing to where another tenant stood', async () => {
      const [tenant, other] = [await aTenant('pass'), await aTenant('pass')];
      const store = await aStore();
      await read(other, store, 6);
      const before = other.tenant.requests.length;
      const { signIns } = await read(tenant, store);
      expect(whoIn(signIns)).toEqual([...tenant.held.keys()].sort());
      expect(other.tenant.requests).toHaveLength(before);
    }, 60_000);
  });
});
