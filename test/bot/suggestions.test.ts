import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buttonIn, sentIn, textIn } from './admin-world.js';
import { aHostileWorld, ALEX, STRANGER, type HostileWorld, type Outcome } from './hostile-world.js';

describe('What was perhaps meant', () => {
  let world: HostileWorld;

  beforeAll(async () => {
    world = await aHostileWorld();
  }, 60_000);

  afterAll(() => world.close());

  function suggested(outcome: Outcome): unknown {
    const [activity] = sentIn(outcome) as readonly { readonly suggestedActions?: unknown }[];
    return activity?.suggestedActions;
  }

  it('can be sent by a touch, and stands in the text as well', async () => {
    const outcome = await world.say(ALEX, 'hsitory Ada');
    expect(textIn(outcome)).toContain('- **history Ada**');
    expect(suggested(outcome)).toEqual({
      actions: [{ type: 'imBack', title: 'history Ada', value: 'history Ada' }],
    });
  });

  it('of a question is a whole question', async () => {
    const outcome = await world.say(ALEX, 'inactive managed by Grac');
    const offers = suggested(outcome) as { readonly actions: readonly { readonly value: string }[] };
    expect(offers.actions.map(({ value }) => value)).toEqual([
      'who is inactive but licensed, manager "Grace", most expensive first',
    ]);
    for (const { value } of offers.actions) expect(textIn(outcome)).toContain(value);
  });

  it('with a place to fill in stands in the text alone', async () => {
    const outcome = await world.say(ALEX, 'hsitory');
    expect(textIn(outcome)).toContain('- **history NAME**');
    expect(suggested(outcome)).toBeUndefined();
  });

  it('is not offered by a touch where nothing is', async () => {
    expect(suggested(await world.say(ALEX, 'the quick brown fox jumps over everything'))).toBeUndefined();
  });

  it('and what help lists is answered when it is touched', async () => {
    const help = await world.say(ALEX, 'help');
    const waiting = buttonIn(help, 'waiting');
    const { text, sent } = await world.click(ALEX, waiting.verb, waiting.data);
    expect(text + sent).toContain('Iris');
    const me = buttonIn(await world.say(STRANGER, 'help'), 'me');
    const mine = await world.click(STRANGER, me.verb, me.data);
    expect(mine.sent).toContain('What is on record about you');
  });
});
