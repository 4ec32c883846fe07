import { dayOf, isoDay, type Day } from '../../audit/day.js';
import type { UserId } from '../../audit/person.js';
import { lookAtRoster } from '../../audit/roster/run-roster.js';
import {
  canBeTakenBack,
  keepStaged,
  stagedBy,
  stageRoster,
  takeRosterBack,
  type StagedRoster,
  type TakenBack,
} from '../../audit/roster/run-staged.js';
import { rosterHead, type RosterDoc } from '../../audit/roster/run-store.js';
import { ChangedMeanwhile } from '../../store/store.js';
import type { Doors } from '../doors.js';
import type { KeepRoster, NotAllowed, RosterFileOf, RosterSeen, TakeRosterBack } from './admin-desk.js';
import { recordDeed } from './run-deeds.js';
import { asAdmin, nameOrId } from './run-rights.js';

/**
 * Reads a file of people for an admin and compares it with the directory; nothing holds yet. To be opened once: files are
 * large, so one is read at a time.
 */
export function openRosterLook(doors: Doors): (file: RosterFileOf) => Promise<RosterSeen | NotAllowed> {
  let isBusy = false;
  return (file) =>
    asAdmin(doors, file.by, async (): Promise<RosterSeen> => {
      if (isBusy) return { kind: 'busy' };
      isBusy = true;
      try {
        return await lookFor(doors, file);
      } finally {
        isBusy = false;
      }
    });
}

async function lookFor(doors: Doors, { by, bytes, origin, asOf }: RosterFileOf): Promise<RosterSeen> {
  const { store, clock, random, policy } = doors;
  const today = dayOf(clock.now());
  const day = asOf ?? today;
  if (day > today) return { kind: 'stillToCome', asOf: isoDay(day) };
  const head = await rosterHead(store);
  const look = await lookAtRoster(doors, { bytes, origin, asOf: day, force: false }, policy);
  if (look.kind === 'unusable') return { ...look, origin };
  const { match, unknownWords } = look;
  const facts = {
    ...{ origin, asOf: isoDay(day), counts: match.counts, problems: match.problems, unknownWords },
    before: head && { origin: head.origin, asOf: head.asOf, people: head.counts.people },
    usedUntil: usedUntil(doors, day),
    isDaySaid: asOf !== undefined,
  };
  if (look.kind === 'refused') return { kind: 'refused', why: look.why, ...facts };
  const importId = random.id();
  await stageRoster(store, look.roster, { importId, now: clock.now(), by, over: head?.runId });
  return { kind: 'staged', importId, ...facts };
}

/** The last day on which audits use it; undefined: it is past, so that only leave in it counts. */
function usedUntil({ policy, clock }: Pick<Doors, 'policy' | 'clock'>, asOf: Day): string | undefined {
  const last = (asOf + policy.roster.maxAgeDays) as Day;
  return last < dayOf(clock.now()) ? undefined : isoDay(last);
}

/** Makes a file hold that the same admin has looked at; nobody else can. */
export function keepRosterFor(
  doors: Doors,
  { by, importId }: { readonly by: UserId; readonly importId: string },
): Promise<KeepRoster | NotAllowed> {
  return asAdmin(doors, by, async (): Promise<KeepRoster> => {
    const { store, clock } = doors;
    const now = clock.now();
    const staged = await stagedBy(store, importId, { by, now });
    const head = await rosterHead(store);
    if (staged === undefined)
      return head?.runId === `roster-${importId}` ? { kind: 'kept', roster: head } : { kind: 'gone' };
    if (head?.runId !== staged.doc.over) return { kind: 'changedMeanwhile' };
    const { origin, runId } = staged.doc.roster;
    const admin = await nameOrId(doors, by);
    const deed = { type: 'rosterImported', file: origin, rosterId: runId } as const;
    try {
      const roster = await keepStaged(store, staged, now, () => recordDeed(doors, deed, admin));
      return { kind: 'kept', roster };
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
      return insteadOf(staged.doc, await rosterHead(store));
    }
  });
}

/** Why a click has kept nothing: it came twice, or another roster came between. */
function insteadOf({ roster, over }: StagedRoster, head: RosterDoc | undefined): KeepRoster {
  if (head?.runId === roster.runId) return { kind: 'kept', roster: head };
  return { kind: head?.runId === over ? 'beingKept' : 'changedMeanwhile' };
}

/** Puts back what stood there before an import, as long as nothing else was imported since. */
export function takeRosterBackFor(
  doors: Doors,
  { by, rosterId }: { readonly by: UserId; readonly rosterId: string },
): Promise<TakeRosterBack | NotAllowed> {
  return asAdmin(doors, by, async (): Promise<TakenBack> => {
    const { store, clock } = doors;
    const can = await canBeTakenBack(store, rosterId, clock.now());
    if (can.kind !== 'takenBack') return can;
    const file = (await rosterHead(store))?.origin ?? '';
    await recordDeed(doors, { type: 'rosterTakenBack', file, rosterId }, await nameOrId(doors, by));
    try {
      return await takeRosterBack(store, rosterId, clock.now());
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
      return { kind: 'changedMeanwhile' };
    }
  });
}
