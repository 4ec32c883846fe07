export interface Lease {
  readonly owner: string;
  /** ISO 8601 in UTC. */
  readonly until: string;
}

/**
 * Whether somebody has a row in hand: whoever else wrote it would take their step from them.
 * @param now an instant, ISO 8601 in UTC
 */
export function isInHand({ lease }: { readonly lease?: Lease | undefined }, now: string): boolean {
  return lease !== undefined && lease.until > now;
}
