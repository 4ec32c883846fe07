import { z } from 'zod';
import type { Sponsor, UserId } from '../audit/person.js';
import { NO_RESOURCE, readBatches } from './batch.js';
import { withQuery } from './odata.js';
import { LOW_PRIORITY } from './users.js';
import { optionalText, userId } from './wire-fields.js';
import { parseAnswer } from './wire.js';
import type { Wire } from './wire.js';

const ROW = z
  .object({ id: userId, displayName: optionalText, mail: optionalText })
  .transform((row): Sponsor => ({ id: row.id, displayName: row.displayName ?? row.id, mail: row.mail }));
const SPONSORS = z.object({ value: z.array(ROW) });

/** Who answers for some guests. A guest who is gone has nobody. */
export async function readSponsors(
  wire: Wire,
  userIds: readonly UserId[],
): Promise<ReadonlyMap<UserId, readonly Sponsor[]>> {
  const people = [...new Set(userIds)];
  const answers = await readBatches(wire, {
    operation: 'users.sponsors',
    paths: people.map((id) =>
      withQuery(`/users/${encodeURIComponent(id)}/sponsors`, { $select: 'id,displayName,mail' }),
    ),
    headers: LOW_PRIORITY,
    absent: [NO_RESOURCE],
  });
  return new Map(
    people.map((id, at) => {
      const answer = answers[at];
      return [id, answer?.kind === 'found' ? parseAnswer('users.sponsors', SPONSORS, answer.json).value : []];
    }),
  );
}
