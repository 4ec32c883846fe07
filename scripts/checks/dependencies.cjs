// Every package is pinned to one version and has a line in docs/dependencies.md that says why it is there.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

/** @returns {Promise<string[]>} where package.json and docs/dependencies.md disagree */
async function dependencyProblems(root) {
  const { dependencies = {}, devDependencies = {}, overrides = {} } = JSON.parse(read(root, 'package.json'));
  const sections = sectionsOf(read(root, 'docs/dependencies.md'));
  return [
    ...Object.entries({ ...dependencies, ...devDependencies }).flatMap(([name, version]) =>
      /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) ? [] : [`${name} is "${version}": pin one version`],
    ),
    ...disagreement('At run time', Object.keys(dependencies), sections),
    ...disagreement('For development', Object.keys(devDependencies), sections),
    ...disagreement('Overrides', Object.keys(overrides), sections),
  ];
}

function read(root, file) {
  return fs.readFileSync(path.join(root, file), 'utf8');
}

/** Rows `| name | reason |` by the heading they stand under. */
function sectionsOf(text) {
  const sections = new Map();
  let rows = [];
  for (const line of text.split('\n')) {
    const heading = /^## (.+)$/.exec(line)?.[1];
    if (heading !== undefined) sections.set(heading, (rows = []));
    const row = /^\| `([^`]+)`\s*\| (.+?)\s*\|$/.exec(line);
    if (row !== null) rows.push({ name: row[1], reason: row[2] });
  }
  return sections;
}

function disagreement(heading, names, sections) {
  const rows = sections.get(heading);
  if (rows === undefined) return [`docs/dependencies.md has no section "${heading}"`];
  const listed = rows.map((row) => row.name);
  return [
    ...names
      .filter((name) => !listed.includes(name))
      .map((name) => `docs/dependencies.md does not say why ${name} is there`),
    ...listed
      .filter((name) => !names.includes(name))
      .map((name) => `docs/dependencies.md names ${name}, which package.json does not`),
    ...rows
      .filter((row) => row.reason.length < 10)
      .map((row) => `docs/dependencies.md gives no reason for ${row.name}`),
  ];
}

module.exports = { dependencyProblems };
