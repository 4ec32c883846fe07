// Writes src/config/policy.schema.json, by which editors complete and check policy.yaml, from the compiled program.
// It is committed; a test compares it with the program. Run: npm run schema
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const prettier = require('prettier');

const root = path.join(__dirname, '..');
const file = path.join(root, 'src', 'config', 'policy.schema.json');

async function main() {
  const { policyJsonSchema } = require('../dist/config/policy-schema.js');
  const options = await prettier.resolveConfig(file);
  const text = await prettier.format(JSON.stringify(policyJsonSchema()), { ...options, filepath: file });
  fs.writeFileSync(file, text);
  console.log(`${path.relative(root, file)} is written.`);
}

void main();
