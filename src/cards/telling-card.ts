import type { CardJson } from '../bot/messenger.js';
import { isOfCampaign, type WaitingCount } from '../cases/admin/waiting.js';
import type { Language } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';
import { whenText, type CaseView } from './case-view.js';
import { lengthText } from './dates.js';
import { button, card, facts, line, quiet, title } from './elements.js';

/** What waits for any admin: how much for what, and since when the oldest; nobody is named. */
export function waitingForAdminsCard(counts: readonly WaitingCount[], view: CaseView): CardJson {
  if (counts.length === 0) return card([line(text(view, 'telling.nothing'))]);
  const length = lengthText(view.policy.timetable.answerDue, view, 'length.after');
  return card(
    [
      title(waitingForAdminsHeadline(counts, view)),
      facts(counts.map((each) => [text(view, `telling.for.${each.for}`), valueOf(each, view)])),
      quiet(text(view, 'telling.note', { length })),
    ],
    casesIn(counts) === 0 ? [] : [button({ title: text(view, 'telling.show'), verb: 'waiting', data: {} })],
  );
}

/** Text of the notification, too. */
export function waitingForAdminsHeadline(counts: readonly WaitingCount[], reader: Language): ReadyText {
  const count = casesIn(counts);
  return count === 0 ? text(reader, 'telling.campaign') : text(reader, 'waiting.shared', { count });
}

function casesIn(counts: readonly WaitingCount[]): number {
  return counts.reduce((sum, each) => sum + (isOfCampaign(each) ? 0 : each.count), 0);
}

/** In place of what was sent before a newer one. */
export function movedTellingCard(reader: Language): CardJson {
  return card([line(text(reader, 'telling.moved'))]);
}

function valueOf(each: WaitingCount, view: CaseView): ReadyText {
  if (!isOfCampaign(each) || each.since === undefined) return countText(each, view);
  return text(view, `telling.is.${each.for}`, { date: whenText(each.since, view) });
}

function countText({ count, since }: WaitingCount, view: CaseView): ReadyText {
  return since === undefined
    ? text(view, 'count.number', { count })
    : text(view, 'telling.count', { count, date: whenText(since, view) });
}
