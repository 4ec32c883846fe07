// infra/: grammar, names, and whether what is handed over fits: parameters, modules, outputs.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { readBicep } = require('./bicep.cjs');

/** @returns {Promise<string[]>} what is wrong with infra/ */
async function bicepProblems(root) {
  const infra = path.join(root, 'infra');
  const files = fs.readdirSync(infra, { recursive: true }).filter((name) => name.endsWith('.bicep'));
  const read = new Map();
  for (const name of files) read.set(path.join(infra, name), await readBicep(path.join(infra, name)));
  const found = [];
  for (const [file, bicep] of read) {
    const name = path.relative(root, file);
    found.push(...[...fileProblems(bicep), ...moduleProblems(bicep, read)].map((text) => `${name}: ${text}`));
  }
  const main = read.get(path.join(infra, 'azure.bicep'));
  if (main === undefined) return [...found, 'infra/azure.bicep is missing'];
  const { parameters } = JSON.parse(fs.readFileSync(path.join(infra, 'azure.parameters.json'), 'utf8'));
  const given = fitProblems(main.params, Object.keys(parameters)).map(
    (text) => `infra/azure.parameters.json: ${text}`,
  );
  return [...found, ...given];
}

function fileProblems({ syntax, symbols, used, params, loaded }) {
  const twice = symbols.filter((name, index) => symbols.indexOf(name) !== index);
  return [
    ...syntax.map((text) => `does not parse at ${text}`),
    ...loaded.filter((file) => !fs.existsSync(file)).map((file) => `${path.basename(file)} is missing`),
    ...twice.map((name) => `${name} is declared twice`),
    ...used.filter((name) => !symbols.includes(name)).map((name) => `${name} is not declared`),
    ...params.filter(({ name }) => !used.includes(name)).map(({ name }) => `parameter ${name} is not used`),
  ];
}

function moduleProblems({ modules, moduleOutputs }, read) {
  const broken = modules.flatMap((module) => {
    const target = read.get(module.path);
    if (target === undefined) return [`module ${module.symbol}: ${path.basename(module.path)} is missing`];
    return fitProblems(target.params, module.params).map((text) => `module ${module.symbol}: ${text}`);
  });
  const missing = moduleOutputs.filter(({ module, output }) => {
    const target = read.get(modules.find(({ symbol }) => symbol === module)?.path);
    return target !== undefined && !target.outputs.includes(output);
  });
  return [...broken, ...missing.map(({ module, output }) => `module ${module} has no output ${output}`)];
}

/** Names must agree to the letter: the toolkit's own template got away with a wrong one. */
function fitProblems(params, given) {
  const missing = params.filter(({ name, required }) => required && !given.includes(name));
  const unknown = given.filter((name) => !params.some((param) => param.name === name));
  return [
    ...missing.map(({ name }) => `parameter ${name} is not given`),
    ...unknown.map((name) => `parameter ${name} is not declared`),
  ];
}

module.exports = { bicepProblems };
