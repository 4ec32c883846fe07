import { isoDay } from '../day.js';
import type { RosterDoubt, RosterFact } from './roster.js';

/** What can be wrong with rows of a user source; `TITLES` says it, and what follows, in words. */
export type RosterProblemKind = (typeof PROBLEM_KINDS)[number];

export const PROBLEM_KINDS = [
  'unreadable',
  'unmatched',
  'sharedKey',
  'keysDisagree',
  'contradictory',
  'unknownStatus',
  'leaveRejected',
  'duplicate',
] as const;

/** About one row, or about several that name the same person. */
export interface RosterProblem {
  readonly kind: RosterProblemKind;
  readonly line: number;
  /** The other rows about the same person, in the order of the file. */
  readonly otherLines: readonly number[];
  /** By which the row names somebody; for the operator's eyes, never for a log. */
  readonly key: string;
  readonly says: string;
}

export const TITLES: Readonly<Record<RosterProblemKind, string>> = {
  unreadable: 'Cannot be read and are left out',
  unmatched: 'Name nobody in the directory',
  sharedKey: 'Name more than one account and count for none',
  keysDisagree: 'Have keys of different people, who become unknown',
  contradictory: 'Contradict each other, so the person becomes unknown, or counts as on leave if one says so',
  unknownStatus: 'Have a status that the policy does not know, so the person becomes unknown',
  leaveRejected: 'Have leave dates that cannot be read; the person counts as on leave or unknown',
  duplicate: 'Say the same about a person again, which is harmless',
};

/** For the eyes of people who must not learn of a leave: neither the word of a status nor a date is told. */
const DOUBTS: Readonly<Record<RosterDoubt, string>> = {
  keysDisagree: 'a row about the person has keys of different people',
  contradictory: 'rows about the person contradict each other',
  unknownStatus: 'the policy does not know the status in the row',
  leaveRejected: 'a cell of the row cannot be read',
  directory: 'it contradicts the dates of the directory',
  hiredAgain: 'its dates tell of a last day at work and of a later hiring',
};

/** Why the state of a person is not known; undefined when no source says anything that cannot be understood. */
export function doubtText(fact: RosterFact | undefined): string | undefined {
  if (fact?.status !== 'unknown') return undefined;
  const source = fact.doubt === 'hiredAgain' ? 'directory' : `user source of ${isoDay(fact.asOf)}`;
  return `${source}: ${fact.doubt === undefined ? 'what it says is not clear' : DOUBTS[fact.doubt]}`;
}
