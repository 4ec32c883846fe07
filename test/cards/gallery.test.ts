import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { AdaptiveCard, SerializationContext } from './renderer.js';
import { EXTREMES, GALLERY, GERMAN_GALLERY } from './gallery.js';

const GOLDEN = path.join(__dirname, '..', 'golden');
const NAMES = Object.keys(GALLERY);
const BOTH = NAMES.flatMap((name) => [
  [name, 'cards', GALLERY[name]] as const,
  [name, 'cards-de', GERMAN_GALLERY[name]] as const,
]);

type Json = Readonly<Record<string, unknown>>;

/** Every object in a card that has a type. */
function partsOf(value: unknown): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(partsOf);
  return 'type' in value ? [value as Json, ...inside] : inside;
}

function isChart(type: unknown): boolean {
  return type === 'Chart.Donut' || type === 'Chart.HorizontalBar';
}

/** A button behind which further ones are, before it is pressed. */
function closed(action: Json): Json {
  const { card: _card, ...button } = action;
  return button;
}

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

  it('is within 25 KB, has a version, five buttons at most in any place, and no refresh', () => {
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(25_000);
    expect(card['version']).toBe('1.5');
    for (const part of partsOf(card)) expect([part['actions'] ?? []].flat().length).toBeLessThanOrEqual(5);
    expect(card['refresh']).toBeUndefined();
  });

  it('has six buttons at most in view', () => {
    const outside = { ...card, actions: ((card['actions'] ?? []) as readonly Json[]).map(closed) };
    const seen = partsOf(outside).filter(({ type }) => String(type).startsWith('Action.'));
    // The fallback of a button is no further one.
    expect(seen.filter((part) => part['type'] !== 'Action.Submit').length).toBeLessThanOrEqual(6);
  });

  it('has only elements that every client knows or may drop, and a fallback for Action.Execute', () => {
    const known = [
      ...['AdaptiveCard', 'TextBlock', 'FactSet', 'Container', 'ColumnSet', 'Column', 'ActionSet'],
      ...[
        'Input.Text',
        'Input.Date',
        'Input.ChoiceSet',
        'Action.ShowCard',
        'Action.Execute',
        'Action.Submit',
      ],
    ];
    const others = partsOf(card).filter((part) => !known.includes(String(part['type'])));
    // A chart may be left out: what it shows stands in words below it.
    expect(others.filter((part) => !isChart(part['type']) || part['fallback'] !== 'drop')).toEqual([]);
    for (const action of partsOf(card).filter((part) => part['type'] === 'Action.Execute')) {
      expect(action['fallback']).toMatchObject({
        type: 'Action.Submit',
        title: action['title'],
        data: { ...(action['data'] as object), verb: action['verb'] },
      });
    }
  });

  it('labels every input and chooses no answer beforehand', () => {
    const inputs = partsOf(card).filter((part) => String(part['type']).startsWith('Input.'));
    for (const input of inputs) {
      expect(input['label']).toMatch(/\w/);
      if (input['isRequired']) expect(input['errorMessage']).toMatch(/\w/);
    }
    expect(inputs.filter((input) => input['type'] === 'Input.ChoiceSet' && 'value' in input)).toEqual([]);
    expect(new Set(inputs.map((input) => input['id'])).size).toBe(inputs.length);
  });

  it('is valid for the renderer of Adaptive Cards', () => {
    const context = new SerializationContext();
    const parsed = new AdaptiveCard();
    parsed.parse(card, context);
    const events = Array.from(
      { length: context.eventCount },
      (_, index) => context.getEventAt(index).message,
    );
    const failures = parsed.validateProperties().validationEvents.map((event) => event.message);
    expect([...events, ...failures].filter((message) => !/"Chart\.\w+"/.test(message))).toEqual([]);
  });

  it('wraps every text, and names nothing by color alone', () => {
    const texts = partsOf(card).filter((part) => part['type'] === 'TextBlock');
    expect(texts.filter((part) => part['wrap'] !== true)).toEqual([]);
    expect(partsOf(card).filter((part) => 'color' in part)).toEqual([]);
  });
});

describe('A hostile name', () => {
  it('has every mark of Markdown escaped, so that it stays text', () => {
    const text = JSON.stringify(EXTREMES.markup);
    expect(text).toContain(String.raw`\\*\\*Bold\\*\\* \\_it\\_ \\[click\\](https://evil.example) \\<img`);
    expect(text).not.toMatch(/[^\\]\[click\]/);
  });
});
