import { z } from 'zod';
import type { GroupId } from '../audit/person.js';
import { NO_RESOURCE, readBatches } from './batch.js';
import type { GroupFacts, GroupKind } from './graph-door.js';
import { withQuery } from './odata.js';
import { groupId, optionalText, skuId } from './wire-fields.js';
import { parseAnswer } from './wire.js';
import type { Wire } from './wire.js';

const SELECT =
  'id,displayName,groupTypes,mailEnabled,onPremisesSyncEnabled,isAssignableToRole,assignedLicenses';

const ROW = z.object({
  id: groupId,
  displayName: optionalText,
  groupTypes: z.array(z.string()),
  mailEnabled: z.boolean().nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
  isAssignableToRole: z.boolean().nullish(),
  assignedLicenses: z.array(z.object({ skuId })).nullish(),
});

/** What some groups are. Groups that are gone are absent. */
export async function readGroupFacts(
  wire: Wire,
  groupIds: readonly GroupId[],
): Promise<ReadonlyMap<GroupId, GroupFacts>> {
  const groups = [...new Set(groupIds)];
  const answers = await readBatches(wire, {
    operation: 'groups.get',
    paths: groups.map((id) => withQuery(`/groups/${encodeURIComponent(id)}`, { $select: SELECT })),
    absent: [NO_RESOURCE],
  });
  const facts = new Map<GroupId, GroupFacts>();
  for (const [at, id] of groups.entries()) {
    const answer = answers[at];
    if (answer?.kind === 'found') facts.set(id, factsOf(parseAnswer('groups.get', ROW, answer.json)));
  }
  return facts;
}

function factsOf(row: z.output<typeof ROW>): GroupFacts {
  return {
    id: row.id,
    displayName: row.displayName ?? row.id,
    kind: kindOf(row),
    licenses: (row.assignedLicenses ?? []).map((license) => license.skuId),
  };
}

/** A group may be several at once: what keeps software from changing its members comes first. */
function kindOf(row: z.output<typeof ROW>): GroupKind {
  if (row.groupTypes.includes('DynamicMembership')) return 'dynamic';
  if (row.onPremisesSyncEnabled === true) return 'synced';
  if (row.isAssignableToRole === true) return 'roleAssignable';
  if (row.groupTypes.includes('Unified')) return 'microsoft365';
  return row.mailEnabled === true ? 'mailEnabled' : 'assigned';
}
