import { csv, type CsvForm } from '../audit/csv/writer.js';
import { PROBLEM_KINDS, TITLES, type RosterProblem } from '../audit/roster/problem.js';
import type { RosterCounts } from '../audit/roster/roster.js';
import { clean, counted, table } from './terminal.js';

/** Problems of one kind that are shown; the file of `--out` has all. */
const SHOWN = 20;
/** Lines or words that are named in one sentence. */
const NAMED = 6;

/** The figures: people by status, and rows that say nothing about anybody. */
export function countsText(counts: RosterCounts): string {
  const rows = [
    ['Rows', counts.rows],
    ['People', counts.people],
    ['  Active', counts.active],
    ['  Left', counts.left],
    ['  On leave', counts.onLeave],
    ['  Unknown', counts.unknown],
    ['Rows without an account of their own', counts.unmatched],
    ['Rows that cannot be read', counts.unreadable],
  ] as const;
  return table(
    rows.map(([name, count]) => [name, count.toLocaleString('en')]),
    [1],
  );
}

/**
 * What is wrong with which lines, kind by kind.
 * @param hasFile true: all of it is in the file of `--out` as well
 */
export function problemsText(problems: readonly RosterProblem[], hasFile: boolean): string {
  const blocks = PROBLEM_KINDS.flatMap((kind) => {
    const of = problems.filter((problem) => problem.kind === kind);
    if (of.length === 0) return [];
    const more = of.length - SHOWN;
    const where = hasFile ? 'see the file of --out' : '--out FILE writes all of them';
    return [
      [
        `${TITLES[kind]}: ${of.length.toLocaleString('en')}`,
        ...of.slice(0, SHOWN).map((problem) => `  ${problemText(problem)}`),
        ...(more > 0 ? [`  and ${more.toLocaleString('en')} more; ${where}`] : []),
      ].join('\n'),
    ];
  });
  return blocks.join('\n\n');
}

function problemText({ line, otherLines, key, says }: RosterProblem): string {
  const shown = [line, ...otherLines].slice(0, NAMED).join(', ');
  const more = otherLines.length + 1 - NAMED;
  const lines =
    otherLines.length === 0 ? `line ${line}` : `lines ${shown}${more > 0 ? ` and ${more} more` : ''}`;
  return `${lines}${key === '' ? '' : ` (${clean(key)})`}: ${clean(says)}`;
}

/** What to do about words that nobody mapped; undefined where all are known. */
export function wordsText(
  words: readonly { readonly word: string; readonly rows: number }[],
): string | undefined {
  if (words.length === 0) return undefined;
  const named = words
    .slice(0, NAMED)
    .map(
      ({ word, rows }) => `${word === '' ? 'an empty status' : `"${clean(word)}"`} (${counted(rows, 'row')})`,
    );
  const more = words.length > NAMED ? ` and ${words.length - NAMED} more` : '';
  return (
    `The policy does not know ${named.join(', ')}${more}. Add each word to roster.statuses.active, ` +
    'roster.statuses.left or roster.statuses.onLeave and import the file again.'
  );
}

/** All problems, for a spreadsheet. */
export function problemsCsv(problems: readonly RosterProblem[], form: CsvForm): Iterable<string> {
  return csv(
    ['line', 'otherLines', 'problem', 'key', 'says'],
    problems.map(({ line, otherLines, kind, key, says }) => [line, otherLines.join(';'), kind, key, says]),
    form,
  );
}
