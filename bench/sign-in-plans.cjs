// Reads sign-in dates from a simulated tenant with Graph's published limits, on a clock that skips every wait.
'use strict';

const path = require('node:path');
const dist = (file) => require(path.join(__dirname, '..', 'dist', file));

const DAY_MS = 24 * 3_600_000;
/** The published limit, by which the shortest possible time is counted. */
const LIMIT_PER_MINUTE = 10;

/**
 * @param licensed people with a license, of whom the tenant may show a part
 * @param candidates people who need a row
 * @param inSweep the share of them whose last success is old
 * @returns requests and minutes of the plan, of the best one in hindsight and of a full pass
 */
async function signIns({ tenant: size, licensed, candidates, inSweep, perMinute }) {
  const { startSimulator } = dist('simulator/server.js');
  const { openGraph } = dist('graph/open-graph.js');
  const { fixedToken } = dist('graph/tokens.js');
  const { silentLog } = dist('telemetry/log.js');
  const { readSignIns } = dist('audit/sign-ins/run-sign-ins.js');
  const { NOTHING_KEPT } = dist('audit/sign-ins/run-kept.js');
  const clock = skippingClock();
  const now = () => clock.now();
  const tenant = await startSimulator({ seed: 20261123, throttling: 'published', now, ...size });
  const door = openGraph({
    baseUrl: tenant.url,
    token: fixedToken(tenant.token),
    clock,
    signInPerMinute: perMinute,
    random: () => 0,
  });
  const olderThan = new Date(clock.now().getTime() - 90 * DAY_MS);
  const truth = await tenantTruth(door, olderThan);
  const held = [
    ...spread(truth.old, Math.round(candidates * inSweep)),
    ...spread(truth.others, candidates - Math.round(candidates * inSweep)),
  ].sort((a, b) => (a < b ? -1 : 1));

  await clock.sleep(10 * 60_000);
  const before = tenant.requests.length;
  const started = clock.now().getTime();
  const doors = { graph: door, clock, progress: () => undefined, log: silentLog, kept: NOTHING_KEPT };
  const { plan, rows } = await readSignIns(
    { ...doors, signInsPerMinute: perMinute },
    {
      hasEntraP1: true,
      held: new Map(held.map((id) => [id, undefined])),
      licensed,
      olderThan,
    },
  );
  const made = tenant.requests.slice(before);
  await tenant.close();
  const rest = held.filter((id) => !truth.oldSet.has(id)).length;
  const { bestInHindsight } = dist('audit/sign-ins/plan.js');
  return {
    announced: plan.announced,
    rows: rows.size,
    requests: made.length,
    refused: made.filter(({ status }) => status === 429).length,
    minutes: (clock.now().getTime() - started) / 60_000,
    leastMinutes: made.length / LIMIT_PER_MINUTE,
    expectedMinutes: plan.expectedMinutes,
    best: bestInHindsight({
      licensed,
      needed: held.length,
      sweepRows: truth.sweepRows,
      rest,
    }),
    fullPass: Math.ceil(licensed / 500),
    sweepRows: truth.sweepRows,
    candidates: held.length,
  };
}

/** Who is in the sweep and who is not, read without regard to requests. */
async function tenantTruth(door, olderThan) {
  const truth = { sweepRows: 0, old: [], others: [], oldSet: new Set() };
  for await (const { rows } of door.signIns()) {
    for (const { userId, successful } of rows) {
      if (successful !== undefined && successful <= olderThan) truth.old.push(userId);
      else truth.others.push(userId);
    }
  }
  truth.oldSet = new Set(truth.old);
  for await (const { total } of door.signInsUntil(olderThan)) {
    truth.sweepRows = total;
    break;
  }
  return truth;
}

/** So many of them, from all over the list. */
function spread(ids, count) {
  if (ids.length < count) throw new Error(`The tenant has only ${ids.length} of ${count} such people.`);
  return Array.from({ length: count }, (_, at) => ids[Math.floor((at * ids.length) / count)]);
}

function skippingClock() {
  let now = Date.UTC(2026, 10, 23, 8);
  return {
    now: () => new Date(now),
    sleep: (ms) => {
      now += ms;
      return Promise.resolve();
    },
  };
}

module.exports = { signIns };
