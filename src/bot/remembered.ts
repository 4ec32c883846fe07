/**
 * Asks at most once in `ms` milliseconds, with one call in flight: everybody else gets the same answer, or the same
 * failure. For what strangers may ask and what costs calls elsewhere.
 */
export function remembered<T>(ask: () => Promise<T>, ms: number, clock: { now(): Date }): () => Promise<T> {
  let last: { readonly answer: Promise<T>; at: number | 'inFlight' } | undefined;
  return () => {
    if (last && isFresh(last.at, ms, clock)) return last.answer;
    const asked = { answer: Promise.resolve().then(ask), at: 'inFlight' as number | 'inFlight' };
    const done = (): void => {
      asked.at = clock.now().getTime();
    };
    asked.answer.then(done, done);
    last = asked;
    return asked.answer;
  };
}

/** A clock that was set back must not make an answer last. */
function isFresh(at: number | 'inFlight', ms: number, clock: { now(): Date }): boolean {
  if (at === 'inFlight') return true;
  const age = clock.now().getTime() - at;
  return age >= 0 && age < ms;
}
