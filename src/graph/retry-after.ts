const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 60_000;
const JITTER_MS = 1_000;

/**
 * How long a `Retry-After` header asks to wait: seconds, whole or a fraction (`2.128`), or an HTTP date.
 * @returns milliseconds, rounded up so that we never come early; undefined for no header or nonsense
 */
export function retryAfterMs(header: string | null | undefined, now: Date): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  // Only a real HTTP date: Date.parse would read "-5" as a month.
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

/** The wait before attempt `failed + 1` when Graph names none: 1 s, doubling, at most 60 s. */
export function backoffMs(failed: number): number {
  return Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(failed - 1, 16));
}

/** A little more than asked for, never less, so that callers that were held back together do not return together. */
export function jitterMs(random: () => number): number {
  return Math.floor(random() * JITTER_MS);
}
