import type { Person } from '../audit/person.js';
import type { GraphDoor } from './graph-door.js';

/** People that a text may fit, before somebody has to say it more exactly. */
export const MOST_MEANT = 10;
const IS_EXACT = /@|^[0-9a-f-]{36}$/iu;

/**
 * People in the directory whom a text can mean: an object id or an address is exact, anything else is the start of a name,
 * of an address or of a user principal name.
 * @param options bySurname: or of a surname, where whoever is not named exactly has to be confirmed
 * @throws GraphFailure
 */
export async function peopleMeant(
  graph: Pick<GraphDoor, 'person' | 'findPeople'>,
  text: string,
  options?: { readonly bySurname?: boolean },
): Promise<readonly Person[]> {
  const exact = IS_EXACT.test(text) ? await graph.person(text) : undefined;
  return exact === undefined ? graph.findPeople(text, MOST_MEANT, options) : [exact];
}
