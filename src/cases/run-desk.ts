import { planSteps } from '../actions/plan.js';
import type { Person, UserId } from '../audit/person.js';
import { ChangedMeanwhile, type Stored } from '../store/store.js';
import { instant, type Case, type CaseId, type CaseIn, type Decision, type PersonRef } from './case.js';
import { readAnswer } from './answer-rules.js';
import type { AnswerOutcome, CardAnswer, Desk, UndoOutcome } from './desk.js';
import type { Doors } from './doors.js';
import { passOn } from './run-asking.js';
import { digestFor } from './run-digest.js';
import { move } from './run-move.js';
import { wasAsked } from './run-routing.js';
import { sendAgain } from './run-send-again.js';
import { takenIn } from './life.js';

/** What people can do with cases, over the store. */
export function openDesk(doors: Doors): Desk {
  return {
    answer: (request) => onceMore(() => answer(doors, request)),
    undo: (request) => onceMore(() => undo(doors, request)),
    show: (request) => show(doors, request),
    digest: ({ digestId, by }) => digestFor(doors, digestId, by),
    waitingFor: (userId) => waitingFor(doors, userId),
    sendAgain: async (userId) => sendAgain(doors, userId, await waitingFor(doors, userId)),
  };
}

/** Somebody else wrote at the same moment: look again and decide anew. */
async function onceMore<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile) || tries >= 5) throw error;
    }
  }
}

async function answer(
  doors: Doors,
  request: { caseId: CaseId; version: number; by: UserId; answer: CardAnswer },
): Promise<AnswerOutcome> {
  const stored = await readCase(doors, request.caseId);
  if (stored === undefined) return { kind: 'noSuchCase' };
  const c = stored.doc;
  const rights = await rightsOf(doors, c, request.by);
  if (!mayLook(rights)) return { kind: 'notYours' };
  if (!mayAnswer(c, rights) || c.version !== request.version) return { kind: 'movedOn', case: c };

  const changed = await askedChanged(doors, c, request.by);
  if (changed !== undefined && c.state === 'asked') {
    // Whoever the directory names now is asked, from the person upwards.
    await passOn(doors, { doc: c, etag: stored.etag }, changed);
    return { kind: 'movedOn', case: (await readCase(doors, c.caseId))?.doc ?? c };
  }
  const by = await nameOf(doors, request.by);
  const found = await lookUp(doors, namedIn(request.answer));
  const reading = readAnswer(c, request.answer, found, doors.clock.now());
  const at = instant(doors.clock.now());
  switch (reading.kind) {
    case 'incomplete':
      return { ...reading, case: c };
    case 'keep':
    case 'onLeave': {
      const event = { type: 'kept', decision: { ...reading, by, at } } as const;
      return accepted(await move(doors, stored, event, { actor: by, lease: 'release' }));
    }
    case 'notMyReport':
    case 'askOther':
      return handOn(doors, { doc: c, etag: stored.etag }, reading, by);
    case 'reclaim':
    case 'reassign':
      return decide(doors, stored, { ...reading, by, at });
    default:
      return reading satisfies never;
  }
}

/** The name of somebody that an answer has to have looked up. */
function namedIn(answer: CardAnswer): string {
  if (answer.kind === 'reassign') return answer.receiver.trim();
  return answer.kind === 'askOther' ? answer.person.trim() : '';
}

/** The question goes on: to whom the person asked has named, or to the next manager. */
async function handOn(
  doors: Doors,
  stored: Stored<CaseIn<'asked' | 'adminReview'>>,
  reading: { readonly kind: 'notMyReport' } | { readonly kind: 'askOther'; readonly person: PersonRef },
  by: PersonRef,
): Promise<AnswerOutcome> {
  const { caseId } = stored.doc;
  if (reading.kind === 'askOther') {
    const why = `${by.displayName} named somebody else to answer.`;
    const from = stored.doc.state === 'asked' ? by : undefined;
    const event = { type: 'passedOn', to: reading.person, from, why: NAMED } as const;
    return accepted(await move(doors, stored, event, { actor: by, lease: 'release', details: { why } }));
  }
  if (stored.doc.state !== 'asked') return { kind: 'movedOn', case: stored.doc };
  await passOn(doors, { doc: stored.doc, etag: stored.etag }, NOT_THEIRS, by);
  const moved = await readCase(doors, caseId);
  return moved === undefined ? { kind: 'noSuchCase' } : accepted(moved);
}

const NAMED = 'Somebody else was named to answer.';
const NOT_THEIRS = 'The person asked says that it is not about somebody in their team.';

async function decide(
  doors: Doors,
  stored: Stored<Case>,
  decision: Extract<Decision, { kind: 'reclaim' | 'reassign' }>,
): Promise<AnswerOutcome> {
  const c = stored.doc;
  const { by } = decision;
  const plan = planSteps(c, decision, doors.policy);
  const steps = plan.kind === 'steps' ? plan.steps : [];
  const decided = await move(
    doors,
    stored,
    { type: 'decided', decision, steps, actsFrom: plan.actsFrom },
    { actor: by, lease: 'release' },
  );
  if (plan.kind === 'steps') return accepted(decided);
  return accepted(
    await move(
      doors,
      decided,
      { type: 'personNeeded', task: plan.task },
      { actor: 'system', lease: 'release' },
    ),
  );
}

/**
 * Safety rule 5: whether whoever was asked can be asked still, and is still the manager where that was why. Only then does
 * their answer count.
 */
