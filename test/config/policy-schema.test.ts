import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from '@jest/globals';
import Ajv2020 from 'ajv/dist/2020';
import { parse } from 'yaml';
import { policyJsonSchema } from '../../src/config/policy-schema.js';
import { readPolicy } from '../../src/config/policy.js';

const folder = path.join(__dirname, '..', '..', 'src', 'config');
const example = readFileSync(path.join(folder, 'policy.example.yaml'), 'utf8');
const committed = JSON.parse(readFileSync(path.join(folder, 'policy.schema.json'), 'utf8')) as object;

const ajv = new Ajv2020({ allErrors: true, formats: { date: true, regex: true } });
const validate = ajv.compile(committed);

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Every key that can be written, with its schema. */
function keysOf(schema: Schema, at = ''): readonly (readonly [string, Schema])[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const name = at === '' ? key : `${at}.${key}`;
    return [[name, value] as const, ...keysOf(value, name)];
  });
  return schema.items === undefined ? own : [...own, ...keysOf(schema.items, `${at}[]`)];
}

describe('the JSON Schema that is shipped', () => {
  it('is the one of the program (if not: npm run schema)', () => {
    expect(committed).toEqual(JSON.parse(JSON.stringify(policyJsonSchema())));
  });

  it('describes every key, so that editors can say what it means', () => {
    const keys = keysOf(committed as Schema);
    expect(keys.length).toBeGreaterThan(70);
    expect(keys.filter(([, { description }]) => !description?.endsWith('.')).map(([name]) => name)).toEqual(
      [],
    );
  });

  it('accepts the example, whose first line leads editors to it', () => {
    expect(validate(parse(example))).toBe(true);
    const [, file] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(example) ?? [];
    expect(path.join(folder, file ?? '')).toBe(path.join(folder, 'policy.schema.json'));
  });

  it('is found from a copy beside package.json by the path that the example gives', () => {
    const [, file] = /in \.\/policy\.yaml it reads \$schema=(\S+)/.exec(example) ?? [];
    expect(path.join(folder, '..', '..', file ?? '')).toBe(path.join(folder, 'policy.schema.json'));
  });

  it('accepts the policy of the try-out', () => {
    expect(validate(parse(readFileSync(path.join(folder, '..', 'simulator', 'policy.yaml'), 'utf8')))).toBe(
      true,
    );
  });

  test.each([
    'mode: act\ninactvity: { days: 30 }',
    'inactivity: { day: 30 }',
    'inactivity: { days: 181 }',
    'mode: acting',
    'roles: { admins: [robin] }',
    'timetable: { hold: P1M }',
    'timetable: { delete: P1M }',
    'limits: { casesPerRun: { percent: 101 } }',
    'prices: [{ sku: A, amount: 1, currency: usd, frequency: monthly }]',
    'prices: [{ sku: A }]',
    'prices: [{ sku: A, amount: 1, currency: USD, frequency: monthly, seats: 1 }]',
  ])('refuses %j, as the program does', (text) => {
    expect(validate(parse(text))).toBe(false);
    expect(readPolicy(text, { loopbackGraph: true }).kind).toBe('errors');
  });

  test.each([
    '$schema: ./src/config/policy.schema.json',
    'timetable: { delete: never }',
    'timetable: { delete: P60D, hold: P1DT12H }',
    'prices: [{ sku: A, amount: 1.5, currency: USD, frequency: monthly, effective: 2026-01-01 }]',
  ])('accepts %j, as the program does', (text) => {
    expect(validate(parse(text))).toBe(true);
    expect(readPolicy(text, { loopbackGraph: true }).kind).toBe('policy');
  });
});
