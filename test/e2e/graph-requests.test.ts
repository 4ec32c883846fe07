import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { whoMay } from '../../src/bot/who-may.js';
import type { CardAnswer } from '../../src/cases/answering/desk.js';
import { readPolicy, type Policy } from '../../src/config/policy.js';
import { openGraph } from '../../src/graph/open-graph.js';
import { fixedToken } from '../../src/graph/tokens.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { startSimulator, type Simulator } from '../../src/simulator/server.js';
import { GROUPS } from '../../src/simulator/sim-groups.js';
import { openStore } from '../../src/store/open-store.js';
import { silentLog } from '../../src/telemetry/log.js';
import { violationsOf } from '../contract/check-exchange.js';
import { operationFor } from '../contract/graph-contract.js';
import { inMotion, manualClock, pretendTeams, START, type StewardWorld } from '../world/steward-world.js';

const manager = NAMED.itManager.id as UserId;

/** Roles and protections by group, so that groups are read, too. */
function policyByGroups(): Policy {
  const reading = readPolicy(
    `
mode: act
roles: { admins: ['${GROUPS.itAdmins.id}'], hr: ['${GROUPS.hrPartners.id}'] }
protect:
  executives: { groups: ['${GROUPS.leadership.id}'] }
  exempt: { groups: ['${GROUPS.exempt.id}'] }
  breakGlass: { groups: ['${GROUPS.emergency.id}'] }
reclaim: { mailbox: waive }
timetable: { reminders: [], afterDecision: PT5S, removeLicenses: PT8S, convertMailbox: PT7S, disableSignIn: PT6S, deliverWithin: PT5M, review: PT0S }
approvals: { firstRun: none, bulkOver: 1000 }
limits: { casesPerRun: { percent: 100 }, stepsPerDay: { percent: 100 }, perDepartment: { percent: 100 } }`,
    { loopbackGraph: true },
  );
  if (reading.kind === 'errors') throw new Error(reading.errors.join('\n'));
  return reading.policy;
}

let tenant: Simulator;
let world: StewardWorld;

/** A tenant with Graph's limits that keeps every exchange and serves reports elsewhere. */
async function aRecordedWorld(): Promise<StewardWorld> {
  const clock = manualClock(START);
  tenant = await startSimulator({
    seed: 7,
    people: 1_200,
    now: () => clock.now(),
    licenseDelayMs: 2_000,
    recordExchanges: true,
    downloadOrigin: 'other',
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'requests-'));
  let ids = 0;
  const newId = (): string => `id-${(ids += 1)}`;
  const dependencies = { log: silentLog, newId, wait: (ms: number) => clock.sleep(ms) };
  const store = await openStore({ kind: 'embedded', dataDir: folder }, dependencies);
  const graph = openGraph({ baseUrl: tenant.url, token: fixedToken(tenant.token), clock, random: () => 0.5 });
  const policy = policyByGroups();
  const teams = pretendTeams();
  const doors: StewardWorld['doors'] = {
    store,
    graph,
    auditGraph: graph,
    messenger: teams,
    policy,
    clock,
    random: { id: newId, salt: () => (ids += 1).toString(16).padStart(32, '0'), fraction: () => 0.5 },
    log: silentLog,
    sleep: (ms) => clock.sleep(ms),
    pace: { checkStep: 1_000, giveUpStep: 60_000, watch: 60_000, gather: 0, retry: 1_000, held: 10_000 },
    leaseMs: 60 * 60_000,
    rolesOf: whoMay({ policy, graph, clock }),
    localeOf: async () => 'en',
    timeZoneOf: async () => 'Etc/UTC',
    timeZone: 'Etc/UTC',
    onAuditProgress: () => {},
  };
  return inMotion(doors, { clock, tenant, teams, folder });
}

async function answer(userId: string, given: CardAnswer): Promise<string> {
  const { caseId, version } = await world.caseOf(userId);
  return (await world.desk.answer({ caseId, version, by: manager, answer: given })).kind;
}

