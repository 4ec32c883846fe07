/** What was changed in the simulated tenant after it was made. Times are ms since 1970. */
export type Change =
  | {
      readonly kind: 'licenses';
      readonly userId: string;
      readonly at: number;
      /** From here on reads show it; Graph, too, takes its time. */
      readonly effectiveAt: number;
      readonly add: readonly { readonly skuId: string; readonly disabledPlans: readonly string[] }[];
      readonly remove: readonly string[];
    }
  | {
      readonly kind: 'account';
      readonly userId: string;
      readonly at: number;
      readonly enabled: boolean;
      /** A synced account gets AD's value back at the next sync cycle. */
      readonly revertsAt: number | null;
    }
  | {
      readonly kind: 'usageLocation';
      readonly userId: string;
      readonly at: number;
      readonly value: string | null;
    }
  | { readonly kind: 'sessionsRevoked'; readonly userId: string; readonly at: number }
  | {
      readonly kind: 'appInstalled';
      readonly userId: string;
      /** In the catalog of the tenant. */
      readonly appId: string;
      readonly at: number;
    }
  | { readonly kind: 'deleted'; readonly userId: string; readonly at: number }
  | { readonly kind: 'restored'; readonly userId: string; readonly at: number }
  | {
      readonly kind: 'memberRemoved';
      readonly userId: string;
      readonly groupId: string;
      readonly at: number;
      /** From here on the group's license is gone, too. */
      readonly effectiveAt: number;
      /** true: another license stands on the group's, which therefore stays, with an error. */
      readonly stuck?: boolean;
    }
  | {
      readonly kind: 'memberAdded';
      readonly userId: string;
      readonly groupId: string;
      readonly at: number;
      /** From here on the group's license is there, too; absent in tenants from before it took its time: at once. */
      readonly effectiveAt?: number;
      /** true: no seat was free, so the license comes with an error and does not work. */
      readonly noSeat?: boolean;
    }
  | {
      readonly kind: 'mailboxType';
      readonly userId: string;
      readonly at: number;
      /** From here on Graph shows it; Exchange does at once. */
      readonly effectiveAt: number;
      readonly type: 'user' | 'shared';
      /** A hybrid mailbox is what AD says again at the next sync cycle after that. */
      readonly revertsAt: number | null;
    }
  | { readonly kind: 'patched'; readonly userId: string; readonly at: number; readonly values: PersonPatch }
  | { readonly kind: 'reportNames'; readonly at: number; readonly concealed: boolean };

export type PersonChange = Exclude<Change, { readonly kind: 'reportNames' }>;

/** What a test may change about a person through `POST /_simulator/people/{id}`. Dates are ISO 8601, null for none. */
export interface PersonPatch {
  readonly displayName?: string;
  readonly jobTitle?: string | null;
  readonly department?: string | null;
  readonly usageLocation?: string | null;
  readonly accountEnabled?: boolean;
  readonly managerId?: string | null;
  readonly mailbox?: 'user' | 'linked' | 'shared' | 'room' | 'equipment' | 'others' | null;
  readonly lastSuccessfulSignIn?: string | null;
  /** Last activity in Exchange, in the active-user report and in the email report, and in Teams. */
  readonly lastActivity?: string | null;
  readonly employeeLeaveDateTime?: string | null;
  readonly sponsorIds?: readonly string[];
  /** Replaces all direct licenses. */
  readonly licenses?: readonly { readonly skuId: string; readonly disabledPlans?: readonly string[] }[];
}

/** The overlay over the tenant as it was made: append-only, kept per person. */
export interface ChangeBook {
  readonly all: readonly Change[];
  readonly byPerson: ReadonlyMap<string, readonly PersonChange[]>;
  /** From here on, in ms since 1970, nothing changes any more by the mere passing of time. */
  readonly settledAt: () => number;
  /** Written down for good before it returns. */
  append(change: Change): void;
}

/** A book that starts with `earlier` and passes every new change to `write` first. */
export function openBook(earlier: readonly Change[], write: (change: Change) => void): ChangeBook {
  const all: Change[] = [];
  const byPerson = new Map<string, PersonChange[]>();
  let settledAt = 0;
  const enter = (change: Change) => {
    all.push(change);
    settledAt = Math.max(settledAt, lastEffectOf(change));
    if (change.kind === 'reportNames') return;
    const list = byPerson.get(change.userId);
    if (list) list.push(change);
    else byPerson.set(change.userId, [change]);
  };
  for (const change of earlier) enter(change);
  return {
    all,
    byPerson,
    settledAt: () => settledAt,
    append(change) {
      write(change);
      enter(change);
    },
  };
}

function lastEffectOf(change: Change): number {
  const effective = 'effectiveAt' in change ? (change.effectiveAt ?? change.at) : change.at;
  return 'revertsAt' in change ? Math.max(effective, change.revertsAt ?? 0) : effective;
}

/** One license change that was really carried out. */
export interface Effect {
  readonly userId: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly at: string;
  readonly effectiveAt: string;
}

export function effectsOf(book: ChangeBook): readonly Effect[] {
  return book.all.flatMap((change) =>
    change.kind === 'licenses'
      ? {
          userId: change.userId,
          add: change.add.map((each) => each.skuId),
          remove: change.remove,
          at: new Date(change.at).toISOString(),
          effectiveAt: new Date(change.effectiveAt).toISOString(),
        }
      : [],
  );
}
