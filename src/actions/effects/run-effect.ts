import type { Step, StepKind, StepOf } from '../../cases/step.js';
import type { Effect } from './effect.js';
import { deletion } from './run-deletion.js';
import { licenseChange } from './run-license-change.js';
import { mailboxConversion } from './run-mailbox.js';
import { membership } from './run-membership.js';
import { signInBlock } from './run-sign-in.js';
import { usageLocation } from './run-usage-location.js';

const EFFECTS: { readonly [K in StepKind]: Effect<StepOf<K>> } = {
  disableSignIn: signInBlock,
  convertMailbox: mailboxConversion,
  removeLicenses: licenseChange,
  leaveGroup: membership,
  assignLicenses: licenseChange,
  setUsageLocation: usageLocation,
  deleteAccount: deletion,
};

/** What carries a step out, looks for its effect and takes it back. */
export function effectOf({ kind }: Step): Effect<Step> {
  return EFFECTS[kind] as Effect<Step>;
}
