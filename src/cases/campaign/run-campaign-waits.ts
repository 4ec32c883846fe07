import { changeDocument } from '../../store/change-document.js';
import type { Doc, Store } from '../../store/store.js';
import { instant, type Instant } from '../case.js';
import type { Doors } from '../doors.js';
import { AFTER_AUDIT, type AfterAudit, type CampaignWaits } from './campaign-waits.js';
import { isByGuard } from './by-guard.js';
import type { NamedSwitch } from './run-switch.js';

interface WaitsDoc extends Doc {
  readonly kind: 'campaignWaits';
  readonly waits: boolean;
  /** Since when it does, or does not. */
  readonly at: Instant;
}

/** After an audit has ended, an approval was given, or the seats were counted that undos may need. Safe to repeat. */
export async function noteCampaignWaits(
  { store, clock }: Pick<Doors, 'store' | 'clock'>,
  what: AfterAudit,
  waits: boolean,
): Promise<void> {
  const id = idOf(what);
  const at = instant(clock.now());
  await changeDocument<WaitsDoc>(store, 'meta', id, (before) =>
    (before?.waits ?? false) === waits ? before : { id, kind: 'campaignWaits', waits, at },
  );
}

/** true: a guard has stopped the newest audit of the service, and none was done since. */
export async function isAuditStopped(store: Store): Promise<boolean> {
  const id = idOf('audit');
  return (await store.read<WaitsDoc>('meta', id, id))?.doc.waits ?? false;
}

/**
 * The gravest first.
 * @param seen the campaign's switch as it was read last
 */
export async function readCampaignWaits(store: Store, seen: NamedSwitch): Promise<readonly CampaignWaits[]> {
  const waits: CampaignWaits[] = [];
  if (seen.campaign === 'paused' && isByGuard(seen) && seen.at !== undefined)
    waits.push({ for: 'pause', key: `pause ${seen.at}`, since: seen.at as Instant });
  const docs = new Map<string, WaitsDoc>();
  const where = [{ field: 'kind', is: '=', value: 'campaignWaits' }] as const;
  for await (const { doc } of store.query<WaitsDoc>({ container: 'meta', where })) docs.set(doc.id, doc);
  for (const what of AFTER_AUDIT) {
    const doc = docs.get(idOf(what));
    if (doc?.waits === true) waits.push({ for: what, key: `${what} ${doc.at}`, since: doc.at });
  }
  return waits;
}

function idOf(what: AfterAudit): string {
  return `campaign-waits-${what}`;
}
