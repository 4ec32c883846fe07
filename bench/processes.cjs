// Child processes of the benchmark: the tenant, and one measured piece of work after the other.
'use strict';

const { fork } = require('node:child_process');
const path = require('node:path');

/** Starts a tenant and waits until it listens. */
async function startTenant(options) {
  const child = fork(path.join(__dirname, 'tenant-process.cjs'), [JSON.stringify(options)]);
  const { url, token } = await answerOf(child, 'The simulated tenant');
  return {
    url,
    token,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.disconnect();
      }),
  };
}

/** Flags with which the product starts its programs, `npm run steward` among them. */
const PRODUCT_FLAGS = require('../package.json')
  .scripts.steward.split(' ')
  .filter((word) => word.startsWith('--'));

/** Does one task of measured.cjs in a fresh process. */
function measure(task, options, flags = []) {
  const child = fork(path.join(__dirname, 'measured.cjs'), [task, JSON.stringify(options)], {
    execArgv: flags,
  });
  return answerOf(child, task);
}

function answerOf(child, what) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`${what} ended with ${code} before it answered.`)));
  });
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

module.exports = { measure, median, PRODUCT_FLAGS, startTenant };
