import { createHash } from 'node:crypto';
import type { Policy } from '../../config/policy.js';
import type { GraphDoor } from '../../graph/graph-door.js';
import type { Store } from '../../store/store.js';
import { parseDay, type Day } from '../day.js';
import { readRosterFile, type RosterFile } from './file.js';
import { emptyDirectory, leaversJump, matchRoster, refusalOf, type RosterMatch } from './match.js';
import { rosterHead, storeRoster, type NewRoster, type RosterDoc } from './run-store.js';

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

type NotKept =
  /** `why` is the rest of a sentence that begins with the file's name. Graph was not asked. */
  | { readonly kind: 'unusable'; readonly why: string }
  /** Nothing was stored. */
  | {
      readonly kind: 'refused';
      readonly why: string;
      readonly match: RosterMatch;
      readonly unknownWords: Words;
    };

/** What a file says, before it is kept. */
export type RosterLook =
  | NotKept
  | {
      readonly kind: 'fit';
      readonly roster: NewRoster;
      readonly match: RosterMatch;
      readonly unknownWords: Words;
    };

export type RosterImport =
  | NotKept
  | {
      readonly kind: 'stored';
      readonly roster: RosterDoc;
      readonly match: RosterMatch;
      readonly unknownWords: Words;
    };

/**
 * Reads a user source and finds its people in the directory; keeps nothing.
 * @throws GraphFailure, StoreUnavailable
 */
export async function lookAtRoster(
  doors: Pick<RosterDoors, 'graph' | 'store'>,
  source: RosterSource,
  policy: Pick<Policy, 'roster'>,
): Promise<RosterLook> {
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
  const roster = {
    asOf: source.asOf,
    origin: source.origin,
    sha256: createHash('sha256').update(source.bytes).digest('hex'),
    counts: match.counts,
    people: match.people,
  };
  return { kind: 'fit', roster, match, unknownWords };
}

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
  const look = await lookAtRoster(doors, source, policy);
  if (look.kind !== 'fit') return look;
  const { match, unknownWords } = look;
  const facts = { importId: doors.random.id(), now: doors.clock.now() };
  return { kind: 'stored', roster: await storeRoster(doors.store, look.roster, facts), match, unknownWords };
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
