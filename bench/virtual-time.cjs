// A clock for many waiters: time stands still while anybody works or waits for an answer, then jumps to the next alarm.
'use strict';

/** Turns of the event loop after which nobody has anything left to do. */
const QUIET_TURNS = 6;

function virtualTime(start) {
  const alarms = [];
  let now = start;
  let answersToCome = 0;
  let quiet = 0;
  let ticking = false;

  const tick = () => {
    quiet = answersToCome === 0 ? quiet + 1 : 0;
    if (quiet > QUIET_TURNS && alarms.length > 0) {
      alarms.sort((a, b) => a.at - b.at);
      const { at, ring } = alarms.shift();
      now = Math.max(now, at);
      quiet = 0;
      ring();
    }
    ticking = alarms.length > 0 || answersToCome > 0;
    if (ticking) setImmediate(tick);
  };

  const clock = {
    now: () => new Date(now),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const alarm = { at: now + ms, ring: resolve };
        alarms.push(alarm);
        signal?.addEventListener('abort', () => {
          const place = alarms.indexOf(alarm);
          if (place === -1) return;
          alarms.splice(place, 1);
          reject(signal.reason);
        });
        if (!ticking) {
          ticking = true;
          setImmediate(tick);
        }
      }),
  };
  /** Each request takes `latencyMs` of virtual time, and time stands still until it is really answered. */
  const slowed =
    (send, latencyMs) =>
    async (...args) => {
      if (latencyMs > 0) await clock.sleep(latencyMs);
      answersToCome += 1;
      try {
        const answer = await send(...args);
        // The body is read while time stands still, too.
        const body = await answer.arrayBuffer();
        const { status, statusText, headers } = answer;
        return new Response(status === 204 ? null : body, { status, statusText, headers });
      } finally {
        answersToCome -= 1;
      }
    };
  return { clock, slowed };
}

module.exports = { virtualTime };
