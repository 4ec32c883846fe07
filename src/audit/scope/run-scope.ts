import type { GraphDoor } from '../../graph/graph-door.js';
import { keysOf, unmatchedPeople, type PeopleKeys, type UnmatchedPerson } from './people.js';

/**
 * Notes who comes by in the directory pass, so that rows of a list of people that name nobody with a license can be
 * told afterwards, without a request of their own.
 */
export function watchPeople(
  graph: GraphDoor,
  keys: PeopleKeys,
): { readonly graph: GraphDoor; readonly unmatched: () => readonly UnmatchedPerson[] } {
  const seen = new Set<string>();
  return {
    graph: {
      ...graph,
      async *licensedPeople(options) {
        for await (const page of graph.licensedPeople(options)) {
          for (const key of page.flatMap(keysOf)) if (keys.has(key)) seen.add(key);
          yield page;
        }
      },
    },
    unmatched: () => unmatchedPeople(keys, seen),
  };
}
