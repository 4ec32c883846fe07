import type { GroupId, UserId } from '../audit/person.js';
import { findingOfPerson, latestRun } from '../audit/run-store.js';
import type { Doors } from '../cases/doors.js';
import { unsealedOf } from '../cases/run-all-cases.js';
import { wasTold } from '../cases/telling/notice.js';
import type { GraphDoor } from '../graph/graph-door.js';
import { GraphFailure } from '../graph/graph-failure.js';
import { ownFacts, ownGroups, type OwnRecord } from './own-record.js';

export interface OwnRecordDoors extends Pick<Doors, 'store'> {
  /** Names groups; audits keep their ids alone. */
  readonly graph: Pick<GraphDoor, 'groupFacts'>;
}

/** Of somebody with very many groups only these are named. */
const MOST_NAMED = 40;

/**
 * What there is about whoever asks. The whole list of findings is looked at, HR's as well: it is their own, and nothing of
 * a list or a protection is handed on.
 * @param asker as Teams says who they are, never as somebody writes it
 */
export async function readOwnRecord(doors: OwnRecordDoors, asker: UserId): Promise<OwnRecord> {
  const { store } = doors;
  const run = await latestRun(store);
  const finding = run && (await findingOfPerson(store, run.runId, asker))?.finding;
  const told = (await unsealedOf(doors, asker)).find(wasTold);
  return {
    auditedAt: run?.finishedAt,
    facts: finding && ownFacts(finding, await namesOf(doors, ownGroups(finding))),
    told,
  };
}

/** Without names the page is still right, so that a failing Graph is no reason to show none. */
async function namesOf(
  { graph }: OwnRecordDoors,
  groupIds: readonly GroupId[],
): Promise<ReadonlyMap<GroupId, string>> {
  if (groupIds.length === 0) return new Map();
  try {
    const found = await graph.groupFacts(groupIds.slice(0, MOST_NAMED));
    return new Map([...found].map(([id, { displayName }]) => [id, displayName]));
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return new Map();
  }
}
