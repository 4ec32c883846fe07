import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Ended } from '../world/try-out-process.js';
import { aFolder, rowsOf, steward } from './at-the-terminal.js';

jest.setTimeout(120_000);

const folder = aFolder();
const at = (...args: readonly string[]): Promise<Ended> => steward(args, { DATA_DIR: folder.at('data') });

function file(name: string, text: string): string {
  writeFileSync(folder.at(name), text);
  return folder.at(name);
}

let position: readonly Readonly<Record<string, string>>[];
beforeAll(async () => {
  await at('audit', '--out', folder.at('out'));
  position = rowsOf(readFileSync(folder.at('out', 'position.csv'), 'utf8'));
});
afterAll(() => folder.remove());

describe('reconcile', () => {
  it('finds that the tenant’s own figures add up, in the form of a German Excel', async () => {
    const rows = position.map((row) => {
      const price = (row['annualPrice'] ?? '').replace('.', ',');
      return [row['partNumber'], row['bought'], price, row['currency'], price && 'jährlich'].join(';');
    });
    const list = file('all.csv', ['SKU;Anzahl;Einzelpreis;Währung;Abrechnung', ...rows].join('\r\n'));
    const { code, out, err } = await at('reconcile', list);
    expect(code).toBe(0);
    expect(out).not.toContain('What does not add up');
    expect(out).toContain(`${rows.length} products compared, ${rows.length} add up.`);
    expect(err).toMatch(/Read just now and not kept|As of the audit of/);
  });

  it('says what does not add up by license and line, and writes every license where --out says', async () => {
    const e5 = position.find((row) => row['partNumber'] === 'SPE_E5');
    const bought = Number(e5?.['bought']);
    const list = file('one.csv', `license,seats\nMicrosoft 365 E5,${bought + 3}\n`);
    const { code, out } = await at('reconcile', list, '--out', folder.at('r.csv'), '--csv', 'semicolon');
    expect(code).toBe(0);
    expect(out).toContain(
      `Microsoft 365 E5 (line 2): ${bought + 3} in the file, ${bought} bought in the tenant: 3 are in the file and not in the tenant ($2,052 a year).`,
    );
    const rows = rowsOf(readFileSync(folder.at('r.csv'), 'utf8'), ';');
    expect(rows.map((row) => row['partNumber'])).toEqual(position.map((row) => row['partNumber']));
    expect(rows.find((row) => row['partNumber'] === 'SPE_E5')).toMatchObject({
      inFile: String(bought + 3),
      bought: String(bought),
      annualByPolicy: `${(bought + 3) * 684},00`,
      differences: 'bought',
    });
  });

  it.each([
    [
      'license,seats\nVisio Plan 2,\n,4\n',
      /^ {2}line 2: seats is empty: write .*\n {2}line 3: names no license: write/m,
    ],
    ['license,count\nVisio Plan 2,3\n', /cannot be used: it has no column seats/],
    ['license,seats\n"SPE_E5",1\n"VISIOCLIENT"",2\n', /nothing closes/],
  ])('refuses %j, says why, and compares nothing', async (text, why) => {
    const ended = await at('reconcile', file('bad.csv', text), '--out', folder.at('none.csv'));
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toMatch(why);
    expect(existsSync(folder.at('none.csv'))).toBe(false);
  });

  it('says what it needs', async () => {
    expect(await at('reconcile')).toMatchObject({ code: 2, err: expect.stringContaining('needs one file') });
    const missing = await at('reconcile', folder.at('nowhere.csv'));
    expect(missing).toMatchObject({ code: 2, err: expect.stringContaining('There is no file') });
    const list = file('ok.csv', 'sku,seats\nSPE_E5,1\n');
    const same = await at('reconcile', list, '--out', list);
    expect(same).toMatchObject({ code: 2, err: expect.stringContaining('choose another name') });
  });
});
