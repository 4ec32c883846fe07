// Runs before every npm script, on whatever Node >= 20 is installed and with nothing else present:
// installs the locked packages when they are missing or changed, then compiles src/ to dist/ when it changed.
// The npm package `node` among them gives the scripts themselves the pinned Node version.
'use strict';

const { createHash } = require('node:crypto');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const modules = path.join(root, 'node_modules');
const installStamp = path.join(modules, '.license-steward-install');
const pinned = require('../package.json').dependencies.node;

function fail(message) {
  console.error(message);
  process.exit(1);
}

function installedNode() {
  const bin = path.join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const answer = spawnSync(bin, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  return answer.status === 0 ? answer.stdout.trim() : undefined;
}

function readOr(file, fallback) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : fallback;
}

function hashOfLock() {
  return createHash('sha256')
    .update(fs.readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
}

function install() {
  const lock = hashOfLock();
  if (readOr(installStamp, '') === lock) return;
  console.error('Installing the packages named in package-lock.json (first start only, about a minute) ...');
  const npm = process.env.npm_execpath;
  const args = [
    'ci',
    '--include=dev',
    '--ignore-scripts=false',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (result.status !== 0) {
    fail('The packages could not be installed. Check the connection to the npm registry and start again.');
  }
  if (installedNode() !== `v${pinned}`) {
    fail(
      `Node ${pinned} was not laid into node_modules. If your npm config has ignore-scripts=true, turn it off.`,
    );
  }
  fs.writeFileSync(installStamp, lock);
}

function compile() {
  const tsc = path.join(modules, 'typescript', 'bin', 'tsc');
  const node = path.join(modules, '.bin', 'node');
  const result = spawnSync(node, [tsc, '-p', path.join(root, 'tsconfig.json')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) fail('The program does not compile: see the messages above.');
}

install();
compile();
