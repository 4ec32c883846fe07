import { describe, expect, it } from '@jest/globals';
import { campaignCard, confirmSwitchCard } from '../../src/cards/campaign-card.js';
import { pausedFor, STAND } from './a-campaign.js';
import { ADMIN, VIEW } from './a-case.js';
import { adminCards } from './admin-gallery.js';

const ENGLISH = adminCards('Adele Vance');
const GERMAN = adminCards('Adele Vance', { ...VIEW, locale: 'de' });

/** Titles, texts, labels and names of facts. */
function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.entries(value).flatMap(([key, text]) =>
    ['text', 'title', 'label'].includes(key) && typeof text === 'string' ? [text] : [],
  );
  return [...own, ...Object.values(value).flatMap(textsOf)];
}

describe.each(Object.keys(GERMAN))('The card %s', (name) => {
  it('is said in German as well, within 25 KB, with the same buttons', () => {
    expect(Buffer.byteLength(JSON.stringify(GERMAN[name]))).toBeLessThanOrEqual(25_000);
    expect(textsOf(GERMAN[name])[0]).not.toBe(textsOf(ENGLISH[name])[0]);
    expect(textsOf(GERMAN[name])).toHaveLength(textsOf(ENGLISH[name]).length);
  });
});

describe('The cards of an admin', () => {
  it('tell of no figure that it leaves out people whom it counts', () => {
    expect(textsOf(ENGLISH['campaign-status']).join()).toContain('Protected people are in no figure.');
    expect(textsOf(ENGLISH['position']).join()).not.toContain('in no figure');
  });

  it('say why a guard has paused the campaign, where it was one and whoever asks does not stop it', () => {
    const seen = pausedFor('Access is denied.');
    const stand = { ...STAND, brake: 'paused', seen } as const;
    const textOf = (card: unknown): string => textsOf(card).join(' ');
    const because = 'It paused itself because steps failed for several people in a row.';
    expect(textOf(campaignCard(stand, VIEW))).toContain(because);
    expect(JSON.stringify(campaignCard(stand, VIEW))).toContain('Access is denied.');
    expect(textOf(confirmSwitchCard('running', undefined, stand, VIEW))).toContain(because);
    expect(textOf(confirmSwitchCard('stopped', undefined, stand, VIEW))).not.toContain(because);
    // Paused before the reason was written down.
    const before = campaignCard({ ...stand, seen: { ...seen, guarded: {} } }, VIEW);
    expect(textOf(before)).toContain(because);
    expect(textOf(before)).not.toContain('Last failure');
    // Whoever pauses on top of it has not mended it.
    const onTop = campaignCard({ ...stand, seen: { ...seen, by: ADMIN.id } }, VIEW);
    expect(textOf(onTop)).toContain(because);
    const byAdmin = campaignCard({ ...stand, seen: { ...seen, by: ADMIN.id, guarded: undefined } }, VIEW);
    expect(textOf(byAdmin)).not.toContain(because);
  });

  it('say once that nothing is saved for good yet', () => {
    expect(textsOf(ENGLISH['savings-nothing']).slice(0, 2)).toEqual([
      'Nothing is saved for good yet',
      'As of Mon 23 Nov 2026, 10:00 CET.',
    ]);
  });

  it('say of a plan that nobody was asked yet about its own people alone', () => {
    expect(textsOf(ENGLISH['plan'])).toContain('Nobody was asked about them yet.');
    expect(textsOf(ENGLISH['plan-empty']).join()).not.toMatch(/nobody was asked/i);
  });
});
