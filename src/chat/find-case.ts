import { nameKey } from '../audit/name-key.js';
import { isObjectId } from '../audit/object-id.js';
import type { Finding } from '../audit/finding.js';
import type { Case } from '../cases/case.js';
import type { CaseMatch } from '../cases/find-case.js';
import { takenIn } from '../cases/life.js';
import { caseCalled, caseMeant, type Wanted } from '../cases/meant-case.js';
import type { Asker, ChatSources } from './answer.js';
import { namedIn, type NamedMatch } from '../cases/named.js';
import type { PersonMatch } from './read-model.js';

export type Found =
  | { readonly kind: 'case'; readonly case: Case }
  /** In each of these cases of one person it could be done. */
  | { readonly kind: 'severalCases'; readonly cases: readonly Case[] }
  /** In the latest audit, but nobody was asked. */
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'noCase'; readonly displayName: string }
  | { readonly kind: 'several'; readonly names: readonly NamedMatch[] }
  /** `mayKnow`: the asker may be told that nobody is called so. */
  | { readonly kind: 'nobody'; readonly who: string; readonly mayKnow: boolean };

/**
 * The case that somebody means by a name. People without a role are told of their own cases only: for all others
 * the outcome is the same as for a name that nobody has. HR's own cases come to HR alone.
 * @param wanted what is to be done in it; absent: it is to be shown, and the newest that the asker may see is meant;
 * `page`: all about the person is, so that to admins whoever has a case is no likelier to be meant than others
 */
export async function findCase(
  who: string,
  asker: Asker,
  sources: ChatSources,
  wanted?: Wanted | 'page',
): Promise<Found> {
  const { readModel, desk } = sources;
  const mayKnow = asker.roles.includes('admin');
  if (wanted === 'page')
    return mayKnow ? anybody(who, asker, sources, 'everybody') : findCase(who, asker, sources);
  const mine = (await desk.waitingFor(asker.userId)).filter((c) => fits(c, who));
  const [only] = mine;
  if (only && mine.length === 1) {
    if (wanted === undefined) return { kind: 'case', case: only };
    const theirs = await readModel.casesOf(only.userId);
    return (await meantAmong(theirs, who, asker, sources, wanted)) ?? { kind: 'case', case: only };
  }
  if (mine.length > 1) return { kind: 'several', names: mine.map(namedIn) };
  return anybody(who, asker, sources, 'cases', wanted);
}

/** Among all that the asker may see, whether they have to do with it or not. */
async function anybody(
  who: string,
  asker: Asker,
  sources: ChatSources,
  among: 'cases' | 'everybody',
  wanted?: Wanted,
): Promise<Found> {
  const { readModel, desk } = sources;
  const mayKnow = asker.roles.includes('admin');
  const match = await readModel.findPerson(who, among, asker.userId);
  const sealed = asker.roles.includes('hr') ? await desk.findSealed(asker.userId, who) : NONE;
  if (sealed.kind !== 'none') return inLane(sealed, mayKnow ? match : NONE, asker, sources);
  if (match.kind === 'none' || (match.kind === 'several' && !mayKnow))
    return { kind: 'nobody', who, mayKnow };
  if (match.kind === 'several') return match;
  // Nobody learns of a case about themself by what is found, or not, under their own name.
  const known = match.userId === asker.userId ? [] : await readModel.casesOf(match.userId);
  const found = await meantAmong(known, who, asker, sources, wanted);
  if (found !== undefined) return found;
  if (!mayKnow || known.length > 0) return { kind: 'nobody', who, mayKnow };
  const finding = await readModel.findingOf(match.userId);
  return finding ? { kind: 'finding', finding } : { kind: 'noCase', displayName: match.displayName };
}

/**
 * The case in which an admin waives something, or somebody of HR leaves the rest of one of theirs. Whoever is both and could
 * mean either is asked.
 */
