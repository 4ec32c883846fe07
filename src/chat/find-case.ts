import type { Finding } from '../audit/finding.js';
import type { Case } from '../cases/case.js';
import type { CaseMatch } from '../cases/find-case.js';
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
 * the outcome is the same as for a name that nobody has. HR's own cases come to HR alone.
 */
export async function findCase(who: string, asker: Asker, sources: ChatSources): Promise<Found> {
  const { readModel, desk } = sources;
  const mayKnow = asker.roles.includes('admin');
  const mine = (await desk.waitingFor(asker.userId)).filter((c) => fits(c, who));
  const [only] = mine;
  if (only && mine.length === 1) return { kind: 'case', case: only };
  if (mine.length > 1) return { kind: 'several', names: mine.map((c) => c.subject) };

  const match = await readModel.findPerson(who);
  const sealed = asker.roles.includes('hr') ? await desk.findSealed(asker.userId, who) : NONE;
  if (sealed.kind !== 'none') return inLane(sealed, mayKnow ? match : NONE, asker, sources);
  if (match.kind === 'none' || (match.kind === 'several' && !mayKnow))
    return { kind: 'nobody', who, mayKnow };
  if (match.kind === 'several') return match;
  const known = await readModel.caseOf(match.userId);
  const shown = known ? await desk.show({ caseId: known.caseId, by: asker.userId }) : undefined;
  if (typeof shown === 'object') return { kind: 'case', case: shown };
  if (!mayKnow || shown !== undefined) return { kind: 'nobody', who, mayKnow };
  const finding = await readModel.findingOf(match.userId);
  return finding ? { kind: 'finding', finding } : { kind: 'noCase', displayName: match.displayName };
}

const NONE = { kind: 'none' } as const;

/** What HR means; where an admin who is of HR could mean somebody else as well, it is not guessed. */
async function inLane(
  sealed: Exclude<CaseMatch, { kind: 'none' }>,
  other: PersonMatch,
  { userId }: Asker,
  { desk }: ChatSources,
): Promise<Found> {
  const cases = sealed.kind === 'several' ? sealed.cases : [sealed.case];
  const isSame = other.kind === 'one' && cases.some((c) => c.userId === other.userId);
  const others = other.kind === 'several' ? other.names : other.kind === 'one' && !isSame ? [other] : [];
  if (sealed.kind === 'several' || others.length > 0)
    return { kind: 'several', names: [...cases.map(({ subject }) => subject), ...others] };
  const shown = await desk.show({ caseId: sealed.case.caseId, by: userId });
  return typeof shown === 'object'
    ? { kind: 'case', case: shown }
    : { kind: 'nobody', who: sealed.case.subject.displayName, mayKnow: false };
}

function fits({ subject, userId }: Case, who: string): boolean {
  const wanted = who.toLowerCase();
  const name = subject.displayName.toLowerCase();
  return userId === wanted || subject.userPrincipalName.toLowerCase() === wanted || name.startsWith(wanted);
}
