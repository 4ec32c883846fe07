import { z } from 'zod';
import type { Manager, UserId } from '../audit/person.js';
import { NO_RESOURCE, readBatches } from './batch.js';
import type { BatchAnswer } from './batch.js';
import { withQuery } from './odata.js';
import { LOW_PRIORITY } from './users.js';
import { optionalText, userId } from './wire-fields.js';
import { parseAnswer } from './wire.js';
import type { Wire } from './wire.js';

const SELECT = 'id,displayName,userPrincipalName,mail,accountEnabled';
const CONTACT = '#microsoft.graph.orgContact';

const MANAGER = z.object({
  '@odata.type': z.string().nullish(),
  id: userId,
  displayName: optionalText,
  userPrincipalName: optionalText,
  mail: optionalText,
  accountEnabled: z.boolean().nullish(),
});

/** The managers of some people. A manager who is only an address in the directory cannot be asked: 'none'. */
export async function readManagers(
  wire: Wire,
  userIds: readonly UserId[],
): Promise<ReadonlyMap<UserId, Manager | 'none'>> {
  const people = [...new Set(userIds)];
  const answers = await readBatches(wire, {
    operation: 'users.manager',
    paths: people.map((id) => withQuery(`/users/${encodeURIComponent(id)}/manager`, { $select: SELECT })),
    headers: LOW_PRIORITY,
    absent: [NO_RESOURCE],
  });
  return new Map(people.map((id, at) => [id, managerOf(answers[at])]));
}

function managerOf(answer: BatchAnswer | undefined): Manager | 'none' {
  if (answer?.kind !== 'found') return 'none';
  const row = parseAnswer('users.manager', MANAGER, answer.json);
  if (row['@odata.type'] === CONTACT || row.userPrincipalName === undefined) return 'none';
  return {
    id: row.id,
    displayName: row.displayName ?? row.userPrincipalName,
    userPrincipalName: row.userPrincipalName,
    mail: row.mail,
    accountEnabled: row.accountEnabled !== false,
  };
}
