import { dayOf } from '../../../src/audit/day.js';
import { latestRunOf } from './runs.js';
import type { License, LicensePath, UserId } from '../../../src/audit/person.js';
import type { LicenseChange } from '../../../src/graph/graph-door.js';
import { isWaived } from '../../../src/cases/answering/waiver.js';
import type { Case } from '../../../src/cases/case.js';
import { parkingOf } from '../../../src/cases/decision.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { SKUS } from '../../world/skus.js';
import { buttonsOf, casesOf } from '../card-buttons.js';
import { nameOf } from '../cast.js';
import type { Instance } from '../instance.js';
import { caseOf } from '../personas.js';
import { lastSignIn } from '../tenant-graph.js';
import type { Account } from '../tenant.js';
import { directly } from '../tenant-licenses.js';
import type { Call } from '../through.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { mayNeedLicense } from './access.js';
import { isGift } from './books.js';
import {
  begunStep,
  effectCall,
  isExecutive,
  isExempt,
  isReviewer,
  licenseCall,
  SETTLED_MS,
  since,
  skuIdsOf,
  wasLately,
} from './truth.js';

/** Called for every call of a process that takes something from the person of a case. */
function onTaking(
  world: World,
  look: (userId: UserId, c: Case, by: Instance) => void,
): ReturnType<Rule['watch']> {
  return {
    issued: (call, by) => {
      const asked = effectCall(call);
      if (asked === undefined || !asked.isTaking) return;
      const step = begunStep(world, asked);
      // A gift that is taken back leaves its person as they were before it.
      if (step !== undefined && !isGift(step.case)) look(asked.userId, step.case, by);
    },
  };
}

const PROTECTED: readonly (readonly [string, (account: Account) => boolean])[] = [
  ['an executive', isExecutive],
  ['exempt', isExempt],
  ['an admin of the tenant', ({ isAdmin }) => isAdmin],
];

export const protectedStay: Rule = {
  name: 'protected stay',
  promise: '3 and 5: nothing is taken from who is protected, read live before each step',
  watch: (world, broken) =>
    onTaking(world, (userId, c, by) => {
      const now = world.time.now();
      const held = directly(world.tenant.someone(userId).account.person.licenses);
      const given = world.tenant.effects.find(
        (effect) =>
          effect.userId === userId &&
          effect.by === 'hand' &&
          effect.at < now - SETTLED_MS &&
          effect.at > now - (by.policy.inactivity.newLicenseGraceDays - 2) * DAY_MS &&
          effect.gave.some(
            (one) =>
              c.licenses.some(({ skuId }) => skuId === one.skuId) &&
              held.some(({ skuId }) => skuId === one.skuId),
          ),
      );
      if (given !== undefined)
        broken(`licenses of ${nameOf(userId)} are taken, given at ${new Date(given.at).toISOString()}`);
      // HR knows of it, or lets a cheaper license stand in because of it.
      const isKnown = c.protections.includes('onLeave') || parkingOf(c) !== undefined;
      const leave = isKnown ? undefined : world.leave.get(userId);
      if (leave !== undefined && leave < now - SETTLED_MS)
        broken(`licenses of ${nameOf(userId)} are taken, who is on leave`);
      for (const [words, is] of PROTECTED) {
        // Two of HR have decided about that.
        if (is === isExecutive && c.protections.includes('executive')) continue;
        const at = since(world.tenant.someone(userId), is);
        if (at === undefined || at > world.time.now() - SETTLED_MS) continue;
        broken(
          `licenses of ${nameOf(userId)} are taken, who is ${words} since ${new Date(at).toISOString()}`,
        );
      }
    }),
};

export const activeStay: Rule = {
  name: 'active stay',
  promise: '2 and 5: nothing is taken from who is active again, read live before each step',
  watch: (world, broken) =>
    onTaking(world, (userId, c, by) => {
      const someone = world.tenant.someone(userId);
      const then = world.time.now() - SETTLED_MS;
      const about = `licenses of ${nameOf(userId)} are taken`;
      if (c.scenario === 'inactive' || c.scenario === 'neverSignedIn') {
        const signedIn = lastSignIn(someone.use, Number(userId.slice(-3)), then);
        const limit = dayOf(new Date(world.time.now())) - by.policy.inactivity.days;
        if (signedIn !== undefined && dayOf(new Date(signedIn)) > limit + 1)
          broken(`${about}, who signed in at ${new Date(signedIn).toISOString()}`);
      }
      const enabledSince = since(someone, ({ person }) => person.accountEnabled);
      if (c.scenario === 'disabledButLicensed' && enabledSince !== undefined && enabledSince < then)
        broken(`${about}, whose account is enabled again`);
      const hereSince = world.here.get(userId);
      if (c.scenario === 'leftCompany' && hereSince !== undefined && hereSince < then)
        broken(`${about}, of whom HR says that they are here`);
    }),
};

