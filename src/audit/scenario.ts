import type { Verdict } from './evidence.js';
import type { Scenario } from './finding.js';
import type { Person } from './person.js';

/**
 * Why a person is a candidate; undefined when they are none. An account that was disabled yesterday is not idle yet:
 * disabled is not departed (leave, a suspension), so `disabledButLicensed` needs proven idleness as well.
 */
export function scenarioOf(person: Pick<Person, 'accountEnabled'>, verdict: Verdict): Scenario | undefined {
  if (verdict.kind !== 'inactive' && verdict.kind !== 'neverUsed') return undefined;
  if (!person.accountEnabled) return 'disabledButLicensed';
  return verdict.kind === 'neverUsed' ? 'neverSignedIn' : 'inactive';
}
