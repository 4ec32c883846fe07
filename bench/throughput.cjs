// Thousands of license removals at Graph's published limits, on a virtual clock: the real worker, steps and Graph door
// against the simulated tenant. Compared with the least that the writes and the live re-reads of safety rule 5 need:
// what a scheduler that knows everything in hindsight and never waits for an answer could do.
//
// Requests (a step of a batch is one): per removal the write, the person, their mailbox, what only they own, and the
// check after; per 20 removals, which is a full batch, the holders of roles; and the fewest sign-in requests of all ways
// that an audit knows (15 ids, 500 rows of everybody, or 500 rows of a sweep and the rest by id).
// Minutes (to the last write): the longest of what each published limit takes, all of them full at the start
// (microsoft-graph.md 8): 3,000 writes at once and then 20 a second; 8,000 units at once and then 800 a second, a
// request to the directory taken as one; 10 sign-in requests in any minute, so that the n-th is not before minute
// floor((n - 1) / 10). The product itself asks for 9 a minute of a real tenant (--per-minute).
'use strict';

const path = require('node:path');
const { reclaimedTenant } = require('./reclaimed-tenant.cjs');
const { virtualTime } = require('./virtual-time.cjs');

const dist = (file) => require(path.join(__dirname, '..', 'dist', file));

const START = Date.UTC(2026, 10, 23, 8);
const HOUR_MS = 3_600_000;
const STEPS_PER_BATCH = 20;
/** The limits of Graph (microsoft-graph.md 8): writes of the directory, its units, and sign-in reads a minute. */
const WRITES = { burst: 3_000, perSecond: 20 };
const UNITS = { burst: 8_000, perSecond: 800 };
const SIGN_INS_PER_MINUTE = 10;
/** Of one person: the account with its licenses and paths, the mailbox, what only they own, and the check after. */
const READS_PER_REMOVAL = 4;
/** Of these the mailbox does not count in the directory. */
const READS_OF_DIRECTORY = 3;
/** Active and eligible holders of roles: of everybody, read anew for each batch of people. */
const READS_OF_ROLES = 2;

/** @returns what was asked of Graph, in how much time, and the least for the same */
async function throughput({ removals, latencyMs, perMinute }) {
  const time = virtualTime(START);
  const world = await reclaimedTenant({ removals, latencyMs, perMinute, time });
  try {
    const { clock, doors, tenant, counts } = world;
    await clock.sleep(2 * HOUR_MS);
    world.latency(true);
    const started = clock.now().getTime();
    const worker = dist('worker.js').startWorker(doors, { ...world.options, sleep: clock.sleep });
    const until = started + 12 * HOUR_MS;
    while (counts.holding < removals && clock.now().getTime() < until) await clock.sleep(1_000);
    await worker.stop();
    const requests = tenant.requests.filter(({ at }) => at.getTime() >= started);
    return {
      ...told(requests, started, clock),
      removals,
      done: counts.holding,
      least: await least(world, removals),
    };
  } finally {
    await world.close();
  }
}

function told(requests, started, clock) {
  const operations = requests.filter(({ path: address }) => !address.endsWith('/$batch'));
  const byKind = {};
  for (const each of operations) byKind[kindOf(each)] = (byKind[kindOf(each)] ?? 0) + 1;
  const writes = operations.filter((each) => kindOf(each) === 'license changes');
  const lastWrite = Math.max(...writes.map(({ at }) => at.getTime()));
  return {
    operations: operations.length,
    byKind,
    messages: requests.filter(({ inBatch }) => !inBatch).length,
    refused: operations.filter(({ status }) => status === 429).length,
    minutesToLastWrite: (lastWrite - started) / 60_000,
    minutesToEnd: (clock.now().getTime() - started) / 60_000,
  };
}

function kindOf({ method, path: address }) {
  if (method === 'POST' && address.endsWith('/assignLicense')) return 'license changes';
  if (/signInActivity/i.test(address)) return 'sign-in dates';
  if (address.includes('/mailboxSettings')) return 'mailboxes';
  if (address.includes('/ownedObjects')) return 'owned groups';
  if (address.includes('/owners')) return 'owners of groups';
  if (address.includes('/roleManagement')) return 'role holders';
  return /\/users\/[^/]+\?/.test(address) ? 'people' : 'other';
}

async function least({ doors, people, tenant, clock }, removals) {
  const signIns = await leastSignIns({ doors, people, tenant, clock });
  const batches = Math.ceil(removals / STEPS_PER_BATCH);
  const operations = removals * (1 + READS_PER_REMOVAL) + batches * READS_OF_ROLES + signIns;
  const units = removals * (1 + READS_OF_DIRECTORY) + batches * READS_OF_ROLES + signIns;
  const minutesOf = {
    writes: bucketSeconds(WRITES, removals) / 60,
    units: bucketSeconds(UNITS, units) / 60,
    'sign-in dates': Math.max(0, Math.floor((signIns - 1) / SIGN_INS_PER_MINUTE)),
  };
  const minutes = Math.max(...Object.values(minutesOf));
  return {
    signIns,
    operations,
    messages: removals + batches * (READS_PER_REMOVAL + READS_OF_ROLES) + signIns,
    minutes,
    minutesOf,
    binds: minutes === 0 ? 'none' : Object.keys(minutesOf).find((limit) => minutesOf[limit] === minutes),
  };
}

function bucketSeconds({ burst, perSecond }, amount) {
  return Math.max(0, amount - burst) / perSecond;
}

/** Of the ways of an audit the cheapest, in hindsight. */
async function leastSignIns({ doors, people, tenant, clock }) {
  const { bestInHindsight } = dist('audit/sign-ins/plan.js');
  const { isAboutSignIns } = dist('actions/about-sign-ins.js');
  const needed = people.filter(isAboutSignIns).map(({ userId }) => userId);
  const olderThan = new Date(clock.now().getTime() - doors.policy.inactivity.days * 24 * HOUR_MS);
  const swept = new Set();
  for await (const { rows } of doors.auditGraph.signInsUntil(olderThan))
    for (const { userId } of rows) swept.add(userId);
  return bestInHindsight({
    licensed: tenant.tenant.size,
    needed: needed.length,
    sweepRows: swept.size,
    rest: needed.filter((userId) => !swept.has(userId)).length,
  });
}

module.exports = { throughput };
