import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

const ROOT = path.join(__dirname, '..', '..');
let clone = '';

const here = (...names: readonly string[]): string => path.join(clone, ...names);
const texts = (keys: Readonly<Record<string, string>>): void =>
  writeFileSync(here('src', 'texts.json'), JSON.stringify(keys));

function prepare(): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [here('scripts', 'prepare.cjs')], {
    encoding: 'utf8',
  });
  return { code: status, said: stdout + stderr };
}

/** A clone with the packages installed, and a program of two files. */
beforeAll(() => {
  clone = mkdtempSync(path.join(os.tmpdir(), 'prepare-'));
  mkdirSync(here('scripts'));
  mkdirSync(here('src'));
  for (const name of [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    path.join('scripts', 'prepare.cjs'),
  ])
    copyFileSync(path.join(ROOT, name), here(name));
  symlinkSync(path.join(ROOT, 'node_modules'), here('node_modules'), 'dir');
  writeFileSync(
    here('src', 'greeting.ts'),
    `import texts from './texts.json';\nconst key: keyof typeof texts = 'greeting';\nexport const greeting = texts[key];\n`,
  );
});

afterAll(() => rmSync(clone, { recursive: true, force: true }));

it('compiles anew what uses a catalog when only the catalog has changed', () => {
  texts({ greeting: 'Hello' });
  expect(prepare()).toEqual({ code: 0, said: '' });
  texts({ farewell: 'Goodbye' });
  const { code, said } = prepare();
  expect(said).toContain('greeting.ts');
  expect(code).toBe(1);
  texts({ greeting: 'Good morning' });
  expect(prepare()).toEqual({ code: 0, said: '' });
}, 180_000);
