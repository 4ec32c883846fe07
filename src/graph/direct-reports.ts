import { z } from 'zod';
import type { DirectoryEntry, UserId } from '../audit/person.js';
import { withQuery } from './odata.js';
import { isGuest } from './person-row.js';
import { optionalText, userId } from './wire-fields.js';
import { parseAnswer } from './wire.js';
import type { Wire } from './wire.js';

const SELECT = 'id,displayName,userPrincipalName,mail,accountEnabled,userType';
const LARGEST_PAGE = 100;

/** A contact of the organization has no user principal name. */
const ROW = z.object({
  id: userId,
  displayName: optionalText,
  userPrincipalName: optionalText,
  mail: optionalText,
  accountEnabled: z.boolean().nullish(),
  userType: optionalText,
});

/**
 * Members whose account is enabled and whom the directory has under a manager: those of one page, which is enough to choose
 * from. Nobody for a manager who is gone.
 */
export async function readDirectReports(wire: Wire, manager: UserId): Promise<readonly DirectoryEntry[]> {
  const answer = await wire.send({
    operation: 'users.directReports',
    family: 'identity',
    method: 'GET',
    address: withQuery(`/users/${encodeURIComponent(manager)}/directReports`, {
      $select: SELECT,
      $top: LARGEST_PAGE,
    }),
    alsoAccept: [404],
  });
  if (answer.status === 404) return [];
  const { value } = parseAnswer('users.directReports', z.object({ value: z.array(ROW) }), answer.json);
  return value.flatMap(entryOf);
}

function entryOf(row: z.output<typeof ROW>): readonly DirectoryEntry[] {
  const { id, displayName, userPrincipalName, mail, accountEnabled, userType } = row;
  if (userPrincipalName === undefined || accountEnabled === false) return [];
  if (isGuest({ userPrincipalName, userType })) return [];
  return [{ id, displayName: displayName ?? userPrincipalName, userPrincipalName, mail }];
}
