import type { GroupId, SkuId, UserId } from '../../../src/audit/person.js';
import type { Case } from '../../../src/cases/case.js';
import type { CaseStep, StepKind, StepProgress } from '../../../src/cases/step.js';
import type { LicenseChange } from '../../../src/graph/graph-door.js';
import { EXECUTIVE_TITLE, GROUPS } from '../cast.js';
import { isStandIn } from '../policies.js';
import type { Account, Effect, Someone } from '../tenant.js';
import type { Call } from '../through.js';
import type { World } from '../world.js';

/**
 * What has been so for this long, nobody may have missed: the reads before a step take minutes when Graph throttles, and
 * answers may be minutes old.
 */
export const SETTLED_MS = 30 * 60_000;
/** Clocks of two processes may be so far apart. */
export const CLOCKS_MS = 2.5 * 3_600_000;

/** Since when an account has been so, without a break; undefined: it is not. */
export function since({ account, pasts }: Someone, is: (account: Account) => boolean): number | undefined {
  if (!is(account)) return undefined;
  for (let at = pasts.length - 1; at >= 0; at -= 1) {
    const past = pasts[at];
    if (past !== undefined && !is(past.account)) return past.until;
  }
  return 0;
}

/** true: it is so now, or was within the last minutes. */
export function wasLately(someone: Someone, now: number, is: (account: Account) => boolean): boolean {
  if (is(someone.account)) return true;
  return someone.pasts.some(({ account, until }) => until > now - SETTLED_MS && is(account));
}

export function isExecutive({ person, groups }: Account): boolean {
  return person.jobTitle === EXECUTIVE_TITLE || groups.has(GROUPS.board);
}

export function isExempt({ groups }: Account): boolean {
  return groups.has(GROUPS.exempt as GroupId);
}

/** One is named by the policy; the others are in its group, or were until a few minutes ago. */
export function isReviewer({ cast, tenant, time }: World, userId: UserId): boolean {
  const [named] = cast.hr;
  return (
    userId === named ||
    wasLately(tenant.someone(userId), time.now(), ({ groups }) => groups.has(GROUPS.hr as GroupId))
  );
}

/** Cases of the store with a step about somebody. */
export interface StepOf {
  readonly case: Extract<Case, { readonly steps: readonly CaseStep[] }>;
  readonly index: number;
  readonly step: CaseStep['step'];
  readonly progress: StepProgress;
}

/** Several rules ask for the same at the same moment. */
const askedBefore = new WeakMap<
  World,
  { readonly userId: UserId; readonly changes: number; readonly steps: readonly StepOf[] }
>();

export function stepsAbout(world: World, userId: UserId): readonly StepOf[] {
  const changes = world.store.changes();
  const before = askedBefore.get(world);
  if (before?.userId === userId && before.changes === changes) return before.steps;
  const steps = world.store.peekKind<Case>('cases', 'case').flatMap((c) => stepsOf(c, userId));
  askedBefore.set(world, { userId, changes, steps });
  return steps;
}

function stepsOf(c: Case, userId: UserId): readonly StepOf[] {
  if (!('steps' in c)) return [];
  return c.steps.flatMap(({ step, progress }, index) =>
    step.userId === userId ? [{ case: c, index, step, progress }] : [],
  );
}

/** A call that changes something of somebody. */
export interface EffectCall {
  readonly userId: UserId;
  readonly method: string;
  /** The kind of step whose doing or undoing it is. */
  readonly step: StepKind;
  /** false: it gives back. */
  readonly isTaking: boolean;
  /** The licenses that it takes, or gives; absent where it is about none. */
  readonly skuIds?: readonly SkuId[];
}

/** Whose, and what, a call changes; undefined: nothing of anybody. Signing out goes with blocking sign-in. */
export function effectCall({ door, method, args }: Call): EffectCall | undefined {
  if (door === 'exchange' && method === 'convert')
    return { userId: args[0] as UserId, method, step: 'convertMailbox', isTaking: args[1] === 'shared' };
  switch (method) {
    case 'changeLicenses': {
      const change = args[1] as LicenseChange;
      const isTaking = change.remove.length > 0 && !isPutBack(change);
      const skuIds = skuIdsOf(change, isTaking);
      return { userId: args[0] as UserId, method, step: 'removeLicenses', isTaking, skuIds };
    }
    case 'setAccountEnabled':
      return { userId: args[0] as UserId, method, step: 'disableSignIn', isTaking: args[1] === false };
    case 'leaveGroup':
    case 'joinGroup':
      return { userId: args[1] as UserId, method, step: 'leaveGroup', isTaking: method === 'leaveGroup' };
    case 'deletePerson':
    case 'restorePerson':
      return {
        userId: args[0] as UserId,
        method,
        step: 'deleteAccount',
        isTaking: method === 'deletePerson',
      };
    default:
      return undefined;
  }
}

/** The licenses that a change takes, or gives. */
export function skuIdsOf({ add, remove }: LicenseChange, isTaking: boolean): readonly SkuId[] {
  return isTaking ? remove : add.map(({ skuId }) => skuId);
}

/** What is given for a dear license goes when that comes back. */
export function isPutBack({ add, remove }: LicenseChange): boolean {
  return add.length > 0 && remove.every((skuId) => add.some((dear) => isStandIn(skuId, dear.skuId)));
}

/**
 * The step that a call belongs to: the one that was written down as begun. Where there are several, rather the one that is
 * about the same licenses, and rather of a case that no person has to look at.
 */
export function begunStep(
  world: World,
  { userId, step: kind, isTaking, skuIds = [] }: Omit<EffectCall, 'method'>,
): StepOf | undefined {
  const begun = stepsAbout(world, userId).filter(
    ({ step, progress }) =>
      (step.kind === kind || (kind === 'removeLicenses' && step.kind === 'assignLicenses')) &&
      (progress.is === 'intended' ||
        // What was given is taken again; everything else is given back.
        (progress.is === 'undoIntended' && (!isTaking || step.kind === 'assignLicenses'))),
  );
  const underWay = begun.filter(({ case: c }) => c.state !== 'needsPerson');
  const same = underWay.filter(({ step }) => skuIds.every((skuId) => isAbout(step, skuId)));
  const isOfKind = ({ step }: StepOf): boolean => (step.kind !== 'assignLicenses') === isTaking;
  return same.find(isOfKind) ?? same[0] ?? underWay.find(isOfKind) ?? underWay[0] ?? begun[0];
}

function isAbout(step: CaseStep['step'], skuId: SkuId): boolean {
  return 'licenses' in step && step.licenses.some((license) => license.skuId === skuId);
}

export interface LicenseCall {
  readonly userId: UserId;
  readonly change: LicenseChange;
}

/** Of a call that changes licenses: whose, and how. */
export function licenseCall(call: Call): LicenseCall | undefined {
  if (call.method !== 'changeLicenses') return undefined;
  return { userId: call.args[0] as UserId, change: call.args[1] as LicenseChange };
}

/** true: somebody has changed the licenses of a person by hand at or after this time. */
export function byHandSince(world: World, userId: UserId, from: number): boolean {
  return world.tenant.effects.some(
    ({ by, kind, ...effect }) =>
      by === 'hand' && kind === 'changeLicenses' && effect.userId === userId && effect.at >= from,
  );
}

/** Clocks that are far apart make leases of two processes overlap. */
export function clocksAgree({ running }: World): boolean {
  return running.every(({ offset }) => Math.abs(offset) < 30_000);
}

export function isTaking(effect: Effect): boolean {
  return effect.by !== 'hand' && effect.took.length > 0;
}
