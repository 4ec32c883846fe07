import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { lifeDiagram } from '../src/cases/life.js';
import { parse } from '../src/chat/parse.js';
import { meaningOf } from '../src/cases/state-meanings.js';
import { OPERATIONS } from '../src/graph/permissions.js';

const ROOT = path.join(__dirname, '..');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const PACKAGE = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const MANIFEST = JSON.parse(readFileSync(path.join(ROOT, 'appPackage', 'manifest.json'), 'utf8')) as {
  bots: { commandLists: { commands: { title: string }[] }[] }[];
};

describe('the README', () => {
  it('names exactly the permissions that the product uses', () => {
    const used = Object.values(OPERATIONS).flatMap(({ permissions }) => [...permissions]);
    const named =
      README.match(/[A-Z][A-Za-z-]+\.[A-Z][A-Za-z]+\.(All|Directory)|MailboxSettings\.Read|Exchange\.\w+/g) ??
      [];
    expect(new Set<string>(named)).toEqual(new Set<string>(used));
  });

  it('shows the life of a case as `states` prints it', () => {
    expect(README).toContain(['```mermaid', lifeDiagram(meaningOf), '```'].join('\n'));
  });

  it('names every folder of src, and no other', () => {
    const folders = readdirSync(path.join(ROOT, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `src/${name}`);
    const table = README.slice(README.indexOf('## The folders'), README.indexOf('## What is proven'));
    const named = [...table.matchAll(/^\| `(src\/[a-z0-9]+)`/gm)].map(([, name]) => name);
    expect(new Set(named)).toEqual(new Set(folders));
  });

  it('names only scripts and files that exist', () => {
    const scripts = [...README.matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name ?? '');
    expect(scripts.filter((name) => !(name in PACKAGE.scripts))).toEqual([]);
    const links = [...README.matchAll(/\]\((?!http)([^)#]+)\)|src="([^"]+)"/g)].map(
      ([, a, b]) => a ?? b ?? '',
    );
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect(readFileSync(path.join(ROOT, link)).length).toBeGreaterThan(0);
  });
});

describe('the app manifest', () => {
  it('offers only commands that the chat understands', () => {
    const titles = MANIFEST.bots.flatMap((bot) =>
      bot.commandLists.flatMap(({ commands }) => commands.map(({ title }) => title)),
    );
    expect(titles.length).toBeGreaterThan(3);
    const understood = titles.map((title) => [
      title,
      parse(`${title} Dana`).kind === 'unknown' && parse(title).kind === 'unknown',
    ]);
    expect(understood.filter(([, unknown]) => unknown)).toEqual([]);
  });
});
