import type { Finding } from '../audit/finding.js';
import type { OwnedAlone } from './owned-alone.js';

/** What an audit knows of somebody beside their use, and whoever decides has to know. Nothing of HR's lane is among it. */
export type Warning =
  /** The account is synchronized from Active Directory, and can be blocked or deleted only there. */
  | 'fromAd'
  /** Left the company, and was signed in since. */
  | 'signedInSince';

/** What a case has of that, and of what stands in the way of its steps. */
export interface Warnings {
  /** Absent: none, or the case is of an earlier version. */
  readonly warnings?: readonly Warning[];
  /** Absent: it was not looked at, or the case is of an earlier version. */
  readonly owned?: OwnedAlone;
}

/** Pure. */
export function warningsOf({
  person,
  securityAlert,
}: Pick<Finding, 'person' | 'securityAlert'>): readonly Warning[] {
  return [
    ...(securityAlert ? (['signedInSince'] as const) : []),
    ...(person.onPremisesSync === true ? (['fromAd'] as const) : []),
  ];
}
