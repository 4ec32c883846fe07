// A simulated tenant in a process of its own, so that its work is in nobody's figures. Ends with its parent.
'use strict';

const path = require('node:path');
const dist = path.join(__dirname, '..', 'dist');

async function main(options) {
  const { startSimulator } = require(path.join(dist, 'simulator', 'server.js'));
  const tenant = await startSimulator({
    seed: 20261123,
    throttling: 'off',
    gzip: true,
    // A run on a busy machine is longer than the quarter of an hour that real page tokens live.
    pageTokenLifeMs: 24 * 3_600_000,
    now: () => new Date(),
    ...options,
  });
  process.send({ url: tenant.url, token: tenant.token });
}

process.on('disconnect', () => process.exit(0));
void main(JSON.parse(process.argv[2] ?? '{}'));