const OLDEST_AUDIT_MS = 8 * DAY_MS;

export const newestAudit: Rule = {
  name: 'newest audit',
  promise: '5: the newest audit still bears out the reason, and is not older than eight days',
  watch: (world, broken) =>
    onTaking(world, (userId, c) => {
      const run = latestRunOf(world);
      const now = world.time.now();
      if (run === undefined) return broken(`licenses of ${nameOf(userId)} are taken before any audit`);
      const finished = Date.parse(run.finishedAt);
      if (now - finished > OLDEST_AUDIT_MS + SETTLED_MS + world.mostOffset)
        broken(`licenses of ${nameOf(userId)} are taken by an audit of ${run.finishedAt}`);
      const found = world.store.peek('runs', run.runId, userId);
      // Audits do not look at people without licenses.
      const isTaken =
        'steps' in c && c.steps.some(({ step, progress }) => 'licenses' in step && progress.is === 'done');
      if (found === undefined && !isTaken && run.storedAt < now - SETTLED_MS)
        broken(
          `licenses of ${nameOf(userId)} are taken, of whom the audit of ${run.finishedAt} found nothing`,
        );
    }),
};

const MAILBOX_PLANS: ReadonlySet<string> = new Set(
  Object.values(SKUS).flatMap(({ plans }) =>
    plans.filter(({ name }) => /^EXCHANGE_S_(STANDARD|ENTERPRISE|DESKLESS)$/.test(name)).map(({ id }) => id),
  ),
);

/** Licenses among those that carry a mailbox with their plans as they are. */
function carriers(licenses: readonly Pick<License, 'skuId' | 'disabledPlans'>[]): readonly string[] {
  return licenses
    .filter(({ skuId, disabledPlans }) => {
      const plans = Object.values(SKUS).find((sku) => sku.skuId === skuId)?.plans ?? [];
      return plans.some(({ id }) => MAILBOX_PLANS.has(id) && !disabledPlans.includes(id));
    })
    .map(({ skuId }) => skuId);
}

/** Which paths of somebody's licenses a call ends; undefined: none. */
export function goingBy({ method, args }: Call): ((skuId: string, path: LicensePath) => boolean) | undefined {
  if (method === 'changeLicenses') {
    const { remove } = args[1] as LicenseChange;
    return (skuId, path) => path.kind === 'direct' && (remove as readonly string[]).includes(skuId);
  }
  if (method !== 'leaveGroup') return undefined;
  return (_skuId, path) => path.kind === 'group' && path.groupId === args[0];
}

/** The cheaper one, with which nobody is cast: Exchange Online Kiosk, of 2 GB. */
const CHEAPER: string = SKUS.F3.skuId;
const MOST_BYTES_UNDER_CHEAPER = 2 * 1024 ** 3;

/** Under the cheaper one a mailbox lives on only where Exchange could be asked and all of it fits, or an admin has looked. */
function fitsUnderCheaper(world: World, { mailboxState }: Account, c: Case | undefined): boolean {
  if (c !== undefined && isWaived(c, { of: 'mailbox' })) return true;
  const { litigationHold, hasArchive, bytes = Infinity } = mailboxState;
  return world.hasExchange && !litigationHold && !hasArchive && bytes <= MOST_BYTES_UNDER_CHEAPER;
}

/** The same of a shared one without a license. What was given before and goes again had its mailbox shared before. */
function fitsShared(world: World, account: Account, c: Case | undefined): boolean {
  if (c !== undefined && (isGift(c) || isWaived(c, { of: 'mailbox' }))) return true;
  return world.hasExchange && !mayNeedLicense(account);
}

