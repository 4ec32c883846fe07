import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

type Check = (root: string) => Promise<readonly string[]>;
const root = path.join(__dirname, '..', '..');
const { bicepProblems } = require('../../scripts/checks/bicep-files.cjs') as { bicepProblems: Check };
const { dependencyProblems } = require('../../scripts/checks/dependencies.cjs') as {
  dependencyProblems: Check;
};
const { manifestProblems } = require('../../scripts/checks/manifest.cjs') as { manifestProblems: Check };
const { toolkitProblems } = require('../../scripts/checks/toolkit-files.cjs') as { toolkitProblems: Check };

const PACKAGING = ['appPackage', 'env', 'infra', 'docs', '.vscode', '.webappignore', 'package.json'];
const PIPELINES = ['teamsapp.yml', 'teamsapp.local.yml', 'teamsapp.testtool.yml'];

let tree: string;
beforeEach(() => {
  tree = mkdtempSync(path.join(tmpdir(), 'steward-packaging-'));
  for (const name of [...PACKAGING, ...PIPELINES]) {
    cpSync(path.join(root, name), path.join(tree, name), { recursive: true });
  }
});
afterEach(() => rmSync(tree, { recursive: true }));

/** Changes one file of the copy; a text that is not there would make the test say nothing, so it is an error. */
function change(file: string, from: string, to: string): void {
  const target = path.join(tree, file);
  const before = readFileSync(target, 'utf8');
  if (!before.includes(from)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(target, before.replace(from, to));
}

/** A PNG of 32 x 32 whose pixels repeat the given ones; checksums are left empty, as the check does not read them. */
function pngOf(pixels: readonly (readonly number[])[]): Buffer {
  const row = Array.from({ length: 32 }, (_, x) => pixels[x % pixels.length] ?? []).flat();
  const chunk = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length, 0);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, data, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0, 0, 0, 32, 0, 0, 0, 32, 8, 6, 0, 0, 0]);
  const rows = Buffer.concat(Array.from({ length: 32 }, () => Buffer.from([0, ...row])));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('the packaging that is shipped', () => {
  test.each([
    ['manifest', manifestProblems],
    ['toolkit files', toolkitProblems],
    ['infrastructure', bicepProblems],
    ['packages', dependencyProblems],
  ])('%s: nothing is found', async (_, check) => {
    expect(await check(tree)).toEqual([]);
  });
});

describe('the manifest check', () => {
  test.each([
    ['"accentColor": "#0B5A6B"', '"accentColor": "teal"'],
    [
      '"short": "License Steward${{APP_NAME_SUFFIX}}"',
      '"short": "License Steward, the one for all licenses"',
    ],
    ['"supportsFiles": true', '"supportsFile": true'],
    ['"scopes": ["personal"]', '"scopes": ["private"]'],
    ['"manifestVersion": "1.30"', '"manifestVersion": "1.29"'],
    ['${{DEVELOPER_NAME}}', '${{DEVELOPPER_NAME}}'],
  ])('%s -> %s is found', async (from, to) => {
    change('appPackage/manifest.json', from, to);
    expect(await manifestProblems(tree)).not.toEqual([]);
  });

  test.each([
    ['"description.short": "Findet', '"description.short": "Findet ganz sicher alle'],
    ['"name.full"', '"name.fully"'],
    ['commands[8].description', 'commands[8].beschreibung'],
    [
      '"bots[0].commandLists[0].commands[3].description": "Für Administratoren: den Mandanten neu lesen",',
      '',
    ],
  ])('in a translation %s -> %s is found', async (from, to) => {
    change('appPackage/de.json', from, to);
    expect(await manifestProblems(tree)).not.toEqual([]);
  });

  test('a translation that is missing is found', async () => {
    rmSync(path.join(tree, 'appPackage', 'de.json'));
    expect(await manifestProblems(tree)).toEqual(['de.json is missing']);
  });

  test('an icon of the wrong size, a missing one and an outline that is not white are found', async () => {
    const icon = (name: string): string => path.join(tree, 'appPackage', name);
    cpSync(icon('color.png'), icon('outline.png'));
    expect(await manifestProblems(tree)).toEqual(['outline.png is 192 x 192, not 32 x 32']);
    rmSync(icon('color.png'));
    expect(await manifestProblems(tree)).toContain('color.png is missing');
    writeFileSync(icon('outline.png'), 'not an image');
    expect(await manifestProblems(tree)).toContain('outline.png is not a PNG file');
    writeFileSync(
      icon('outline.png'),
      pngOf([
        [0, 255, 255, 255],
        [0, 0, 0, 0],
      ]),
    );
    expect(await manifestProblems(tree)).toContain('outline.png is not white only');
    writeFileSync(icon('outline.png'), pngOf([[255, 255, 255, 255]]));
    expect(await manifestProblems(tree)).toContain('outline.png has no transparent background');
    writeFileSync(icon('outline.png'), pngOf([[0, 0, 0, 0]]));
    expect(await manifestProblems(tree)).toContain('outline.png is empty');
  });
});

