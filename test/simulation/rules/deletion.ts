import { isWaived } from '../../../src/cases/answering/waiver.js';
import type { Case } from '../../../src/cases/case.js';
import type { Policy } from '../../../src/config/policy.js';
import { SKUS } from '../../world/skus.js';
import { nameOf } from '../cast.js';
import type { Account } from '../tenant.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { begunStep, effectCall, SETTLED_MS, since } from './truth.js';

function holdsLicense({ person }: Account): boolean {
  return person.licenses.some(({ skuId }) => skuId !== SKUS.FLOW_FREE.skuId);
}

function hasMailbox({ mailbox }: Account): boolean {
  return mailbox !== 'shared' && mailbox !== 'noMailbox';
}

/** What would go with an account, as everybody could have known; undefined: nothing, or an admin has accepted it by name. */
function lostWith(world: World, c: Case, { reclaim }: Policy): string | undefined {
  const someone = world.tenant.someone(c.userId);
  const isSettled = (is: (account: Account) => boolean): boolean => {
    const at = since(someone, is);
    return at !== undefined && at < world.time.now() - SETTLED_MS;
  };
  const isUnowned = someone.account.owned.every(({ id: groupId }) => isWaived(c, { of: 'owned', groupId }));
  if (reclaim.owned === 'check' && !isUnowned && isSettled(({ owned }) => owned.length > 0))
    return 'the only owner of a team';
  if (isWaived(c, { of: 'account' })) return undefined;
  if (isSettled(holdsLicense)) return 'with a license in it';
  if (reclaim.mailbox !== 'waive' && isSettled(hasMailbox)) return 'with a mailbox in it';
  return reclaim.oneDrive === 'waive' || isWaived(c, { of: 'files' })
    ? undefined
    : 'and nobody has seen to its files';
}

export const nothingLostWithAccount: Rule = {
  name: 'nothing lost with account',
  promise:
    '7: no account is deleted with a license, a mailbox, files or a team in it that nobody has accepted',
  watch: (world, broken) => ({
    issued: (call, by) => {
      const asked = effectCall(call);
      if (asked?.method !== 'deletePerson') return;
      const c = begunStep(world, asked)?.case;
      const lost = c && lostWith(world, c, by.policy);
      if (lost !== undefined) broken(`the account of ${nameOf(asked.userId)} is deleted, ${lost}`);
    },
    wroteCase: (before, c, by) => {
      if (by === undefined || !isHandedOver(c) || (before !== undefined && isHandedOver(before))) return;
      const lost = lostWith(world, c, by.policy);
      if (lost !== undefined) broken(`the account of ${nameOf(c.userId)} is to be deleted by hand, ${lost}`);
    },
  }),
};

/** Somebody has the deletion to do. */
function isHandedOver(c: Case): boolean {
  return (
    'steps' in c &&
    c.steps.some(({ step, progress }) => step.kind === 'deleteAccount' && progress.is === 'handedOver')
  );
}
