// Thousands of license removals at Graph's published limits, on a virtual clock: the real worker, steps and Graph door
// against the simulated tenant. Compared with the least that the writes and the live re-reads of safety rule 5 need.
'use strict';

const path = require('node:path');
const { reclaimedTenant } = require('./reclaimed-tenant.cjs');
const { virtualTime } = require('./virtual-time.cjs');

const dist = (file) => require(path.join(__dirname, '..', 'dist', file));

const START = Date.UTC(2026, 10, 23, 8);
const HOUR_MS = 3_600_000;
const STEPS_PER_BATCH = 20;
/** The limits of Graph (microsoft-graph.md 8): writes of the directory, and sign-in reads a minute. */
const WRITES = { burst: 3_000, perSecond: 20 };
const SIGN_INS_PER_MINUTE = 10;
/** Of one person: the account with its licenses and paths, the mailbox, what only they own, and the check after. */
const READS_PER_REMOVAL = 4;
/** Active and eligible holders of roles: of everybody, read anew for each batch of people. */
const READS_OF_ROLES = 2;

/** @returns what was asked of Graph, in how much time, and the least for the same */
async function throughput({ removals, latencyMs }) {
  const time = virtualTime(START);
  const world = await reclaimedTenant({ removals, latencyMs, time });
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
  const writeSeconds = Math.max(0, removals - WRITES.burst) / WRITES.perSecond;
  const signInMinutes = Math.floor((signIns - 1) / SIGN_INS_PER_MINUTE);
  return {
    signIns,
    operations,
    messages: removals + batches * (READS_PER_REMOVAL + READS_OF_ROLES) + signIns,
    minutes: Math.max(writeSeconds / 60, signInMinutes),
  };
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
