import type { UserId } from '../../../src/audit/person.js';
import { nameOf } from '../cast.js';
import type { Instance } from '../instance.js';
import type { Effect, Holding } from '../tenant.js';
import { isSame } from '../tenant-licenses.js';
import type { Call } from '../through.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { isGift } from './books.js';
import {
  begunStep,
  byHandSince,
  clocksAgree,
  effectCall,
  isPutBack,
  licenseCall,
  SETTLED_MS,
  since,
  skuIdsOf,
  stepsAbout,
  wasLately,
  type LicenseCall,
  type StepOf,
} from './truth.js';

/** Which step each effect carried out, as it stood when the call went out. */
export interface Carried {
  readonly effect: Effect;
  readonly step: StepOf;
  readonly issuedAt: number;
}

/** Follows license calls from their issue to their effect, for the rules that look at both. */
export function following(world: World): {
  issued(asked: LicenseCall, by: Instance): StepOf | undefined;
  landed(effect: Effect): Carried | undefined;
} {
  const calls = new Map<string, { readonly step: StepOf; readonly issuedAt: number }>();
  const key = (userId: UserId, by: number, isTaking: boolean): string => `${userId} ${by} ${isTaking}`;
  return {
    issued: ({ userId, change }, by) => {
      const isTaking = change.remove.length > 0 && !isPutBack(change);
      const skuIds = skuIdsOf(change, isTaking);
      const step = begunStep(world, { userId, step: 'removeLicenses', isTaking, skuIds });
      const one = key(userId, by.number, change.remove.length > 0 && change.add.length === 0);
      // An earlier call of the kind is none of this one's.
      calls.delete(one);
      if (step !== undefined) calls.set(one, { step, issuedAt: world.time.now() });
      return step;
    },
    landed: (effect) => {
      if (effect.by === 'hand' || effect.kind !== 'changeLicenses') return undefined;
      const call = calls.get(
        key(effect.userId, effect.by, effect.took.length > 0 && effect.gave.length === 0),
      );
      return call && { effect, ...call };
    },
  };
}

export const intentionComesFirst: Rule = {
  name: 'intention first',
  promise: '9: every effect is written down as intended before it is tried',
  watch: (world, broken) => ({
    issued: (call) => {
      const asked = effectCall(call);
      if (asked === undefined) return;
      // Where clocks differ, another process may have gone on with the step already.
      if (begunStep(world, asked) !== undefined || !clocksAgree(world)) return;
      broken(
        `${asked.method} about ${nameOf(asked.userId)} goes out, and no step of a case says that it is begun`,
      );
    },
  }),
};

/** A process hears of its own write, and calls, within this time. */
const ABOUT_MS = 3_000;

export const oneHolder: Rule = {
  name: 'one holder',
  promise: '9: only the process that holds a case acts for it, one call at a time',
  watch: (world, broken) => {
    const underWay = new Map<UserId, Instance>();
    const written = new Map<string, number>();
    return {
      wroteCase: (_before, c) => void written.set(c.caseId, world.time.now()),
      issued: (call, by) => {
        const asked = effectCall(call);
        if (asked === undefined) return;
        const step = begunStep(world, asked);
        const other = underWay.get(asked.userId);
        underWay.set(asked.userId, by);
        if (!clocksAgree(world)) return;
        const owner = step?.case.lease?.owner;
        // Somebody's undo may be written while the call is about to go out.
        const isSettled = world.time.now() - (written.get(step?.case.caseId ?? '') ?? 0) > ABOUT_MS;
        if (step !== undefined && owner !== by.name && isSettled)
          broken(`${by.name} changes ${nameOf(asked.userId)}, whose case ${owner ?? 'nobody'} holds`);
        // An undo may begin while the answer to a call is still to come.
        const isUndo = step?.case.state === 'undoing';
        if (other !== undefined && other !== by && other.isAlive() && !isUndo)
          broken(`${by.name} and ${other.name} change ${nameOf(asked.userId)} at once`);
      },
      answered: (call, by) => {
        const asked = effectCall(call);
        if (asked !== undefined && underWay.get(asked.userId) === by) underWay.delete(asked.userId);
      },
    };
  },
};

export const onceOnly: Rule = {
  name: 'once only',
  promise: '9: a crash anywhere repeats nothing that matters',
  watch: (world, broken) => {
    const follow = following(world);
    const before = new Map<string, Effect[]>();
    return {
      issued: (call, by) => {
        const asked = licenseCall(call);
        if (asked !== undefined) follow.issued(asked, by);
      },
      landed: (effect) => {
        const carried = follow.landed(effect);
        if (carried === undefined) return;
        const { case: c, index, progress } = carried.step;
        const key = `${c.caseId} ${index} ${progress.is === 'undoIntended'} ${effect.took.length > 0}`;
        const earlier = before.get(key) ?? [];
        before.set(key, [...earlier, effect]);
        // What there was no free seat for comes later than the rest.
        const first = earlier.findLast((each) => isOfSameProducts(each, effect));
        if (first === undefined || byHandSince(world, effect.userId, first.at)) return;
        broken(`a step of the case of ${nameOf(c.userId)} has changed the tenant a second time`);
      },
    };
  },
};

function isOfSameProducts(a: Effect, b: Effect): boolean {
  const products = ({ took, gave }: Effect): readonly string[] =>
    [...took, ...gave].map(({ skuId }) => skuId);
  return products(a).some((skuId) => products(b).includes(skuId));
}

