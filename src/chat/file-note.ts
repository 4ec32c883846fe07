import { messageText } from '../cards/escape.js';
import type { CaseView } from '../cards/case-view.js';
import type { Answered } from '../cards/query-cards.js';
import { auditText, costText, licensesText, MOST_SHOWN, peopleText } from '../cards/query-parts.js';
import { unprovenNote } from '../cards/unproven-text.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { printQuery } from './query/print-query.js';
import type { Result } from './query/result.js';

/** What a file is made from. */
export type InFile = Omit<Answered<Result['kind']>, 'mayList'>;

/**
 * What a file is about, of which audit, and who is not in it. It is said beside the file, because a sentence among its
 * rows would be counted as one. Protected people are told as a whole: nobody sees how many of them are HR's.
 */
export function fileNote({ query, run, result, unproven }: InFile, view: CaseView): ReadyText {
  const question = messageText(printQuery(query, view), MOST_SHOWN);
  const asked = [auditText(run, view), text(view, 'query.understood', { question })];
  const parts = [
    ...aboutText(result, query, view),
    joined(asked, ' '),
    ...notInIt({ query, run, result }, view),
    ...(unproven.length > 0 ? [unprovenNote(unproven, view, messageText)] : []),
  ];
  return joined(parts, '\n\n');
}

function aboutText(result: Result, { ask }: InFile['query'], view: CaseView): readonly ReadyText[] {
  if (!('totals' in result)) return [];
  const { totals } = result;
  if (totals.people === 0) return [text(view, 'file.nobody')];
  const figures = { people: peopleText(totals.people, view), licenses: licensesText(totals.licenses, view) };
  const parts = [text(view, 'file.about', { ...figures, cost: costText(totals, view) })];
  const { fromCases: count = 0 } = totals;
  if (count > 0) parts.push(text(view, 'file.fromCases', { count }));
  if (result.kind === 'groups' && ask.kind === 'groups') {
    const all = result.groups.length + result.more;
    if (ask.top !== undefined && ask.top < all)
      parts.push(text(view, 'file.groups', { count: ask.top, all }));
    if (result.overlap) parts.push(text(view, 'query.overlap'));
  }
  return [joined(parts, ' ')];
}

/** Together with those in the file they are everybody whom the audit looked at. */
function notInIt({ query, run, result }: Omit<InFile, 'unproven'>, view: CaseView): readonly ReadyText[] {
  if (!('totals' in result)) return [];
  const { undated } = result;
  const nobodyKnows = undated > 0 ? [text(view, 'file.undated', { count: undated })] : [];
  if (query.subject !== 'candidates') return nobodyKnows;
  const counts = [
    ['active', run.active],
    ['leftOut', run.inactive - (result.totals.people - (result.totals.fromCases ?? 0))],
    ['protected', run.protected],
    ['unknown', run.unknown],
    ['guests', run.guests],
  ] as const;
  const who = counts.flatMap(([name, count]) =>
    count > 0 ? [text(view, `file.without.${name}`, { count })] : [],
  );
  if (who.length === 0) return nobodyKnows;
  const people = peopleText(run.people, view);
  return [joined([text(view, 'file.without', { people, who: joined(who, ', ') }), ...nobodyKnows], ' ')];
}
