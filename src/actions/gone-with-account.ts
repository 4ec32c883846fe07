import type { Step } from '../cases/step.js';

const TAKING: ReadonlySet<Step['kind']> = new Set([
  'disableSignIn',
  'convertMailbox',
  'removeLicenses',
  'leaveGroup',
]);

/** true: what the step takes from the person is gone with their account, so that nothing is left to wait for. Pure. */
export function isGoneWithAccount({ kind }: Step): boolean {
  return TAKING.has(kind);
}
