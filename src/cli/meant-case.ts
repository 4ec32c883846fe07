import type { Case } from '../cases/case.js';
import { findCase, type CaseMatch } from '../cases/find-case.js';
import { caseMeantBy, type Wanted } from '../cases/meant-case.js';
import { meaningOf } from '../cases/state-meanings.js';
import { WrongUse } from './exit.js';
import { scenarioName } from './scenario-name.js';
import { clean } from './terminal.js';

/**
 * The case in which a text wants something done.
 * @throws WrongUse where several cases of the person fit: which one is not guessed
 */
export function meantCase(cases: readonly Case[], text: string, wanted: Wanted): CaseMatch {
  const person = findCase(cases, text);
  if (person.kind !== 'one') return person;
  const meant = caseMeantBy(text, person.case.userId, cases, wanted);
  if (meant.kind === 'several') throw new WrongUse(severalText(meant.cases, text));
  return meant;
}

function severalText(cases: readonly Case[], text: string): string {
  const lines = cases.map(
    ({ caseId, state, scenario, licenses }) =>
      `  ${caseId}  ${scenarioName(scenario)}, ${meaningOf(state)}: ${licenses.map(({ name }) => clean(name)).join('; ')}`,
  );
  return [
    `"${clean(text)}" fits ${cases.length} cases; give the id of the one that is meant:`,
    ...lines,
  ].join('\n');
}
