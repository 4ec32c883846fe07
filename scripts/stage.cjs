// Lays what App Service needs into out/service: the compiled program, the policy and the production packages.
// A folder of its own, because pruning node_modules in the checkout would take the tests their tools away.
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const target = path.join(root, 'out', 'service');
const policy = path.join(root, 'policy.yaml');

function fail(message) {
  console.error(message);
  process.exit(1);
}

function copyProgram() {
  fs.rmSync(target, { recursive: true, force: true });
  fs.mkdirSync(target, { recursive: true });
  fs.cpSync(path.join(root, 'dist'), path.join(target, 'dist'), { recursive: true });
  for (const file of ['package.json', 'package-lock.json', 'LICENSE', 'policy.yaml']) {
    fs.copyFileSync(path.join(root, file), path.join(target, file));
  }
}

// Install scripts stay off: App Service brings its own Node, and no production package needs to build anything.
function installProductionPackages() {
  const args = ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const options = { cwd: target, stdio: 'inherit', env: { ...process.env, NODE_ENV: 'production' } };
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (result.status !== 0) fail('The production packages could not be installed into out/service.');
}

if (!fs.existsSync(policy)) {
  fail('There is no policy.yaml beside package.json. Write one (the README says how) and stage again.');
}
copyProgram();
installProductionPackages();
const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
console.log(`out/service is ready: it starts with ${scripts.serve.replace('exec ', '')} on Node 24.`);
