import type { SkuId, UserId } from '../../../src/audit/person.js';
import type { Case } from '../../../src/cases/case.js';
import type { Command } from '../../../src/cases/command.js';
import { isSealed } from '../../../src/cases/hr/sealed.js';
import type { CaseStep } from '../../../src/cases/step.js';
import { nameOf } from '../cast.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { isGift } from './books.js';
import {
  begunStep,
  isPutBack,
  licenseCall,
  SETTLED_MS,
  skuIdsOf,
  type LicenseCall,
  type StepOf,
} from './truth.js';

/** What one case may have to give back, and has not given on. */
interface Holder {
  readonly caseId: string;
  readonly userId: UserId;
  readonly isHrs: boolean;
  readonly skuIds: readonly SkuId[];
}

/** Who may know of a seat that is held: one of HR's cases holds it against those of HR alone (safety rule 3). */
type Lane = 'open' | 'hr';

function licensesOf(steps: readonly CaseStep[], kinds: readonly string[]): ReadonlySet<SkuId> {
  return new Set(
    steps.flatMap(({ step, progress }) =>
      kinds.includes(step.kind) && 'before' in progress && 'licenses' in progress.before
        ? progress.before.licenses.map(({ skuId }) => skuId)
        : [],
    ),
  );
}

function spentBy({ steps }: StepOf['case']): ReadonlySet<SkuId> {
  return licensesOf(steps, ['assignLicenses']);
}

function holderOf(c: Case): Holder | undefined {
  if (!('steps' in c)) return undefined;
  const spent = spentBy(c);
  const skuIds = [...licensesOf(c.steps, ['removeLicenses', 'leaveGroup'])].filter(
    (skuId) => !spent.has(skuId),
  );
  return skuIds.length === 0 ? undefined : { caseId: c.caseId, userId: c.userId, isHrs: isSealed(c), skuIds };
}

function isSame(one: Holder | undefined, other: Holder | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.isHrs === other.isHrs && one.skuIds.join() === other.skuIds.join();
}

function holds({ tenant }: World, userId: UserId, skuId: SkuId): boolean {
  return tenant.someone(userId).account.person.licenses.some((license) => license.skuId === skuId);
}

/** Seats of each product that undos need at this moment: whoever holds the license again needs none. */
function heldBy(world: World, holders: Iterable<Holder>, lane: Lane): ReadonlyMap<SkuId, number> {
  const held = new Map<SkuId, number>();
  for (const { userId, isHrs, skuIds } of holders) {
    if (lane === 'open' && isHrs) continue;
    for (const skuId of skuIds) if (!holds(world, userId, skuId)) held.set(skuId, (held.get(skuId) ?? 0) + 1);
  }
  return held;
}

/** What is free of a product, and how much of that the cases hold together. */
export function seatsOf(world: World, skuId: SkuId): { readonly free: number; readonly held: number } {
  const holders = world.store.peekKind<Case>('cases', 'case').flatMap((c) => holderOf(c) ?? []);
  return { free: world.tenant.seatsFree(skuId), held: heldBy(world, holders, 'hr').get(skuId) ?? 0 };
}

/** The number of seats that were bought changes without a word. */
const OFTEN_MS = 10 * 60_000;

