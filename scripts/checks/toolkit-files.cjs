// teamsapp*.yml against the toolkit's own schema; and whether every file, script and placeholder they name is there
// when its turn comes: in the environment file, written by a step before, or an output of the Bicep.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const Ajv = require('ajv');
const yaml = require('yaml');
const { readBicep } = require('./bicep.cjs');
const { placeholdersIn, readEnv } = require('./placeholders.cjs');

const PIPELINES = [
  { file: 'teamsapp.yml', env: 'env/.env.dev' },
  { file: 'teamsapp.local.yml', env: 'env/.env.local.example' },
  { file: 'teamsapp.testtool.yml', env: 'env/.env.testtool' },
];

/** What the toolkit asks for or makes up itself when the environment file has it empty. */
const BUILT_IN = [
  'AZURE_SUBSCRIPTION_ID',
  'AZURE_RESOURCE_GROUP_NAME',
  'RESOURCE_SUFFIX',
  'TEAMS_APP_TENANT_ID',
];

/** @returns {Promise<string[]>} what is wrong with the teamsapp*.yml files and what they lead to */
async function toolkitProblems(root) {
  const schema = JSON.parse(
    fs.readFileSync(path.join(__dirname, '..', 'schemas', 'agents-toolkit-v1.11.yaml.schema.json'), 'utf8'),
  );
  const valid = new Ajv({ allErrors: true, strict: false }).compile(schema);
  const found = [];
  for (const pipeline of PIPELINES) {
    const document = yaml.parse(fs.readFileSync(path.join(root, pipeline.file), 'utf8'));
    const wrong = valid(document) ? await walk(root, document, pipeline) : narrowed(valid.errors);
    found.push(...wrong.map((text) => `${pipeline.file}: ${text}`));
  }
  return found;
}

/** A step that fits no action yields an error for each of them; those about other actions than the one named say nothing. */
function narrowed(errors) {
  const telling = errors.filter(
    ({ keyword, schemaPath }) => keyword !== 'const' && !/\/(oneOf|anyOf)$/.test(schemaPath),
  );
  const lines = (telling.length > 0 ? telling : errors).map(({ instancePath, message, params }) =>
    [instancePath || '/', message, params.additionalProperty].filter(Boolean).join(' '),
  );
  return [...new Set(lines)];
}

async function walk(root, document, { env }) {
  const file = path.join(root, env);
  if (!fs.existsSync(file)) return [`${env} is missing`];
  const declared = readEnv(file);
  const known = new Set([
    ...Object.keys(declared).filter((name) => declared[name] !== ''),
    ...BUILT_IN,
    ...tunnel(root),
  ]);
  const found = [];
  for (const step of [
    ...(document.provision ?? []),
    ...(document.deploy ?? []),
    ...(document.publish ?? []),
  ]) {
    const files = filesOf(step).map((name) => path.join(root, name));
    const missing = files.filter((name) => !fs.existsSync(name));
    found.push(
      ...missing.map((name) => `${step.uses}: ${path.relative(root, name)} is missing`),
      ...scriptProblems(root, step),
    );
    const texts = [
      JSON.stringify(step),
      ...files.filter((name) => fs.existsSync(name)).map((name) => fs.readFileSync(name, 'utf8')),
    ];
    const unknown = placeholdersIn(texts.join('\n')).filter((name) => !known.has(name));
    found.push(...unknown.map((name) => `${step.uses}: nothing has given ${name} a value by then`));
    for (const name of await producedBy(root, step)) {
      known.add(name);
      if (!(name in declared) && !name.startsWith('SECRET_'))
        found.push(`${env} does not list ${name}, which ${step.uses} writes`);
    }
  }
  return found;
}

/** Files that a step reads; what it writes (zips, the staged folder) is not among them. */
function filesOf({ with: given = {} }) {
  const templates = (given.templates ?? []).flatMap((template) => [template.path, template.parameters]);
  return [given.manifestPath, given.ignoreFile, ...templates].filter((name) => name !== undefined);
}

function scriptProblems(root, { uses, with: given = {} }) {
  const script = uses === 'cli/runNpmCommand' ? /^run (\S+)/.exec(given.args)?.[1] : undefined;
  if (script === undefined) return [];
  const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  return script in scripts ? [] : [`package.json has no script ${script}`];
}

async function producedBy(root, step) {
  const written = Object.values(step.writeToEnvironmentFile ?? {});
  if (step.uses !== 'arm/deploy') return written;
  const outputs = [];
  for (const { path: file } of step.with.templates)
    outputs.push(...(await readBicep(path.join(root, file))).outputs);
  return [...written, ...outputs];
}

/** Names that the tunnel task of the editor writes before a local provision. */
function tunnel(root) {
  const file = path.join(root, '.vscode', 'tasks.json');
  if (!fs.existsSync(file)) return [];
  const { tasks } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return tasks.flatMap((task) =>
    (task.args?.ports ?? []).flatMap((port) => Object.values(port.writeToEnvironmentFile ?? {})),
  );
}

module.exports = { toolkitProblems };
