import type { Case } from '../../src/cases/case.js';
import { SKUS } from '../world/skus.js';
import { EXECUTIVE_TITLE, GROUPS, nameOf } from './cast.js';
import type { Account } from './tenant.js';
import type { World } from './world.js';

/* What somebody else than the product changes about one person. */

export function tell(world: World, id: string, what: string): void {
  world.story.tell(world.time.now(), 'tenant', () => `${nameOf(id)}: ${what}`);
}

export function change(world: World, id: Case['userId'], to: Partial<Account>): void {
  if (world.tenant.someone(id).account.exists) world.tenant.change(id, to);
}

/** true: a part of the license is switched off, and the mailbox was among them. */
export function isWithoutMailbox({ licenses }: Pick<Case, 'licenses'>): boolean {
  return licenses.some(({ disabledPlans, hasMailboxPlan }) => disabledPlans.length > 0 && !hasMailboxPlan);
}

export function managerLeaves(world: World, c: Case): void {
  const { chances, tenant, cast } = world;
  const named = c.state === 'asked' && c.askedOf !== c.manager?.id ? c.askedOf : undefined;
  const manager = named ?? tenant.someone(c.userId).account.manager;
  if (manager !== undefined && chances.world.happens(0.6)) {
    tell(world, manager, 'a manager, whose account is disabled');
    setEnabled(world, manager, false);
  }
  const next = chances.world.happens(0.3) ? undefined : chances.world.pick(cast.managers);
  tell(world, c.userId, `gets another manager: ${next === undefined ? 'none' : nameOf(next)}`);
  change(world, c.userId, { manager: next });
}

export function personActive(world: World, c: Case): void {
  comesBack(world, c, world.chances.world.pick([undefined, undefined, 'signIn', 'workload'] as const));
}

/** @param only where alone it shows */
export function comesBack(world: World, c: Case, only: 'signIn' | 'workload' | undefined): void {
  const { tenant, time } = world;
  const someone = tenant.someone(c.userId);
  tell(world, c.userId, `is back${only === undefined ? '' : ` (${only} only)`}`);
  someone.use = { activeSince: time.now(), last: someone.use.last, only };
  setEnabled(world, c.userId, true);
}

/** Where an account comes from Active Directory it is changed there. */
export function setEnabled({ accounts, tenant }: World, id: Case['userId'], enabled: boolean): void {
  const { ad, person } = tenant.someone(id).account;
  if (person.accountEnabled === enabled) return;
  if (ad === undefined) accounts.enable(id, enabled, 'hand');
  else accounts.inAd(id, { enabled });
}

export function personExecutive(world: World, c: Case): void {
  const { person, groups } = world.tenant.someone(c.userId).account;
  const what = world.chances.world.pick(['title', 'board', 'exempt', 'role'] as const);
  tell(world, c.userId, `is protected from now on: ${what}`);
  switch (what) {
    case 'title':
      return change(world, c.userId, { person: { ...person, jobTitle: EXECUTIVE_TITLE } });
    case 'board':
      return change(world, c.userId, { groups: new Set([...groups, GROUPS.board]) });
    case 'exempt':
      return change(world, c.userId, { groups: new Set([...groups, GROUPS.exempt]) });
    case 'role':
      return change(world, c.userId, { isAdmin: true });
    default:
      return what satisfies never;
  }
}

export function licenseByHand(world: World, c: Case): void {
  const { tenant, chances } = world;
  const chance = chances.world;
  const skuId = c.licenses[0]?.skuId ?? SKUS.OFFICE_E3.skuId;
  const whats = ['taken', 'given', 'plans', 'another'] as const;
  const what = isWithoutMailbox(c) && chance.happens(0.8) ? 'given' : chance.pick(whats);
  tell(world, c.userId, `licenses are changed by hand: ${what}`);
  const none = { add: [], remove: [] };
  switch (what) {
    case 'taken':
      return void tenant.changeLicenses(c.userId, { ...none, remove: [skuId] }, 'hand');
    case 'given':
      return void tenant.changeLicenses(c.userId, { ...none, add: [{ skuId, disabledPlans: [] }] }, 'hand');
    case 'plans': {
      const disabledPlans = SKUS.OFFICE_E3.plans.map(({ id }) => id).slice(0, chance.whole(0, 2));
      return void tenant.changeLicenses(c.userId, { ...none, add: [{ skuId, disabledPlans }] }, 'hand');
    }
    case 'another':
      return void tenant.changeLicenses(
        c.userId,
        { ...none, add: [{ skuId: SKUS.POWER_BI.skuId, disabledPlans: [] }] },
        'hand',
      );
    default:
      return what satisfies never;
  }
}

export function membershipByHand(world: World, c: Case): void {
  const { tenant, groups, chances } = world;
  const chance = chances.world;
  const held = [...tenant.someone(c.userId).account.groups].filter((id) => tenant.groups.has(id));
  const what = chance.pick(['in', 'out', 'more'] as const);
  tell(world, c.userId, `groups that give licenses are changed by hand: ${what}`);
  switch (what) {
    case 'in':
      return void groups.join(chance.pick([...tenant.groups.keys()]), c.userId, 'hand');
    case 'out':
      return held.forEach((id) => void groups.leave(id, c.userId, 'hand'));
    case 'more':
      return groups.gives(held[0] ?? GROUPS.licensed, SKUS.POWER_BI.skuId);
    default:
      return what satisfies never;
  }
}

export function mailboxByHand(world: World, c: Case): void {
  const { tenant, chances } = world;
  const { mailbox, person } = tenant.someone(c.userId).account;
  const what = chances.world.pick(['mailbox', 'mailbox', 'enabled', 'location', 'deleted'] as const);
  tell(world, c.userId, `the account is changed by hand: ${what}`);
  switch (what) {
    case 'mailbox':
      return void world.mailboxes.convert(c.userId, mailbox === 'user' ? 'shared' : 'user', 'hand');
    case 'enabled':
      return setEnabled(world, c.userId, !person.accountEnabled);
    case 'location':
      return change(world, c.userId, { person: { ...person, usageLocation: undefined } });
    case 'deleted':
      return change(world, c.userId, { exists: false });
    default:
      return what satisfies never;
  }
}

export function receiverIsGiven(world: World, { licenses }: Case, id: Case['userId']): void {
  if (!world.tenant.someone(id).account.exists) return;
  tell(world, id, 'a receiver, who gets the license by hand');
  const add = licenses.slice(0, 1).map(({ skuId }) => ({ skuId, disabledPlans: [] }));
  world.tenant.changeLicenses(id, { add, remove: [] }, 'hand');
}

export function receiverIsDisabled(world: World, _c: Case, id: Case['userId']): void {
  const { person } = world.tenant.someone(id).account;
  tell(world, id, 'a receiver, whose account is disabled by hand');
  change(world, id, { person: { ...person, accountEnabled: false } });
}

/** The seat that the receiver was to get is free otherwise, and not theirs. */
export function licenseIsTaken(world: World, { userId, licenses }: Case): void {
  if (!world.tenant.someone(userId).account.exists) return;
  tell(world, userId, 'loses by hand the license that was to be reassigned');
  const remove = licenses.slice(0, 1).map(({ skuId }) => skuId);
  world.tenant.changeLicenses(userId, { add: [], remove }, 'hand');
}
