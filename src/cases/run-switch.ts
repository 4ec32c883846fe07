import { AlreadyExists, ChangedMeanwhile, type Doc, type Store } from '../store/store.js';

export type Switch = 'running' | 'paused' | 'stopped';

interface SwitchDoc extends Doc {
  readonly kind: 'switch';
  readonly campaign: Switch;
  readonly by: string;
  readonly at: string;
}

const ID = 'campaign-switch';

/** The kill switch of design 4.8, read before every step and every question. Absent means running. */
export async function readSwitch(store: Store): Promise<Switch> {
  const stored = await store.read<SwitchDoc>('meta', ID, ID);
  return stored?.doc.campaign ?? 'running';
}

/** Sets the switch whatever it was; takes effect with the next step of every instance. */
export async function setSwitch(store: Store, campaign: Switch, by: string, at: string): Promise<void> {
  await change(store, () => ({ id: ID, kind: 'switch', campaign, by, at }));
}

/** For guards: pauses a campaign that runs; one that a person has stopped stays stopped. */
export async function pauseIfRunning(store: Store, by: string, at: string): Promise<void> {
  await change(store, (now) =>
    now === 'running' ? { id: ID, kind: 'switch', campaign: 'paused', by, at } : undefined,
  );
}

async function change(store: Store, next: (now: Switch) => SwitchDoc | undefined): Promise<void> {
  for (;;) {
    const stored = await store.read<SwitchDoc>('meta', ID, ID);
    const doc = next(stored?.doc.campaign ?? 'running');
    if (doc === undefined) return;
    try {
      if (stored === undefined) await store.create('meta', doc);
      else await store.replace('meta', doc, stored.etag);
      return;
    } catch (error) {
      if (!(error instanceof AlreadyExists || error instanceof ChangedMeanwhile)) throw error;
    }
  }
}