/** Everything that the product asks of Graph: audit, question, search, reclaim, reassign, undo, roles, readiness, log. */
beforeAll(async () => {
  world = await aRecordedWorld();
  const { plainInactive, inactiveWithVisio, neverSignedIn, thirdActiveReport, financeHead } = NAMED;
  // Some requests fail and are sent again, as on any day.
  tenant.faults.add({
    times: 2,
    path: 'signInActivity',
    answer: { kind: 'status', status: 429, retryAfter: '7' },
  });
  tenant.faults.add({ path: 'managers?|manager', answer: { kind: 'status', status: 503 } });
  tenant.faults.add({ path: 'assignLicense', answer: { kind: 'status', status: 500 } });
  await world.audit();
  await world.work(10_000);

  const reassign = (receiver: string): Promise<string> =>
    answer(plainInactive.id, { kind: 'reassign', reason: '', receiver });
  expect(await reassign('Nobody at all')).toBe('incomplete');
  expect(await reassign("O'Nobody")).toBe('incomplete');
  expect(await reassign('A')).toBe('incomplete');
  expect(await reassign('nobody.such@contoso.example')).toBe('incomplete');
  expect(await reassign(thirdActiveReport.name)).toBe('accepted');
  expect(await answer(inactiveWithVisio.id, { kind: 'reclaim', reason: '' })).toBe('accepted');
  expect(await answer(neverSignedIn.id, { kind: 'reclaim', reason: '' })).toBe('accepted');
  await world.work(120_000);
  for (const { id } of [plainInactive, inactiveWithVisio, neverSignedIn])
    expect(await world.caseOf(id)).toMatchObject({ state: 'holding' });

  const { caseId } = await world.caseOf(plainInactive.id);
  expect(await world.desk.show({ caseId, by: financeHead.id as UserId })).toBe('notYours');
  expect(await world.doors.rolesOf(manager)).toEqual(['admin']);
  expect(await world.desk.undo({ caseId, by: manager })).toMatchObject({ kind: 'accepted' });
  expect(await world.order({ order: 'undo', userId: inactiveWithVisio.id as UserId })).toMatch(/^done/);
  await world.work(120_000);
  expect(await world.caseOf(inactiveWithVisio.id)).toMatchObject({ state: 'undone' });
  await world.doors.graph.tenant();
  await world.doors.graph.signInLogOf(manager, new Date(START.getTime() - 7 * 86_400_000), 5);
}, 60_000);

afterAll(() => world.close());

/** The operations of every request, those inside of batches included. */
function operations(): readonly string[] {
  const sent = tenant.exchanges.flatMap(({ method, url, requestBody }) => {
    const steps =
      (requestBody as { requests?: { method: string; url: string }[] } | undefined)?.requests ?? [];
    return [{ method, url }, ...steps.map((step) => ({ method: step.method, url: `/v1.0${step.url}` }))];
  });
  const names = sent.map(({ method, url }) => {
    const [, version = '', ...rest] = (url.split('?')[0] ?? '').split('/');
    const route = `/${rest.map(decodeURIComponent).join('/')}`;
    return operationFor(version, method, route)?.id ?? `unknown ${method} ${url}`;
  });
  return [...new Set(names)].sort();
}

describe('what the product asks of Graph', () => {
  it('is all documented, and so is what the simulated tenant answers', () => {
    expect(tenant.exchanges.length).toBeGreaterThan(50);
    expect(tenant.exchanges.flatMap((exchange) => violationsOf(exchange))).toEqual([]);
  });

  it('is every operation that it needs, and no other', () => {
    expect(operations()).toEqual([
      'admin.reportSettings.get',
      'auditLogs.signIns.list',
      'batch',
      'groups.owners.list',
      'groups.transitiveMembers.list',
      'organization.list',
      'reports.getEmailActivityUserDetail.period',
      'reports.getM365AppUserDetail.period',
      'reports.getMailboxUsageDetail.period',
      'reports.getOffice365ActivationsUserDetail',
      'reports.getOffice365ActiveUserDetail.period',
      'reports.getOneDriveUsageAccountDetail.period',
      'reports.getSharePointActivityUserDetail.period',
      'reports.getSharePointSiteUsageDetail.period',
      'reports.getTeamsUserActivityUserDetail.period',
      'roleManagement.roleAssignments.list',
      'roleManagement.roleEligibilityScheduleInstances.list',
      'subscribedSkus.list',
      'users.assignLicense',
      'users.checkMemberGroups',
      'users.get',
      'users.list',
      'users.manager',
      'users.ownedObjects.groups',
      'users.sponsors',
      'users.userPurpose',
    ]);
  });

  it('changes nothing but licenses', () => {
    const reading = /\/(\$batch|checkMemberGroups)$/;
    const writes = tenant.requests.filter(({ method, path: url }) => method !== 'GET' && !reading.test(url));
    expect(
      writes.filter(({ path: url }) => !/^\/v1\.0\/users\/[0-9a-f-]{36}\/assignLicense$/.test(url)),
    ).toEqual([]);
    expect(writes.length).toBeGreaterThanOrEqual(6);
  });

  it('carries the token to Graph, and never to where reports are downloaded', () => {
    const downloads = tenant.requests.filter(({ origin }) => origin === 'download');
    const own = tenant.requests.filter(({ origin, inBatch }) => origin === 'graph' && !inBatch);
    expect(downloads.length).toBeGreaterThan(0);
    expect(downloads.filter(({ authorization }) => authorization)).toEqual([]);
    expect(own.filter(({ authorization }) => !authorization)).toEqual([]);
  });
});
