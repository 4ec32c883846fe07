import type { UserId } from '../../audit/person.js';
import { latestRun } from '../../audit/run-store.js';
import { funnelCounter } from '../campaign/funnel.js';
import {
  orderWhatFollows,
  readBrake,
  seeSwitch,
  setSwitch as setAnySwitch,
  setSeenSwitch,
  type Switch,
  type SwitchSeen,
} from '../campaign/run-switch.js';
import { askedAtTerminal, personAtTerminal } from '../asked-by.js';
import { instant, type PersonRef } from '../case.js';
import type { Doors } from '../doors.js';
import { everyCase } from '../run-all-cases.js';
import type { CampaignStand, NotAllowed, SwitchOutcome } from './admin-desk.js';
import type { HoldDeed } from './deed.js';
import { recordDeed, type DeedDoors } from './run-deeds.js';
import { recordHold, type Entry } from './run-holding.js';
import { asAdmin, nameOrId } from './run-rights.js';

export function campaignFor(doors: Doors, by: UserId): Promise<CampaignStand | NotAllowed> {
  return asAdmin(doors, by, () => standOf(doors));
}

/** One pass over the cases, of which none is kept. */
async function standOf(doors: Doors): Promise<CampaignStand> {
  const seen = await seeSwitch(doors.store);
  const run = await latestRun(doors.store);
  const counter = funnelCounter();
  for await (const { doc } of everyCase(doors)) counter.add(doc);
  return {
    kind: 'campaign',
    brake: await readBrake(doors),
    seen,
    run: run && { finishedAt: run.finishedAt, inactive: run.figures.inactive },
    funnel: counter.done(),
  };
}

interface SwitchRequest {
  readonly by: UserId;
  readonly to: Switch;
  readonly reason?: string | undefined;
  readonly seen?: SwitchSeen;
}

export function setSwitchFor(doors: Doors, request: SwitchRequest): Promise<SwitchOutcome> {
  return asAdmin(doors, request.by, () => setSwitch(doors, request));
}

/**
 * Nothing goes on that is not written down before. What holds the campaign is done at the same time: whoever pulls the
 * brake waits for nobody.
 * @returns what there is to wait for once the switch is set
 * @throws StoreUnavailable
 */
async function record(
  doors: DeedDoors,
  to: Switch,
  by: PersonRef | Promise<PersonRef>,
  why: { readonly reason?: string | undefined },
): Promise<{ readonly entry: Promise<Entry> }> {
  const hold = async (type: HoldDeed['type']): Promise<Entry> =>
    recordHold(doors, { type, ...why }, await by);
  if (to !== 'running') return { entry: hold(to) };
  await recordDeed(doors, { type: 'resumed', ...why }, await by);
  return { entry: Promise.resolve('written') };
}

async function setSwitch(
  doors: Doors,
  { by, to, reason, seen }: SwitchRequest,
): Promise<Exclude<SwitchOutcome, NotAllowed>> {
  let recorded: Awaited<ReturnType<typeof record>> | undefined;
  for (;;) {
    const now = await seeSwitch(doors.store);
    if (isAlready(now, to)) {
      // One that was broken off may not have ordered yet what follows from it.
      if (now.campaign === to && now.at !== undefined)
        await orderWhatFollows(doors.store, { campaign: to, by, at: now.at });
      return { kind: 'already', stand: await standOf(doors) };
    }
    if (seen !== undefined && (seen.at !== now.at || seen.campaign !== now.campaign))
      return { kind: 'changedMeanwhile', stand: await standOf(doors) };
    recorded ??= await record(doors, to, nameOrId(doors, by), { reason });
    const set = { campaign: to, by, at: instant(doors.clock.now()) };
    if (await setSeenSwitch(doors.store, now, set))
      return { kind: 'set', entry: await recorded.entry, stand: await standOf(doors) };
  }
}

/**
 * The same at a terminal, whatever the switch was, without anything but the store.
 * @param account of the operating system
 * @throws StoreUnavailable
 */
export async function setSwitchAtTerminal(doors: DeedDoors, to: Switch, account: string): Promise<Entry> {
  const by = askedAtTerminal(account);
  const { entry } = await record(doors, to, personAtTerminal(by), {});
  await setAnySwitch(doors.store, to, by, doors.clock.now().toISOString());
  return entry;
}

/** What is stopped is not paused: that would hold less. */
function isAlready({ campaign }: SwitchSeen, to: Switch): boolean {
  return campaign === to || (campaign === 'stopped' && to === 'paused');
}
