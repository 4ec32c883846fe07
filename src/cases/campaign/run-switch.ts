import type { Instant } from '../case.js';
import { newCommand, type Command } from '../command.js';
import { addCommand } from '../run-add-command.js';
import { goOnOrder } from './run-going-on.js';
import type { Policy } from '../../config/policy.js';
import { AlreadyExists, ChangedMeanwhile, type Doc, type Store } from '../../store/store.js';

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

export type Brake = Switch | 'observing';

/**
 * What holds questions and steps now: the policy's mode, then the switch. A policy that only observes stops what was
 * begun under one that acts, too; undo alone is never held.
 */
export async function readBrake(doors: {
  readonly store: Store;
  readonly policy: Pick<Policy, 'mode'>;
}): Promise<Brake> {
  return doors.policy.mode === 'observe' ? 'observing' : readSwitch(doors.store);
}

/**
 * Sets the switch whatever it was; takes effect with the next step of every instance. A stop also orders the end of
 * every case in which nothing was done yet, and whoever lets it run, a look at every case that it has held.
 */
export async function setSwitch(store: Store, campaign: Switch, by: string, at: string): Promise<void> {
  const now = at as Instant;
  // Before the switch, so that no end of this process leaves cases held; it looks once more when the switch is set.
  if (campaign === 'running') await addCommand({ store }, goOnOrder(by, now));
  await change(store, () => ({ id: ID, kind: 'switch', campaign, by, at }));
  if (campaign === 'stopped') await addCommand({ store }, endOrder(by, now));
}

function endOrder(by: string, now: Instant): Command {
  return newCommand(`end-cases-${now.replace(/[^0-9]/g, '')}`, { order: 'endCases' }, by, now, now);
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
