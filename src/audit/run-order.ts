import type { DoneRunDoc } from './run-record.js';

/**
 * The number of a run that is stored now. It is above that of every run before, whatever the clocks say: one that
 * seems to lie in the future was stored under a clock that was ahead. Only a run that began while this one was being
 * read is newer, because it has the fresher data: then this one stays below it.
 * @param latest the newest complete run so far
 */
export function nextSeq(
  latest: Pick<DoneRunDoc, 'seq' | 'startedAt'> | undefined,
  now: Pick<DoneRunDoc, 'startedAt' | 'finishedAt'>,
): number {
  if (latest === undefined) return 1;
  const seq = latest.seq ?? 0;
  const beganMeanwhile = latest.startedAt > now.startedAt && latest.startedAt <= now.finishedAt;
  return beganMeanwhile ? seq - 0.5 : seq + 1;
}
