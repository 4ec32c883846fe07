import { parseDay } from '../../audit/day.js';
import { dayIn } from './dates.js';
import type { AdminRequest } from './request.js';

const AROUND: ReadonlySet<string> = new Set(
  'please pls kindly can could you i want to now hi hello hey the this a file attached'.split(' '),
);
const VERBS: readonly string[] = ['import', 'upload'];

/** "import roster", "import this roster as of 20.11.2026". Said whole; nothing is guessed. @param said in small letters */
export function rosterIn(said: readonly string[]): AdminRequest | undefined {
  const at = said.findIndex((word, index) => word === 'of' && said[index - 1] === 'as');
  const end = at === -1 ? said.length : at - 1;
  const [first, second, ...more] = said.slice(0, end).filter((word) => !AROUND.has(word));
  const isIt = first !== undefined && VERBS.includes(first) && second === 'roster' && more.length === 0;
  if (!isIt) return undefined;
  if (at === -1) return { do: 'importRoster', asOf: undefined };
  const day = dayIn(said.slice(at + 1));
  const asOf = day === undefined ? undefined : parseDay(day);
  return asOf === undefined ? { do: 'rosterUnclear' } : { do: 'importRoster', asOf };
}
