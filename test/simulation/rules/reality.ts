import type { Case } from '../../../src/cases/case.js';
import type { Before, CaseStep, Step } from '../../../src/cases/step.js';
import { nameOf } from '../cast.js';
import type { Account, Someone } from '../tenant.js';
import { directly, isSame } from '../tenant-licenses.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { SETTLED_MS } from './truth.js';

/** Since the newest synchronization at the latest, and some minutes more: what is read may be so old. */
function wasRead(world: World, { account, pasts }: Someone, is: (account: Account) => boolean): boolean {
  const from = (account.ad === undefined ? world.time.now() : world.accounts.lastSynced()) - SETTLED_MS;
  return is(account) || pasts.some((past) => past.until > from && is(past.account));
}

function isThrough({ person }: Account, step: Extract<Step, { kind: 'leaveGroup' }>, skuId: string): boolean {
  return person.licenses.some(
    (license) =>
      license.skuId === skuId &&
      license.paths.some((path) => path.kind === 'group' && path.groupId === step.groupId),
  );
}

/** What a step wants is so. */
function isSo(step: Step, before: Before, account: Account): boolean {
  const { person, mailbox, ad, exists } = account;
  if (!exists) return true;
  const licenses = 'licenses' in before ? before.licenses : [];
  const held = directly(person.licenses);
  switch (step.kind) {
    case 'disableSignIn':
      return !person.accountEnabled && ad?.enabled !== true;
    case 'convertMailbox':
      return mailbox === 'shared';
    case 'removeLicenses':
      return licenses.every(({ skuId }) => held.every((one) => one.skuId !== skuId));
    case 'leaveGroup':
      return licenses.every(({ skuId }) => !isThrough(account, step, skuId));
    case 'assignLicenses':
      return licenses.every((license) => held.some((one) => isSame(one, license)));
    case 'setUsageLocation':
      return person.usageLocation === step.country;
    case 'deleteAccount':
      return false;
    default:
      return step satisfies never;
  }
}

/** What a step has changed is as it was. */
function isBack(step: Step, before: Before, account: Account): boolean {
  const { person, mailbox, ad, exists } = account;
  if (step.kind === 'deleteAccount') return exists;
  const licenses = 'licenses' in before ? before.licenses : [];
  const held = directly(person.licenses);
  switch (step.kind) {
    case 'disableSignIn':
      return person.accountEnabled && ad?.enabled !== false;
    case 'convertMailbox':
      return mailbox === 'user';
    case 'removeLicenses':
      return licenses.every((license) => held.some((one) => isSame(one, license)));
    case 'leaveGroup':
      return (
        account.groups.has(step.groupId) &&
        licenses.every(({ skuId }) => person.licenses.some((one) => one.skuId === skuId))
      );
    case 'setUsageLocation':
    case 'assignLicenses':
      return true;
    default:
      return step satisfies never;
  }
}

function stepsOf(c: Case | undefined): readonly CaseStep[] {
  return c !== undefined && 'steps' in c ? c.steps : [];
}

export const doneForReal: Rule = {
  name: 'done for real',
  promise:
    '6: a step counts as done, and as undone, only when it is read to be so; what a person did is not believed',
  watch: (world, broken) => ({
    wroteCase: (before, c) => {
      for (const [index, { step, progress }] of stepsOf(c).entries()) {
        const was = stepsOf(before)[index]?.progress;
        if (was === undefined || was.is === progress.is || !('before' in was)) continue;
        const someone = world.tenant.someone(step.userId);
        const recorded = was.before;
        if (progress.is === 'done' && !wasRead(world, someone, (account) => isSo(step, recorded, account)))
          broken(`${step.kind} about ${nameOf(step.userId)} counts as done, and it is not so`);
        if (
          progress.is === 'undone' &&
          !wasRead(world, someone, (account) => isBack(step, recorded, account))
        )
          broken(`${step.kind} about ${nameOf(step.userId)} counts as undone, and it is not so`);
      }
    },
  }),
};
