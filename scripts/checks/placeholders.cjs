'use strict';

const fs = require('node:fs');
const { parseEnv } = require('node:util');

/** Names in `${{NAME}}`, each once. */
function placeholdersIn(text) {
  return [
    ...new Set([...text.matchAll(/\$\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g)].map((match) => match[1])),
  ];
}

function fillPlaceholders(text, values) {
  return text.replace(/\$\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/g, (whole, name) => values[name] ?? whole);
}

/** @returns {Record<string, string>} names of the file with their values; empty values stay empty */
function readEnv(file) {
  return parseEnv(fs.readFileSync(file, 'utf8'));
}

module.exports = { fillPlaceholders, placeholdersIn, readEnv };
