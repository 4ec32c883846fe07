import type { Calendar } from './calendar.js';
import type { Policy } from '../../src/config/policy.js';
import type { UserId } from '../../src/audit/person.js';
import type { Cast } from './cast.js';
import type { Faults } from './faults.js';
import type { Instance } from './instance.js';
import type { MemoryStore } from './memory-store.js';
import type { PolicyChoice } from './policies.js';
import type { Chance, ChanceName } from './random.js';
import type { KnownRun } from './rules/runs.js';
import type { Scheduler } from './scheduler.js';
import type { Story } from './story.js';
import type { Teams } from './teams.js';
import type { Tenant } from './tenant.js';
import type { TenantAccounts } from './tenant-accounts.js';
import type { TenantGroups } from './tenant-groups.js';
import type { TenantMailboxes } from './tenant-mailboxes.js';
import type { Watch } from './watch.js';

/** Everything that outlives a process. */
export interface World {
  readonly seed: number;
  readonly start: number;
  readonly calendar: Calendar;
  readonly time: Scheduler;
  readonly chances: Readonly<Record<ChanceName, Chance>>;
  readonly faults: Faults;
  readonly store: MemoryStore;
  readonly tenant: Tenant;
  /** What changes sign-in and existence of accounts, members of groups, and mailboxes. */
  readonly accounts: TenantAccounts;
  readonly groups: TenantGroups;
  readonly mailboxes: TenantMailboxes;
  /** Processes have a right in Exchange. */
  readonly hasExchange: boolean;
  readonly cast: Cast;
  readonly teams: Teams;
  readonly story: Story;
  readonly watch: Watch;
  /** Processes that run now. */
  readonly running: Instance[];
  /** After how many milliseconds the product tries again, and looks again at what a person has to do. */
  readonly pace: { readonly retry: number; readonly watch: number };
  /** No process is started before that time. */
  downUntil: number;
  /** How many were started so far. */
  processes: number;
  /** With which a process that starts now starts. */
  policy: Policy;
  choice: PolicyChoice;
  /** Nothing goes wrong by itself any more. */
  isCalm: boolean;
  /** The process whose call happens at this very moment; undefined: somebody else's doing. */
  actor: Instance | undefined;
  /** Complete audits, the newest last. */
  readonly runs: KnownRun[];
  /** People of whom HR said that they have not left after all, and since when. */
  readonly here: Map<UserId, number>;
  /** People who are on leave by the list of HR, and since when. */
  readonly leave: Map<UserId, number>;
  /** By how much a clock was ever ahead or behind. */
  mostOffset: number;
  /** What is to happen at one of the next awaits of whoever works on the case. */
  readonly moments: Map<string, (() => void)[]>;
}
