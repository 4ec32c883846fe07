import type { CardJson } from '../bot/messenger.js';
import { isDeedType, type DeedTold } from '../cases/admin/deed.js';
import type { Instant } from '../cases/case.js';
import type { Language } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';
import { dayText, timeText, type Reader } from './dates.js';
import { card, facts, quiet, title } from './elements.js';
import { cardText } from './escape.js';
import { firstThatFits } from './fitting.js';

/** Of long entries fewer are shown. */
const FEWER_ROWS = [20, 12, 6] as const;

/** What admins did to the whole campaign, newest first. */
export function deedsCard(deeds: readonly DeedTold[], view: Reader): CardJson {
  return firstThatFits(FEWER_ROWS, (rows) => {
    const newest = deeds.toReversed().slice(0, rows);
    const count = deeds.length - newest.length;
    return card([
      title(text(view, 'admin.deeds.headline')),
      facts(newest.map((deed) => [timeText(deed.at as Instant, view), deedText(deed, view)])),
      ...(count > 0 ? [quiet(text(view, 'admin.deeds.more', { count }))] : []),
      quiet(text(view, 'admin.deeds.note')),
    ]);
  });
}

/** One deed as a sentence; of one whose names were erased, only what and until when is left. */
export function deedText(deed: DeedTold, reader: Language): ReadyText {
  const { type, by, about, until, reason } = deed;
  let what = text(reader, isDeedType(type) ? `admin.deed.${type}` : 'admin.deed.unknown');
  if (about !== undefined) what = text(reader, 'admin.deed.about', { what, about: cardText(about) });
  if (until !== undefined) what = text(reader, 'admin.deed.until', { what, date: dayText(until, reader) });
  what =
    by === undefined
      ? text(reader, 'admin.deed.erased', { what })
      : text(reader, 'admin.deed.by', { what, name: cardText(by) });
  return reason === undefined
    ? what
    : text(reader, 'admin.deed.because', { what, reason: cardText(reason, 300) });
}
