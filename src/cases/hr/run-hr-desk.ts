import { planSteps } from '../../actions/plan.js';
import type { UserId } from '../../audit/person.js';
import type { Policy } from '../../config/policy.js';
import { ChangedMeanwhile, type Stored } from '../../store/store.js';
import { NOTHING_TO_PARK, readAnswer } from '../answering/answer-rules.js';
import { instant, type Case, type CaseIn, type PersonRef } from '../case.js';
import { changedSince } from '../answering/promise.js';
import type { AnswerOutcome, CardAnswer, Desk, HrQueue } from '../answering/desk.js';
import { parkingOf, type Proposal } from '../decision.js';
import type { Doors } from '../doors.js';
import { findCase, type CaseMatch } from '../find-case.js';
import { decide } from '../answering/run-decide.js';
import { everyCase, everyCaseIn } from '../run-all-cases.js';
import { move } from '../run-move.js';
import { note } from '../run-note.js';
import { reviewersOf } from './run-reviewers.js';
import { nameOf, readCase } from '../answering/run-rights.js';
import { alsoProtectedBy, CANNOT_RECLAIM, isSealed } from './sealed.js';

/** Cases of HR's queue that are shown, and so noted as seen, at once. */
const MOST_SHOWN = 15;

/** Where somebody of HR has seen a case. */
type Where = 'list' | 'case' | 'answer';

/** An answer of HR, who was looked up to be so, about a sealed case. */
export async function answerSealed(
  doors: Doors,
  stored: Stored<Case>,
  request: Pick<Parameters<Desk['answer']>[0], 'version' | 'promise' | 'by' | 'answer'>,
): Promise<AnswerOutcome> {
  const { doc: c, etag } = stored;
  const { answer } = request;
  const by = await nameOf(doors, request.by);
  if (c.version === request.version) {
    const isTaking = answer.kind === 'reclaim' || answer.kind === 'park' || answer.kind === 'approve';
    const problems = isTaking ? changedSince(c, request.promise, doors.policy) : [];
    if (problems.length > 0) return refused(doors, stored, by, problems);
    const isSecond = answer.kind === 'approve' || answer.kind === 'decline';
    if (c.state === 'hrReview' && isOfHr(answer)) return first(doors, { doc: c, etag }, answer, by);
    if (c.state === 'hrProposed' && isSecond) return second(doors, { doc: c, etag }, answer.kind, by);
  }
  return { kind: 'movedOn', case: (await seen(doors, stored, by, 'answer')).doc };
}

type OfHr = Extract<CardAnswer, { kind: 'keep' | 'onLeave' | 'park' | 'reclaim' }>;

function isOfHr(answer: CardAnswer): answer is OfHr {
  return ['keep', 'onLeave', 'park', 'reclaim'].includes(answer.kind);
}

async function first(
  doors: Doors,
  stored: Stored<CaseIn<'hrReview'>>,
  answer: OfHr,
  by: PersonRef,
): Promise<AnswerOutcome> {
  const reading = readAnswer(stored.doc, answer, [], {
    reclaim: doors.policy.reclaim,
    parking: doors.policy,
    skus: [],
    now: doors.clock.now(),
  });
  const at = instant(doors.clock.now());
  const actor = { actor: by, lease: 'release' } as const;
  switch (reading.kind) {
    case 'keep':
    case 'onLeave':
      return accepted(await move(doors, stored, { type: 'kept', decision: { ...reading, by, at } }, actor));
    case 'park':
    case 'reclaim': {
      if (alsoProtectedBy(stored.doc).length > 0) return refused(doors, stored, by, [CANNOT_RECLAIM]);
      const decision = { ...reading, by, at };
      const against = againstParking(stored.doc, decision, doors.policy);
      if (against !== undefined) return refused(doors, stored, by, [AT_FIRST[against]]);
      if (await needsSecond(doors, stored.doc.userId, by.id))
        return accepted(await move(doors, stored, { type: 'proposed', decision }, actor));
      return accepted(await decide(doors, stored, decision, { actor: by }));
    }
    case 'incomplete':
      return { ...reading, case: (await seen(doors, stored, by, 'answer')).doc };
    default:
      return { kind: 'movedOn', case: (await seen(doors, stored, by, 'answer')).doc };
  }
}

/** Safety rule 10. @throws GraphFailure when nobody knows whether there is somebody else */
async function needsSecond(doors: Doors, subject: UserId, by: UserId): Promise<boolean> {
  if (doors.policy.approvals.second === 'required') return true;
  return (await reviewersOf(doors, subject)).some(({ id }) => id !== by);
}

async function second(
  doors: Doors,
  stored: Stored<CaseIn<'hrProposed'>>,
  answer: 'approve' | 'decline',
  by: PersonRef,
): Promise<AnswerOutcome> {
  const { proposal } = stored.doc;
  if (answer === 'decline') {
    const event = { type: 'proposalDeclined', by } as const;
    return accepted(await move(doors, stored, event, { actor: by, lease: 'release' }));
  }
  if (proposal.by.id === by.id) return refused(doors, stored, by, [YOURS]);
  if (!(await doors.rolesOf(proposal.by.id)).includes('hr')) return refused(doors, stored, by, [NOT_OF_HR]);
  const at = instant(doors.clock.now());
  const decision = { ...proposal, at, approvedBy: by };
  const against = againstParking(stored.doc, decision, doors.policy);
  if (against !== undefined) return refused(doors, stored, by, [BY_NOW[against]]);
  return accepted(await decide(doors, stored, decision, { actor: by }));
}

