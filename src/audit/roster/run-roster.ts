import { createHash } from 'node:crypto';
import type { Policy } from '../../config/policy.js';
import type { GraphDoor } from '../../graph/graph-door.js';
import type { Store } from '../../store/store.js';
import { parseDay, type Day } from '../day.js';
import { readRosterFile, type RosterFile } from './file.js';
import { emptyDirectory, leaversJump, matchRoster, refusalOf, type RosterMatch } from './match.js';
import { rosterHead, storeRoster, type RosterDoc } from './run-store.js';

export interface RosterDoors {
  readonly graph: Pick<GraphDoor, 'directoryKeys'>;
  readonly store: Store;
  readonly clock: { now(): Date };
  readonly random: { id(): string };
}

/** A file of another user source. */
export interface RosterSource {
  readonly bytes: Uint8Array;
  /** Name of the file. */
  readonly origin: string;
  readonly asOf: Day;
  /** Keep it although most of it names nobody, although a newer one is kept, or although many more have left. */
  readonly force: boolean;
}

type Words = Extract<RosterFile, { readonly kind: 'roster' }>['unknownWords'];

export type RosterImport =
  /** `why` is the rest of a sentence that begins with the file's name. Graph was not asked. */
  | { readonly kind: 'unusable'; readonly why: string }
  /** Nothing was stored. */
  | {
      readonly kind: 'refused';
      readonly why: string;
      readonly match: RosterMatch;
      readonly unknownWords: Words;
    }
  | {
      readonly kind: 'stored';
      readonly roster: RosterDoc;
      readonly match: RosterMatch;
      readonly unknownWords: Words;
    };

/**
 * Reads a user source, finds its people in the directory and keeps what it says of them, in the place of what the one
 * before it said. A roster is not a change of the tenant.
 * @throws GraphFailure, ChangedMeanwhile, StoreUnavailable
 */
export async function importRoster(
  doors: RosterDoors,
  source: RosterSource,
  policy: Pick<Policy, 'roster'>,
): Promise<RosterImport> {
  const file = readRosterFile(source.bytes, policy.roster.statuses);
  if (file.kind === 'unusable') return file;
  const directory = emptyDirectory();
  for await (const page of doors.graph.directoryKeys()) directory.add(page);
  const match = matchRoster(file, directory);
  const { unknownWords } = file;
  const why = source.force
    ? undefined
    : (refusalOf(match) ?? (await againstBefore(doors.store, source, match)));
  if (why !== undefined) return { kind: 'refused', why, match, unknownWords };
  const roster = await storeRoster(
    doors.store,
    {
      asOf: source.asOf,
      origin: source.origin,
      sha256: createHash('sha256').update(source.bytes).digest('hex'),
      counts: match.counts,
      people: match.people,
    },
    { importId: doors.random.id(), now: doors.clock.now() },
  );
  return { kind: 'stored', roster, match, unknownWords };
}

async function againstBefore(
  store: Store,
  { asOf }: RosterSource,
  match: RosterMatch,
): Promise<string | undefined> {
  const head = await rosterHead(store);
  const day = head && parseDay(head.asOf);
  return day !== undefined && day > asOf
    ? `a newer one is kept already, ${head?.origin} of ${head?.asOf}`
    : leaversJump(match, head?.counts);
}
