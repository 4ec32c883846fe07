// Runs before every npm script, on whatever Node >= 20.12 is installed and with nothing else present:
// installs the locked packages when they are missing or changed, then compiles src/ to dist/ when it changed.
// The npm package `node` among them gives the scripts themselves the pinned Node version.
'use strict';

const { createHash } = require('node:crypto');
const { spawn, spawnSync } = require('node:child_process');
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

/** A download that stands still would hold npm for ever: so long may one try take, and so many are made. */
const INSTALL_MS = 5 * 60_000;
const TRIES = 3;

async function install() {
  const lock = hashOfLock();
  if (readOr(installStamp, '') === lock) return;
  console.error('Installing the packages named in package-lock.json (first start only, about a minute) ...');
  for (let tries = 1; ; tries += 1) {
    const outcome = await npmCi();
    if (outcome === 0) break;
    if (outcome !== 'stalled' || tries === TRIES) {
      fail('The packages could not be installed. Check the connection to the npm registry and start again.');
    }
    console.error('The download stands still; trying once more ...');
  }
  if (installedNode() !== `v${pinned}`) {
    fail(
      `Node ${pinned} was not laid into node_modules. If your npm config has ignore-scripts=true, turn it off.`,
    );
  }
  fs.writeFileSync(installStamp, lock);
}

/** The exit code of npm, or `stalled` when it had to be ended together with everything it had started. */
function npmCi() {
  const windows = process.platform === 'win32';
  const npm = process.env.npm_execpath;
  const args = [
    'ci',
    '--include=dev',
    '--ignore-scripts=false',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const [command, words] = npm ? [process.execPath, [npm, ...args]] : ['npm', args];
  const child = spawn(command, words, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !npm && windows,
    detached: !windows,
  });
  // In a group of its own, Ctrl-C does not reach it: it is passed on.
  const end = (signal) => (windows ? child.kill(signal) : process.kill(-(child.pid ?? 0), signal));
  const interrupt = () => {
    end('SIGTERM');
    process.exit(130);
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  return new Promise((resolve) => {
    let stalled = false;
    const timer = setTimeout(() => {
      stalled = true;
      end('SIGKILL');
    }, INSTALL_MS);
    child.once('error', () => resolve(1));
    child.once('exit', (code) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
      resolve(stalled ? 'stalled' : (code ?? 1));
    });
  });
}

/** tsc takes what it knows of files that use a JSON file as still so when that has changed: it begins anew then. */
function forgetWhenJsonChanged() {
  const sources = path.join(root, 'src');
  const hash = createHash('sha256');
  for (const name of fs.readdirSync(sources, { recursive: true }).map(String).sort())
    if (name.endsWith('.json')) hash.update(name).update(fs.readFileSync(path.join(sources, name)));
  const dist = path.join(root, 'dist');
  const stamp = path.join(dist, '.json-files');
  const now = hash.digest('hex');
  if (readOr(stamp, '') === now) return;
  fs.rmSync(path.join(dist, '.tsbuildinfo'), { force: true });
  fs.mkdirSync(dist, { recursive: true });
  fs.writeFileSync(stamp, now);
}

function compile() {
  forgetWhenJsonChanged();
  const tsc = path.join(modules, 'typescript', 'bin', 'tsc');
  const node = path.join(modules, '.bin', 'node');
  const result = spawnSync(node, [tsc, '-p', path.join(root, 'tsconfig.json')], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) fail('The program does not compile: see the messages above.');
}

install().then(compile, (error) => fail(String(error)));
