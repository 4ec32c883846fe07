import { readRosterFile, type RosterFile } from '../../../src/audit/roster/file.js';
import {
  emptyDirectory,
  matchRoster,
  type Directory,
  type RosterMatch,
} from '../../../src/audit/roster/match.js';
import type { DirectoryKey } from '../../../src/graph/graph-door.js';
import { userId } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';

export const STATUSES = policyOf().roster.statuses;

/** The sixth is an admin account of the fifth's owner, so that two accounts share an employee id. */
export const KEYS = [
  key('Ada', 'E1'),
  key('Béla', 'E2'),
  key('Cleo', undefined),
  key('Dana', 'E4'),
  key('Emil', 'E5'),
  key('Emil admin', 'E5'),
] as const satisfies readonly DirectoryKey[];

export function key(name: string, employeeId: string | undefined): DirectoryKey {
  return {
    userId: userId(name),
    userPrincipalName: `${name.toLowerCase().replaceAll(' ', '.')}@harbor.example`,
    employeeId,
  };
}

export function directoryOf(keys: readonly DirectoryKey[] = KEYS): Directory {
  const directory = emptyDirectory();
  directory.add(keys);
  return directory;
}

export function rosterFile(text: string): Extract<RosterFile, { readonly kind: 'roster' }> {
  const file = readRosterFile(Buffer.from(text, 'utf8'), STATUSES);
  if (file.kind === 'unusable') throw new Error(file.why);
  return file;
}

export function matched(text: string, keys: readonly DirectoryKey[] = KEYS): RosterMatch {
  return matchRoster(rosterFile(text), directoryOf(keys));
}

/** The problems in short: kind and lines. */
export function linesOf({ problems }: Pick<RosterMatch, 'problems'>): readonly string[] {
  return problems.map(({ kind, line, otherLines }) => `${kind} ${[line, ...otherLines].join()}`);
}
