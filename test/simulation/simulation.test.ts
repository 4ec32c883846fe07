import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from '@jest/globals';
import { FAULTS } from './faults.js';
import { PLANTS } from './plants.js';
import { RULES } from './rules/all.js';

const ROOT = path.join(__dirname, '..', '..');
const LOADER = path.join(ROOT, 'test', 'world', 'run-typescript.mjs');
const COMMAND = path.join(ROOT, 'test', 'simulation', 'simulate.ts');

/** Runs the command as `npm run simulate` does. */
async function simulate(...words: readonly string[]): Promise<{ code: number | null; output: string }> {
  const flags = ['--disable-warning=ExperimentalWarning', '--import', LOADER, COMMAND];
  const child = spawn(process.execPath, [...flags, ...words], { cwd: ROOT });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += String(part)));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, output };
}

describe('the simulation', () => {
  it('breaks no rule in forty lives, and lives each of them the same way twice', async () => {
    const { code, output } = await simulate('--seeds', '40', '--twice');
    expect(output).toContain('40 seeds, each twice');
    expect(output).toContain('No rule was broken in 40 seeds.');
    expect(code).toBe(0);
  }, 400_000);

  it('tells the same story of a seed every time, in sentences', async () => {
    const [first, second] = await Promise.all([
      simulate('--seed', '3', '--story'),
      simulate('--seed', '3', '--story'),
    ]);
    expect(first?.output).toMatch(/process-\d+ +moves the case of Person \d{3} .* from opened to asked/);
    expect(second).toEqual(first);
  }, 400_000);

  it('sees mistakes that are put into the program', async () => {
    const { code, output } = await simulate('--planted', 'staleCard,wrongPlans,effectBeforeLog');
    expect(output).toContain('3 of 3 planted mistakes were seen.');
    expect(code).toBe(0);
  }, 400_000);

  it('says how it is used when it is asked for something else', async () => {
    expect(await simulate('--sedes', '3')).toMatchObject({
      code: 2,
      output: expect.stringContaining('npm run simulate -- --seed S [--story]'),
    });
  }, 60_000);
});

describe('planted mistakes', () => {
  it('have each a seed of the first thousand that saw it when they were last looked for', () => {
    const seenBy = JSON.parse(readFileSync(path.join(__dirname, 'seen-by.json'), 'utf8')) as Record<
      string,
      number
    >;
    expect(Object.keys(seenBy)).toEqual(PLANTS.map(({ name }) => name));
    for (const seed of Object.values(seenBy)) expect(seed >= 1 && seed <= 1_000).toBe(true);
  });

  test.each(PLANTS.map((plant) => [plant.name, plant] as const))(
    '%s fits the sources',
    (_name, { changes }) => {
      for (const { file, from, to } of changes) {
        expect(readFileSync(path.join(ROOT, file), 'utf8').split(from)).toHaveLength(2);
        expect(to).not.toBe(from);
      }
    },
  );

  it('are many, and each has a name of its own', () => {
    expect(PLANTS.length).toBeGreaterThanOrEqual(25);
    expect(new Set(PLANTS.map(({ name }) => name)).size).toBe(PLANTS.length);
  });
});

it('names every rule once, with the promise that it holds, and every fault with its opportunity', () => {
  expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length);
  for (const { promise } of RULES) expect(promise).not.toBe('');
  for (const opportunity of Object.values(FAULTS)) expect(opportunity).toMatch(/^an? /);
});