export const mailboxStays: Rule = {
  name: 'mailbox stays',
  promise:
    '7: a mailbox with data never loses its license unless it is shared and fits so, fits under what is given, or its loss is accepted',
  watch: (world, broken) => ({
    issued: (call, by) => {
      const asked = effectCall(call);
      if (asked === undefined || !asked.isTaking) return;
      const isAccepted = by.policy.reclaim.mailbox === 'waive';
      const going = goingBy(call);
      if (going === undefined) return;
      const given = call.method === 'changeLicenses' ? (call.args[1] as LicenseChange).add : [];
      const someone = world.tenant.someone(asked.userId);
      const c = begunStep(world, asked)?.case;
      const isAtRisk = (account: Account): boolean => {
        const { person, mailbox } = account;
        const stays = person.licenses.filter(
          ({ skuId, paths }) => !paths.every((path) => going(skuId, path)),
        );
        const left = [...carriers(stays), ...carriers(given)];
        if (mailbox === 'noMailbox' || carriers(person.licenses).length === 0) return false;
        if (left.length === 0) return !isAccepted && (mailbox !== 'shared' || !fitsShared(world, account, c));
        if (mailbox === 'shared') return false;
        return left.every((skuId) => skuId === CHEAPER) && !fitsUnderCheaper(world, account, c);
      };
      const at = since(someone, isAtRisk);
      if (at !== undefined && at < world.time.now() - SETTLED_MS)
        broken(`the mailbox of ${nameOf(asked.userId)} loses its license`);
    },
  }),
};

/** An audit that waits for Graph takes no longer. */
const AUDIT_MS = 2 * 3_600_000;

export const executivesUnseen: Rule = {
  name: 'executives unseen',
  promise: '3: executives never reach the card of a manager',
  watch: (world, broken) => ({
    arrived: (copy) => {
      const run = latestRunOf(world);
      if (run === undefined || isReviewer(world, copy.to)) return;
      // Who asks for a case that was begun before is shown what became of it.
      if (copy.isAnswer && !buttonsOf(copy.card).some(({ verb }) => verb === 'answer')) return;
      for (const id of casesOf(copy.card)) {
        const c = caseOf(world, id);
        const at = c && since(world.tenant.someone(c.userId), isExecutive);
        if (c === undefined || at === undefined || at > run.storedAt - AUDIT_MS) continue;
        if (run.storedAt > world.time.now() - SETTLED_MS) continue;
        broken(`${nameOf(copy.to)} is asked about ${nameOf(c.userId)}, an executive`);
      }
    },
  }),
};

export const receiverFits: Rule = {
  name: 'receiver fits',
  promise: 'a receiver exists, is enabled and has a usage location',
  watch: (world, broken) => ({
    issued: (call) => {
      const asked = licenseCall(call);
      if (asked === undefined || asked.change.add.length === 0) return;
      const begun = begunStep(world, {
        userId: asked.userId,
        step: 'removeLicenses',
        isTaking: false,
        skuIds: skuIdsOf(asked.change, false),
      });
      if (begun?.step.kind !== 'assignLicenses') return;
      const someone = world.tenant.someone(asked.userId);
      const fits = ({ person, exists }: Account): boolean =>
        exists && person.accountEnabled && person.usageLocation !== undefined;
      if (!wasLately(someone, world.time.now(), fits))
        broken(`${nameOf(asked.userId)} is to get a license and does not fit`);
    },
  }),
};

export const receiverLacks: Rule = {
  name: 'receiver lacks',
  promise: 'nothing is taken from anybody for a receiver who has got it otherwise',
  watch: (world, broken) =>
    onTaking(world, (userId, c) => {
      const giving =
        'steps' in c && c.scenario !== 'given'
          ? c.steps.find(({ step, progress }) => step.kind === 'assignLicenses' && progress.is === 'planned')
          : undefined;
      if (giving?.step.kind !== 'assignLicenses') return;
      const { licenses, userId: receiver } = giving.step;
      const lacks = ({ person }: Account): boolean =>
        !person.licenses.some(({ skuId }) => licenses.some((license) => license.skuId === skuId));
      if (!wasLately(world.tenant.someone(receiver), world.time.now(), lacks))
        broken(`${nameOf(userId)} loses something for ${nameOf(receiver)}, who has got it otherwise`);
    }),
};
