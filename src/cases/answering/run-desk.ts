import type { UserId } from '../../audit/person.js';
import { peopleMeant } from '../../graph/people-meant.js';
import { openWhileTyping } from '../../graph/while-typing.js';
import type { Stored } from '../../store/store.js';
import { instant, type Case, type CaseId, type CaseIn, type PersonRef } from '../case.js';
import { readAnswer } from './answer-rules.js';
import type { AnswerOutcome, CardAnswer, Desk, UndoOutcome } from './desk.js';
import type { Doors } from '../doors.js';
import { passOn } from '../asking/run-asking.js';
import { decide } from './run-decide.js';
import { changedSince } from './promise.js';
import { keepCard } from './run-keep-card.js';
import { peopleFor } from './run-people-for.js';
import { digestFor } from '../asking/run-digest.js';
import { answerSealed, findSealed, hrQueue, onceMore, seen } from '../hr/run-hr-desk.js';
import { move } from '../run-move.js';
import { mayAnswer, mayLook, nameOf, readCase, refusalOf, rightsOf } from './run-rights.js';
import { isSealed } from '../hr/sealed.js';
import { remindForAdmin } from '../asking/run-remind.js';
import { sendAgain } from '../asking/run-send-again.js';
import { takenIn } from '../life.js';
import { waiveInChat } from './run-waive.js';
import { object } from '../telling/run-object.js';

/** What people can do with cases, over the store. To be opened once: it remembers whom it has looked up a moment ago. */
export function openDesk(doors: Doors): Desk {
  const whileTyping = openWhileTyping(doors);
  return {
    answer: (request) => onceMore(() => answer(doors, request)),
    peopleFor: (request) => peopleFor(doors, whileTyping, request),
    object: (request) => onceMore(() => object(doors, request)),
    waive: (request) => onceMore(() => waiveInChat(doors, request)),
    remind: (request) => onceMore(() => remindForAdmin(doors, request)),
    undo: (request) => onceMore(() => undo(doors, request)),
    show: (request) => onceMore(() => show(doors, request)),
    keepCard: (request) => onceMore(() => keepCard(doors, request)),
    hrQueue: (by) => hrQueue(doors, by),
    findSealed: (by, text) => findSealed(doors, by, text),
    digest: ({ digestId, by }) => digestFor(doors, digestId, by),
    waitingFor: (userId) => waitingFor(doors, userId),
    sendAgain: async (userId) => sendAgain(doors, userId, await waitingFor(doors, userId)),
  };
}

async function answer(doors: Doors, request: Parameters<Desk['answer']>[0]): Promise<AnswerOutcome> {
  const stored = await readCase(doors, request.caseId);
  if (stored === undefined) return { kind: 'noSuchCase' };
  const c = stored.doc;
  const rights = await rightsOf(doors, c, request.by);
  if (!mayLook(rights)) return { kind: refusalOf(c) };
  if (isSealed(c)) return answerSealed(doors, stored, request);
  const { answer: given } = request;
  // No card but HR's has such a button.
  if (given.kind === 'approve' || given.kind === 'decline') return { kind: 'movedOn', case: c };
  if (!mayAnswer(c, rights) || c.version !== request.version) return { kind: 'movedOn', case: c };

  const changed = await askedChanged(doors, c, request.by);
  if (changed !== undefined && c.state === 'asked') {
    // Whoever the directory names now is asked, from the person upwards.
    await passOn(doors, { doc: c, etag: stored.etag }, changed);
    return { kind: 'movedOn', case: (await readCase(doors, c.caseId))?.doc ?? c };
  }
  const problems = isTaking(given) ? changedSince(c, request.promise, doors.policy) : [];
  if (problems.length > 0) return { kind: 'incomplete', case: c, problems, choices: [] };
  const by = await nameOf(doors, request.by);
  const named = namedIn(given);
  const found = named === '' ? [] : await peopleMeant(doors.graph, named, { bySurname: true });
  const skus = given.kind === 'reassign' ? await doors.graph.skus() : [];
  const rules = { reclaim: doors.policy.reclaim, skus, now: doors.clock.now() };
  const reading = readAnswer(c, given, found, rules);
  const at = instant(doors.clock.now());
  switch (reading.kind) {
    case 'incomplete':
      return { ...reading, case: c };
    case 'keep':
    case 'onLeave': {
      const event = { type: 'kept', decision: { ...reading, by, at } } as const;
      return accepted(await move(doors, stored, event, { actor: by, lease: 'release' }));
    }
    case 'park':
      // Only HR is offered it.
      return { kind: 'movedOn', case: c };
    case 'notMyReport':
    case 'askOther':
      return handOn(doors, { doc: c, etag: stored.etag }, reading, by);
    case 'reclaim':
    case 'reassign':
      return accepted(await decide(doors, stored, { ...reading, by, at }, { actor: by, found }));
    default:
      return reading satisfies never;
  }
}

function isTaking({ kind }: CardAnswer): boolean {
  return kind === 'reclaim' || kind === 'reassign';
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
    const event = { type: 'passedOn', to: reading.person, from: by, why: NAMED, named: true } as const;
    return accepted(await move(doors, stored, event, { actor: by, lease: 'release', details: { why } }));
  }
  if (stored.doc.state !== 'asked') return { kind: 'movedOn', case: stored.doc };
  await passOn(doors, { doc: stored.doc, etag: stored.etag }, NOT_THEIRS, by);
  const moved = await readCase(doors, caseId);
  return moved === undefined ? { kind: 'noSuchCase' } : accepted(moved);
}

const NAMED = 'Somebody else was named to answer.';
const NOT_THEIRS = 'The person asked says that it is not about somebody in their team.';

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

function accepted(stored: Stored<Case>): { kind: 'accepted'; case: Case } {
  return { kind: 'accepted', case: stored.doc };
}

async function undo(doors: Doors, request: { caseId: CaseId; by: UserId }): Promise<UndoOutcome> {
  const stored = await readCase(doors, request.caseId);
  if (stored === undefined) return { kind: 'noSuchCase' };
  const rights = await rightsOf(doors, stored.doc, request.by);
  if (!mayLook(rights)) return { kind: refusalOf(stored.doc) };
  if (!rights.asked && !rights.decides) return { kind: 'nothingToUndo', case: stored.doc };
  const by = await nameOf(doors, request.by);
  const outcome = await askUndo(doors, stored, by);
  if (outcome.kind !== 'nothingToUndo' || !isSealed(stored.doc)) return outcome;
  return { kind: 'nothingToUndo', case: (await seen(doors, stored, by, 'case')).doc };
}

/** Turns a case towards undoing, whoever was allowed to ask for it. */
export async function askUndo(doors: Doors, stored: Stored<Case>, by: PersonRef): Promise<UndoOutcome> {
  if (!takenIn(stored.doc.state).includes('undoAsked')) return { kind: 'nothingToUndo', case: stored.doc };
  return accepted(await move(doors, stored, { type: 'undoAsked', by }, { actor: by, lease: 'release' }));
}

async function show(
  doors: Doors,
  request: { caseId: CaseId; by: UserId; newerThan?: number },
): Promise<Case | 'notYours' | 'noSuchCase' | 'unchanged'> {
  const stored = await readCase(doors, request.caseId);
  if (stored === undefined) return 'noSuchCase';
  const { doc: c } = stored;
  if (!mayLook(await rightsOf(doors, c, request.by))) return refusalOf(c);
  if (request.newerThan !== undefined && c.version <= request.newerThan) return 'unchanged';
  if (!isSealed(c)) return c;
  return (await seen(doors, stored, await nameOf(doors, request.by), 'case')).doc;
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
