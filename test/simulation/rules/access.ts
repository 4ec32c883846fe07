import { isWaived } from '../../../src/cases/answering/waiver.js';
import type { Case } from '../../../src/cases/case.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { nameOf } from '../cast.js';
import type { Account } from '../tenant.js';
import type { Rule } from '../watch.js';
import { isGift } from './books.js';
import { begunStep, CLOCKS_MS, effectCall, SETTLED_MS, since } from './truth.js';

export const adLeftAlone: Rule = {
  name: 'AD left alone',
  promise:
    'the accounts of an Active Directory are changed there, because a change in Entra would be reverted',
  watch: (world, broken) => ({
    issued: (call) => {
      const asked = effectCall(call);
      if (asked?.step !== 'disableSignIn' && asked?.method !== 'deletePerson') return;
      if (world.tenant.someone(asked.userId).account.ad !== undefined)
        broken(`${asked.method} about ${nameOf(asked.userId)} goes out, whose account comes from AD`);
    },
  }),
};

export const signedOut: Rule = {
  name: 'signed out',
  promise: '5: whoever may not sign in any more is signed out as well',
  watch: (world, broken) => {
    const begun = new Map<string, number>();
    return {
      wroteCase: (_before, c) => {
        if (!('steps' in c)) return;
        const block = c.steps.find(({ step }) => step.kind === 'disableSignIn');
        if (block?.progress.is === 'intended' && !begun.has(c.caseId)) begun.set(c.caseId, world.time.now());
        const from = begun.get(c.caseId);
        if (block?.progress.is !== 'sent' || from === undefined) return;
        const isOut = world.tenant.effects.some(
          ({ kind, userId, at }) => kind === 'revokeSessions' && userId === c.userId && at >= from,
        );
        if (!isOut) broken(`${nameOf(c.userId)} may not sign in any more, and was not signed out`);
      },
    };
  },
};

/** Bytes that a shared mailbox may hold without a license. */
const MOST_BYTES = 50 * 1024 ** 3;

/** Of a mailbox whose size nobody can read it is not known, which is not the same as that it does without. */
export function mayNeedLicense({
  mailboxState: { litigationHold, hasArchive, bytes = Infinity },
}: Account): boolean {
  return litigationHold || hasArchive || bytes > MOST_BYTES;
}

export const heldMailboxStays: Rule = {
  name: 'held mailbox stays',
  promise:
    '7: a mailbox that needs its license even when it is shared, or may, is not converted by software unless somebody has looked',
  watch: (world, broken) => ({
    issued: (call) => {
      const asked = effectCall(call);
      if (asked?.step !== 'convertMailbox' || !asked.isTaking) return;
      const c = begunStep(world, asked)?.case;
      if (c !== undefined && isWaived(c, { of: 'mailbox' })) return;
      const at = since(world.tenant.someone(asked.userId), mayNeedLicense);
      if (at !== undefined && at < world.time.now() - SETTLED_MS)
        broken(
          `the mailbox of ${nameOf(asked.userId)} is converted, and it is held, archived, too large or of unknown size`,
        );
    },
  }),
};

export const ownedStays: Rule = {
  name: 'owned stays',
  promise: 'nothing is begun with the only owner of a group or team',
  watch: (world, broken) => ({
    issued: (call, by) => {
      const asked = effectCall(call);
      if (asked === undefined || !asked.isTaking || by.policy.reclaim.owned === 'ignore') return;
      const c = begunStep(world, asked)?.case;
      if (c === undefined || c.scenario === 'unusedLicense' || isGift(c)) return;
      const isFirst = c.steps.every(({ progress: { is } }) => !['sent', 'done', 'handedOver'].includes(is));
      const at = since(world.tenant.someone(asked.userId), ({ owned }) => owned.length > 0);
      if (isFirst && at !== undefined && at < world.time.now() - SETTLED_MS)
        broken(`${asked.method} about ${nameOf(asked.userId)} goes out, the only owner of a team`);
    },
  }),
};

export const nothingElseLeft: Rule = {
  name: 'nothing else left',
  promise: 'a group is left by software only where that takes nothing else from the person',
  watch: (world, broken) => ({
    issued: (call) => {
      const asked = effectCall(call);
      if (asked?.method !== 'leaveGroup') return;
      const group = [...world.tenant.groups.values()].find(({ id }) => id === call.args[0]);
      const step = begunStep(world, asked)?.step;
      if (group === undefined || step?.kind !== 'leaveGroup') return;
      const about = `${nameOf(asked.userId)} is taken out of the group ${group.displayName}`;
      if (group.kind !== 'assigned') broken(`${about}, which is ${group.kind}`);
      const isSettled = group.changedAt < world.time.now() - SETTLED_MS;
      const others = group.licenses.filter((skuId) => !step.licenses.some((one) => one.skuId === skuId));
      if (isSettled && others.length > 0) broken(`${about}, which gives ${others.join(' and ')} as well`);
    },
  }),
};

/** Under this nothing is ever deleted. */
const EARLIEST_MS = 30 * DAY_MS;

export const deletionWaits: Rule = {
  name: 'deletion waits',
  promise:
    '7: accounts are deleted only where the policy says so, of people who are gone, 30 days and the hold later',
  watch: (world, broken) => {
    const heldUntil = new Map<string, number>();
    const isGone = ({ scenario }: Case): boolean =>
      scenario === 'leftCompany' || scenario === 'disabledButLicensed';
    const whyNot = (
      c: Extract<Case, { steps: unknown }>,
      account: Account,
      mayDelete: boolean,
    ): string | undefined => {
      if (!mayDelete) return 'although the policy deletes nobody';
      if (!isGone(c)) return `who is ${c.scenario}`;
      const now = world.time.now() + CLOCKS_MS;
      if (now < Date.parse(c.decision.at) + EARLIEST_MS) return 'less than 30 days after the decision';
      const held = heldUntil.get(c.caseId);
      if (held === undefined || now < held) return 'before the undo window has ended';
      const someone = world.tenant.someone(c.userId);
      const isSettled = (is: (account: Account) => boolean): boolean => {
        const at = since(someone, is);
        return at !== undefined && at < world.time.now() - SETTLED_MS;
      };
      if (isSettled(({ person }) => person.accountEnabled)) return 'who may sign in';
      return account.mailbox === 'shared' && isSettled(({ mailbox }) => mailbox === 'shared')
        ? 'whose shared mailbox needs the account'
        : undefined;
    };
    return {
      wroteCase: (before, c, by) => {
        if (c.state === 'holding' && before?.state !== 'holding' && by !== undefined)
          heldUntil.set(c.caseId, world.time.now() + by.policy.timetable.hold);
        // Whoever decides, and the cards, hear of it from then on.
        if (c.state === 'decided' && before?.state !== 'decided' && c.deletes === true && !isGone(c))
          broken(`the account of ${nameOf(c.userId)} is to be deleted in the end, who is ${c.scenario}`);
      },
      issued: (call, by) => {
        const asked = effectCall(call);
        if (asked?.method !== 'deletePerson') return;
        const c = begunStep(world, asked)?.case;
        if (c === undefined) return;
        const { account } = world.tenant.someone(asked.userId);
        const why = whyNot(c, account, by.policy.timetable.delete !== 'never');
        if (why !== undefined) broken(`the account of ${nameOf(asked.userId)} is deleted, ${why}`);
      },
    };
  },
};
