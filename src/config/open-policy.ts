import path from 'node:path';
import { readPeopleFile, type PeopleKeys } from '../audit/scope/people.js';
import { readPolicy, type Policy } from './policy.js';
import type { Settings } from './settings.js';
import { bytesOf, textOf } from './text-file.js';
import { WrongConfiguration } from './wrong-configuration.js';

/** A list with the wrong column is wrong in every line. */
const SHOWN_ERRORS = 20;

/**
 * Reads the policy file. Without one, and without POLICY_FILE naming one, the defaults hold: observe only.
 * @throws WrongConfiguration
 */
export function openPolicy(
  settings: Pick<Settings, 'policyFile' | 'policyFileGiven' | 'loopbackGraph'>,
): Policy {
  const { policyFile, policyFileGiven, loopbackGraph } = settings;
  const text = textOf(policyFile);
  if (text === undefined && policyFileGiven) {
    throw new WrongConfiguration('Settings', [
      `POLICY_FILE is ${policyFile}, but there is no such file: write it, or correct the path.`,
    ]);
  }
  const reading = readPolicy(text ?? '', { loopbackGraph });
  if (reading.kind === 'errors') throw new WrongConfiguration(`Policy ${policyFile}`, reading.errors);
  const { people } = reading.policy.scope;
  if (people === undefined) return reading.policy;
  const file = path.resolve(path.dirname(policyFile), people);
  const peopleKeys = keysOfFile(file, `Policy ${policyFile}`, `scope.people: ${file}`);
  return { ...reading.policy, scope: { ...reading.policy.scope, peopleKeys } };
}

/**
 * Reads a CSV file of people with a column ObjectId or UserPrincipalName: the keys of everybody in it.
 * @throws WrongConfiguration, with the line of every row that names nobody
 */
export function peopleScopeFromFile(file: string): PeopleKeys {
  return keysOfFile(file, 'List of people', file);
}

/** The policy with the people of another list in scope than those of its own. */
export function withPeople(policy: Policy, file: string): Policy {
  return { ...policy, scope: { ...policy.scope, people: file, peopleKeys: peopleScopeFromFile(file) } };
}

function keysOfFile(file: string, where: string, subject: string): PeopleKeys {
  const bytes = bytesOf(file);
  if (bytes === undefined)
    throw new WrongConfiguration(where, [`${subject} is not there: correct the path.`]);
  const read = readPeopleFile(bytes);
  if (read.kind === 'people') return read.keys;
  const shown = read.errors
    .slice(0, SHOWN_ERRORS)
    .map(({ line, says }) =>
      line === undefined ? `${subject} ${says}.` : `${subject}, line ${line}: ${says}.`,
    );
  const more = read.errors.length - shown.length;
  throw new WrongConfiguration(
    where,
    more > 0 ? [...shown, `${subject} has ${more} more lines in which something is wrong.`] : shown,
  );
}
