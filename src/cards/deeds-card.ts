import type { CardJson } from '../bot/messenger.js';
import type { DeedTold } from '../cases/admin/deed.js';
import type { Instant } from '../cases/case.js';
import { timeText, type Reader } from './dates.js';
import { card, facts, quiet, title } from './elements.js';
import { cardText } from './escape.js';

const ROWS = 20;

/** What admins did to the whole campaign, newest first. */
export function deedsCard(deeds: readonly DeedTold[], view: Reader): CardJson {
  const newest = deeds.toReversed().slice(0, ROWS);
  const more = deeds.length - newest.length;
  return card([
    title('What admins did'),
    facts(newest.map(({ at, text }) => [timeText(at as Instant, view), cardText(text, 400)])),
    ...(more > 0 ? [quiet(`and ${more} earlier; \`npm run steward -- history --settings\` has all.`)] : []),
    quiet('What was done in one case is in **history NAME**.'),
  ]);
}
