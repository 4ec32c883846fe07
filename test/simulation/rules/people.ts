import { dayOf } from '../../../src/audit/day.js';
import { latestRunOf } from './runs.js';
import type { UserId } from '../../../src/audit/person.js';
import type { Case } from '../../../src/cases/case.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { SKUS } from '../../world/skus.js';
import { casesOf } from '../card-buttons.js';
import { nameOf } from '../cast.js';
import type { Instance } from '../instance.js';
import { caseOf } from '../personas.js';
import { lastSignIn } from '../tenant-graph.js';
import type { Account } from '../tenant.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { begunStep } from './effects.js';
import { isExecutive, isExempt, licenseCall, SETTLED_MS, since, wasLately } from './truth.js';

/** Called for every license call of a process that takes from somebody. */
function onTaking(
  world: World,
  look: (userId: UserId, c: Case, by: Instance) => void,
): ReturnType<Rule['watch']> {
  return {
    issued: (call, by) => {
      const asked = licenseCall(call);
      if (asked === undefined || asked.change.remove.length === 0) return;
      const step = begunStep(world, asked.userId, true);
      if (step !== undefined) look(asked.userId, step.case, by);
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
      const given = world.tenant.effects.find(
        (effect) =>
          effect.userId === userId &&
          effect.by === 'hand' &&
          effect.at < now - SETTLED_MS &&
          effect.at > now - (by.policy.inactivity.newLicenseGraceDays - 2) * DAY_MS &&
          effect.gave.some((one) => c.licenses.some(({ skuId }) => skuId === one.skuId)),
      );
      if (given !== undefined)
        broken(`licenses of ${nameOf(userId)} are taken, given at ${new Date(given.at).toISOString()}`);
      const leave = c.protections.includes('onLeave') ? undefined : world.leave.get(userId);
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
    onTaking(world, (userId) => {
      const run = latestRunOf(world);
      const now = world.time.now();
      if (run === undefined) return broken(`licenses of ${nameOf(userId)} are taken before any audit`);
      const finished = Date.parse(run.finishedAt);
      if (now - finished > OLDEST_AUDIT_MS + SETTLED_MS + world.mostOffset)
        broken(`licenses of ${nameOf(userId)} are taken by an audit of ${run.finishedAt}`);
      const found = world.store.peek('runs', run.runId, userId);
      if (found === undefined && run.storedAt < now - SETTLED_MS)
        broken(
          `licenses of ${nameOf(userId)} are taken, of whom the audit of ${run.finishedAt} found nothing`,
        );
    }),
};

const MAILBOX_PLANS: ReadonlySet<string> = new Set(
  Object.values(SKUS).flatMap(({ plans }) =>
    plans.filter(({ name }) => /^EXCHANGE_S_(STANDARD|ENTERPRISE)$/.test(name)).map(({ id }) => id),
  ),
);

/** Licenses among those that carry a mailbox with their plans as they are. */
function carriers(licenses: Account['person']['licenses']): readonly string[] {
  return licenses
    .filter(({ skuId, disabledPlans }) => {
      const plans = Object.values(SKUS).find((sku) => sku.skuId === skuId)?.plans ?? [];
      return plans.some(({ id }) => MAILBOX_PLANS.has(id) && !disabledPlans.includes(id));
    })
    .map(({ skuId }) => skuId);
}

export const mailboxStays: Rule = {
  name: 'mailbox stays',
  promise: '7: a mailbox with data never loses its license unless it is shared, or its loss is accepted',
  watch: (world, broken) => ({
    issued: (call, by) => {
      const asked = licenseCall(call);
      if (asked === undefined || by.policy.reclaim.mailbox === 'waive') return;
      const going: readonly string[] = asked.change.remove;
      const someone = world.tenant.someone(asked.userId);
      const isAtRisk = (account: Account): boolean => {
        const carried = carriers(account.person.licenses);
        const isSafe = account.mailbox === 'shared' || account.mailbox === 'noMailbox';
        return !isSafe && carried.length > 0 && carried.every((skuId) => going.includes(skuId));
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
      if (run === undefined || world.cast.hr.includes(copy.to)) return;
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
      if (begunStep(world, asked.userId, false)?.step.kind !== 'assignLicenses') return;
      const someone = world.tenant.someone(asked.userId);
      const fits = ({ person, exists }: Account): boolean =>
        exists && person.accountEnabled && person.usageLocation !== undefined;
      if (!wasLately(someone, world.time.now(), fits))
        broken(`${nameOf(asked.userId)} is to get a license and does not fit`);
    },
  }),
};
