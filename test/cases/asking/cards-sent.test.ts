import { describe, expect, it } from '@jest/globals';
import { CALLS_PER_SECOND } from '../../../src/bot/turns.js';
import { cardsSent } from '../../world/cards-sent.js';

describe('The questions of a campaign', () => {
  it('go out at nine tenths of the rate that is set, each once, and never faster than Teams takes them', async () => {
    const sent = await cardsSent({ managers: 300, chats: 'known' });
    expect(sent).toMatchObject({ cards: 300, calls: 300, asked: 300, refused: 0, mostCardsTo: 1 });
    expect(sent.callsPerSecond).toBeGreaterThan(0.9 * CALLS_PER_SECOND);
    expect(sent.callsPerSecond).toBeLessThanOrEqual(CALLS_PER_SECOND);
  }, 60_000);

  it('do so as well where every chat has to be opened first', async () => {
    const sent = await cardsSent({ managers: 100, chats: 'new' });
    expect(sent).toMatchObject({ cards: 100, calls: 200, asked: 100, refused: 0, mostCardsTo: 1 });
    expect(sent.callsPerSecond).toBeGreaterThan(0.9 * CALLS_PER_SECOND);
  }, 60_000);

  it('keep the limits of one chat where many cards go to one person', async () => {
    const sent = await cardsSent({ managers: 1, questionsEach: 60, chats: 'known' });
    expect(sent).toMatchObject({ cards: 12, calls: 12, asked: 60, refused: 0, mostCardsTo: 12 });
  }, 60_000);
});