async function askedChanged(doors: Doors, c: Case, by: UserId): Promise<string | undefined> {
  if (c.state !== 'asked' || c.askedOf !== by) return undefined;
  if (c.manager?.id !== by) {
    const person = await doors.graph.person(by);
    return person?.accountEnabled === true
      ? undefined
      : 'The account of whoever was asked was disabled since the question was asked.';
  }
  const manager = (await doors.graph.managersOf([c.userId])).get(c.userId) ?? 'none';
  if (manager === 'none' || manager.id !== by) return 'The manager has changed since the question was asked.';
  return manager.accountEnabled
    ? undefined
    : 'The manager’s account was disabled since the question was asked.';
}

/** People whom a receiver as typed can mean: an id or address is exact, anything else the start of a name. */
async function lookUp(doors: Doors, typed: string): Promise<readonly Person[]> {
  if (typed === '') return [];
  const exact = /@|^[0-9a-f-]{36}$/i.test(typed) ? await doors.graph.person(typed) : undefined;
  return exact === undefined ? doors.graph.findPeople(typed, 10) : [exact];
}

function accepted(stored: Stored<Case>): { kind: 'accepted'; case: Case } {
  return { kind: 'accepted', case: stored.doc };
}

async function undo(doors: Doors, request: { caseId: CaseId; by: UserId }): Promise<UndoOutcome> {
  const stored = await readCase(doors, request.caseId);
  if (stored === undefined) return { kind: 'noSuchCase' };
  const rights = await rightsOf(doors, stored.doc, request.by);
  if (!mayLook(rights)) return { kind: 'notYours' };
  if (!rights.asked && !rights.decides) return { kind: 'nothingToUndo', case: stored.doc };
  return askUndo(doors, stored, await nameOf(doors, request.by));
}

/** Turns a case towards undoing, whoever was allowed to ask for it. */
export async function askUndo(doors: Doors, stored: Stored<Case>, by: PersonRef): Promise<UndoOutcome> {
  if (!takenIn(stored.doc.state).includes('undoAsked')) return { kind: 'nothingToUndo', case: stored.doc };
  return accepted(await move(doors, stored, { type: 'undoAsked', by }, { actor: by, lease: 'release' }));
}

async function show(
  doors: Doors,
  request: { caseId: CaseId; by: UserId },
): Promise<Case | 'notYours' | 'noSuchCase'> {
  const stored = await readCase(doors, request.caseId);
  if (stored === undefined) return 'noSuchCase';
  return mayLook(await rightsOf(doors, stored.doc, request.by)) ? stored.doc : 'notYours';
}

async function waitingFor(doors: Doors, userId: UserId): Promise<readonly Case[]> {
  const cases: CaseIn<'asked'>[] = [];
  const query = {
    container: 'cases',
    where: [
      { field: 'kind', is: '=', value: 'case' },
      { field: 'state', is: '=', value: 'asked' },
      { field: 'askedOf', is: '=', value: userId },
    ],
  } as const;
  for await (const { doc } of doors.store.query<CaseIn<'asked'>>(query)) {
    if (!isSealed(doc)) cases.push(doc);
  }
  return cases.sort((a, b) => (a.askedAt < b.askedAt ? -1 : 1));
}

async function readCase(doors: Doors, caseId: CaseId): Promise<Stored<Case> | undefined> {
  const stored = await doors.store.read<Case>('cases', caseId, caseId);
  return stored?.doc.kind === 'case' ? stored : undefined;
}

/** What somebody may do with one case; nothing at all: not even see it. */
interface Rights {
  readonly asked: boolean;
  /** The question went to them before it went on to somebody else: they may see what became of it. */
  readonly wasAsked: boolean;
  /** Admins, and HR where the case is for HR alone. */
  readonly decides: boolean;
}

/** Safety rules 3 and 10: by object id and stored state, never by what a card says. Nobody decides about themself. */
async function rightsOf(doors: Doors, c: Case, by: UserId): Promise<Rights> {
  if (c.userId === by) return { asked: false, wasAsked: false, decides: false };
  const sealed = isSealed(c);
  const asked = !sealed && whomAsked(c) === by;
  // Roles may have to be read from Graph, which must not keep a manager from answering.
  const before = !sealed && wasAsked(c, by);
  if (asked && c.state !== 'adminReview') return { asked, wasAsked: before, decides: false };
  const roles = await doors.rolesOf(by);
  return { asked, wasAsked: before, decides: roles.includes(sealed ? 'hr' : 'admin') };
}

/** For HR's eyes alone. */
function isSealed(c: Case): boolean {
  return c.state === 'hrReview' || c.protections.some((kind) => kind === 'executive' || kind === 'onLeave');
}

/** A click can overtake the record of the delivery, so whoever is about to be asked counts as asked. */
function whomAsked(c: Case): UserId | undefined {
  if (c.state === 'opened' || c.state === 'escalated')
    return c.asking.kind === 'ask' ? c.asking.person.id : undefined;
  return 'askedOf' in c ? c.askedOf : undefined;
}

function mayLook({ asked, wasAsked: before, decides }: Rights): boolean {
  return asked || before || decides;
}

function mayAnswer(c: Case, { asked, decides }: Rights): c is CaseIn<'asked' | 'adminReview'> {
  return (c.state === 'asked' && asked) || (c.state === 'adminReview' && decides);
}

async function nameOf(doors: Doors, userId: UserId): Promise<PersonRef> {
  const person: Person | undefined = await doors.graph.person(userId);
  return { id: userId, displayName: person?.displayName ?? userId };
}
