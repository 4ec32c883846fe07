import type { Instant } from '../case.js';
import { newCommand, type Command } from '../command.js';
import { addCommand } from '../run-add-command.js';
import { GUARD, isByGuard } from './by-guard.js';
import { goOnOrder } from './run-going-on.js';
import type { Policy } from '../../config/policy.js';
import { changeDocument } from '../../store/change-document.js';
import type { Doc, Store } from '../../store/store.js';

export type Switch = 'running' | 'paused' | 'stopped';

interface SwitchDoc extends Doc {
  readonly kind: 'switch';
  readonly campaign: Switch;
  readonly by: string;
  readonly at: string;
  /** What a guard has seen that paused the campaign: kept until somebody lets it run, whoever pauses or stops it on top. */
  readonly guarded?: Guarded;
  /** Of rows of earlier versions that a guard has set: what it has seen last. */
  readonly says?: string;
}

/** `says`: as a task says it; absent: it was not written down. */
export interface Guarded {
  readonly says?: string;
}

const ID = 'campaign-switch';

/** The kill switch of design 4.8, read before every step and every question. Absent means running. */
export async function readSwitch(store: Store): Promise<Switch> {
  const stored = await store.read<SwitchDoc>('meta', ID, ID);
  return stored?.doc.campaign ?? 'running';
}

/** The switch and when it was set, as somebody sees it before they set it; `at` undefined: it never was. */
export interface SwitchSeen {
  readonly campaign: Switch;
  readonly at: string | undefined;
}

/** With whom or what set it; undefined: nobody did. */
export interface NamedSwitch extends SwitchSeen {
  readonly by: string | undefined;
  /** Why it does not run, whatever else holds it; undefined: no guard has paused it since it ran. */
  readonly guarded: Guarded | undefined;
}

export async function seeSwitch(store: Store): Promise<NamedSwitch> {
  const stored = await store.read<SwitchDoc>('meta', ID, ID);
  const { campaign = 'running', at, by } = stored?.doc ?? {};
  return { campaign, at, by, guarded: guardedBy(stored?.doc) };
}

function guardedBy(doc: SwitchDoc | undefined): Guarded | undefined {
  if (doc === undefined || doc.campaign === 'running') return undefined;
  const { guarded, says } = doc;
  return guarded ?? (isByGuard(doc) ? { ...(says === undefined ? {} : { says }) } : undefined);
}

/** Set by a person: what a guard had seen goes only when the campaign runs again. */
function setOver(before: SwitchDoc | undefined, set: Pick<SwitchDoc, 'campaign' | 'by' | 'at'>): SwitchDoc {
  const guarded = set.campaign === 'running' ? undefined : guardedBy(before);
  return { id: ID, kind: 'switch', ...set, ...(guarded === undefined ? {} : { guarded }) };
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
  const set = { campaign, by, at };
  await around(store, set, () => change(store, (now) => setOver(now, set)));
}

/**
 * The same for somebody who has seen the switch, and only while it is as they saw it.
 * @returns false: somebody has set it since, and nothing was changed
 */
export async function setSeenSwitch(
  store: Store,
  seen: SwitchSeen,
  set: Pick<SwitchDoc, 'campaign' | 'by' | 'at'>,
): Promise<boolean> {
  return around(store, set, () =>
    change(store, (now) =>
      now?.at === seen.at && (now?.campaign ?? 'running') === seen.campaign ? setOver(now, set) : undefined,
    ),
  );
}

/**
 * The look at what was held is ordered before the switch is set, so that no end of this process leaves cases held; it
 * looks once more when it is set. A stop is ordered after it: it holds only then.
 */
async function around(
  store: Store,
  set: Pick<SwitchDoc, 'campaign' | 'by' | 'at'>,
  setting: () => Promise<boolean>,
): Promise<boolean> {
  if (set.campaign === 'running') await orderWhatFollows(store, set);
  const isSet = await setting();
  if (isSet && set.campaign === 'stopped') await orderWhatFollows(store, set);
  return isSet;
}

/** What the cases have to do with a switch that was set. Safe to repeat, for whoever finds that it was not ordered. */
export async function orderWhatFollows(
  store: Store,
  { campaign, by, at }: Pick<SwitchDoc, 'campaign' | 'by' | 'at'>,
): Promise<void> {
  if (campaign === 'paused') return;
  const now = at as Instant;
  await addCommand({ store }, campaign === 'running' ? goOnOrder(by, now) : endOrder(by, now));
}

function endOrder(by: string, now: Instant): Command {
  return newCommand(`end-cases-${now.replace(/[^0-9]/g, '')}`, { order: 'endCases' }, by, now, now);
}

/**
 * Pauses a campaign that runs; one that a person has stopped stays stopped.
 * @param guard what it guards against
 * @param says what it has seen last, as a task says it
 */
export async function pauseByGuard(store: Store, guard: string, says: string, at: string): Promise<void> {
  await change(store, (now) =>
    (now?.campaign ?? 'running') === 'running'
      ? { id: ID, kind: 'switch', campaign: 'paused', by: `${GUARD}${guard}`, at, guarded: { says } }
      : undefined,
  );
}

/** @returns false: it was left as it is */
async function change(
  store: Store,
  next: (now: SwitchDoc | undefined) => SwitchDoc | undefined,
): Promise<boolean> {
  return (await changeDocument(store, 'meta', ID, next)) !== undefined;
}
