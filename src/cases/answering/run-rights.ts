import type { Person, UserId } from '../../audit/person.js';
import type { Stored } from '../../store/store.js';
import type { Case, CaseId, CaseIn, PersonRef } from '../case.js';
import type { Doors } from '../doors.js';
import { wasAsked } from '../asking/hops.js';
import { isSealed } from '../hr/sealed.js';

/** What somebody may do with one case; nothing at all: not even see it. */
export interface Rights {
  readonly asked: boolean;
  /** The question went to them before it went on to somebody else: they may see what became of it. */
  readonly wasAsked: boolean;
  /** Admins, and HR where the case is for HR alone. */
  readonly decides: boolean;
}

/** Safety rules 3 and 10: by object id and stored state, never by what a card says. Nobody decides about themself. */
export async function rightsOf(doors: Doors, c: Case, by: UserId): Promise<Rights> {
  if (c.userId === by) return { asked: false, wasAsked: false, decides: false };
  const sealed = isSealed(c);
  const asked = !sealed && whomAsked(c) === by;
  // Roles may have to be read from Graph, which must not keep a manager from answering.
  const before = !sealed && wasAsked(c, by);
  if (asked && c.state !== 'adminReview') return { asked, wasAsked: before, decides: false };
  const roles = await doors.rolesOf(by);
  return { asked, wasAsked: before, decides: roles.includes(sealed ? 'hr' : 'admin') };
}

/** A click can overtake the record of the delivery, so whoever is about to be asked counts as asked. */
function whomAsked(c: Case): UserId | undefined {
  if (c.state === 'opened' || c.state === 'escalated')
    return c.asking.kind === 'ask' ? c.asking.person.id : undefined;
  return 'askedOf' in c ? c.askedOf : undefined;
}

export function mayLook({ asked, wasAsked: before, decides }: Rights): boolean {
  return asked || before || decides;
}

/**
 * A case in which somebody may do what only admins do: never one of HR's, nor one about them. undefined: as if there were
 * none, whatever the reason.
 */
export async function caseForAdmin(
  doors: Doors,
  caseId: CaseId,
  by: UserId,
): Promise<Stored<Case> | undefined> {
  const stored = await readCase(doors, caseId);
  const isTheirs = stored !== undefined && !isSealed(stored.doc) && stored.doc.userId !== by;
  return isTheirs && (await doors.rolesOf(by)).includes('admin') ? stored : undefined;
}

/** A case of HR's lane in which somebody of HR may decide, and never one about them. undefined: as if there were none. */
export async function caseForHr(doors: Doors, caseId: CaseId, by: UserId): Promise<Stored<Case> | undefined> {
  const stored = await readCase(doors, caseId);
  const isTheirs = stored !== undefined && isSealed(stored.doc) && stored.doc.userId !== by;
  return isTheirs && (await doors.rolesOf(by)).includes('hr') ? stored : undefined;
}

/** Whether the question is theirs to answer; those of HR's lane have answers of their own. */
export function mayAnswer(c: Case, { asked, decides }: Rights): c is CaseIn<'asked' | 'adminReview'> {
  return !isSealed(c) && ((c.state === 'asked' && asked) || (c.state === 'adminReview' && decides));
}

/** What somebody is told who may not look: of a sealed case not even that it is there. */
export function refusalOf(c: Case): 'notYours' | 'noSuchCase' {
  return isSealed(c) ? 'noSuchCase' : 'notYours';
}

export async function readCase(
  doors: Pick<Doors, 'store'>,
  caseId: CaseId,
): Promise<Stored<Case> | undefined> {
  const stored = await doors.store.read<Case>('cases', caseId, caseId);
  return stored?.doc.kind === 'case' ? stored : undefined;
}

export async function nameOf(doors: Pick<Doors, 'graph'>, userId: UserId): Promise<PersonRef> {
  const person: Person | undefined = await doors.graph.person(userId);
  return { id: userId, displayName: person?.displayName ?? userId };
}
