// Questions in the chat about a tenant of 157,000 with 4,000 findings: what one answer takes, card included, against a
// floor that reads the latest run and goes through the same rows by hand. The rows are in memory, as after the first
// question; how long that one takes is told.
'use strict';

const { randomUUID } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const dist = (file) => require(path.join(__dirname, '..', 'dist', file));

const NOW = new Date('2026-11-23T06:00:00.000Z');
const ASKER = '00000000-0000-4000-8000-000000000009';
const QUESTIONS = [
  'who is inactive but licensed',
  'inactive E5 in "Department 7" in Germany over 120 days by cost',
  'how many never signed in per department',
  'top 10 most expensive unused Visio in "Department 3"',
  'inactive per manager',
  'cost of unused licenses per license',
  'inactive not in "Department 5" over 100 days sorted by name page 40',
  'inactive in Departmnt 12',
];
const LICENSES = [
  ['06ebc4ee-1bb5-47dd-8120-11324bc54e06', 'SPE_E5', 'Microsoft 365 E5', 68_400],
  ['05e9a617-0261-4cee-bb44-138d3ef5d965', 'SPE_E3', 'Microsoft 365 E3', 43_200],
  ['c5928f49-12ba-48f7-ada3-0d743a3601d5', 'VISIOCLIENT', 'Visio Plan 2', 18_000],
];

/** @returns milliseconds of every answer and of every pass of the floor, and of the first answer of all */
async function questions({ findings, rounds }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steward-questions-'));
  const { openEmbeddedStore } = dist('store/embedded-store.js');
  const store = openEmbeddedStore(path.join(folder, 'store.sqlite'), { newId: randomUUID });
  try {
    await keepRun(store, findings);
    const ask = asker(store);
    const first = await timed(() => ask(QUESTIONS[0]));
    for (const question of QUESTIONS) await ask(question);
    const answers = [];
    const floors = [];
    for (let round = 0; round < rounds; round += 1)
      for (const question of QUESTIONS) {
        answers.push(await timed(() => ask(question)));
        floors.push(await timed(() => ask.floor()));
      }
    return { first, answers, floors };
  } finally {
    await store.close();
    fs.rmSync(folder, { recursive: true });
  }
}

async function timed(work) {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function asker(store) {
  const { openReadModel } = dist('chat/run-read-model.js');
  const { answerTo } = dist('chat/answer.js');
  const { parse } = dist('chat/parse.js');
  const { latestRun } = dist('audit/run-store.js');
  const { readPolicy } = dist('config/policy.js');
  const { policy } = readPolicy('', { loopbackGraph: true });
  const readModel = openReadModel({ store, policy, clock: { now: () => NOW } });
  const view = { policy, now: NOW.toISOString(), timeZone: 'UTC', locale: 'en' };
  const ask = async (question) => {
    const answer = await answerTo(parse(question), { userId: ASKER, roles: ['admin'] }, { readModel }, view);
    return JSON.stringify(answer);
  };
  ask.floor = async () => {
    await latestRun(store);
    const { rows } = await readModel.latestAudit();
    const found = rows.filter((row) => row.subject === 'candidates' && row.days > 100);
    found.sort((a, b) => b.days - a.days);
    return JSON.stringify(found.slice(0, 10));
  };
  return ask;
}

async function keepRun(store, findings) {
  const { storeRun } = dist('audit/run-store.js');
  const figures = {
    ...{
      people: 157_000,
      licenses: 230_000,
      active: 150_000,
      inactive: findings,
      protected: 900,
      unknown: 2_000,
    },
    ...{ guests: 100, outOfScope: 0, annualCost: [], withoutPrice: 0, departments: {} },
  };
  const run = {
    kind: 'done',
    startedAt: NOW,
    finishedAt: NOW,
    tenantId: 'tenant',
    figures,
    position: [],
    measures: {},
  };
  await storeRun(
    store,
    { ...run, findings: Array.from({ length: findings }, findingOf), caveats: [] },
    'run-1',
    'policy',
  );
}

function findingOf(_, index) {
  const { dayOf } = dist('audit/day.js');
  const today = dayOf(NOW);
  const days = 90 + (index % 300);
  const isNever = index % 9 === 0;
  const verdict = isNever ? { kind: 'neverUsed' } : { kind: 'inactive', days, lastUse: today - days };
  const [skuId, partNumber, name, minor] = LICENSES[index % LICENSES.length];
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  const manager = `manager.${index % 600}@harbor.example`;
  const none = { kind: 'none', since: today - 180 };
  const services = ['exchange', 'oneDrive', 'sharePoint', 'teams', 'yammer', 'skype'];
  return {
    person: {
      ...{ id, userPrincipalName: `person.${index}@harbor.example`, displayName: `Person Number ${index}` },
      ...{ accountEnabled: true, kind: 'member', licenses: [], department: `Department ${index % 40}` },
      ...{ country: ['Germany', 'US', 'India'][index % 3], created: today - 900, jobTitle: 'Consultant' },
    },
    manager: {
      id: manager,
      displayName: `Manager ${index % 600}`,
      userPrincipalName: manager,
      accountEnabled: true,
    },
    mailbox: 'user',
    verdict,
    evidence: {
      workload: {
        refreshed: today - 2,
        facts: Object.fromEntries(services.map((service) => [service, none])),
      },
      signIn: { successful: none, interactive: none, nonInteractive: none },
      ...{ reports: {}, details: {} },
    },
    scenario: isNever ? 'neverSignedIn' : 'inactive',
    licenses: [
      {
        license: {
          skuId,
          disabledPlans: [],
          paths: [{ kind: 'direct', state: 'active', disabledPlans: [] }],
        },
        ...{
          skuId,
          partNumber,
          name,
          verdict,
          parts: [],
          annualCost: { minor, currency: 'USD' },
          hasMailboxPlan: true,
        },
      },
    ],
    ...{
      annualCost: { minor, currency: 'USD' },
      protections: [],
      recommendation: 'ask',
      securityAlert: false,
    },
  };
}

module.exports = { questions };
