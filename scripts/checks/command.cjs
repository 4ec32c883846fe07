'use strict';

const { spawn } = require('node:child_process');
const path = require('node:path');

/**
 * Runs a tool of node_modules on this Node, without input.
 * @returns {Promise<string[]>} its output when it failed, nothing when it passed
 */
function findingsOf(root, script, args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, 'node_modules', script), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve([error.message]));
    child.on('close', (code) => {
      const lines = output.split('\n').filter((line) => line.trim() !== '');
      resolve(code === 0 ? [] : [...lines, `${script} ended with ${code}`]);
    });
  });
}

module.exports = { findingsOf };
