import type { Finding } from '../audit/finding.js';
import type { Case } from '../cases/case.js';
import type { Asker, ChatSources } from './answer.js';
import type { PersonMatch } from './read-model.js';

export type Found =
  | { readonly kind: 'case'; readonly case: Case }
  /** In the latest audit, but nobody was asked. */
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'noCase'; readonly displayName: string }
  | { readonly kind: 'several'; readonly names: Extract<PersonMatch, { kind: 'several' }>['names'] }
  /** `mayKnow`: the asker may be told that nobody is called so. */
  | { readonly kind: 'nobody'; readonly who: string; readonly mayKnow: boolean };

/**
 * The case that somebody means by a name. People without a role are told of their own cases only: for all others
 * the outcome is the same as for a name that nobody has.
 */
export async function findCase(who: string, asker: Asker, { readModel, desk }: ChatSources): Promise<Found> {
  const mayKnow = asker.roles.includes('admin');
  const mine = (await desk.waitingFor(asker.userId)).filter((c) => fits(c, who));
  const [only] = mine;
  if (only && mine.length === 1) return { kind: 'case', case: only };
  if (mine.length > 1) return { kind: 'several', names: mine.map((c) => c.subject) };

  const match = await readModel.findPerson(who);
  if (match.kind === 'none' || (match.kind === 'several' && !mayKnow))
    return { kind: 'nobody', who, mayKnow };
  if (match.kind === 'several') return match;
  const known = await readModel.caseOf(match.userId);
  const shown = known ? await desk.show({ caseId: known.caseId, by: asker.userId }) : undefined;
  if (typeof shown === 'object') return { kind: 'case', case: shown };
  if (!mayKnow || shown !== undefined) return { kind: 'nobody', who, mayKnow };
  const finding = (await readModel.inactive()).find((each) => each.person.id === match.userId);
  return finding ? { kind: 'finding', finding } : { kind: 'noCase', displayName: match.displayName };
}

function fits({ subject, userId }: Case, who: string): boolean {
  const wanted = who.toLowerCase();
  const name = subject.displayName.toLowerCase();
  return userId === wanted || subject.userPrincipalName.toLowerCase() === wanted || name.startsWith(wanted);
}
