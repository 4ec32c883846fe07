// A simulated tenant in which so many license removals are due: audited, asked about and answered by the real code.
'use strict';

const { existsSync, mkdtempSync, rmSync } = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const dist = (file) => require(path.join(__dirname, '..', 'dist', file));

/** Of all simulated people, those of whom an audit makes a case that one removal settles; a few more than needed. */
const SHARE_OF_CASES = 0.045;
const LEASE_MS = 5 * 60_000;
/** A folder that needs no disk: waiting for one is not what is measured, and is most of the real time without. */
const MEMORY = '/dev/shm';
/** As in src/open-doors.ts. */
const GATHER_MS = 15;

const POLICY = `
mode: act
roles: { admins: ['0c9b5a1e-3f64-4d27-8a4b-61f0d2e7b913'], hr: ['b52a7f09-1d8c-4e46-a3f5-903c6b1d7e82'] }
reclaim: { mailbox: waive }
evidence: { reports: [] }
guards: {}
timetable: { reminders: [], review: PT0S, afterDecision: PT1H, disableSignIn: PT1H, convertMailbox: PT1H, removeLicenses: PT1H, hold: P30D, delete: never }
approvals: { firstRun: none, bulkOver: 100000 }
limits: { casesPerRun: { count: 100000, percent: 100 }, stepsPerDay: { count: 100000, percent: 100 }, perDepartment: { percent: 100 } }
prices: [{ sku: SPE_E5, amount: 57, currency: USD, frequency: monthly }]
`;

/**
 * @param latencyMs what Graph takes for each answer
 * @param perMinute sign-in requests in any 60 seconds that the steps allow themselves
 */
async function reclaimedTenant({ removals, latencyMs, perMinute, time }) {
  const { clock, slowed } = time;
  const folder = mkdtempSync(path.join(existsSync(MEMORY) ? MEMORY : os.tmpdir(), 'throughput-'));
  const tenant = await dist('simulator/server.js').startSimulator({
    seed: 20261123,
    people: Math.max(300, Math.ceil(removals / SHARE_OF_CASES)),
    now: () => clock.now(),
    throttling: 'published',
  });
  const counts = { sent: 0, holding: 0 };
  const doors = doorsOf({ tenant, folder, clock, counts, perMinute });
  const world = {
    tenant,
    doors,
    counts,
    clock,
    options: { owner: 'bench', pollMs: 5_000, leaseMs: LEASE_MS, sleep: clock.sleep },
    latency: (on) => (globalThis.fetch = on ? slowed(plainFetch, latencyMs) : slowed(plainFetch, 0)),
    async close() {
      globalThis.fetch = plainFetch;
      await doors.store.close();
      await tenant.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  world.latency(false);
  await order(world, { order: 'audit' });
  world.people = await answerAll(world, removals);
  return world;
}

const plainFetch = globalThis.fetch;

function doorsOf({ tenant, folder, clock, counts, perMinute }) {
  let ids = 0;
  const newId = () => `id-${(ids += 1)}`;
  const line = {
    baseUrl: tenant.url,
    token: dist('graph/tokens.js').fixedToken(tenant.token),
    clock,
    random: () => 0.5,
    gatherMs: GATHER_MS,
  };
  const { REAL } = dist('config/pace.js');
  const { openGraph } = dist('graph/open-graph.js');
  const reading = dist('config/policy.js').readPolicy(POLICY, { loopbackGraph: true });
  if (reading.kind === 'errors') throw new Error(reading.errors.join('\n'));
  const log = dist('telemetry/log.js').silentLog;
  return {
    store: dist('store/embedded-store.js').openEmbeddedStore(path.join(folder, 'steward.sqlite'), { newId }),
    graph: openGraph({ ...line, ...REAL.stepPatience, signInPerMinute: perMinute }),
    signInsPerMinute: perMinute,
    auditGraph: openGraph({ ...line, signInPerMinute: 1_000 }),
    messenger: {
      send: async (to) => ({
        kind: 'delivered',
        message: {
          conversationId: to,
          activityId: `m${(counts.sent += 1)}`,
          serviceUrl: 'http://127.0.0.1/',
        },
      }),
      update: async (message) => ({ kind: 'delivered', message }),
    },
    policy: reading.policy,
    clock,
    random: {
      id: newId,
      salt: () => (ids += 1).toString(16).padStart(32, '0'),
      fraction: () => (ids * 0.618) % 1,
    },
    log: { ...log, info: (text, fields) => (counts.holding += fields?.event === 'stepsFinished' ? 1 : 0) },
    pace: { ...REAL, gather: 0 },
    leaseMs: LEASE_MS,
    rolesOf: async () => [],
    localeOf: async () => 'en',
    timeZoneOf: async () => 'Etc/UTC',
    timeZone: 'Etc/UTC',
    onAuditProgress: () => {},
    sleep: (ms, signal) => clock.sleep(ms, signal),
  };
}

async function order({ doors, options, clock }, what) {
  const { newCommand } = dist('cases/command.js');
  const now = clock.now().toISOString();
  await dist('cases/run-add-command.js').addCommand(
    doors,
    newCommand('bench-order', what, 'bench', now, now),
  );
  while (await dist('worker.js').workOnce(doors, options));
  const { doc } = await doors.store.read('commands', 'bench-order', 'bench-order');
  if (doc.outcome.is !== 'done') throw new Error(`The audit is ${doc.outcome.is}: ${doc.outcome.says}`);
}

/** Everybody asked answers Reclaim, until there are enough cases that one removal settles. */
async function answerAll({ doors }, removals) {
  const desk = dist('cases/answering/run-desk.js').openDesk(doors);
  const where = [{ field: 'state', is: '=', value: 'asked' }];
  const cases = [];
  for await (const { doc } of doors.store.query({ container: 'cases', where }))
    if (doc.licenses.every(({ direct, groupIds }) => direct && groupIds.length === 0)) cases.push(doc);
  if (cases.length < removals) throw new Error(`Only ${cases.length} of ${removals} cases were opened.`);
  const chosen = cases.slice(0, removals);
  for (const { caseId, version, askedOf } of chosen) {
    const answer = { kind: 'reclaim', reason: '' };
    const { kind } = await desk.answer({ caseId, version, by: askedOf, answer });
    if (kind !== 'accepted') throw new Error(`An answer was ${kind}.`);
  }
  return chosen;
}

module.exports = { reclaimedTenant };
