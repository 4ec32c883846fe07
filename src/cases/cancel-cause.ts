/** Why a case ended with nothing done. Earlier versions also wrote `activeAgain`. */
export type CancelCause =
  /** Active again, protected or out of scope: see reason-gone.ts. */
  | 'reasonGone'
  /** An admin protects the person in chat. */
  | 'protected'
  /** The account no longer exists. */
  | 'gone'
  | 'stopped'
  /** Somebody took the answer back before anything was done. */
  | 'takenBack'
  /** What was to be parked was not, and the person is back from leave, or has nothing to park any more. */
  | 'backFromLeave'
  /** An admin decided against the answer in its review time. */
  | 'vetoed'
  /** Under the policy as it is now there is no such case, or nothing is taken in it. */
  | 'policyChanged';
