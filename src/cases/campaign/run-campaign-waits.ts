import { changeDocument } from '../../store/change-document.js';
import type { Doc, Store } from '../../store/store.js';
import { instant, type Instant } from '../case.js';
import type { Doors } from '../doors.js';
import { isByGuard, seeSwitch } from './run-switch.js';

/** What of the campaign itself waits for an admin. */
export interface CampaignWaits {
  /** `pause`: a guard has paused it; `audit`: a guard has stopped the newest audit; `plan`: its plan is to be approved. */
  readonly for: 'pause' | 'audit' | 'plan';
  /** The same as long as the same waits. */
  readonly key: string;
  readonly since: Instant;
}

interface WaitsDoc extends Doc {
  readonly kind: 'campaignWaits';
  /** undefined: the newest audit waits for nobody. */
  readonly for: 'audit' | 'plan' | undefined;
  readonly runId: string;
  readonly at: Instant;
}

const ID = 'campaign-waits';

/** After an audit has ended, and after an approval. Safe to repeat. */
export async function noteCampaignWaits(
  { store, clock }: Pick<Doors, 'store' | 'clock'>,
  runId: string,
  what: WaitsDoc['for'],
): Promise<void> {
  const at = instant(clock.now());
  await changeDocument<WaitsDoc>(store, 'meta', ID, (before) =>
    before?.runId === runId && before.for === what
      ? before
      : { id: ID, kind: 'campaignWaits', runId, for: what, at },
  );
}

/** The gravest first. */
export async function readCampaignWaits(store: Store): Promise<readonly CampaignWaits[]> {
  const seen = await seeSwitch(store);
  const pause = seen.campaign === 'paused' && isByGuard(seen) ? seen.at : undefined;
  const run = (await store.read<WaitsDoc>('meta', ID, ID))?.doc;
  return [
    ...(pause === undefined
      ? []
      : [{ for: 'pause' as const, key: `pause ${pause}`, since: pause as Instant }]),
    ...(run?.for === undefined ? [] : [{ for: run.for, key: `${run.for} ${run.runId}`, since: run.at }]),
  ];
}
