// The app manifest and its translations against their own schemas, with the placeholders filled, and the two icons.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { AppManifestUtils } = require('@microsoft/app-manifest');
const { Ajv } = require('ajv');
const { fillPlaceholders, placeholdersIn, readEnv } = require('./placeholders.cjs');
const { readPng } = require('./png.cjs');

/** What provisioning would fill in; everything else must come from the environment file. */
const PROVISIONED = {
  TEAMS_APP_ID: '11111111-2222-4333-8444-555555555555',
  BOT_ID: '66666666-7777-4888-9999-aaaaaaaaaaaa',
  BOT_DOMAIN: 'steward.example.com',
};

/** @returns {Promise<string[]>} what is wrong with appPackage/ */
async function manifestProblems(root) {
  const folder = path.join(root, 'appPackage');
  const template = fs.readFileSync(path.join(folder, 'manifest.json'), 'utf8');
  const environments = ['.env.dev', '.env.local.example'].map((name) => path.join(root, 'env', name));
  const found = [];
  for (const file of environments) {
    const filled = fillPlaceholders(template, { ...notEmpty(readEnv(file)), ...PROVISIONED });
    const open = placeholdersIn(filled);
    if (open.length > 0) found.push(`${path.basename(file)} gives no value for ${open.join(', ')}`);
    else
      found.push(
        ...(await schemaProblems(JSON.parse(filled))).map((text) => `${path.basename(file)}: ${text}`),
      );
  }
  const { icons, ...manifest } = JSON.parse(template);
  return [
    ...found,
    ...translationProblems(folder, manifest),
    ...iconProblems(path.join(folder, icons.color), 192),
    ...outlineProblems(path.join(folder, icons.outline)),
  ];
}

function notEmpty(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

async function schemaProblems(manifest) {
  const version = `/v${manifest.manifestVersion}/`;
  const wrongSchema = manifest.$schema.includes(version)
    ? []
    : [`$schema does not name version ${manifest.manifestVersion}`];
  return [...wrongSchema, ...(await AppManifestUtils.validateAgainstSchema(manifest))];
}

/** @returns {string[]} what is wrong with the texts in other languages: one for each that stands in the manifest */
function translationProblems(folder, { localizationInfo, manifestVersion, bots }) {
  const isTranslation = translationCheck(manifestVersion);
  const commands = bots.flatMap((bot, b) =>
    bot.commandLists.flatMap((list, l) =>
      list.commands.map((_, c) => `bots[${b}].commandLists[${l}].commands[${c}].description`),
    ),
  );
  return localizationInfo.additionalLanguages.flatMap(({ file }) => {
    const place = path.join(folder, file);
    if (!fs.existsSync(place)) return [`${file} is missing`];
    const texts = JSON.parse(fs.readFileSync(place, 'utf8'));
    const wrong = isTranslation(texts)
      ? []
      : isTranslation.errors.map(({ instancePath, message }) => `${file}: ${instancePath} ${message}`);
    const untranslated = ['name.full', ...commands].filter((key) => !(key in texts));
    return [...wrong, ...untranslated.map((key) => `${file} has no ${key}`)];
  });
}

/** Its schema is of draft 4, with patterns that are none in Unicode, and names of formats that nothing here checks. */
function translationCheck(version) {
  const main = require.resolve('@microsoft/app-manifest');
  const file = path.join(path.dirname(main), 'json-schemas', 'teams', `v${version}`, SCHEMA_OF_TRANSLATIONS);
  const { $schema: _draft, ...schema } = JSON.parse(fs.readFileSync(file, 'utf8'));
  return new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true }).compile(
    schema,
  );
}

const SCHEMA_OF_TRANSLATIONS = 'MicrosoftTeams.Localization.schema.json';

function iconProblems(file, size) {
  const name = path.basename(file);
  if (!fs.existsSync(file)) return [`${name} is missing`];
  try {
    const { width, height } = readPng(fs.readFileSync(file));
    return width === size && height === size
      ? []
      : [`${name} is ${width} x ${height}, not ${size} x ${size}`];
  } catch (error) {
    return [`${name} ${error.message}`];
  }
}

/** Teams shows the outline on any background: white where it is drawn, transparent elsewhere. */
function outlineProblems(file) {
  const wrong = iconProblems(file, 32);
  if (wrong.length > 0) return wrong;
  const { pixels } = readPng(fs.readFileSync(file));
  const drawn = pixels.filter((pixel) => pixel.a > 0);
  const name = path.basename(file);
  if (drawn.length === pixels.length) return [`${name} has no transparent background`];
  if (!drawn.some((pixel) => pixel.a === 255)) return [`${name} is empty`];
  return drawn.every(({ r, g, b }) => r > 250 && g > 250 && b > 250) ? [] : [`${name} is not white only`];
}

module.exports = { manifestProblems };
