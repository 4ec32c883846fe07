// Reads Bicep by its grammar: no compiler of it can be installed from npm, so types and API versions stay unchecked.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { Language, Parser } = require('web-tree-sitter');

let ready;

async function parser() {
  ready ??= Parser.init().then(() =>
    Language.load(require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')),
  );
  const language = await ready;
  return new Parser().setLanguage(language);
}

/**
 * @typedef {object} BicepFile
 * @property {string[]} syntax lines where the grammar is broken
 * @property {{ name: string, required: boolean }[]} params
 * @property {string[]} outputs
 * @property {{ symbol: string, path: string, params: string[] }[]} modules
 * @property {string[]} symbols everything declared by name
 * @property {string[]} used names used in expressions, loop variables left out
 * @property {{ module: string, output: string }[]} moduleOutputs outputs of modules that are used
 * @property {string[]} loaded files whose content is taken in
 */

/** @returns {Promise<BicepFile>} */
async function readBicep(file) {
  const folder = path.dirname(file);
  const tree = (await parser()).parse(fs.readFileSync(file, 'utf8')).rootNode;
  const of = (type) => tree.descendantsOfType(type).filter((node) => node !== null);
  const name = (node) => node.namedChildren.find((child) => child.type === 'identifier')?.text;
  const declarations = ['parameter', 'variable', 'resource', 'module'].flatMap((kind) =>
    of(`${kind}_declaration`),
  );
  const loops = of('for_statement').map((node) => name(node));
  return {
    syntax: brokenLines(tree),
    params: of('parameter_declaration').map((node) => ({
      name: name(node),
      required: !/=/.test(headOf(node)),
    })),
    outputs: of('output_declaration').map((node) => name(node)),
    modules: of('module_declaration').map((node) => moduleOf(node, folder)),
    symbols: declarations.map((node) => name(node)),
    used: [
      ...new Set(
        of('identifier')
          .filter(isExpression)
          .map((node) => node.text),
      ),
    ].filter((text) => !loops.includes(text)),
    moduleOutputs: [...tree.text.matchAll(/\b(\w+)\.outputs\.(\w+)/g)].map(([, module, output]) => ({
      module,
      output,
    })),
    loaded: [...tree.text.matchAll(/\bload\w+Content\('([^']+)'/g)].map(([, name]) =>
      path.join(folder, name),
    ),
  };
}

function brokenLines(tree) {
  if (!tree.hasError) return [];
  const found = [];
  const walk = (node) => {
    if (node.isError || node.isMissing)
      found.push(`line ${node.startPosition.row + 1}: ${node.text.slice(0, 60)}`);
    else if (node.hasError) for (const child of node.children) walk(child);
  };
  walk(tree);
  return found;
}

/** `param x string = 1` without what could hold another equals sign. */
function headOf(node) {
  return node.text.replace(/'[^']*'/g, "''");
}

function moduleOf(node, folder) {
  const [, file, body] = node.namedChildren;
  const params = body.namedChildren.find((property) => property.namedChildren[0].text === 'params');
  const object = params?.namedChildren[1];
  return {
    symbol: node.namedChildren[0].text,
    path: path.join(folder, file.text.slice(1, -1)),
    params: (object?.namedChildren ?? [])
      .filter(({ type }) => type === 'object_property')
      .map((property) => property.namedChildren[0].text),
  };
}

/** An identifier that stands for a value: no property key, no declared name, no function, no decorator. */
function isExpression(node) {
  const parent = node.parent;
  const first = parent.namedChildren[0].equals(node);
  if (parent.type === 'object_property' || parent.type === 'call_expression') return !first;
  if (parent.type.endsWith('_declaration') || parent.type === 'for_statement') return !first;
  return true;
}

module.exports = { readBicep };
