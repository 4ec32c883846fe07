import type { Money } from '../spend/money.js';
import type { Evidence, Verdict } from './evidence.js';
import type { License, MailboxPurpose, Manager, Person, SkuId, Sponsor } from './person.js';
import type { Part } from './licenses/parts.js';
import type { RosterFact } from './roster/roster.js';

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

/** What is known of one service that a license contains. */
export interface PartFinding {
  readonly part: Part;
  readonly verdict: Verdict;
}

export interface LicenseFinding {
  readonly license: License;
  readonly skuId: SkuId;
  readonly partNumber: string;
  /** Friendly product name, or the part number where none is known. */
  readonly name: string;
  readonly verdict: Verdict;
  /** Services in it that are switched on and that some source dates. */
  readonly parts: readonly PartFinding[];
  /** Apps in it whose use nothing records; undefined: none. */
  readonly unrecorded?: readonly string[];
  /** Another license of the person that gives everything which this one gives; undefined: none does. */
  readonly coveredBy: SkuId | undefined;
  /** Per year; undefined when no price is entered. */
  readonly annualCost: Money | undefined;
  /** true: contains an Exchange plan that is not switched off, so its removal endangers a mailbox. */
  readonly hasMailboxPlan: boolean;
}

/** What the product advises, and so what the case opening does with it. */
export type Recommendation =
  'ask' | 'hrReview' | 'adminReview' | 'excluded' | 'guestAudit' | 'readMore' | 'none';

/**
 * F14: an account or license that came lately was prepared for somebody who has not begun (`onboarding`); an old one
 * was left behind by somebody who went (`offboarding`); otherwise dates do not tell.
 */
export type NeverSignedIn = 'onboarding' | 'offboarding' | 'unclear';

/** One person in one audit run. `scenario` is undefined for people who are no candidates. */
export interface Finding {
  readonly person: Person;
  readonly manager: Manager | 'none' | { readonly unknown: string };
  readonly mailbox: MailboxPurpose | { readonly unknown: string };
  readonly verdict: Verdict;
  readonly evidence: Evidence;
  readonly scenario: Scenario | undefined;
  /** Why somebody never signed in, as far as dates tell; undefined in other scenarios. */
  readonly neverSignedIn: NeverSignedIn | undefined;
  /** true: left the company and has signed in since, which is for security to look at. */
  readonly securityAlert: boolean;
  /** What the HR roster or another user source says; undefined: nothing. */
  readonly roster: RosterFact | undefined;
  /** Of guests only; undefined: not read. */
  readonly sponsors: readonly Sponsor[] | undefined;
  /** Managed licenses only. */
  readonly licenses: readonly LicenseFinding[];
  /** Sum over the licenses that could be taken and have a price; undefined when none has one. Mixed currencies: undefined. */
  readonly annualCost: Money | undefined;
  readonly protections: readonly Protection[];
  readonly recommendation: Recommendation;
}
