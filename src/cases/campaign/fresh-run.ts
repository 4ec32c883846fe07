import type { DoneRunDoc } from '../../audit/run-record.js';
import { DAY_MS } from '../../config/durations.js';

/** An older run is not gone on with: what it found may no longer be so. */
const STALE_RUN_MS = DAY_MS;

/** Pure. */
export function isFreshRun({ finishedAt }: Pick<DoneRunDoc, 'finishedAt'>, now: Date): boolean {
  return now.getTime() - Date.parse(finishedAt) < STALE_RUN_MS;
}