/** Follows who holds what, as the cases say it, and since when there is too little of what. */
function following(world: World): {
  readonly holders: ReadonlyMap<string, Holder>;
  /** @returns true: seats may have changed by it, or somebody else may have changed them since the last time */
  wroteCase(c: Case): boolean;
  /** To be called whenever seats may have changed. */
  look(): void;
  /** Since when there are less than so many seats more than are held; undefined: there are so many. */
  shortSince(skuId: SkuId, lane: Lane, more: 0 | 1): number | undefined;
} {
  const holders = new Map<string, Holder>();
  const since = new Map<string, number>();
  let changedAt = 0;
  const key = (skuId: SkuId, lane: Lane, more: number): string => `${skuId} ${lane} ${more}`;
  return {
    holders,
    wroteCase: (c) => {
      const before = holders.get(c.caseId);
      const holder = holderOf(c);
      if (holder === undefined) holders.delete(c.caseId);
      else holders.set(c.caseId, holder);
      const isOld = world.time.now() - changedAt > OFTEN_MS;
      if (!isOld && isSame(before, holder)) return false;
      changedAt = world.time.now();
      return true;
    },
    look: () => {
      for (const lane of ['open', 'hr'] as const) {
        const held = heldBy(world, holders.values(), lane);
        for (const { skuId } of world.tenant.skus) {
          // What is in use beyond what was bought is nothing that an undo lacks.
          const left = Math.max(0, world.tenant.seatsFree(skuId)) - (held.get(skuId) ?? 0);
          for (const more of [0, 1]) {
            const one = key(skuId, lane, more);
            if (left >= more) since.delete(one);
            else if (!since.has(one)) since.set(one, world.time.now());
          }
        }
      }
    },
    shortSince: (skuId, lane, more) => since.get(key(skuId, lane, more)),
  };
}

/** Which seats a call takes that its case has not freed: of a gift, of what is given instead, and of an undo whose seat was given on. */
function takes({ change }: LicenseCall, { case: c, step, progress }: StepOf): readonly SkuId[] {
  const given = change.add.map(({ skuId }) => skuId);
  if (progress.is === 'undoIntended') {
    const spent = spentBy(c);
    return step.kind === 'removeLicenses' ? given.filter((skuId) => spent.has(skuId)) : [];
  }
  return step.kind === 'removeLicenses' || isGift(c) ? given : [];
}

function stepFor(world: World, { userId, change }: LicenseCall): StepOf | undefined {
  const isTaking = change.remove.length > 0 && !isPutBack(change);
  return begunStep(world, { userId, step: 'removeLicenses', isTaking, skuIds: skuIdsOf(change, isTaking) });
}

export const heldSeatsStay: Rule = {
  name: 'held seats stay',
  promise: '6: the product gives nobody a seat that the undo of another case may need',
  watch: (world, broken) => {
    const seats = following(world);
    return {
      wroteCase: (_before, c) => {
        if (seats.wroteCase(c)) seats.look();
      },
      landed: () => seats.look(),
      issued: (call) => {
        const asked = licenseCall(call);
        if (asked === undefined || asked.change.add.length === 0) return;
        const step = stepFor(world, asked);
        if (step === undefined) return;
        seats.look();
        for (const skuId of takes(asked, step)) {
          // Whoever holds it takes no other seat, and of what has run out Graph gives none.
          if (holds(world, asked.userId, skuId) || skuId === world.tenant.ended) continue;
          const since = seats.shortSince(skuId, isSealed(step.case) ? 'hr' : 'open', 1);
          if (since !== undefined && since < world.time.now() - SETTLED_MS)
            broken(`${nameOf(asked.userId)} gets the last seat of ${skuId}, which another case holds`);
        }
      },
    };
  },
};

export const seatAlarm: Rule = {
  name: 'seat alarm',
  promise: '6: an audit tells of every product of which fewer seats are free than undos may need',
  watch: (world, broken) => {
    const seats = following(world);
    /** Processes that could not count them, and when they said so. */
    const uncounted = new Map<string, number>();
    return {
      wroteCase: (_before, c) => {
        if (seats.wroteCase(c)) seats.look();
      },
      landed: () => seats.look(),
      logged: (by, { message }) => {
        if (message === 'Seats held for undos were not counted.') uncounted.set(by.name, world.time.now());
      },
      wrote: ({ before, after }, by) => {
        if (after?.kind !== 'command' || by === undefined) return;
        const { outcome, what } = after as Command;
        if (what.order !== 'audit' || outcome.is !== 'done') return;
        // Another audit may have done what this one was for.
        if (outcome.runId?.replace(/-\d+$/, '') !== after.id) return;
        if (before === undefined || (before as Command).outcome.is === 'done') return;
        seats.look();
        const now = world.time.now();
        if ((uncounted.get(by.name) ?? -Infinity) > now - SETTLED_MS) return;
        for (const { skuId, partNumber } of world.tenant.skus) {
          const since = seats.shortSince(skuId, 'open', 0);
          const isTold = outcome.says.includes(` of ${partNumber} may have to be given back`);
          if (since !== undefined && since < now - SETTLED_MS && !isTold)
            broken(`an audit does not tell that fewer seats of ${partNumber} are free than are held`);
        }
      },
    };
  },
};