describe('the toolkit check', () => {
  test.each([
    ['teamsapp.yml', 'version: v1.11', 'version: v1.99'],
    ['teamsapp.yml', 'uses: teamsApp/zipAppPackage', 'uses: teamsApp/zipAppPackages'],
    ['teamsapp.yml', 'artifactFolder: ./out/service', 'artefactFolder: ./out/service'],
    ['teamsapp.yml', 'parameters: ./infra/azure.parameters.json', 'parameters: ./infra/azure.params.json'],
    ['teamsapp.yml', 'args: run stage', 'args: run stages'],
    ['teamsapp.yml', '${{AZURE_APP_SERVICE_RESOURCE_ID}}', '${{AZURE_WEB_APP_ID}}'],
    ['teamsapp.yml', 'teamsAppId: TEAMS_APP_ID', 'teamsAppId: THE_APP_ID'],
    ['teamsapp.local.yml', 'clientId: BOT_ID', 'clientId: CLIENT_ID'],
    ['infra/azure.bicep', 'output BOT_DOMAIN', 'output BOT_HOST'],
    ['infra/azure.parameters.json', '${{RESOURCE_SUFFIX}}', '${{SUFFIX}}'],
  ])('%s: %s -> %s is found', async (file, from, to) => {
    change(file, from, to);
    expect(await toolkitProblems(tree)).not.toEqual([]);
  });

  test('a placeholder that is filled only by a later step is found', async () => {
    change('teamsapp.yml', 'name: License Steward${{APP_NAME_SUFFIX}}', 'name: License Steward ${{BOT_ID}}');
    expect(await toolkitProblems(tree)).toEqual([
      'teamsapp.yml: teamsApp/create: nothing has given BOT_ID a value by then',
    ]);
  });
});

describe('the Bicep check', () => {
  test.each([
    ['infra/azure.bicep', 'module webApp ', 'modul webApp ', /does not parse/],
    ['infra/modules/cosmos.bicep', 'disableLocalAuth: true', 'disableLocalAuth: true }', /does not parse/],
    ['infra/azure.bicep', 'sku: webAppSku', 'sku: webAppSKU', /webAppSKU is not declared/],
    [
      'infra/azure.bicep',
      'instances: webAppInstances',
      'instance: webAppInstances',
      /parameter instances is not given/,
    ],
    ['infra/azure.bicep', "'./modules/cosmos.bicep'", "'./modules/cosmo.bicep'", /cosmo\.bicep is missing/],
    ['infra/modules/cosmos.bicep', 'containers.json', 'container.json', /container\.json is missing/],
    ['infra/azure.bicep', 'cosmos.outputs.endpoint', 'cosmos.outputs.uri', /has no output uri/],
    [
      'infra/modules/web-app.bicep',
      "healthCheckPath: '/healthz'",
      'healthCheckPath: path',
      /path is not declared/,
    ],
    ['infra/azure.parameters.json', '"webAppSku"', '"webAppSKU"', /parameter webAppSKU is not declared/],
    [
      'infra/azure.parameters.json',
      '"resourceBaseName"',
      '"location"',
      /parameter resourceBaseName is not given/,
    ],
  ])('%s: %s -> %s is found', async (file, from, to, finding) => {
    change(file, from, to);
    expect((await bicepProblems(tree)).join('\n')).toMatch(finding);
  });
});

describe('the package check', () => {
  test('a range, a package without a reason and a reason without a package are found', async () => {
    change('package.json', '"zod": "4.6.7"', '"zod": "^4.6.7"');
    change('package.json', '"yaml": "2.9.1"', '"left-pad": "1.3.0"');
    expect(await dependencyProblems(tree)).toEqual([
      'zod is "^4.6.7": pin one version',
      'docs/dependencies.md does not say why left-pad is there',
      'docs/dependencies.md names yaml, which package.json does not',
    ]);
  });
});
