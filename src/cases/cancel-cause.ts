/** Why a case ended with nothing done. */
export type CancelCause =
  | 'activeAgain'
  | 'protected'
  /** Left the tenant, or the scope of the policy. */
  | 'gone'
  | 'stopped'
  /** Somebody took the answer back before anything was done. */
  | 'takenBack'
  /** An admin decided against the answer in its review time. */
  | 'vetoed'
  /** Under the policy as it is now there is no such case, or nothing is taken in it. */
  | 'policyChanged';
