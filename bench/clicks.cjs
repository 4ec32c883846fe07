// Clicks over real HTTP: how long they take to be acknowledged, beside a bot of the bare framework that does nothing.
'use strict';

const { fork } = require('node:child_process');
const http = require('node:http');
const path = require('node:path');
const { median } = require('./processes.cjs');

const ROOT = path.join(__dirname, '..');
const TYPESCRIPT = ['--disable-warning=ExperimentalWarning', '--import', './test/world/run-typescript.mjs'];
const CONNECTIONS = [10, 100];

/** A process of a TypeScript file, which sends one message when it is ready or done. */
async function typescript(file, args) {
  const child = fork(path.join(ROOT, file), args, { cwd: ROOT, execArgv: TYPESCRIPT });
  const answer = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it answered.`)));
  });
  return { answer, stop: () => child.connected && child.disconnect() };
}

/** Both in turn, so that what else the machine does falls on both. */
async function clicks(say, { seconds = 4, rounds = 5 } = {}) {
  const servers = {};
  for (const kind of ['bare', 'ours']) servers[kind] = await typescript('test/bot/click-server.ts', [kind]);
  try {
    const figures = [];
    for (const kind of ['bare', 'ours']) await load(servers[kind].answer, 10, seconds);
    for (const connections of CONNECTIONS) {
      const pairs = [];
      for (let round = 0; round < rounds; round += 1) {
        const bare = await load(servers.bare.answer, connections, seconds);
        const ours = await load(servers.ours.answer, connections, seconds);
        pairs.push({ bare, ours });
        say(`  ${connections} connections: bare ${told(bare)}; ours ${told(ours)}`);
      }
      const ratio = (of) => median(pairs.map(({ bare, ours }) => of(ours) / of(bare)));
      figures.push({ connections, p99: ratio((load) => load.p99), p50: ratio((load) => load.p50) });
    }
    return figures;
  } finally {
    for (const { stop } of Object.values(servers)) stop();
  }
}

const told = ({ p50, p99, clicks: count, seconds }) =>
  `${Math.round(count / seconds)} a second, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;

let cases = 0;

/** So many connections, each of which clicks again as soon as it has its answer. */
async function load({ port, token, activities }, connections, seconds) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const times = [];
  const until = performance.now() + seconds * 1_000;
  const clicking = Array.from({ length: connections }, async () => {
    while (performance.now() < until) {
      const data = {
        caseId: `case-${(cases += 1)}`,
        version: 3,
        answer: 'keep',
        keepReason: 'Needed',
        keepUntil: '2027-01-31',
      };
      const value = { action: { type: 'Action.Execute', verb: 'answer', data }, trigger: 'manual' };
      const activity = activities[cases % activities.length];
      const started = performance.now();
      await click({ port, token, agent }, JSON.stringify({ ...activity, value }));
      times.push(performance.now() - started);
    }
  });
  await Promise.all(clicking);
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  return { p50: at(0.5), p99: at(0.99), clicks: times.length, seconds };
}

function click({ port, token, agent }, body) {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    authorization: `Bearer ${token}`,
  };
  const options = { host: '127.0.0.1', port, path: '/api/messages', method: 'POST', agent, headers };
  return new Promise((resolve, reject) => {
    const request = http.request(options, (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`A click got ${response.statusCode}.`)),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

module.exports = { clicks, typescript };
