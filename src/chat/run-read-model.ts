import { dayOf, isoDayIn } from '../audit/day.js';
import { readBackTest } from '../audit/back-test/run-back-test.js';
import { nameKey } from '../audit/name-key.js';
import { isObjectId } from '../audit/object-id.js';
import type { UserId } from '../audit/person.js';
import { holdsOn } from '../audit/protection/chat-protection.js';
import { readProtection } from '../audit/protection/run-chat-protections.js';
import { findingOfPerson } from '../audit/run-store.js';
import type { Case, CaseId } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { findCase } from '../cases/find-case.js';
import { inWords } from '../cases/history-words.js';
import { readDeliveries } from '../cases/asking/run-deliveries.js';
import { everyCase, everyCaseForAdmins, unsealedOf } from '../cases/run-all-cases.js';
import { isSealed } from '../cases/hr/sealed.js';
import type { GraphDoor } from '../graph/graph-door.js';
import { peopleMeant } from '../graph/people-meant.js';
import type { Reader } from '../cards/dates.js';
import { readHistory } from '../store/case-history.js';
import type { HistoryEvent, HistorySide } from '../store/history.js';
import type { Row } from './query/rows.js';
import { exactNames, namedIn, type NamedMatch } from '../cases/named.js';
import type { AuditRows, HistoryEyes, HistoryLine, PersonMatch, ReadModel } from './read-model.js';
import { openAuditRows } from './run-audit-rows.js';
import { lastQuestion } from './run-last-question.js';
import { groupNamesOf, personNameOf } from './run-names.js';
import { readOwnRecord, type OwnRecordDoors } from './run-own-record.js';

/**
 * What the chat may read, over the store. Executives and leave never come out of here: they are for HR alone. To be opened
 * once: it remembers the rows of the latest audit.
 */
export function openReadModel(
  doors: Pick<Doors, 'policy' | 'clock'> & OwnRecordDoors & { readonly graph: PeopleDoor },
): ReadModel {
  const latestAudit = openAuditRows(doors.store);
  return {
    latestAudit,
    findingOf: async (userId) => {
      const audit = await latestAudit();
      if (audit === undefined || rowOf(audit, userId) === undefined) return undefined;
      return (await findingOfPerson(doors.store, audit.run.runId, userId))?.finding;
    },
    ownRecord: (asker) => readOwnRecord(doors, asker),
    unsealedCases: () => allCases(doors),
    lastQuestion: (asker) => lastQuestion(doors, asker),
    // One earlier run: nobody waits in a chat for the evidence of half a year.
    backTest: (thresholds) =>
      readBackTest(doors.store, doors.policy, thresholds, dayOf(doors.clock.now()), { earlierRuns: 1 }),
    findPerson: async (text, among, asker) => {
      const others = (await allCases(doors)).filter(({ userId }) => userId !== asker);
      return findPerson(others, await latestAudit(), text, among);
    },
    casesOf: (userId) => unsealedOf(doors, userId),
    forAdmins: async () => (await everyCaseForAdmins(doors)).toSorted(byCost),
    deliveries: () => readDeliveries(doors.store),
    addressed: async (address) => (await peopleMeant(doors.graph, address)).map(({ id }) => id),
    historyOf: (caseId, reader, eyes) => historyOf(doors, caseId, { reader, eyes }),
    groupNames: (groupIds) => groupNamesOf(doors, groupIds),
    nameOf: (userId) => personNameOf(doors, userId),
    protectionOf: async (userId) => {
      const protection = await readProtection(doors.store, userId);
      const today = isoDayIn(doors.clock.now(), doors.policy.audit.timeZone);
      return protection && holdsOn(protection, today) ? protection : undefined;
    },
  };
}

function rowOf({ rows }: AuditRows, userId: UserId): Row | undefined {
  return rows.find((row) => row.userId === userId);
}

function byCost(a: Pick<Case, 'annualCost'>, b: Pick<Case, 'annualCost'>): number {
  return (b.annualCost?.minor ?? 0) - (a.annualCost?.minor ?? 0);
}

function findPerson(
  cases: readonly Case[],
  audit: AuditRows | undefined,
  text: string,
  among: 'cases' | 'everybody',
): PersonMatch {
  const wanted = nameKey(text);
  if (wanted === '') return { kind: 'none' };
  const match = findCase(cases, text);
  const inCases = match.kind === 'none' ? [] : match.kind === 'one' ? [match.case] : match.cases;
  const people = inCases.map(namedIn);
  if (people.length > 0 && among === 'cases') return oneOrSeveral(people);
  const rows = findAmongRows(audit?.rows ?? [], wanted);
  const all = [...new Map([...people, ...rows].map((person) => [person.userId, person])).values()];
  const exact = all.filter((person) => exactNames(person).includes(wanted));
  return oneOrSeveral((exact.length > 0 ? exact : all).toSorted(byName));
}

function byName(a: NamedMatch, b: NamedMatch): number {
  const keyOf = ({ displayName, userPrincipalName }: NamedMatch): string =>
    `${nameKey(displayName)}\n${nameKey(userPrincipalName)}`;
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function oneOrSeveral(people: readonly NamedMatch[]): PersonMatch {
  const [only] = people;
  if (only === undefined) return { kind: 'none' };
  if (people.length > 1) return { kind: 'several', names: people };
  const { userId, displayName, userPrincipalName } = only;
  return { kind: 'one', userId, displayName, userPrincipalName };
}

/** @param wanted as names are compared */
function findAmongRows(rows: readonly Row[], wanted: string): readonly Row[] {
  const isId = isObjectId(wanted);
  return rows.filter(({ userId, userPrincipalName, displayName, mail = '' }) =>
    (isId ? [userId] : [userId, userPrincipalName, displayName, mail]).some((key) =>
      nameKey(key).startsWith(wanted),
    ),
  );
}

type PeopleDoor = Pick<GraphDoor, 'person' | 'findPeople'>;

/** Every case that is not HR's, newest first. */
export async function allCases(doors: Pick<Doors, 'store'>): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for await (const { doc } of everyCase(doors)) {
    if (!isSealed(doc) && doc.erasedAt === undefined) cases.push(doc);
  }
  return cases.sort((a, b) => (a.openedAt > b.openedAt ? -1 : 1));
}

/** A case's history in sentences, oldest first; at a terminal in English, and for the eyes of everybody. */
export async function historyOf(
  doors: Pick<Doors, 'store'>,
  caseId: CaseId,
  { reader, eyes }: { readonly reader?: Reader; readonly eyes?: HistoryEyes } = {},
): Promise<readonly HistoryLine[]> {
  const { events, sides } = await readHistory(doors.store, caseId);
  const details = new Map(sides.map((side) => [side.seq, side]));
  return events.map((event) => ({
    at: event.at,
    type: event.type,
    text: wordsOf(event, details.get(event.seq), reader, eyes),
  }));
}

function wordsOf(
  event: HistoryEvent,
  side: HistorySide | undefined,
  reader: Reader | undefined,
  eyes: HistoryEyes | undefined,
): string {
  const details = side?.details as Readonly<Record<string, unknown>> | undefined;
  const facts = event.public as Readonly<Record<string, unknown>>;
  const isTheirs = eyes !== undefined && (eyes === 'hr' || eyes === actorIn(details));
  return inWords({ type: event.type, facts, details }, reader, isTheirs);
}

/** Whose entry it is; undefined: the program's, or it was erased. */
function actorIn(details: Readonly<Record<string, unknown>> | undefined): unknown {
  const actor = details?.['actor'];
  return typeof actor === 'object' && actor !== null && 'id' in actor ? actor.id : undefined;
}
