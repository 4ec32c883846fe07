/** On what terms a process works on due rows. */
export interface WorkTerms {
  /** Names the process in leases. */
  readonly owner: string;
  /** Milliseconds between looks for due rows. */
  readonly pollMs: number;
  /** Milliseconds for which a claimed row is ours. */
  readonly leaseMs: number;
  /** Ends early, in whatever way, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The due rows of one kind, many of them under way at once in one process. */
export interface DueWork {
  /**
   * Claims as many as there is room for and begins with them. Whoever takes long holds nobody up: the next look comes
   * when there is room, or after the usual while.
   * @returns true when there may be more to do at once
   * @throws what no row could be worked on for: the store cannot be used
   */
  workOn(): Promise<boolean>;
  /** Waits until nothing is under way. @throws the same */
  end(): Promise<void>;
}
