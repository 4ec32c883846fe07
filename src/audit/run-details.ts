import type { Policy } from '../config/policy.js';
import type { RoleHolders } from '../graph/graph-door.js';
import type { Details } from './findings.js';
import type { Judged } from './judge.js';
import type { GroupId, UserId } from './person.js';
import { protectedGroups } from './protection.js';
import type { AuditDoors } from './run-audit.js';

const NO_ROLES: RoleHolders = {
  active: new Set(),
  eligible: new Set(),
  globalAdministrators: new Set(),
};

/** Managers and mailbox purposes of candidates; roles and groups when anybody is left to be judged. */
export async function readDetails(
  { graph, progress }: AuditDoors,
  policy: Policy,
  notActive: readonly Judged[],
): Promise<Details> {
  const groups = new Map<GroupId, ReadonlySet<UserId>>();
  if (notActive.length === 0)
    return {
      managers: new Map(),
      mailboxes: new Map(),
      sponsors: new Map(),
      memberships: { roles: NO_ROLES, groups },
    };
  const candidates = notActive
    .filter(({ scenario }) => scenario !== undefined)
    .map(({ person }) => person.id);
  const groupIds = protectedGroups(policy);
  const total = groupIds.length + 3;
  let done = 0;
  const step = <T>(value: T): T => {
    done += 1;
    progress({ phase: 'details', done, total });
    return value;
  };

  const roles = step(await graph.roleHolders());
  for (const groupId of groupIds) groups.set(groupId, step(await graph.membersOf(groupId)));
  const managers = step(candidates.length > 0 ? await graph.managersOf(candidates) : new Map());
  const mailboxes = step(candidates.length > 0 ? await graph.mailboxPurposesOf(candidates) : new Map());
  return { managers, mailboxes, sponsors: new Map(), memberships: { roles, groups } };
}
