import type { Policy } from './policy.js';

/**
 * Keys of the policy that are set to something which this version does not carry out, so that nobody relies on them.
 * Pure; said at the start of the service.
 */
export function notCarriedOut(policy: Policy): readonly string[] {
  const { reclaim } = policy;
  return [reclaim.licenses === 'all' ? 'reclaim.licenses: only managed licenses are taken' : ''].filter(
    (sentence) => sentence !== '',
  );
}
