import type { MailboxPurpose, UserId } from '../../src/audit/person.js';
import type { ExchangeDoor, MailboxState } from '../../src/graph/exchange-door.js';
import type { WorldPerson } from './people.js';

/** An Exchange that holds mailboxes in memory. `calls` names what was asked of it, in order. */
export interface ExchangeWorld extends ExchangeDoor {
  readonly calls: readonly string[];
  /** What Graph's userPurpose says of a mailbox by now. */
  purposeOf(userId: UserId): MailboxPurpose;
  /** Somebody changes in Exchange what a mailbox holds. */
  change(userId: UserId, to: Partial<MailboxState>): void;
  /** Minutes pass: Graph sees what was converted. */
  settle(): void;
}

export interface ExchangeOptions {
  /** What is not ordinary about somebody's mailbox. */
  readonly mailboxes?: ReadonlyMap<UserId, Partial<MailboxState>>;
  /** Whose mailboxes Exchange does not convert. */
  readonly refusing?: ReadonlySet<UserId>;
  readonly failing?: Partial<Record<keyof ExchangeDoor, Error>>;
}

const ORDINARY: MailboxState = {
  type: 'user',
  litigationHold: false,
  inPlaceHolds: false,
  hasArchive: false,
  bytes: 1_000,
};
const TYPES: Readonly<Record<string, MailboxState['type']>> = {
  user: 'user',
  shared: 'shared',
  room: 'room',
  equipment: 'equipment',
};

/** The mailboxes of some people: of the type that their `mailbox` says, and otherwise ordinary. */
export function exchangeWorld(people: readonly WorldPerson[], options: ExchangeOptions = {}): ExchangeWorld {
  const calls: string[] = [];
  const mailboxes = new Map(
    people.flatMap(({ person, spec }): (readonly [UserId, MailboxState])[] => {
      const purpose = spec.mailbox ?? 'user';
      if (purpose === 'noMailbox') return [];
      const type = TYPES[purpose] ?? 'other';
      return [[person.id, { ...ORDINARY, type, ...options.mailboxes?.get(person.id) }]];
    }),
  );
  const seen = new Map([...mailboxes].map(([id, { type }]) => [id, type]));
  const called = (method: keyof ExchangeDoor, userId: UserId): void => {
    calls.push(`${method} ${userId}`);
    const failure = options.failing?.[method];
    if (failure) throw failure;
  };
  return {
    calls,
    mailbox: async (userId) => {
      called('mailbox', userId);
      return mailboxes.get(userId) ?? 'noMailbox';
    },
    convert: async (userId, to) => {
      called('convert', userId);
      const mailbox = mailboxes.get(userId);
      if (mailbox === undefined || options.refusing?.has(userId))
        return { kind: 'refused', message: 'Exchange does not convert this mailbox.' };
      if (mailbox.type === to) return { kind: 'unchanged' };
      if (mailbox.type !== 'user' && mailbox.type !== 'shared')
        return { kind: 'refused', message: 'Exchange does not convert the mailbox of a place.' };
      mailboxes.set(userId, { ...mailbox, type: to });
      return { kind: 'accepted' };
    },
    purposeOf: (userId) => {
      const type = seen.get(userId) ?? 'noMailbox';
      return type === 'other' ? 'others' : type;
    },
    change: (userId, to) => {
      const mailbox = mailboxes.get(userId);
      if (mailbox !== undefined) mailboxes.set(userId, { ...mailbox, ...to });
    },
    settle: () => {
      for (const [id, { type }] of mailboxes) seen.set(id, type);
    },
  };
}
