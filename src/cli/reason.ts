import { LONGEST_REASON } from '../cases/answering/answer-rules.js';
import type { CommandLine } from './command-line.js';
import { WrongUse } from './exit.js';

/** Why somebody does it. @throws WrongUse, whose message says how it should look */
export function reasonOf({ reason }: Pick<CommandLine, 'reason'>, usage: string): string {
  const text = reason?.trim() ?? '';
  if (text === '') throw new WrongUse(`Say why: it stays in the history.\n${usage}`);
  if (text.length > LONGEST_REASON)
    throw new WrongUse(`--reason is longer than ${LONGEST_REASON} characters: shorten it.`);
  return text;
}
