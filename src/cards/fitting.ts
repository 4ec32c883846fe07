import type { CardJson } from '../bot/messenger.js';

/** UTF-8 bytes; cards of more than 25 KB may be refused (facts of Teams, 1.2). */
const MOST_BYTES = 23_000;

/** The card of the first attempt that is small enough for Teams; of the last one if none is. */
export function firstThatFits<T>(
  attempts: readonly [T, ...(readonly T[])],
  make: (attempt: T) => CardJson,
): CardJson {
  const [first, second, ...others] = attempts;
  const made = make(first);
  return second === undefined || Buffer.byteLength(JSON.stringify(made)) <= MOST_BYTES
    ? made
    : firstThatFits([second, ...others], make);
}
