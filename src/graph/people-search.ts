import type { Person } from '../audit/person.js';
import { literal, withQuery } from './odata.js';
import { PERSON_ROW, PERSON_SELECT } from './person-row.js';
import { z } from 'zod';
import { parseAnswer } from './wire.js';
import type { Wire } from './wire.js';

const MATCHED = ['displayName', 'userPrincipalName', 'mail'] as const;
const LARGEST_PAGE = 999;
const LONGEST_TEXT = 120;

/** People whose name, user principal name or mail starts with `text`, at most `limit`. Nobody for no text. */
export async function searchPeople(
  wire: Wire,
  text: string,
  limit: number,
  { bySurname = false }: { readonly bySurname?: boolean } = {},
): Promise<readonly Person[]> {
  const wanted = text.trim().slice(0, LONGEST_TEXT);
  if (wanted === '' || limit < 1) return [];
  const matched = bySurname ? [...MATCHED, 'surname'] : MATCHED;
  const filter = matched.map((property) => `startswith(${property},${literal(wanted)})`).join(' or ');
  const answer = await wire.send({
    operation: 'users.search',
    family: 'identity',
    method: 'GET',
    address: withQuery('/users', {
      $filter: filter,
      $select: PERSON_SELECT,
      $top: Math.min(limit, LARGEST_PAGE),
    }),
  });
  const page = parseAnswer('users.search', z.object({ value: z.array(PERSON_ROW) }), answer.json);
  return page.value.slice(0, limit);
}
