import { z } from 'zod';
import type { GroupId, UserId } from '../audit/person.js';
import type { RoleHolders } from './graph-door.js';
import { GraphFailure } from './graph-failure.js';
import { readMembers } from './groups.js';
import { withQuery } from './odata.js';
import { readAll } from './pages.js';
import { LOW_PRIORITY } from './users.js';
import { userId } from './wire-fields.js';
import type { Wire } from './wire.js';

const GROUP = '#microsoft.graph.group';
const SERVICE_PRINCIPAL = '#microsoft.graph.servicePrincipal';
/** Template of the Global Administrator, the same in every tenant. */
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';

/** `principal` is null when it was deleted; then its id is all there is, and protecting it does no harm. */
const ASSIGNMENT = z.object({
  id: z.string().min(1),
  principalId: userId,
  roleDefinitionId: z
    .string()
    .min(1)
    .transform((text) => text.toLowerCase()),
  principal: z.object({ '@odata.type': z.string() }).nullish(),
});
type Assignment = z.output<typeof ASSIGNMENT>;

const ACTIVE = {
  operation: 'roleManagement.roleAssignments.list',
  path: '/roleManagement/directory/roleAssignments',
} as const;
const ELIGIBLE = {
  operation: 'roleManagement.roleEligibilityScheduleInstances.list',
  path: '/roleManagement/directory/roleEligibilityScheduleInstances',
} as const;

/** Everyone who holds a directory role or may activate one, directly or as a member of a role-assignable group. */
export async function readRoleHolders(wire: Wire): Promise<RoleHolders> {
  const members = new Map<GroupId, ReadonlySet<UserId>>();
  const active = await readAssignments(wire, ACTIVE);
  const global = active.filter(({ roleDefinitionId }) => roleDefinitionId === GLOBAL_ADMINISTRATOR);
  return {
    active: await holdersOf(wire, active, members),
    globalAdministrators: await holdersOf(wire, global, members),
    eligible: await readEligible(wire, members),
  };
}

/** Needs a permission and Entra ID P2 that a tenant may lack; both are no reason to read nothing else. */
async function readEligible(
  wire: Wire,
  members: Map<GroupId, ReadonlySet<UserId>>,
): Promise<RoleHolders['eligible']> {
  try {
    return await holdersOf(wire, await readAssignments(wire, ELIGIBLE), members);
  } catch (error) {
    if (!(error instanceof GraphFailure) || !CANNOT_TELL.has(error.kind)) throw error;
    return { unknown: error.message };
  }
}

const CANNOT_TELL: ReadonlySet<GraphFailure['kind']> = new Set(['forbidden', 'noPremium', 'badRequest']);

function readAssignments(wire: Wire, from: typeof ACTIVE | typeof ELIGIBLE): Promise<readonly Assignment[]> {
  return readAll(wire, {
    operation: from.operation,
    path: withQuery(from.path, { $expand: 'principal' }),
    headers: LOW_PRIORITY,
    row: ASSIGNMENT,
    keyOf: (assignment) => assignment.id,
  });
}

async function holdersOf(
  wire: Wire,
  assignments: readonly Assignment[],
  members: Map<GroupId, ReadonlySet<UserId>>,
): Promise<ReadonlySet<UserId>> {
  const holders = new Set<UserId>();
  for (const { principal, principalId } of assignments) {
    const type = principal?.['@odata.type'];
    if (type === GROUP) {
      const group = principalId as string as GroupId;
      const known = members.get(group) ?? (await readMembers(wire, group));
      members.set(group, known);
      for (const member of known) holders.add(member);
    } else if (type !== SERVICE_PRINCIPAL) holders.add(principalId);
  }
  return holders;
}
