import { z } from 'zod';
import type { DirectoryKey } from './graph-door.js';
import { withQuery } from './odata.js';
import { readPages } from './pages.js';
import { LOW_PRIORITY } from './users.js';
import { optionalText, userId } from './wire-fields.js';
import type { Wire } from './wire.js';

const LARGEST_PAGE = 999;

const ROW = z
  .object({ id: userId, userPrincipalName: z.string().min(1), employeeId: optionalText })
  .transform((row): DirectoryKey => ({
    userId: row.id,
    userPrincipalName: row.userPrincipalName,
    employeeId: row.employeeId,
  }));

/** Everybody in the directory, licensed or not, page by page. */
export function readDirectoryKeys(wire: Wire): AsyncIterable<readonly DirectoryKey[]> {
  return readPages(wire, {
    operation: 'users.list.keys',
    path: withQuery('/users', { $select: 'id,userPrincipalName,employeeId', $top: LARGEST_PAGE }),
    headers: LOW_PRIORITY,
    row: ROW,
    keyOf: (row) => row.userId,
  });
}
