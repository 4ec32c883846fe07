import { daysText } from '../cards/dates.js';
import type { ChatRequest } from './request.js';

const ONE_WORD: readonly string[] = ['whatif', 'what-if', 'threshold', 'thresholds', 'backtest', 'back-test'];
/** Words that may stand around the question without making it one about something else. */
const AROUND: ReadonlySet<string> = new Set([
  ...ONE_WORD,
  ...'what if the a an please pls test try other show me for we i it were was used use days day and or at'.split(
    ' ',
  ),
]);
/** What is proposed where no days are said. */
const EXAMPLE: readonly number[] = [60, 90, 120];

/** Does somebody ask what would be, rather than for something to be done? */
export function isWhatIf(said: readonly string[]): boolean {
  return said.some((word, index) => ONE_WORD.includes(word) || (word === 'what' && said[index + 1] === 'if'));
}

/** "what if 60, 90 and 120 days", "whatif 60/90", "thresholds": the question for other thresholds. */
export function whatIfIn(said: readonly string[]): ChatRequest | undefined {
  if (!isWhatIf(said)) return undefined;
  const days = daysIn(said);
  return days.length > 0 || said.every((word) => AROUND.has(word)) ? { kind: 'whatIf', days } : undefined;
}

/** The question as it was perhaps meant, when it has a typing error. */
export function whatIfMeant(
  said: readonly string[],
  isClose: (word: string, wanted: string) => boolean,
): string | undefined {
  const isMeant = said.some(
    (word, index) => isClose(word, 'threshold') || isClose(`${word}${said[index + 1] ?? ''}`, 'whatif'),
  );
  if (!isMeant) return undefined;
  const days = daysIn(said);
  return `what if ${daysText(days.length > 0 ? days : EXAMPLE)}`;
}

/** Whole numbers, also as `60d`, `60-day` and `60,90`. */
function daysIn(said: readonly string[]): readonly number[] {
  return said
    .flatMap((word) => word.split(/[,;/&+]/u))
    .flatMap((word) => {
      const [, digits] = /^(\d{1,6})(?:-?d(?:ays?)?)?$/u.exec(word) ?? [];
      return digits === undefined ? [] : [Number(digits)];
    })
    .slice(0, 20);
}
