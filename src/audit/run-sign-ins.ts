import type { SignInRow, Tenant } from '../graph/graph-door.js';
import type { UserId } from './person.js';
import type { AuditDoors } from './run-audit.js';
import type { People } from './run-people.js';
import type { SignInSource } from './sign-in.js';

export interface SignIns {
  readonly source: SignInSource;
  /** Of the people held only. */
  readonly rows: ReadonlyMap<UserId, SignInRow>;
  /** undefined when nothing was read. */
  readonly readAt: Date | undefined;
}

/**
 * Sign-in dates where they can change a verdict. Now one full pass over licensed people, and none when the usage
 * report shows everybody to be active. The pass is complete or throws.
 */
export async function readSignIns(doors: AuditDoors, tenant: Tenant, people: People): Promise<SignIns> {
  if (!tenant.hasEntraP1) return unread('the tenant has no Entra ID P1');
  if (![...people.held.values()].some(({ needsSignIn }) => needsSignIn)) return unread('nobody needed them');
  const readAt = doors.clock.now();
  const rows = new Map<UserId, SignInRow>();
  const counts = { rows: 0, withDates: 0, withSuccess: 0 };
  for await (const page of doors.graph.signIns()) {
    for (const row of page.rows) {
      counts.rows += 1;
      if (row.successful ?? row.interactive ?? row.nonInteractive) counts.withDates += 1;
      if (row.successful) counts.withSuccess += 1;
      if (people.held.has(row.userId)) rows.set(row.userId, row);
    }
    doors.progress({ phase: 'signIns', done: counts.rows, total: people.seen });
  }
  return { source: { kind: 'read', ...counts }, rows, readAt };
}

function unread(why: string): SignIns {
  return { source: { kind: 'unread', why }, rows: new Map(), readAt: undefined };
}
