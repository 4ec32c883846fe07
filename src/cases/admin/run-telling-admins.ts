import type { UserId } from '../../audit/person.js';
import { isPutOff, type Delivery } from '../../bot/messenger.js';
import {
  movedTellingCard,
  waitingForAdminsCard,
  waitingForAdminsHeadline,
} from '../../cards/telling-card.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import { changeDocument } from '../../store/change-document.js';
import { insist } from '../../store/run-insist.js';
import { isSameMessage } from '../asking/copies.js';
import { withNote } from '../asking/deliveries.js';
import { viewFor } from '../asking/run-cards.js';
import { sendOnceInstalled } from '../asking/run-installing.js';
import { readCampaignWaits } from '../campaign/run-campaign-waits.js';
import { isByGuard } from '../campaign/by-guard.js';
import { seeSwitch, type NamedSwitch } from '../campaign/run-switch.js';
import { instant, type Instant, type MessageRef, type PersonRef } from '../case.js';
import { newCommand, type Command, type CommandOrder } from '../command.js';
import type { Doors } from '../doors.js';
import { everyCaseForAdmins } from '../run-all-cases.js';
import { holderOf, peopleBehind, type Named } from '../run-holders.js';
import {
  adminTellingId,
  afterEdit,
  afterTelling,
  isAllTold,
  isOutdated,
  isToldAlready,
  newTelling,
  nextLook,
  toldAll,
  turnToTell,
  waitingFor,
  withoutEarlier,
  type AdminTelling,
  type TellingTimes,
  type ToldAll,
} from './admin-telling.js';
import { countsOf, waitingIn, waitingInCampaign, type Waiting } from './waiting.js';

/** The one row by which admins are told; it is due again and again. */
export const TELL_ADMINS = 'tell-admins';

type Ending = { readonly ending?: AbortSignal | undefined };

/** At the start of a service. One row for all instances. */
export async function planTellingAdmins({ store, clock }: Pick<Doors, 'store' | 'clock'>): Promise<void> {
  const now = instant(clock.now());
  await changeDocument<Command>(store, 'commands', TELL_ADMINS, (before) =>
    before?.state === 'waiting'
      ? before
      : newCommand(TELL_ADMINS, { order: 'tellAdmins' }, 'service', now, now),
  );
}

/**
 * Tells every admin in Teams what waits for them, one after the other. Who was told of what stands in a row for each, under
 * its etag: whatever becomes of this process, or of another one beside it, nobody gets two messages in a turn, and what was
 * not told is told in the next one.
 * @param what Graph is asked who is an admin only where something may be to be told since the look that it tells of
 * @returns when to look again, and what this look has found
 */
export async function tellAdmins(
  doors: Doors & Ending,
  what: Order = { order: 'tellAdmins' },
): Promise<Next> {
  const times = timesOf(doors);
  const seen = doors.policy.tell.admins === 'never' ? 'held' : await switchUnlessHeld(doors);
  if (seen === 'held') return { dueAt: nextLook(times, doors.pace.held), what: { order: 'tellAdmins' } };
  const look = await tellEach(doors, seen, what.told);
  const { retry, watch } = doors.pace;
  const isSoon = look === undefined || look.isSomebodyLeft;
  const pause = isSoon ? Math.min(Math.max(retry * 4, LEAST_PAUSE_MS), watch) : watch;
  const told = look === undefined ? {} : { told: look.told };
  return { dueAt: nextLook(timesOf(doors), pause), what: { order: 'tellAdmins', ...told } };
}

/** Whoever is told once a day need not be looked for every few minutes while Graph fails. */
const LEAST_PAUSE_MS = 30 * 60_000;

type Order = Extract<CommandOrder, { order: 'tellAdmins' }>;

interface Next {
  readonly dueAt: Instant;
  readonly what: Order;
}

/** Where a guard has paused the campaign, nobody else knows of it. */
async function switchUnlessHeld({ store, policy }: Doors): Promise<NamedSwitch | 'held'> {
  if (policy.mode === 'observe') return 'held';
  const seen = await seeSwitch(store);
  const isHeld = seen.campaign !== 'running' && !(seen.campaign === 'paused' && isByGuard(seen));
  return isHeld ? 'held' : seen;
}

function timesOf({ clock, timeZone, policy }: Doors): TellingTimes {
  return { now: clock.now(), zone: timeZone, answerDue: policy.timetable.answerDue };
}

