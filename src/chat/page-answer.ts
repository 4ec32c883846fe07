import { personPageCard, personPageSummary } from '../cards/person-page-card.js';
import type { CaseView } from '../cards/case-view.js';
import type { Finding } from '../audit/finding.js';
import { nameKey } from '../audit/name-key.js';
import type { GroupId, UserId } from '../audit/person.js';
import { TERMINAL, type Case, type Instant, type Subject } from '../cases/case.js';
import { isSealed } from '../cases/hr/sealed.js';
import type { Asker, ChatSources, Shown } from './answer.js';
import { findCase, type Found } from './find-case.js';
import { exactNames, type NamedMatch } from '../cases/named.js';
import { notFound } from './not-found.js';
import { ownGroups } from './own-record.js';
import type { PersonPage } from './person-page.js';

/**
 * The page of whom a name means, for an admin. undefined: for everybody else, for a case of HR, and where the name means
 * nobody or several, all of whom get what the case or its absence says.
 */
export async function pageOf(
  found: Found,
  asker: Asker,
  sources: ChatSources,
  view: CaseView,
): Promise<Shown | undefined> {
  if (!asker.roles.includes('admin')) return undefined;
  const about = aboutIn(found);
  if (about === undefined) return undefined;
  const page = await readPage(about, asker, sources, view);
  return { kind: 'card', card: personPageCard(page, view), summary: personPageSummary(page, view) };
}

interface About {
  readonly userId: UserId;
  readonly subject: Subject;
}

function aboutIn(found: Found): About | undefined {
  if (found.kind === 'finding') return { userId: found.finding.person.id, subject: found.finding.person };
  return found.kind === 'case' && !isSealed(found.case) ? found.case : undefined;
}

/** The page of whoever is called so by a name alone: by all of it, its first words, or an address; never by a beginning. */
export async function pageOfName(
  name: string,
  asker: Asker,
  sources: ChatSources,
  view: CaseView,
): Promise<Shown | undefined> {
  if (!asker.roles.includes('admin')) return undefined;
  // What HR has is shown to HR by words that ask for it, and noted as seen.
  const find = (who: string): Promise<Found> =>
    findCase(who, { ...asker, roles: ['admin'] }, sources, 'page');
  const found = await find(name);
  if (found.kind === 'several') {
    const names = found.names.filter((each) => isCalled(each, name));
    const [only] = names;
    if (names.length > 1) return notFound({ kind: 'several', names }, view, 'person');
    return only && pageOf(await find(only.userId), asker, sources, view);
  }
  const about = aboutIn(found);
  return about !== undefined && isCalled({ ...about.subject, userId: about.userId }, name)
    ? pageOf(found, asker, sources, view)
    : undefined;
}

/** By all of a name, or by its first words; a mail address that is no user principal name is looked up whole. */
function isCalled(person: NamedMatch, name: string): boolean {
  const wanted = nameKey(name);
  return (
    exactNames(person).includes(wanted) ||
    nameKey(person.displayName).startsWith(`${wanted} `) ||
    wanted.includes('@')
  );
}

async function readPage(
  { userId, subject }: About,
  asker: Asker,
  sources: ChatSources,
  view: CaseView,
): Promise<PersonPage> {
  const { readModel } = sources;
  const cases = await casesFor(userId, asker, sources);
  const shown = cases.find((c) => !TERMINAL.some((over) => over === c.state)) ?? cases[0];
  const [audit, finding, protection] = await Promise.all([
    readModel.latestAudit(),
    readModel.findingOf(userId),
    readModel.protectionOf(userId),
  ]);
  const asked = shown && whomAsked(shown);
  return {
    userId,
    subject: finding?.person ?? subject,
    auditedAt: audit?.run.finishedAt as Instant | undefined,
    finding,
    groupNames: await readModel.groupNames(groupsOf(finding, shown)),
    case: shown,
    otherCases: Math.max(0, cases.length - 1),
    askedOf: asked === undefined ? undefined : (asked.name ?? (await readModel.nameOf(asked.userId))),
    history: shown === undefined ? [] : await readModel.historyOf(shown.caseId, view, asker.userId),
    protection,
    isReaders: userId === asker.userId,
    isAskedOfReader: asked?.userId === asker.userId,
  };
}

/** The person's cases that the desk shows to the asker, newest first; HR's and erased ones are not among them. */
async function casesFor(
  userId: UserId,
  asker: Asker,
  { readModel, desk }: ChatSources,
): Promise<readonly Case[]> {
  const shown: Case[] = [];
  for (const c of await readModel.casesOf(userId)) {
    if (isSealed(c) || c.erasedAt !== undefined) continue;
    const seen = await desk.show({ caseId: c.caseId, by: asker.userId });
    if (typeof seen === 'object') shown.push(seen);
  }
  return shown;
}

function groupsOf(finding: Finding | undefined, c: Case | undefined): readonly GroupId[] {
  if (finding !== undefined) return ownGroups(finding);
  return [...new Set((c?.licenses ?? []).flatMap(({ groupIds }) => groupIds))];
}

/** Who has the question, or is to get it, with their name where the case has it. */
function whomAsked(c: Case): { readonly userId: UserId; readonly name: string | undefined } | undefined {
  if (c.state === 'opened' || c.state === 'escalated')
    return c.asking.kind === 'ask'
      ? { userId: c.asking.person.id, name: c.asking.person.displayName }
      : undefined;
  if (c.state !== 'asked') return undefined;
  return { userId: c.askedOf, name: c.manager?.id === c.askedOf ? c.manager.displayName : undefined };
}
