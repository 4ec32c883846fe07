import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { brokenRules } from './card-rules.js';
import { EXTREMES, GALLERY, GERMAN_GALLERY } from './gallery.js';

const GOLDEN = path.join(__dirname, '..', 'golden');
const NAMES = Object.keys(GALLERY);
const BOTH = NAMES.flatMap((name) => [
  [name, 'cards', GALLERY[name]] as const,
  [name, 'cards-de', GERMAN_GALLERY[name]] as const,
]);

type Json = Readonly<Record<string, unknown>>;

describe.each(BOTH)('The card %s of %s', (name, folder, drawn) => {
  const card = drawn as Json;

  it('is the one last looked at', () => {
    const file = path.join(GOLDEN, folder, `${name}.json`);
    const text = `${JSON.stringify(card, undefined, 2)}\n`;
    if (process.env['UPDATE_GOLDEN'] === '1' || !existsSync(file)) {
      if (process.env['CI']) throw new Error(`${file} is missing.`);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  it('keeps every rule of Teams', () => {
    expect(brokenRules(card)).toEqual([]);
  });
});

describe('A card is refused', () => {
  const good = GALLERY['asked'] as Json;
  const body = good['body'] as readonly Json[];
  const actions = good['actions'] as readonly Json[];
  const send = { type: 'Action.Execute', title: 'Send', verb: 'answer', data: { id: 1 } };
  const submit = { type: 'Action.Submit', title: 'Send', data: { id: 1, verb: 'answer' } };

  it.each<[string, Json, RegExp]>([
    ['without a version', { ...good, version: undefined }, /version/],
    ['that is too large', { ...good, body: [...body, { ...body[0], text: 'x'.repeat(25_000) }] }, /bytes/],
    ['that refreshes itself', { ...good, refresh: {} }, /refresh/],
    ['with an element of another version', { ...good, body: [{ type: 'Badge', text: 'x' }] }, /body/],
    ['with text that is cut off', { ...good, body: [{ type: 'TextBlock', text: 'x' }] }, /wrap/],
    ['with a color that says something', { ...good, body: [{ ...body[0], color: 'Good' }] }, /color/],
    ['with too many buttons', { ...good, actions: [...actions, ...actions] }, /buttons/],
    ['with a button that older clients do not know', { ...good, actions: [send] }, /fallback/],
    [
      'with a button that does something else for older clients',
      { ...good, actions: [{ ...send, fallback: { ...submit, data: { id: 2, verb: 'answer' } } }] },
      /does something else/,
    ],
    [
      'with an input without a label',
      { ...good, body: [{ type: 'Input.Date', id: 'day', label: '' }] },
      /label/,
    ],
    [
      'with an answer chosen beforehand',
      {
        ...good,
        body: [
          {
            type: 'Input.ChoiceSet',
            id: 'answer',
            label: 'Answer',
            style: 'compact',
            value: 'keep',
            choices: [{ title: 'Keep', value: 'keep' }],
          },
        ],
      },
      /beforehand/,
    ],
    [
      'with a chart whose figures stand nowhere in words',
      {
        ...good,
        body: [
          {
            type: 'Chart.Donut',
            title: 'x',
            colorSet: 'categorical',
            fallback: 'drop',
            data: [{ legend: 'a', value: 1 }],
          },
        ],
      },
      /rows in words/,
    ],
  ])('%s', (_what, card, why) => {
    expect(brokenRules(card).join()).toMatch(why);
  });
});

describe('A hostile name', () => {
  it('has every mark of Markdown escaped, so that it stays text', () => {
    const text = JSON.stringify(EXTREMES.markup);
    expect(text).toContain(String.raw`\\*\\*Bold\\*\\* \\_it\\_ \\[click\\](https://evil.example) \\<img`);
    expect(text).not.toMatch(/[^\\]\[click\]/);
  });
});