/**
 * Whom Microsoft Graph does not tell of now is told later; that keeps nobody else from being told.
 * @param before what the last look has found: where nothing has changed since, only those are asked for of whom Graph did
 * not tell then
 * @returns undefined: it was broken off. `isSomebodyLeft`: there is something for somebody of whom Graph did not tell; who
 * else may be an admin can wait for the next usual look
 */
async function tellEach(
  doors: Doors & Ending,
  seen: NamedSwitch,
  before: ToldAll | undefined,
): Promise<{ readonly told: ToldAll; readonly isSomebodyLeft: boolean } | undefined> {
  const times = timesOf(doors);
  const waiting = [
    ...(await readCampaignWaits(doors.store, seen)).map(waitingInCampaign),
    ...(await everyCaseForAdmins(doors)).map(waitingIn),
  ];
  const tellings = await everyTelling(doors);
  const since = isAllTold(before, tellings, waiting, times) ? before : undefined;
  if (since !== undefined && since.left === undefined) return { told: since, isSomebodyLeft: false };
  if (waiting.length === 0 && !isAnythingShown(tellings))
    return { told: toldAll({ admins: [], left: [] }, waiting, times), isSomebodyLeft: false };
  const { named, left } = await namedBy(doors, since?.left ?? doors.policy.roles.admins);
  // Where not everybody can be found out, who was told before is told all the same, if they are an admin still.
  if (since === undefined && left.size > 0)
    for (const id of tellings.keys()) if (!named.has(id)) named.set(id, { id });
  const admins = new Set(since?.admins);
  let isSomebodyLeft = [...left].some((id) => isForSomebody(id as UserId, { doors, tellings, waiting }));
  for (const each of named.values()) {
    const theirs = waitingFor(each.id, waiting);
    // Whether they are an admin still is asked once there is something for them.
    if (isToldAlready(tellings.get(each.id), theirs, timesOf(doors))) admins.add(each.id);
    if (admins.has(each.id)) continue;
    if (doors.ending?.aborted === true || (await switchUnlessHeld(doors)) === 'held') return undefined;
    const admin = await unlessFailing(doors, async () => [await holderOf(doors, 'admin', each)]);
    if (admin === undefined) {
      left.add(each.id);
      isSomebodyLeft = true;
    } else if (admin[0] !== undefined) {
      admins.add(each.id);
      await tell(doors, admin[0], theirs);
    }
  }
  return { told: toldAll({ admins: [...admins], left: [...left] }, waiting, times), isSomebodyLeft };
}

/** Whether there is something for somebody of whom Graph did not tell; of a group nobody knows, as long as nobody was ever told. */
function isForSomebody(id: UserId, { doors, tellings, waiting }: Seen): boolean {
  const isEntry = doors.policy.roles.admins.includes(id);
  const telling = tellings.get(id);
  if (telling === undefined) return !isEntry || tellings.size === 0;
  return !isToldAlready(telling, waitingFor(id, waiting), timesOf(doors));
}

interface Seen {
  readonly doors: Doors;
  readonly tellings: ReadonlyMap<UserId, AdminTelling>;
  readonly waiting: readonly Waiting[];
}

/** Whom users and groups stand for. `left`: those of which Graph does not tell. */
async function namedBy(
  doors: Doors,
  ids: readonly string[],
): Promise<{ readonly named: Map<UserId, Named>; readonly left: Set<string> }> {
  const named = new Map<UserId, Named>();
  const left = new Set<string>();
  for (const id of ids) {
    const people = await unlessFailing(doors, () => peopleBehind(doors, 'admin', id));
    if (people === undefined) left.add(id);
    for (const each of people ?? []) named.set(each.id, { ...named.get(each.id), ...each });
  }
  return { named, left };
}

async function unlessFailing<T>({ log }: Doors, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    log.warn('Admins could not be told what waits for them.', { failure: error.kind });
    return undefined;
  }
}

async function everyTelling({ store }: Doors): Promise<ReadonlyMap<UserId, AdminTelling>> {
  const where = [{ field: 'kind', is: '=', value: 'adminTelling' }] as const;
  const tellings = new Map<UserId, AdminTelling>();
  for await (const { doc } of store.query<AdminTelling>({ container: 'commands', where }))
    tellings.set(doc.userId, doc);
  return tellings;
}

