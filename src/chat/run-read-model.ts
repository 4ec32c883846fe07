import { dayOf } from '../audit/day.js';
import type { Finding } from '../audit/finding.js';
import { readBackTest } from '../audit/back-test/run-back-test.js';
import { findingsOf, latestRun } from '../audit/run-store.js';
import type { Case, CaseId } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { findCase } from '../cases/find-case.js';
import { inWords } from '../cases/history-words.js';
import { readDeliveries } from '../cases/asking/run-deliveries.js';
import { newestUnsealed } from '../cases/campaign/run-opening.js';
import { everyCase, everyCaseIn } from '../cases/run-all-cases.js';
import { isSealed } from '../cases/hr/sealed.js';
import { readHistory } from '../store/case-history.js';
import type { HistoryEvent, HistorySide } from '../store/history.js';
import type { HistoryLine, PersonMatch, ReadModel } from './read-model.js';

/** What the chat may read, over the store. Executives and leave never come out of here: they are for HR alone. */
export function openReadModel(doors: Pick<Doors, 'store' | 'policy' | 'clock'>): ReadModel {
  return {
    latestRun: async () => {
      const run = await latestRun(doors.store);
      if (run === undefined) return undefined;
      const { runId, finishedAt, reportRefreshed } = run;
      const { people, licenses, inactive: found, unknown, protected: kept, guests } = run.figures;
      return {
        runId,
        finishedAt,
        reportRefreshed,
        people,
        licenses,
        inactive: found,
        unknown,
        protected: kept,
        guests,
      };
    },
    inactive: () => inactive(doors),
    // One earlier run: nobody waits in a chat for the evidence of half a year.
    backTest: (thresholds) =>
      readBackTest(doors.store, doors.policy, thresholds, dayOf(doors.clock.now()), { earlierRuns: 1 }),
    findPerson: (text) => findPerson(doors, text),
    caseOf: (userId) => newestUnsealed(doors, userId),
    forAdmins: () => forAdmins(doors),
    deliveries: () => readDeliveries(doors.store),
    historyOf: (caseId) => historyOf(doors, caseId),
  };
}

async function inactive(doors: Pick<Doors, 'store'>): Promise<readonly Finding[]> {
  const run = await latestRun(doors.store);
  if (run === undefined) return [];
  const findings: Finding[] = [];
  for await (const { finding, list } of findingsOf(doors.store, run.runId)) {
    if (list === 'inactive' && finding.recommendation === 'ask') findings.push(finding);
  }
  return findings.sort(byCost);
}

function byCost(a: Pick<Case, 'annualCost'>, b: Pick<Case, 'annualCost'>): number {
  return (b.annualCost?.minor ?? 0) - (a.annualCost?.minor ?? 0);
}

async function findPerson(doors: Pick<Doors, 'store'>, text: string): Promise<PersonMatch> {
  const match = findCase(await allCases(doors), text);
  if (match.kind === 'one') {
    const { displayName, userPrincipalName } = match.case.subject;
    return { kind: 'one', userId: match.case.userId, displayName, userPrincipalName };
  }
  if (match.kind === 'several') return { kind: 'several', names: match.cases.map((c) => c.subject) };
  return findAmongFindings(await inactive(doors), text);
}

function findAmongFindings(findings: readonly Finding[], text: string): PersonMatch {
  const wanted = text.trim().normalize('NFC').toLowerCase();
  if (wanted === '') return { kind: 'none' };
  const found = findings.filter(({ person }) =>
    [person.id, person.userPrincipalName, person.displayName, person.mail ?? ''].some((key) =>
      key.normalize('NFC').toLowerCase().startsWith(wanted),
    ),
  );
  const [only] = found;
  if (only === undefined) return { kind: 'none' };
  if (found.length > 1) return { kind: 'several', names: found.map(({ person }) => person) };
  const { id: userId, displayName, userPrincipalName } = only.person;
  return { kind: 'one', userId, displayName, userPrincipalName };
}

/** Every case that is not HR's, newest first. */
export async function allCases(doors: Pick<Doors, 'store'>): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for await (const { doc } of everyCase(doors)) {
    if (!isSealed(doc) && doc.erasedAt === undefined) cases.push(doc);
  }
  return cases.sort((a, b) => (a.openedAt > b.openedAt ? -1 : 1));
}

async function forAdmins(doors: Pick<Doors, 'store'>): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const state of ['adminReview', 'needsPerson'] as const) {
    for await (const { doc } of everyCaseIn(doors, state)) {
      if (!isSealed(doc)) cases.push(doc);
    }
  }
  return cases.sort(byCost);
}

/** A case's history in sentences, oldest first. */
export async function historyOf(
  doors: Pick<Doors, 'store'>,
  caseId: CaseId,
): Promise<readonly HistoryLine[]> {
  const { events, sides } = await readHistory(doors.store, caseId);
  const details = new Map(sides.map((side) => [side.seq, side]));
  return events.map((event) => ({ at: event.at, text: wordsOf(event, details.get(event.seq)) }));
}

function wordsOf(event: HistoryEvent, side: HistorySide | undefined): string {
  return inWords({
    type: event.type,
    facts: event.public as Readonly<Record<string, unknown>>,
    details: side?.details as Readonly<Record<string, unknown>> | undefined,
  });
}
