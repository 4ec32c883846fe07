import type { Case, CaseScenario } from './case.js';
import type { CancelCause } from './cancel-cause.js';

export interface Ended {
  readonly cause: CancelCause;
  readonly why: string;
}

/**
 * Why a case ends whose reason is gone. All that can be behind it is said at once, and never which: whoever becomes HR's
 * (safety rule 3) is in no list that others see, as are those who are active again or out of scope, so that their cases
 * must end in the same words. Pure.
 */
export function reasonGone({ scenario }: Pick<Case, 'scenario'>): Ended & { readonly cause: 'reasonGone' } {
  return { cause: 'reasonGone', why: WHY[scenario] };
}

/**
 * The directory tells everybody so, whoever the person has become. It is to be asked about all whose case ends: where it
 * depended on what an audit had found, the words would tell of HR again.
 */
export const ACCOUNT_GONE = { cause: 'gone', why: 'The account no longer exists.' } as const satisfies Ended;

/** An admin said so in chat, of somebody whom all may know of. */
export const PROTECTED: Ended = { cause: 'protected', why: 'The person is protected now.' };

const IDLE = 'The person is active again, protected, or out of scope.';

const WHY: Readonly<Record<CaseScenario, string>> = {
  inactive: IDLE,
  neverSignedIn: IDLE,
  // Nothing ends a gift so; the words would be true of one as well.
  given: IDLE,
  disabledButLicensed: 'The account is enabled again, or the person is protected or out of scope.',
  leftCompany: 'The person did not leave, is protected, or is out of scope.',
  unusedLicense: 'The license is needed after all, or the person is protected or out of scope.',
};
