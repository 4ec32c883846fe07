import type { UserId } from '../../src/audit/person.js';
import type { ExchangeDoor } from '../../src/graph/exchange-door.js';
import type { ChangeAnswer } from '../../src/graph/graph-door.js';
import type { Chance } from './random.js';
import type { Scheduler } from './scheduler.js';
import type { Hand, Tenant } from './tenant.js';

const MINUTE_MS = 60_000;

type Convertible = 'shared' | 'user';

/** Mailboxes as Exchange has them; Graph shows their kind after minutes. */
export interface TenantMailboxes {
  convert(id: UserId, to: Convertible, by: Hand): ChangeAnswer;
  mailbox(id: UserId): ReturnType<ExchangeDoor['mailbox']>;
  /** Called after a conversion to a shared mailbox. */
  onShared: (id: UserId) => void;
}

export function tenantMailboxes(tenant: Tenant, time: Scheduler, chance: Chance): TenantMailboxes {
  const inExchange = new Map<UserId, Convertible>();
  const typeOf = (id: UserId): string => inExchange.get(id) ?? tenant.someone(id).account.mailbox;

  const mailboxes: TenantMailboxes = {
    onShared: () => {},
    convert: (id, to, by) => {
      const account = tenant.people.get(id)?.account;
      if (account?.exists !== true || account.mailbox === 'noMailbox') return { kind: 'personGone' };
      if (typeOf(id) === to) return { kind: 'unchanged' };
      inExchange.set(id, to);
      tenant.note({ kind: to === 'shared' ? 'share' : 'unshare', userId: id, by });
      time.after(chance.whole(MINUTE_MS, 20 * MINUTE_MS), () => {
        const mailbox = inExchange.get(id);
        if (mailbox === undefined) return;
        inExchange.delete(id);
        tenant.change(id, { mailbox });
        if (mailbox === 'shared') mailboxes.onShared(id);
      });
      return { kind: 'accepted' };
    },
    mailbox: async (id) => {
      const account = tenant.people.get(id)?.account;
      if (account?.exists !== true || account.mailbox === 'noMailbox') return 'noMailbox';
      const type = typeOf(id);
      return {
        type: type === 'shared' || type === 'user' || type === 'room' ? type : 'other',
        inPlaceHolds: false,
        ...account.mailboxState,
      };
    },
  };
  return mailboxes;
}

/** Exchange as one process sees it. */
export function exchangeOf(mailboxes: TenantMailboxes, by: () => Hand, refuses: () => boolean): ExchangeDoor {
  return {
    mailbox: (id) => mailboxes.mailbox(id),
    convert: async (id, to) =>
      refuses()
        ? { kind: 'refused', message: 'The app holds no role that may do this.' }
        : mailboxes.convert(id, to, by()),
  };
}
