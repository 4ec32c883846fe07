import { changeDocument } from '../../store/change-document.js';
import type { Doc, Store } from '../../store/store.js';
import { instant, type Instant } from '../case.js';
import type { Doors } from '../doors.js';
import { isByGuard, seeSwitch } from './run-switch.js';

/** What of the campaign itself waits for an admin. */
export interface CampaignWaits {
  /**
   * `pause`: a guard has paused it; `audit`: a guard has stopped the newest audit; `plan`: its plan is to be approved; `seats`:
   * fewer seats are free than undos may need.
   */
  readonly for: 'pause' | AfterAudit;
  /** The same as long as the same waits; seats wait anew with each audit. */
  readonly key: string;
  readonly since: Instant;
}

type AfterAudit = 'audit' | 'plan' | 'seats';

/** Of an audit that ended, or of its seats. */
interface WaitsDoc extends Doc {
  readonly kind: 'campaignWaits';
  /** undefined: it waits for nobody. */
  readonly for: AfterAudit | undefined;
  readonly runId: string;
  readonly at: Instant;
}

/** The gravest first. */
const IDS = { run: 'campaign-waits', seats: 'campaign-waits-seats' } as const;

/** After an audit has ended, and after an approval. Safe to repeat. */
export function noteRunWaits(
  doors: NotingDoors,
  runId: string,
  what: 'audit' | 'plan' | undefined,
): Promise<void> {
  return note(doors, IDS.run, runId, what);
}

/** After the seats were counted that undos may need. Safe to repeat. */
export function noteSeatsWait(doors: NotingDoors, runId: string, isShort: boolean): Promise<void> {
  return note(doors, IDS.seats, runId, isShort ? 'seats' : undefined);
}

type NotingDoors = Pick<Doors, 'store' | 'clock'>;

async function note(
  { store, clock }: NotingDoors,
  id: string,
  runId: string,
  what: WaitsDoc['for'],
): Promise<void> {
  const at = instant(clock.now());
  await changeDocument<WaitsDoc>(store, 'meta', id, (before) =>
    before?.runId === runId && before.for === what
      ? before
      : { id, kind: 'campaignWaits', runId, for: what, at },
  );
}

export async function readCampaignWaits(store: Store): Promise<readonly CampaignWaits[]> {
  const seen = await seeSwitch(store);
  const waits: CampaignWaits[] = [];
  if (seen.campaign === 'paused' && isByGuard(seen) && seen.at !== undefined)
    waits.push({ for: 'pause', key: `pause ${seen.at}`, since: seen.at as Instant });
  for (const id of Object.values(IDS)) {
    const doc = (await store.read<WaitsDoc>('meta', id, id))?.doc;
    if (doc?.for !== undefined) waits.push({ for: doc.for, key: `${doc.for} ${doc.runId}`, since: doc.at });
  }
  return waits;
}
