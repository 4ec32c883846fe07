import type { Tenant } from './tenant.js';
import { timeOf } from './tenant.js';
import type { TenantTime } from './sim-person.js';

/** Everything that an operation needs besides the call. */
export interface World {
  readonly tenant: Tenant;
  readonly now: () => Date;
  readonly rules: WorldRules;
  /** Application permissions of the caller, as they are at this moment. */
  readonly granted: ReadonlySet<string>;
  /** Object ids that are being written at this moment: a second writer is refused. */
  readonly busy: Set<string>;
  /** How long a license change keeps others off the same person, in milliseconds. */
  readonly changeMs: number;
  /** Report downloads handed out, by their secret. */
  readonly downloads: Map<string, Download>;
  /** Where downloads are served: `http://127.0.0.1:1234`. */
  readonly downloadOrigin: () => string;
}

export interface WorldRules {
  /** Until reads show a license change that was accepted. */
  readonly licenseDelayMs: number;
  /** Until Graph shows that a mailbox was converted. */
  readonly mailboxDelayMs: number;
  readonly pageTokenLifeMs: number;
  /** true: pages with signInActivity are silently cut to 500; false: asking for more is an error. */
  readonly capSignInPages: boolean;
  /** Whether the tenant conceals names in reports before anybody changes the setting. */
  readonly concealNames: boolean;
  /** Until reports follow a change of that setting. */
  readonly concealDelayMs: number;
}

export interface Download {
  readonly report: string;
  /** Days before the refresh date that the report looks at. */
  readonly days: number;
  readonly expiresAt: number;
}

export function tenantTime(world: World): TenantTime {
  return timeOf(world.tenant, world.now());
}
