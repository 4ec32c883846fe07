import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { requestsFor } from '../src/cards/help-cards.js';
import { lifeDiagram } from '../src/cases/life.js';
import { parse } from '../src/chat/parse.js';
import { readQuery } from '../src/chat/query/read-query.js';
import { meaningOf } from '../src/cases/state-meanings.js';
import { text } from '../src/i18n/text.js';
import { OPERATIONS } from '../src/graph/permissions.js';
import { VOCABULARY } from './chat/query/a-tenant.js';

const ROOT = path.join(__dirname, '..');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const PACKAGE = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const MANIFEST = JSON.parse(readFileSync(path.join(ROOT, 'appPackage', 'manifest.json'), 'utf8')) as {
  bots: { commandLists: { commands: { title: string }[] }[] }[];
};

/** With the folder that their links begin at. */
const DOCS = [
  { name: 'README.md', folder: '.', text: README },
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => ({ name, folder: 'docs', text: doc(name) })),
];

function doc(name: string): string {
  return readFileSync(path.join(ROOT, 'docs', name), 'utf8');
}

/** What stands in the first column of a table, taken apart where a cell lists several. */
function firstColumn(text: string, heading: string): readonly string[] {
  const lines = text.split('\n');
  const begin = lines.findIndex((line) => line.startsWith(`| ${heading} `));
  if (begin === -1) throw new Error(`There is no table whose first column is ${heading}.`);
  const rows = lines.slice(begin + 2, lines.indexOf('', begin));
  return rows.flatMap((row) =>
    [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/gu)].map(([, written]) => written ?? ''),
  );
}

describe('the README', () => {
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

  it('leads to every other page', () => {
    const others = DOCS.filter(({ folder }) => folder === 'docs').map(({ name }) => name);
    expect(others.filter((name) => !README.includes(`](docs/${name}`))).toEqual([]);
  });
});

describe('the documents', () => {
  it('name exactly the permissions that the product uses', () => {
    const used = Object.values(OPERATIONS).flatMap(({ permissions }) => [...permissions]);
    const named =
      doc('setup.md').match(
        /[A-Z][A-Za-z-]+\.[A-Z][A-Za-z]+\.(All|Directory)|MailboxSettings\.Read|Exchange\.\w+/g,
      ) ?? [];
    expect(new Set<string>(named)).toEqual(new Set<string>(used));
  });

  it.each(DOCS)('name only scripts, files and headings that exist: $name', ({ folder, text }) => {
    const scripts = [...text.matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name ?? '');
    expect(scripts.filter((name) => !(name in PACKAGE.scripts))).toEqual([]);
    for (const [, link, source] of text.matchAll(/\]\((?!http)([^)]+)\)|src="([^"]+)"/g)) {
      const [file = '', heading] = (link ?? source ?? '').split('#');
      const target = readFileSync(path.join(ROOT, folder, file), 'utf8');
      expect(target.length).toBeGreaterThan(0);
      if (heading !== undefined) expect(headingsOf(target)).toContain(heading);
    }
  });

  it('list only commands of a terminal that are commands, and all of them', () => {
    const named = firstColumn(doc('commands.md'), '`npm run steward -- ...`')
      .map((written) => written.split(' ')[0] ?? '')
      .filter((name) => !name.startsWith('--'));
    const cli = readFileSync(path.join(ROOT, 'src', 'cli', 'steward.ts'), 'utf8');
    const commands = [...cli.matchAll(/usage: '([a-z-]+)/gu)].map(([, name]) => name);
    expect(commands.length).toBeGreaterThan(20);
    expect(new Set(named)).toEqual(new Set(commands));
    for (const written of firstColumn(README, '`npm run steward -- ...`'))
      expect(named).toContain(written.split(' ')[0]);
  });

  it.each(
    doc('commands.md')
      .split('\n## ')
      .filter((section) => section.startsWith('In Teams'))
      .flatMap((section) => firstColumn(section, 'in chat')),
  )('list in chat only what the chat understands: %s', (written) => {
    // What is listed with others may have its reason told of all of them.
    const values = { NAME: 'Dana', DATE: '2027-01-31', REASON: 'it is so', THING: 'the team Harbor' };
    const said = written.replaceAll(
      /NAME|DATE|REASON|THING/gu,
      (place) => values[place as keyof typeof values],
    );
    if (/^(because|as of)\b/u.test(said)) return;
    // Neither unknown, nor understood only as what it resembles.
    expect(['unknown', 'adminMeant', 'waiveUnclear']).not.toContain(parse(said).kind);
  });

  it('have everything that help lists', () => {
    const listed = requestsFor(['admin', 'hr', 'finance']).map(([ask]) =>
      text({ locale: 'en' }, ask)
        .replace('2027-01-31', 'DATE')
        .replace(/ because REASON$/u, ''),
    );
    expect(listed.length).toBeGreaterThan(25);
    expect(listed.filter((request) => !doc('commands.md').includes(`\`${request}`))).toEqual([]);
  });

  it.each(firstColumn(doc('commands.md'), 'question'))('list questions that are read: %s', (question) => {
    if (parse(question).kind === 'whatIf') return;
    const before = readQuery('who is inactive but licensed', VOCABULARY);
    expect(before.kind).toBe('query');
    if (before.kind === 'query')
      expect(readQuery(question, VOCABULARY, before.query)).toMatchObject({ kind: 'query' });
  });
});

/** As GitHub makes anchors of them. */
function headingsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gmu)].map(([, words = '']) =>
    words
      .toLowerCase()
      .replaceAll(/[^\p{L}\d -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

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
