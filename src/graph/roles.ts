import { z } from 'zod';
import type { GroupId, UserId } from '../audit/person.js';
import { readMembers } from './groups.js';
import { withQuery } from './odata.js';
import { readAll } from './pages.js';
import { LOW_PRIORITY } from './users.js';
import { userId } from './wire-fields.js';
import type { Wire } from './wire.js';

const GROUP = '#microsoft.graph.group';
const SERVICE_PRINCIPAL = '#microsoft.graph.servicePrincipal';

/** `principal` is null when it was deleted; then its id is all there is, and protecting it does no harm. */
const ASSIGNMENT = z.object({
  id: z.string().min(1),
  principalId: userId,
  principal: z.object({ '@odata.type': z.string() }).nullish(),
});

/** Everyone who holds an active directory role, directly or as a member of a role-assignable group. */
export async function readRoleHolders(wire: Wire): Promise<ReadonlySet<UserId>> {
  const assignments = await readAll(wire, {
    operation: 'roleManagement.roleAssignments.list',
    path: withQuery('/roleManagement/directory/roleAssignments', { $expand: 'principal' }),
    headers: LOW_PRIORITY,
    row: ASSIGNMENT,
    keyOf: (assignment) => assignment.id,
  });
  const holders = new Set<UserId>();
  const groups = new Set<GroupId>();
  for (const { principal, principalId } of assignments) {
    const type = principal?.['@odata.type'];
    if (type === GROUP) groups.add(principalId as string as GroupId);
    else if (type !== SERVICE_PRINCIPAL) holders.add(principalId);
  }
  for (const group of groups) {
    for (const member of await readMembers(wire, group)) holders.add(member);
  }
  return holders;
}
