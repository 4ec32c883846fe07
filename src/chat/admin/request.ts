import type { Day } from '../../audit/day.js';
import type { Switch } from '../../cases/campaign/run-switch.js';

/** What an admin wants done with the whole campaign, or to know of it. */
export type AdminRequest =
  | { readonly do: 'switch'; readonly to: Switch; readonly reason: string | undefined }
  /** How far the campaign has come. */
  | { readonly do: 'status' }
  /** Run an audit now. */
  | { readonly do: 'audit' }
  /** `who` as typed; `until`: the last day, `YYYY-MM-DD`. */
  | {
      readonly do: 'protect';
      readonly how: 'protect' | 'exempt';
      readonly who: string;
      readonly reason: string;
      readonly until: string | undefined;
    }
  /** A protection that does not say whom, why or until when. */
  | { readonly do: 'protectUnclear' }
  | { readonly do: 'unprotect'; readonly who: string }
  /** Who is protected in chat. */
  | { readonly do: 'protections' }
  /** Decisions in review: all, or those whom `who` fits. `reason`: why, if it is to be a veto. */
  | { readonly do: 'review'; readonly who: string | undefined; readonly reason: string | undefined }
  /** The plan of the newest audit, to be approved. */
  | { readonly do: 'plan' }
  /** Where the seats of each license are; finance may ask for it as well. */
  | { readonly do: 'position'; readonly as: 'card' | 'file' }
  /** What was saved, and what is in sight; finance may ask for it as well. */
  | { readonly do: 'savings'; readonly as: 'card' | 'file' }
  /** The attached file of people; `asOf`: of which day it is, undefined: of today. */
  | { readonly do: 'importRoster'; readonly asOf: Day | undefined }
  /** Of a day that is none. */
  | { readonly do: 'rosterUnclear' }
  /** What admins did, and when. */
  | { readonly do: 'deeds' };
