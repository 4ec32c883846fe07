import type { Policy } from './policy.js';

/**
 * Keys of the policy that are set to something which this version does not carry out, so that nobody relies on them.
 * Pure; said at the start of the service.
 */
export function notCarriedOut(policy: Policy): readonly string[] {
  const { privacy } = policy;
  return [privacy.retainDays === 180 ? '' : 'privacy.retainDays: nothing is erased by date'].filter(
    (sentence) => sentence !== '',
  );
}