export async function caseToWaiveIn(who: string, asker: Asker, sources: ChatSources): Promise<Found> {
  const isOfHr = asker.roles.includes('hr');
  const open = asker.roles.includes('admin')
    ? await findCase(who, { ...asker, roles: ['admin'] }, sources, 'waived')
    : undefined;
  const sealed = isOfHr ? await sources.desk.findSealed(asker.userId, who) : NONE;
  const theirs = subjectsOf(sealed);
  if (open === undefined) return findCase(who, { ...asker, roles: ['hr'] }, sources, 'waived');
  const isOpen = open.kind === 'case' && takenIn(open.case.state).includes('waived');
  const names = isOpen ? [namedIn(open.case)] : namesIn(open);
  if (names.length > 0 && theirs.length > 0) {
    const listed = subjectsOf(await asListed(sealed, asker, sources));
    return { kind: 'several', names: [...names, ...listed] };
  }
  if (isOpen || theirs.length === 0) return open;
  return findCase(who, { ...asker, roles: ['hr'] }, sources, 'waived');
}

/** Who else may be meant, where more than one case is. */
function namesIn(open: Found): readonly NamedMatch[] {
  if (open.kind === 'several') return open.names;
  return open.kind === 'severalCases' ? open.cases.slice(0, 1).map(namedIn) : [];
}

/** Whoever of HR reads in a list whom a case is about has seen it, which is written down before. */
async function asListed(
  sealed: CaseMatch,
  { userId }: Asker,
  { desk }: Pick<ChatSources, 'desk'>,
): Promise<CaseMatch> {
  // Several are written down where they are found.
  if (sealed.kind !== 'one') return sealed;
  const shown = await desk.show({ caseId: sealed.case.caseId, by: userId });
  return typeof shown === 'object' ? { kind: 'one', case: shown } : NONE;
}

function casesOf(match: CaseMatch): readonly Case[] {
  return match.kind === 'several' ? match.cases : match.kind === 'one' ? [match.case] : [];
}

/** Of whom HR has a case in which something can be left. */
function subjectsOf(sealed: CaseMatch): readonly NamedMatch[] {
  return casesOf(sealed)
    .filter(({ state }) => takenIn(state).includes('waived'))
    .map(namedIn);
}

/** Among the cases of one person that the desk shows to the asker; undefined: it shows none. */
async function meantAmong(
  cases: readonly Case[],
  who: string,
  asker: Asker,
  { desk }: ChatSources,
  wanted: Wanted | undefined,
): Promise<Found | undefined> {
  const shown: Case[] = [];
  for (const { caseId } of cases) {
    const c = await desk.show({ caseId, by: asker.userId });
    if (typeof c === 'object') shown.push(c);
  }
  const [newest] = shown;
  const named = caseCalled(who, shown);
  if (named !== undefined || newest === undefined) return named && { kind: 'case', case: named };
  const meant = wanted === undefined ? undefined : caseMeant(shown, wanted);
  if (meant?.kind === 'several') return { kind: 'severalCases', cases: meant.cases };
  return { kind: 'case', case: meant?.kind === 'one' ? meant.case : newest };
}

const NONE = { kind: 'none' } as const;

/** What HR means; where an admin who is of HR could mean somebody else as well, it is not guessed. */
async function inLane(
  sealed: Exclude<CaseMatch, { kind: 'none' }>,
  other: PersonMatch,
  asker: Asker,
  sources: ChatSources,
): Promise<Found> {
  const isSame = other.kind === 'one' && casesOf(sealed).some((c) => c.userId === other.userId);
  const others = other.kind === 'several' ? other.names : other.kind === 'one' && !isSame ? [other] : [];
  const seen = await asListed(sealed, asker, sources);
  if (sealed.kind === 'several' || others.length > 0)
    return { kind: 'several', names: [...casesOf(seen).map(namedIn), ...others] };
  return seen.kind === 'one'
    ? { kind: 'case', case: seen.case }
    : { kind: 'nobody', who: sealed.case.subject.displayName, mayKnow: false };
}

function fits({ subject, userId }: Case, who: string): boolean {
  const wanted = nameKey(who);
  if (isObjectId(wanted)) return userId === wanted;
  return nameKey(subject.userPrincipalName) === wanted || nameKey(subject.displayName).startsWith(wanted);
}
