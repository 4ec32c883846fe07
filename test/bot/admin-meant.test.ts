import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSwitch } from '../../src/cases/campaign/run-switch.js';
import { textIn } from './admin-world.js';
import { aHostileWorld, ALEX, CHIARA, GRACE, HANNA, STRANGER, type HostileWorld } from './hostile-world.js';

let world: HostileWorld;

beforeAll(async () => {
  world = await aHostileWorld();
}, 60_000);

afterAll(() => world.close());

describe('An order with a typing error', () => {
  it.each([
    ['pasue', '**pause**'],
    ['pasue because of the holidays', '**pause because of the holidays**'],
    ['camapign status', '**campaign status**'],
    ['potection', '**protections**'],
    ['stopp', '**stop**'],
    ['potect Ada because she is away', '**protect Ada because she is away**'],
  ])('such as “%s” is offered to an admin, and not carried out', async (text, offer) => {
    const outcome = await world.say(ALEX, text);
    expect(textIn(outcome)).toContain('Did you mean:');
    expect(textIn(outcome)).toContain(offer);
    expect(outcome.isUnchanged).toBe(true);
    expect(await readSwitch(world.cases.store)).toBe('running');
  });

  it('does not stand before somebody of that name', async () => {
    expect(textIn(await world.say(ALEX, 'who is Paul'))).not.toContain('Did you mean');
    expect((await world.say(ALEX, 'find Paul')).sent).toContain('Paul Quillfeather');
  });

  it.each([
    ['a manager', GRACE],
    ['somebody of HR', HANNA],
    ['an executive', CHIARA],
    ['an employee', STRANGER],
  ])('tells %s of no order', async (_who, by) => {
    for (const text of ['pasue', 'camapign status', 'potection', 'savngs', 'import rostr', 'run adit']) {
      const outcome = await world.say(by, text);
      expect(textIn(outcome)).not.toMatch(/pause|campaign|protections|savings|roster\b|audit/u);
      expect(outcome.isUnchanged).toBe(true);
    }
  });
});
