import type { UserId } from '../../src/audit/person.js';
import type { ChangeAnswer } from '../../src/graph/graph-door.js';
import type { Scheduler } from './scheduler.js';
import type { Account, Hand, Tenant } from './tenant.js';

/** Between two synchronizations with Active Directory. */
export const SYNC_MS = 30 * 60_000;

/** Sign-in and existence of accounts; what comes from Active Directory is as it says after the next synchronization. */
export interface TenantAccounts {
  enable(id: UserId, enabled: boolean, by: Hand): ChangeAnswer;
  remove(id: UserId, by: Hand): ChangeAnswer;
  restore(id: UserId, by: Hand): ChangeAnswer;
  /** The owner of the Active Directory changes an account there. */
  inAd(id: UserId, ad: Partial<NonNullable<Account['ad']>>): void;
  /** The newest synchronization. */
  lastSynced(): number;
  /** Nothing is synchronized until then. */
  stopSync(until: number): void;
  /** Called when a synchronization has changed an account. */
  onReverted: () => void;
}

const REFUSED: ChangeAnswer = { kind: 'refused', message: 'The account holds a directory role.' };
const IN_AD: ChangeAnswer = { kind: 'refused', message: 'The account is mastered on premises.' };

export function tenantAccounts(tenant: Tenant, time: Scheduler): TenantAccounts {
  const begun = time.now();
  let stopped: { readonly last: number; readonly until: number } | undefined;

  const regular = (at: number): number => begun + Math.floor((at - begun) / SYNC_MS) * SYNC_MS;
  const lastSynced = (): number =>
    stopped !== undefined && time.now() < stopped.until ? stopped.last : regular(time.now());
  const nextSync = (): number => regular(Math.max(time.now(), stopped?.until ?? 0)) + SYNC_MS;

  /** With the next synchronization the account is as Active Directory says. */
  function synchronize(id: UserId): void {
    time.at(nextSync(), () => {
      if (lastSynced() < time.now() - SYNC_MS) return synchronize(id);
      const { ad, exists, person } = tenant.someone(id).account;
      if (ad === undefined || !exists) return;
      if (!ad.exists) return tenant.change(id, { exists: false });
      if (person.accountEnabled === ad.enabled) return;
      tenant.change(id, { person: { ...person, accountEnabled: ad.enabled } });
      accounts.onReverted();
    });
  }

  function account(id: UserId): Account | undefined {
    return tenant.people.get(id)?.account;
  }

  const accounts: TenantAccounts = {
    lastSynced,
    onReverted: () => {},
    stopSync: (until) => {
      stopped = { last: lastSynced(), until };
    },
    inAd: (id, change) => {
      const now = account(id);
      if (now?.ad === undefined) return;
      tenant.change(id, { ad: { ...now.ad, ...change } });
      synchronize(id);
    },
    enable: (id, accountEnabled, by) => {
      const now = account(id);
      if (now?.exists !== true) return { kind: 'personGone' };
      if (now.isAdmin && by !== 'hand') return REFUSED;
      if (now.person.accountEnabled === accountEnabled) return { kind: 'unchanged' };
      tenant.change(id, { person: { ...now.person, accountEnabled } });
      tenant.note({ kind: accountEnabled ? 'enable' : 'disable', userId: id, by });
      if (now.ad !== undefined) synchronize(id);
      return { kind: 'accepted' };
    },
    remove: (id, by) => {
      const now = account(id);
      if (now?.exists !== true) return { kind: 'personGone' };
      if (now.isAdmin) return REFUSED;
      if (now.ad !== undefined) return IN_AD;
      tenant.change(id, { exists: false });
      tenant.note({ kind: 'deletePerson', userId: id, by });
      return { kind: 'accepted' };
    },
    restore: (id, by) => {
      if (account(id)?.exists === true) return { kind: 'unchanged' };
      tenant.change(id, { exists: true });
      tenant.note({ kind: 'restorePerson', userId: id, by });
      return { kind: 'accepted' };
    },
  };
  return accounts;
}
