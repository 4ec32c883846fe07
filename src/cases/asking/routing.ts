import type { Finding } from '../../audit/finding.js';
import { listOf } from '../../audit/findings.js';
import type { UserId } from '../../audit/person.js';
import { isIdle } from '../../audit/licenses/unused.js';
import type { Asking } from '../case.js';

/** Who gets a question in the end; the admins, where nobody can be asked. */
export type Routed = Exclude<Asking, { kind: 'next' }>;

/** For the history: why a question goes on before anybody was asked. */
export const CANNOT_BE_ASKED = 'The person named to answer cannot be asked now.';

/** Whom to ask about a finding; whether they can be asked at that moment is looked at when they are. Pure. */
export function whomToAsk({ manager, person }: Finding): Asking {
  if (manager === 'none') return { kind: 'next', why: 'The directory names no manager.' };
  if ('unknown' in manager) return { kind: 'next', why: 'The manager could not be read from the directory.' };
  if (manager.id === person.id)
    return { kind: 'next', why: 'The directory names the person as their own manager.' };
  return { kind: 'ask', person: { id: manager.id, displayName: manager.displayName } };
}

/**
 * Whom the audit found idle or gone. Somebody active with one unused license can answer. People whom only HR may see
 * are left out: that their reports go to the admins would tell who of them is away, so they are asked like anybody.
 */
export function awayPeople(findings: readonly Finding[]): ReadonlySet<UserId> {
  const away = findings.filter(
    (finding) =>
      listOf(finding) !== 'hr' &&
      finding.scenario !== undefined &&
      (finding.scenario === 'leftCompany' || isIdle(finding.verdict)),
  );
  return new Set(away.map(({ person }) => person.id));
}
