import type { Money } from '../spend/money.js';
import type { Evidence, Verdict } from './evidence.js';
import type { License, MailboxPurpose, Manager, Person, SkuId } from './person.js';

export type Scenario = 'leftCompany' | 'neverSignedIn' | 'inactive' | 'disabledButLicensed' | 'unusedLicense';

export type Route = 'hr' | 'adminReview' | 'excluded' | 'guestAudit';

export type ProtectionKind =
  | 'executive'
  | 'serviceAccount'
  | 'sharedMailbox'
  | 'resource'
  | 'admin'
  | 'breakGlass'
  | 'guest'
  | 'newAccount'
  | 'newLicense'
  | 'onLeave'
  | 'exempt';

/** Why a person is not handled by the normal path. `rule` names the policy entry or the signal, in words. */
export interface Protection {
  readonly kind: ProtectionKind;
  readonly route: Route;
  readonly rule: string;
}

export interface LicenseFinding {
  readonly license: License;
  readonly skuId: SkuId;
  readonly partNumber: string;
  /** Friendly product name, or the part number where none is known. */
  readonly name: string;
  readonly verdict: Verdict;
  /** Per year; undefined when no price is entered. */
  readonly annualCost: Money | undefined;
  /** true: contains an Exchange plan that is not switched off, so its removal endangers a mailbox. */
  readonly hasMailboxPlan: boolean;
}

/** What the product advises, and so what the case opening does with it. */
export type Recommendation =
  'ask' | 'hrReview' | 'adminReview' | 'excluded' | 'guestAudit' | 'readMore' | 'none';

/** One person in one audit run. `scenario` is undefined for people who are no candidates. */
export interface Finding {
  readonly person: Person;
  readonly manager: Manager | 'none' | { readonly unknown: string };
  readonly mailbox: MailboxPurpose | { readonly unknown: string };
  readonly verdict: Verdict;
  readonly evidence: Evidence;
  readonly scenario: Scenario | undefined;
  /** Managed licenses only. */
  readonly licenses: readonly LicenseFinding[];
  /** Sum over the licenses with a price; undefined when none has one. Mixed currencies: undefined. */
  readonly annualCost: Money | undefined;
  readonly protections: readonly Protection[];
  readonly recommendation: Recommendation;
}
