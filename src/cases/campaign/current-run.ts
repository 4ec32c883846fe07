import type { DoneRunDoc } from '../../audit/run-record.js';
import { DAY_MS } from '../../config/durations.js';
import type { Policy } from '../../config/policy.js';
import { policyHash } from '../../config/policy-hash.js';

/** An older run is not gone on with: what it found may no longer be so. */
const STALE_RUN_MS = DAY_MS;

/** Nor is one of other rules: what it found, and what was approved of it, was under them. Pure. */
export function isCurrentRun(
  run: Pick<DoneRunDoc, 'finishedAt' | 'policyHash'>,
  policy: Policy,
  now: Date,
): boolean {
  const isFresh = now.getTime() - Date.parse(run.finishedAt) < STALE_RUN_MS;
  return isFresh && run.policyHash === policyHash(policy);
}