function isAnythingShown(tellings: ReadonlyMap<UserId, AdminTelling>): boolean {
  return [...tellings.values()].some(({ told }) => told !== undefined && told.shows.length > 0);
}

/**
 * A message notifies its reader and an edit does not. So what is new is sent, and the message before points to it; what is
 * done meanwhile is only taken off the newest one.
 */
async function tell(doors: Doors, admin: PersonRef, waiting: readonly Waiting[]): Promise<void> {
  const id = adminTellingId(admin.id);
  const seen = (await doors.store.read<AdminTelling>('commands', id, id))?.doc ?? newTelling(admin);
  const turn = turnToTell(seen, waiting, timesOf(doors));
  const now = turn === undefined ? seen : await send(doors, admin, { seen, turn, waiting });
  if (now === undefined) return;
  await showLatest(doors, now, waiting);
}

interface ToSend {
  readonly seen: AdminTelling;
  readonly turn: string;
  readonly waiting: readonly Waiting[];
}

/** @returns undefined: somebody else tells them in this turn */
async function send(
  doors: Doors,
  admin: PersonRef,
  { seen, turn, waiting }: ToSend,
): Promise<AdminTelling | undefined> {
  const intended = await change(doors, admin, (now) =>
    now.turn === seen.turn ? { ...now, turn } : undefined,
  );
  if (intended === undefined) return undefined;
  const view = await viewFor(doors, admin.id);
  const counts = countsOf(waiting);
  const card = waitingForAdminsCard(counts, view);
  const message = (): Promise<Delivery> =>
    doors.messenger.send(admin.id, card, waitingForAdminsHeadline(counts, view));
  const tried = { held: intended, delivery: await message() };
  const { delivery } = await sendOnceInstalled(doors, tried, {
    userId: admin.id,
    send: message,
    note: async (held, installation) =>
      (await change(doors, admin, (now) => ({ ...now, installation }))) ?? held,
  });
  const at = instant(doors.clock.now());
  if (delivery.kind === 'failed')
    return change(doors, admin, (now) => {
      const noted = withNote(now, delivery, waiting.length, at);
      return isSurelyNotSent(delivery) ? inTurn(noted, seen.turn) : noted;
    });
  const { message: sent } = delivery;
  return insist(doors, () =>
    change(doors, admin, (now) =>
      now.told !== undefined && isSameMessage(now.told.message, sent)
        ? now
        : afterTelling(withNote(now, delivery, waiting.length, at), sent, waiting, at),
    ),
  );
}

/** Where no answer came, the message may have arrived all the same: the next one has to wait for the next turn. */
function isSurelyNotSent({ again, status }: Extract<Delivery, { kind: 'failed' }>): boolean {
  return again === 'later' && status !== undefined && status < 500;
}

function inTurn({ turn: _turn, ...telling }: AdminTelling, turn: string | undefined): AdminTelling {
  return turn === undefined ? telling : { ...telling, turn };
}

/** Edits the messages that tell another thing than what is so. */
async function showLatest(doors: Doors, telling: AdminTelling, waiting: readonly Waiting[]): Promise<void> {
  const { told, earlier = [], userId, displayName } = telling;
  const isLeft = isOutdated(telling, waiting);
  if (!isLeft && earlier.length === 0) return;
  const view = await viewFor(doors, userId);
  const done = new Set<string>();
  for (const message of earlier)
    if (await isEdited(doors, message, movedTellingCard(view))) done.add(message.activityId);
  const isShown =
    isLeft &&
    told !== undefined &&
    (await isEdited(doors, told.message, waitingForAdminsCard(countsOf(waiting), view)));
  await change(doors, { id: userId, displayName }, (now) => {
    const isSame = now.told?.message.activityId === told?.message.activityId;
    return withoutEarlier(isShown && isSame ? afterEdit(now, waiting) : now, done);
  });
}

/** true: there is nothing more to do about it. */
async function isEdited(
  { messenger }: Doors,
  message: MessageRef,
  card: ReturnType<typeof movedTellingCard>,
): Promise<boolean> {
  return !isPutOff(await messenger.update(message, card));
}

function change(
  { store }: Doors,
  admin: PersonRef,
  next: (now: AdminTelling) => AdminTelling | undefined,
): Promise<AdminTelling | undefined> {
  return changeDocument<AdminTelling>(store, 'commands', adminTellingId(admin.id), (now) =>
    next(now ?? newTelling(admin)),
  );
}
