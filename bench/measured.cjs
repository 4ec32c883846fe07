// One measured piece of work in a process of its own: `measured.cjs TASK OPTIONS`. Answers its parent with what it
// cost (CPU of the whole process, start included, and the peak of its memory) and what it found.
'use strict';

const { randomUUID } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { handCsv } = require('./hand-csv.cjs');
const { record, recorded } = require('./recorded.cjs');

const dist = (file) => require(path.join(__dirname, '..', 'dist', file));
const POLICY = 'prices: [{ sku: SPE_E5, amount: 57, currency: USD, frequency: monthly }]';

/** What the audit is given beside the tenant: a store without an earlier run, and the machine's clock and chance. */
function doorsOf(graph, storeFile) {
  const { systemClock } = dist('graph/clock.js');
  const { openEmbeddedStore } = dist('store/embedded-store.js');
  const { silentLog } = dist('telemetry/log.js');
  return {
    graph,
    store: openEmbeddedStore(storeFile, { newId: randomUUID }),
    clock: systemClock,
    random: { id: randomUUID, salt: randomUUID, fraction: Math.random },
    log: silentLog,
    progress: () => undefined,
    announce: () => undefined,
    sleep: (ms) => systemClock.sleep(ms),
  };
}

/** The product's audit, as its users run it, sign-in dates read and kept included. */
async function audit({ url, token, requestsFile, storeFile }) {
  const counts = record(requestsFile);
  const { openGraph } = dist('graph/open-graph.js');
  const { fixedToken } = dist('graph/tokens.js');
  const { systemClock } = dist('graph/clock.js');
  const { runAudit } = dist('audit/run-audit.js');
  const { readPolicy } = dist('config/policy.js');
  const reading = readPolicy(POLICY, { loopbackGraph: true });
  if (reading.kind === 'errors') throw new Error(reading.errors.join('\n'));
  const graph = openGraph({
    baseUrl: url,
    token: fixedToken(token),
    clock: systemClock,
    signInPerMinute: 1_000_000,
  });
  const doors = doorsOf(graph, storeFile);
  const result = await runAudit(doors, reading.policy);
  const cost = spent();
  await doors.store.close();
  if (result.kind !== 'done') throw new Error(`The audit was stopped: ${result.why.join(' ')}`);
  return { cost, counts, findings: result.findings.length, figures: result.figures };
}

/** The same requests, their answers read and parsed, and nothing else. `kinds`: of which kinds. */
async function floor({ token, requestsFile, kinds }) {
  const requests = recorded(requestsFile);
  let rows = 0;
  for (const request of requests.filter(({ kind }) => kinds.includes(kind))) {
    const found =
      request.kind === 'report' ? await readReport(request, token) : await readPage(request, token);
    if (request.kind === 'directory') rows += found;
  }
  return { cost: spent(), rows };
}

async function readPage({ url, body }, token) {
  const headers = { Authorization: `Bearer ${token}`, ConsistencyLevel: 'eventual' };
  const posted = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body };
  const answer = await fetch(url, body === undefined ? { headers } : posted);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The floor was refused with ${answer.status}: ${text.slice(0, 200)}`);
  return JSON.parse(text).value?.length ?? 0;
}

async function readReport({ url }, token) {
  const first = await fetch(url, { headers: { Authorization: `Bearer ${token}` }, redirect: 'manual' });
  const answer = first.status === 302 ? await fetch(first.headers.get('Location') ?? '') : first;
  return splitRows(answer.body.pipeThrough(new TextDecoderStream()));
}

async function splitRows(chunks) {
  let cells = 0;
  const csv = handCsv((row) => {
    cells += row.length;
  });
  for await (const chunk of chunks) csv.add(chunk);
  csv.end();
  return cells;
}

/** Both ways to split one report that lies in a file. */
async function splitByHand({ file }) {
  return { cells: await splitRows(fs.createReadStream(file, 'utf8')), cost: spent() };
}

async function splitByReader({ file }) {
  const { readCsv } = dist('audit/csv/reader.js');
  let cells = 0;
  const end = await readCsv(fs.createReadStream(file, 'utf8'), (row) => {
    cells += row.length;
    return 'go on';
  });
  if (end !== 'complete') throw new Error(`The report was read as ${end}.`);
  return { cells, cost: spent() };
}

async function saveReport({ url, token, file }) {
  const { openGraph } = dist('graph/open-graph.js');
  const { fixedToken } = dist('graph/tokens.js');
  const { systemClock } = dist('graph/clock.js');
  const graph = openGraph({ baseUrl: url, token: fixedToken(token), clock: systemClock });
  const out = fs.openSync(file, 'w');
  for await (const chunk of graph.report('activeUsers')) fs.writeSync(out, chunk);
  fs.closeSync(out);
  return { bytes: fs.statSync(file).size };
}

function spent() {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuMs: (userCPUTime + systemCPUTime) / 1000, rssMb: maxRSS / 1024 };
}

const TASKS = {
  audit,
  floor,
  splitByHand,
  splitByReader,
  saveReport,
  signIns: (options) => require('./sign-in-plans.cjs').signIns(options),
  questions: (options) => require('./questions.cjs').questions(options),
  throughput: (options) => require('./throughput.cjs').throughput(options),
};

async function main() {
  const [task, options] = process.argv.slice(2);
  const answer = await TASKS[task](JSON.parse(options));
  process.send(answer, () => process.exit(0));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
