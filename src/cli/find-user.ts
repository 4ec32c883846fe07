import { nameKey } from '../audit/name-key.js';
import type { Person } from '../audit/person.js';
import type { GraphDoor } from '../graph/graph-door.js';
import { MOST_MEANT, peopleMeant } from '../graph/people-meant.js';
import { clean } from './terminal.js';

export type UserMatch =
  | { readonly kind: 'one'; readonly person: Person }
  | { readonly kind: 'several'; readonly people: readonly Person[] }
  | { readonly kind: 'none' };

/**
 * The person in the directory whom a text means: an object id or user principal name, or the start of a name, of an
 * address or of a user principal name. A whole name wins over the start of longer ones.
 */
export async function findUser(
  graph: Pick<GraphDoor, 'person' | 'findPeople'>,
  text: string,
): Promise<UserMatch> {
  const found = await peopleMeant(graph, text);
  const whole = found.filter(({ displayName }) => nameKey(displayName) === nameKey(text));
  const people = whole.length > 0 ? whole : found;
  const [only] = people;
  if (only === undefined) return { kind: 'none' };
  return people.length === 1 ? { kind: 'one', person: only } : { kind: 'several', people };
}

/** Why a text does not tell whom is meant, and what to give instead. */
export function notOneUser(match: Exclude<UserMatch, { kind: 'one' }>, text: string): string {
  if (match.kind === 'none')
    return `Nobody in the directory is called "${clean(text)}". Give the whole user principal name or the object id.`;
  const names = match.people
    .map(({ displayName, userPrincipalName }) => `  ${clean(displayName)} (${clean(userPrincipalName)})`)
    .sort();
  const isCut = match.people.length === MOST_MEANT;
  return [
    `"${clean(text)}" fits several people; give the user principal name:`,
    ...names,
    ...(isCut ? ['  and maybe more'] : []),
  ].join('\n');
}
