import { PROBLEM_KINDS, type RosterProblem } from '../audit/roster/problem.js';
import type { RosterDoc } from '../audit/roster/run-store.js';
import type { CardJson } from '../bot/messenger.js';
import type { KeepRoster, RosterFacts, RosterSeen } from '../cases/admin/admin-desk.js';
import type { Language } from '../i18n/locale.js';
import { sentenceIn } from '../i18n/sentences.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { amount } from './campaign-card.js';
import { dayText } from './dates.js';
import { button, card, facts, heading, line, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';

/** Lines or words that are named in one sentence. */
const NAMED = 6;
/** Rows that cannot be read and are told one by one. */
const ROWS = 5;

type Shown = Extract<RosterSeen, { readonly kind: 'staged' | 'refused' }>;

/** What a file of people says, before it holds: figures and what is wrong by line, and nobody by name. */
export function rosterCard(seen: Shown, view: Language): CardJson {
  const { asOf, isDaySaid, before, usedUntil } = seen;
  return card(
    [
      title(rosterHeadline(seen, view)),
      ...(isDaySaid ? [] : [line(text(view, 'admin.roster.daySupposed', { date: dayText(asOf, view) }))]),
      facts(countsOf(seen, view)),
      ...problemParts(seen, view),
      ...wordParts(seen, view),
      ...(seen.kind === 'refused' ? refusal(seen.why, view) : []),
      ...(before === undefined
        ? []
        : [
            quiet(
              text(view, 'admin.roster.replaces', {
                file: cardText(before.origin),
                date: dayText(before.asOf, view),
                count: before.people,
              }),
            ),
          ]),
      quiet(
        usedUntil === undefined
          ? text(view, 'admin.roster.tooOld')
          : text(view, 'admin.roster.usedUntil', { date: dayText(usedUntil, view) }),
      ),
      ...(seen.kind === 'staged' ? [quiet(text(view, 'admin.roster.nothingYet'))] : []),
    ],
    seen.kind === 'staged'
      ? [
          button({
            title: text(view, 'admin.roster.keep'),
            verb: 'admin',
            data: { do: 'keepRoster', importId: seen.importId },
            style: 'positive',
          }),
        ]
      : [],
  );
}

/** @param ready makes a name ready for its place: a card, which reads Markdown, or a notification */
export function rosterHeadline(
  { origin, asOf, counts }: RosterFacts,
  reader: Language,
  ready: (name: string) => ReadyText = cardText,
): ReadyText {
  const values = { file: ready(origin), date: dayText(asOf, reader), count: counts.rows };
  return text(reader, 'admin.roster.headline', values);
}

const COUNTS = ['people', 'active', 'left', 'onLeave', 'unknown', 'unmatched', 'unreadable'] as const;

function countsOf({ counts }: RosterFacts, reader: Language): readonly (readonly [ReadyText, ReadyText])[] {
  return COUNTS.map((of) => [text(reader, `admin.roster.count.${of}`), amount(counts[of], reader)]);
}

function problemParts({ problems }: RosterFacts, reader: Language): readonly Part[] {
  const kinds = PROBLEM_KINDS.flatMap((kind) => {
    const of = problems.filter((problem) => problem.kind === kind);
    return of.length === 0
      ? []
      : [[text(reader, `admin.roster.problem.${kind}`), linesOf(of, reader)] as const];
  });
  const unreadable = problems.filter(({ kind }) => kind === 'unreadable').slice(0, ROWS);
  if (kinds.length === 0) return [];
  return [
    heading(text(reader, 'admin.roster.problems')),
    facts(kinds),
    ...unreadable.map(({ line: number, says }) =>
      quiet(text(reader, 'admin.roster.row', { number, why: cardText(sentenceIn(reader, says), 200) })),
    ),
  ];
}

/** `lines 4, 5 and 12 more`: an admin has the file, so that nobody in it has to be named. */
function linesOf(problems: readonly RosterProblem[], reader: Language): ReadyText {
  const numbers = problems.slice(0, NAMED).map(({ line: number }) => String(number) as ReadyText);
  const lines = joined(numbers, ', ');
  const more = problems.length - NAMED;
  return more > 0
    ? text(reader, 'admin.roster.linesMore', { lines, more })
    : text(reader, 'admin.roster.lines', { lines, count: problems.length });
}

function wordParts({ unknownWords }: RosterFacts, reader: Language): readonly Part[] {
  if (unknownWords.length === 0) return [];
  const words = unknownWords
    .slice(0, NAMED)
    .map(({ word }) =>
      word === '' ? text(reader, 'admin.roster.emptyWord') : (`“${cardText(word, 40)}”` as ReadyText),
    );
  return [line(text(reader, 'admin.roster.words', { words: joined(words, ', ') }))];
}

function refusal(why: string, reader: Language): readonly Part[] {
  const said = cardText(sentenceIn(reader, why), 400);
  return [
    line(text(reader, 'admin.roster.refused', { why: said })),
    quiet(text(reader, 'admin.roster.force')),
  ];
}

/** What holds now, and the way back if there is one. */
export function rosterKeptCard({ roster }: Extract<KeepRoster, { kind: 'kept' }>, view: Language): CardJson {
  const { origin, asOf, counts, previous, runId } = roster;
  const values = { file: cardText(origin), date: dayText(asOf, view), count: counts.people };
  return card(
    [
      title(text(view, 'admin.roster.kept.headline')),
      line(text(view, 'admin.roster.kept.what', values)),
      ...(previous === undefined ? [] : [quiet(wayBack(previous, view))]),
    ],
    previous === undefined
      ? []
      : [
          button({
            title: text(view, 'admin.roster.takeBack'),
            verb: 'admin',
            data: { do: 'takeRosterBack', rosterId: runId },
          }),
        ],
  );
}

function wayBack(previous: NonNullable<RosterDoc['previous']>, view: Language): ReadyText {
  if (previous === 'none') return text(view, 'admin.roster.kept.backToNone');
  const values = { file: cardText(previous.origin), date: dayText(previous.asOf, view) };
  return text(view, 'admin.roster.kept.back', values);
}
