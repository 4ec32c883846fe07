import { z } from 'zod';
import type { MailboxPurpose, UserId } from '../audit/person.js';
import { readBatches } from './batch.js';
import { LOW_PRIORITY } from './users.js';
import { parseAnswer } from './wire.js';
import type { Wire } from './wire.js';

const NO_MAILBOX = 'MailboxNotEnabledForRESTAPI';

// `unknownFutureValue` and whatever Exchange thinks of next are mailboxes of a kind that we do not know.
const PURPOSE = z.object({
  value: z
    .enum(['user', 'linked', 'shared', 'room', 'equipment', 'others'])
    .or(z.string().transform(() => 'others' as const)),
});

/** What the mailboxes of some people are for. Who is gone from the directory is not in the map. */
export async function readMailboxPurposes(
  wire: Wire,
  userIds: readonly UserId[],
): Promise<ReadonlyMap<UserId, MailboxPurpose>> {
  const people = [...new Set(userIds)];
  const answers = await readBatches(wire, {
    operation: 'users.userPurpose',
    paths: people.map((id) => `/users/${encodeURIComponent(id)}/mailboxSettings/userPurpose`),
    headers: LOW_PRIORITY,
  });
  const purposes = new Map<UserId, MailboxPurpose>();
  for (const [at, id] of people.entries()) {
    const answer = answers[at];
    if (answer?.kind === 'found') {
      purposes.set(id, parseAnswer('users.userPurpose', PURPOSE, answer.json).value);
    } else if (answer?.code === NO_MAILBOX) {
      purposes.set(id, 'noMailbox');
    }
  }
  return purposes;
}
