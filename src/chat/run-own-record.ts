import type { UserId } from '../audit/person.js';
import { findingOfPerson, latestRun } from '../audit/run-store.js';
import type { Doors } from '../cases/doors.js';
import { unsealedOf } from '../cases/run-all-cases.js';
import { wasTold } from '../cases/telling/notice.js';
import type { GraphDoor } from '../graph/graph-door.js';
import { ownFacts, ownGroups, type OwnRecord } from './own-record.js';
import { groupNamesOf } from './run-names.js';

export interface OwnRecordDoors extends Pick<Doors, 'store'> {
  /** Names groups; audits keep their ids alone. */
  readonly graph: Pick<GraphDoor, 'groupFacts'>;
}

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
    facts: finding && ownFacts(finding, await groupNamesOf(doors, ownGroups(finding))),
    told,
  };
}