export const beforeState: Rule = {
  name: 'before-state',
  promise: '6: the before-state is recorded before the step, as it was',
  watch: (world, broken) => {
    const follow = following(world);
    return {
      issued: (call, by) => {
        const asked = licenseCall(call);
        if (asked !== undefined && asked.change.remove.length > 0) follow.issued(asked, by);
      },
      landed: (effect) => {
        if (effect.took.length === 0 || effect.gave.length > 0) return;
        const carried = follow.landed(effect);
        if (carried === undefined) return;
        const { progress, step } = carried.step;
        if (!('before' in progress) || step.kind !== 'removeLicenses') return;
        if (byHandSince(world, effect.userId, carried.issuedAt - SETTLED_MS)) return;
        const recorded = 'licenses' in progress.before ? progress.before.licenses : [];
        const missing = effect.took.filter((one) => !recorded.some((other) => isSame(one, other)));
        if (missing.length === 0) return;
        broken(
          `${nameOf(effect.userId)} loses ${listed(missing)}, but recorded before was ${listed(recorded)}`,
        );
      },
    };
  },
};

function opened({ openedAt }: StepOf['case']): number {
  return Date.parse(openedAt);
}

function listed(holdings: readonly Holding[]): string {
  return holdings
    .map(({ skuId, disabledPlans }) => `${skuId} without [${disabledPlans.join()}]`)
    .join(' and ');
}

export const nothingAfterUndo: Rule = {
  name: 'nothing after undo',
  promise: '6: what somebody wants back is not taken any more',
  watch: (world, broken) => {
    const undoneAt = new Map<string, number>();
    return {
      wroteCase: (before, c) => {
        if (c.state === 'undoing' && before?.state !== 'undoing') undoneAt.set(c.caseId, world.time.now());
      },
      issued: (call) => {
        const asked = effectCall(call);
        if (asked === undefined || !asked.isTaking || isTakenBack(world, call)) return;
        for (const { case: c, step } of stepsAbout(world, asked.userId)) {
          const at = undoneAt.get(c.caseId);
          // The undo of a gift takes what it gave, also where it had to set a usage location first.
          if (step.kind === 'assignLicenses' || isGift(c)) continue;
          // A call may be about to go out when the undo is written.
          if (at === undefined || world.time.now() - at < ABOUT_MS) continue;
          broken(`${asked.method} about ${nameOf(asked.userId)} goes out after the undo was accepted`);
        }
      },
    };
  },
};

/** true: what goes was given by a case that is undone; another of the same person may be undone already. */
function isTakenBack(world: World, call: Call): boolean {
  const asked = licenseCall(call);
  if (asked === undefined) return false;
  const given = stepsAbout(world, asked.userId).flatMap(({ case: c, step }) =>
    c.state === 'undoing' && step.kind === 'assignLicenses' ? step.licenses.map(({ skuId }) => skuId) : [],
  );
  return asked.change.remove.every((skuId) => given.includes(skuId));
}

/** true: somebody does not hold a license, or did not a few minutes ago. */
function isGone(world: World, userId: UserId, skuId: string): boolean {
  return wasLately(
    world.tenant.someone(userId),
    world.time.now(),
    ({ person }) => !person.licenses.some((license) => license.skuId === skuId),
  );
}

/** true: somebody holds a license, and has for longer than anybody may have missed. */
function holdsAgain(world: World, userId: UserId, skuId: string): boolean {
  const at = since(world.tenant.someone(userId), ({ person }) =>
    person.licenses.some((license) => license.skuId === skuId),
  );
  return at !== undefined && at < world.time.now() - SETTLED_MS;
}

export const givesWhatWasTaken: Rule = {
  name: 'gives what was taken',
  promise: 'a receiver gets exactly the seat that was taken, or nothing happens',
  watch: (world, broken) => {
    const follow = following(world);
    return {
      issued: (call, by) => {
        const asked = licenseCall(call);
        if (asked !== undefined) follow.issued(asked, by);
      },
      landed: (effect) => {
        // What takes as well replaces a license of a receiver who has a case of their own at the same time.
        if (effect.gave.length === 0 || effect.took.length > 0) return;
        const carried = follow.landed(effect);
        if (carried === undefined || carried.step.step.kind !== 'assignLicenses') return;
        const { case: c } = carried.step;
        if (isGift(c)) return;
        // A step that was begun counts as done as well when somebody's hand was faster.
        const wasBegun = c.steps.some(
          ({ step, progress }) => step.kind === 'removeLicenses' && progress.is === 'done',
        );
        const taken = world.tenant.effects
          .filter(
            ({ userId, by, at }) => userId === c.userId && (wasBegun || by !== 'hand') && at >= opened(c),
          )
          .flatMap(({ took }) => took.map(({ skuId }) => skuId));
        const left = c.steps.flatMap(({ step, progress }) =>
          step.kind === 'leaveGroup' && progress.is === 'done' && 'licenses' in progress.before
            ? progress.before.licenses.filter(({ skuId }) => isGone(world, c.userId, skuId))
            : [],
        );
        const extra = effect.gave.filter(
          ({ skuId }) => !taken.includes(skuId) && !left.some((license) => license.skuId === skuId),
        );
        if (extra.length > 0)
          broken(
            `${nameOf(effect.userId)} gets ${listed(extra)}, which nobody took from ${nameOf(c.userId)}`,
          );
        const again = effect.gave.filter(({ skuId }) => holdsAgain(world, c.userId, skuId));
        if (again.length > 0)
          broken(`${nameOf(effect.userId)} gets ${listed(again)}, which ${nameOf(c.userId)} holds again`);
      },
    };
  },
};