/** What was free and held of a product when something else than the product last changed that. */
interface Ledger {
  readonly wasEnough: boolean;
  /** What is free by now as far as the product alone has changed it. */
  free: number;
  held: number;
  /** When that became so of which whoever gives something may have read the older state. */
  at: number;
  /** Somebody may have read it, or one of HR's cases holds a seat, of which others may not know. */
  isExcused: boolean;
}

/** By how many the seats of a product became more with a change of one person's licenses. */
function freed(world: World, userId: UserId, skuId: SkuId): number {
  const { account, pasts } = world.tenant.someone(userId);
  const had = pasts.at(-1)?.account.person.licenses.some((license) => license.skuId === skuId) ?? false;
  const has = account.person.licenses.some((license) => license.skuId === skuId);
  return Number(had) - Number(has);
}

export const undoFindsSeat: Rule = {
  name: 'undo finds seat',
  promise: '6: no undo fails for want of a seat that the product itself has given to somebody else',
  watch: (world, broken) => {
    const seats = following(world);
    const ledgers = new Map<SkuId, Ledger>();
    const look = (): void => {
      const now = world.time.now();
      const holders = [...seats.holders.values()];
      const all = heldBy(world, holders, 'hr');
      for (const { skuId } of world.tenant.skus) {
        const free = world.tenant.seatsFree(skuId);
        const held = all.get(skuId) ?? 0;
        const isHrs = holders.some((holder) => holder.isHrs && holder.skuIds.includes(skuId));
        const ledger = ledgers.get(skuId);
        if (ledger?.free !== free) {
          ledgers.set(skuId, { wasEnough: free >= held, free, held, at: now, isExcused: isHrs });
          continue;
        }
        if (held > ledger.held) ledger.at = now;
        ledger.held = held;
        ledger.isExcused ||= isHrs;
      }
    };
    return {
      wroteCase: (_before, c) => {
        if (seats.wroteCase(c)) look();
      },
      landed: ({ by, kind, userId, took, gave }) => {
        if (by === 'hand' || kind !== 'changeLicenses') return look();
        for (const skuId of new Set([...took, ...gave].map((one) => one.skuId))) {
          const ledger = ledgers.get(skuId);
          const more = freed(world, userId, skuId);
          if (ledger === undefined || more === 0) continue;
          ledger.free += more;
          const isReturn = [...seats.holders.values()].some(
            (holder) => holder.userId === userId && holder.skuIds.includes(skuId),
          );
          if (more > 0 || isReturn) continue;
          ledger.isExcused ||= ledger.at > world.time.now() - SETTLED_MS;
          ledger.at = world.time.now();
        }
        look();
      },
      issued: (call) => {
        const asked = licenseCall(call);
        if (asked === undefined) return;
        look();
        const step = asked.change.add.length === 0 ? undefined : stepFor(world, asked);
        if (step?.progress.is !== 'undoIntended') return;
        const own = seats.holders.get(step.case.caseId)?.skuIds ?? [];
        for (const { skuId } of asked.change.add) {
          const ledger = ledgers.get(skuId);
          if (ledger === undefined || !ledger.wasEnough || ledger.isExcused || ledger.free >= 1) continue;
          if (!own.includes(skuId) || holds(world, asked.userId, skuId) || skuId === world.tenant.ended)
            continue;
          broken(`${nameOf(asked.userId)} cannot get back ${skuId}, whose seat the product has given away`);
        }
      },
    };
  },
};