/** `tooLate`: the return comes before anything would be parked. `nothing`: no cheaper license can stand in. */
function againstParking(c: Case, decision: Proposal, policy: Policy): 'tooLate' | 'nothing' | undefined {
  if (decision.kind !== 'park') return undefined;
  const plan = planSteps(c, decision, policy);
  if (plan.kind !== 'steps') return 'nothing';
  const times = [plan.actsFrom, ...plan.steps.map(({ notBefore }) => notBefore)];
  return times.some((time) => time >= decision.until) ? 'tooLate' : undefined;
}

const AT_FIRST = {
  tooLate:
    'The person is back before anything would be parked: leave everything as it is (On leave), or choose a later day.',
  nothing: NOTHING_TO_PARK,
} as const;
const BY_NOW = {
  tooLate: 'The person is back before anything would be parked by now: decline it.',
  nothing: 'No cheaper license can stand in here by now: decline it.',
} as const;

const YOURS = 'You proposed it yourself: somebody else of HR has to agree.';
const NOT_OF_HR = 'Whoever proposed it is not of HR any more: decline it, and answer anew.';

async function refused(
  doors: Doors,
  stored: Stored<Case>,
  by: PersonRef,
  problems: readonly string[],
): Promise<AnswerOutcome> {
  const { doc } = await seen(doors, stored, by, 'answer');
  return { kind: 'incomplete', case: doc, problems, choices: [] };
}

function accepted({ doc }: Stored<Case>): AnswerOutcome {
  return { kind: 'accepted', case: doc };
}

/**
 * Writes down that somebody of HR sees a sealed case, before they do.
 * @throws ChangedMeanwhile when the case was written meanwhile
 */
export function seen(doors: Doors, stored: Stored<Case>, by: PersonRef, where: Where): Promise<Stored<Case>> {
  return note(doors, stored, {
    type: 'viewed',
    actor: by,
    facts: { where },
    details: { by: by.displayName },
    lease: 'keep',
  });
}

/** What waits for HR, oldest first; nothing for everybody else. */
export async function hrQueue(doors: Doors, by: UserId): Promise<HrQueue> {
  if (!(await doors.rolesOf(by)).includes('hr')) return { cases: [], more: 0, parked: [], moreParked: 0 };
  const waiting: Case[] = [];
  for (const state of ['hrReview', 'hrProposed', 'needsPerson'] as const)
    waiting.push(...(await sealedCases(doors, by, state)));
  waiting.sort((a, b) => (a.openedAt < b.openedAt ? -1 : 1));
  const cases = await allSeen(doors, waiting.slice(0, MOST_SHOWN), by);
  const held = (await sealedCases(doors, by, 'holding')).filter((c) => parkingOf(c) !== undefined);
  const next = held.toSorted((a, b) => ((parkingOf(a)?.until ?? '') < (parkingOf(b)?.until ?? '') ? -1 : 1));
  const parked = await allSeen(doors, next.slice(0, MOST_SHOWN), by);
  return { cases, more: beyond(waiting), parked, moreParked: beyond(next) };
}

/** How many are not shown. */
function beyond(cases: readonly Case[]): number {
  return Math.max(0, cases.length - MOST_SHOWN);
}

/** The sealed case that somebody of HR means by a text; none for everybody else. One that is found is not noted as seen. */
export async function findSealed(doors: Doors, by: UserId, text: string): Promise<CaseMatch> {
  if (!(await doors.rolesOf(by)).includes('hr')) return { kind: 'none' };
  const match = findCase(await sealedCases(doors, by), text);
  if (match.kind !== 'several') return match;
  return { kind: 'several', cases: await allSeen(doors, match.cases.slice(0, MOST_SHOWN), by) };
}

/** Nobody sees a case about themself. */
async function sealedCases({ store }: Doors, by: UserId, state?: Case['state']): Promise<readonly Case[]> {
  const cases: Case[] = [];
  const found: AsyncIterable<Stored<Case>> =
    state === undefined ? everyCase({ store }) : everyCaseIn({ store }, state);
  for await (const { doc } of found)
    if (isSealed(doc) && doc.userId !== by && doc.erasedAt === undefined) cases.push(doc);
  return cases;
}

/** Those that are gone or sealed no more are left out. */
async function allSeen(doors: Doors, cases: readonly Case[], userId: UserId): Promise<readonly Case[]> {
  if (cases.length === 0) return [];
  const by = await nameOf(doors, userId);
  const noted: Case[] = [];
  for (const { caseId } of cases) {
    const doc = await onceMore(async () => {
      const stored = await readCase(doors, caseId);
      return stored && (await seen(doors, stored, by, 'list')).doc;
    });
    if (doc !== undefined) noted.push(doc);
  }
  return noted;
}

/** Somebody else wrote at the same moment: look again and decide anew. */
export async function onceMore<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile) || tries >= 5) throw error;
    }
  }
}
