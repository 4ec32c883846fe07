import { TERMINAL, type Case } from '../../src/cases/case.js';
import type { Command } from '../../src/cases/command.js';
import { effectsOf } from '../../src/simulator/changes.js';
import { acceptedPerson, peopleOf, timeOf } from '../../src/simulator/tenant.js';
import { readHistory, verifyHistory } from '../../src/store/case-history.js';
import type { Doc, Store } from '../../src/store/store.js';
import type { CaseVerbs, PretendTeams, StewardWorld } from './steward-world.js';

/** What is left at the end of a run, without what differs from run to run (ids, times, hashes). */
export interface Evidence {
  /** Per person: where the newest case stands, in words. */
  readonly cases: Readonly<Record<string, string>>;
  readonly commands: readonly string[];
  /** License changes of the tenant per person, in their order. */
  readonly effects: Readonly<Record<string, readonly string[]>>;
  /** Directly held licenses with their switched-off plans, of everybody. */
  readonly licenses: Readonly<Record<string, readonly string[]>>;
  /** Questions that arrived per person whom they are about. */
  readonly questions: Readonly<Record<string, number>>;
  /** License removals of a person after an undo was asked for. */
  readonly takenAfterUndo: readonly string[];
  /** Entries of each type per person, `stepDone` with its step. */
  readonly history: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What must never be, whatever else happens. */
  readonly wrongs: readonly string[];
}

/** One change of the tenant. */
export interface Trace {
  readonly userId: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly words: string;
  /** It takes licenses away. */
  readonly takes: boolean;
}

export function evidenceOf(world: StewardWorld): Promise<Evidence> {
  const traces = effectsOf(world.tenant.tenant.book).map(({ userId, at, add, remove }): Trace => ({
    userId,
    at,
    words: `+[${add.join()}] -[${remove.join()}]`,
    takes: remove.length > 0,
  }));
  return evidenceFrom(world, traces, licensesOf(world));
}

/** @param licenses what everybody has at the end, in words */
export async function evidenceFrom(
  { store, teams }: Pick<CaseVerbs, 'store' | 'teams'>,
  traces: readonly Trace[],
  licenses: Evidence['licenses'],
): Promise<Evidence> {
  const cases = await collect<Case>(store, 'cases', 'case');
  const wrongs: string[] = [];
  for await (const report of verifyHistory(store)) {
    wrongs.push(...report.faults.map((fault) => `history of ${report.caseId}: ${JSON.stringify(fault)}`));
  }
  const history: Record<string, Record<string, number>> = {};
  const takenAfterUndo: string[] = [];
  for (const c of cases) {
    const entries: Record<string, number> = (history[c.userId] ??= {});
    const { events } = await readHistory(store, c.caseId);
    const asked = events.find(({ type }) => type === 'undoAsked')?.at;
    const after = traces.filter(
      ({ userId, at }) => userId === c.userId && asked !== undefined && at >= asked,
    );
    takenAfterUndo.push(...after.filter(({ takes }) => takes).map(({ userId }) => userId));
    for (const { type, public: facts } of events) {
      const { step } = facts as { readonly step?: number };
      const entry = step === undefined ? type : `${type} ${step}`;
      entries[entry] = (entries[entry] ?? 0) + 1;
    }
  }
  const open = cases.filter((c) => !(TERMINAL as readonly string[]).includes(c.state));
  for (const [userId, list] of Object.entries(grouped(open, (c) => c.userId))) {
    if (list.length > 1) wrongs.push(`${list.length} open cases about ${userId}`);
  }
  return {
    cases: Object.fromEntries(cases.map((c) => [c.userId, standOf(c)])),
    commands: inWords(await collect<Command>(store, 'commands', 'command')),
    effects: Object.fromEntries(
      Object.entries(grouped(traces, ({ userId }) => userId)).map(([userId, list]) => [
        userId,
        list.map(({ words }) => words),
      ]),
    ),
    licenses,
    questions: questionsOf(teams, cases),
    takenAfterUndo,
    history,
    wrongs,
  };
}

/**
 * Everything in which a run with a crash differs from the same without, beyond what a crash may cost.
 * @param rights the ends that are right; compared is with the one that comes closest
 */
export function damage(run: Evidence, rights: readonly Evidence[], crashes: number): readonly string[] {
  const [closest = []] = rights
    .map((right) => differences(run, right, crashes))
    .sort((a, b) => a.length - b.length);
  return [...run.wrongs, ...closest];
}

/** An audit that is begun anew shows names anew, under one more row that conceals them. */
function inWords(commands: readonly Command[]): readonly string[] {
  const words = commands.map(({ what, outcome }) => `${what.order}: ${outcome.is}`).sort();
  return words.filter((each, at) => each !== 'concealNames: done' || words.indexOf(each) === at);
}

/** Only intentions to write to somebody are written again: whether it went out cannot be known. And who comes late waits. */
const AGAIN: ReadonlySet<string> = new Set(['askIntended', 'remindIntended', 'stepPostponed']);
/** The answer to a call is lost with the process that made it; what came of the call is read, and written as done. */
const LOST: ReadonlySet<string> = new Set(['stepSent', 'undoSent', 'stepPostponed']);

function differences(with_: Evidence, without: Evidence, crashes: number): readonly string[] {
  const found: string[] = [];
  for (const part of ['cases', 'commands', 'effects', 'licenses'] as const) {
    const [now, expected] = [JSON.stringify(with_[part]), JSON.stringify(without[part])];
    if (now !== expected) found.push(`${part}: ${now} instead of ${expected}`);
  }
  const asked = Object.entries(with_.questions).reduce(
    (extra, [userId, count]) => extra + count - (without.questions[userId] ?? 0),
    0,
  );
  if (asked > crashes) found.push(`${asked} questions too many`);
  if (asked < 0) found.push(`${-asked} questions too few`);
  found.push(...differencesOfHistory(with_.history, without.history, crashes));
  return found;
}

function differencesOfHistory(
  with_: Evidence['history'],
  without: Evidence['history'],
  crashes: number,
): readonly string[] {
  const found: string[] = [];
  for (const userId of new Set([...Object.keys(with_), ...Object.keys(without)])) {
    const [now, expected] = [with_[userId] ?? {}, without[userId] ?? {}];
    for (const entry of new Set([...Object.keys(now), ...Object.keys(expected)])) {
      const type = entry.split(' ')[0] ?? '';
      const [count, right] = [now[entry] ?? 0, expected[entry] ?? 0];
      const most = right + (AGAIN.has(type) ? crashes : 0);
      const least = right - (LOST.has(type) ? crashes : 0);
      if (count > most) found.push(`history of ${userId}: ${count} times ${entry} instead of ${most}`);
      if (count < least) found.push(`history of ${userId}: ${count} times ${entry} instead of ${least}`);
    }
  }
  return found;
}

function standOf(c: Case): string {
  const steps =
    'steps' in c ? c.steps.map(({ step, progress }) => `${step.kind} is ${progress.is}`).join(', ') : '';
  const decision = 'decision' in c ? c.decision.kind : '';
  const card = c.message === undefined ? 'no card' : c.message.shows === c.version ? 'card' : 'stale card';
  return [c.state, decision, steps, card].filter((part) => part !== '').join('; ');
}

/** As the tenant has it, with whatever is accepted and not yet shown. */
function licensesOf({ tenant: { tenant }, clock }: StewardWorld): Record<string, readonly string[]> {
  const time = timeOf(tenant, clock.now());
  return Object.fromEntries(
    [...peopleOf(tenant, time)].map(({ id }) => [
      id,
      (acceptedPerson(tenant, id, time)?.licenses ?? [])
        .filter((license) => license.group === null)
        .map((license) => `${license.skuId} without ${[...license.disabledPlans].sort().join()}`)
        .sort(),
    ]),
  );
}

function questionsOf(teams: PretendTeams, cases: readonly Case[]): Record<string, number> {
  const count: Record<string, number> = {};
  for (const { card } of teams.sent) {
    const text = JSON.stringify(card);
    const about = cases.find((c) => text.includes(`"${c.caseId}"`))?.userId ?? 'nobody';
    count[about] = (count[about] ?? 0) + 1;
  }
  return count;
}

async function collect<T extends Doc>(
  store: Store,
  container: 'cases' | 'commands',
  kind: string,
): Promise<readonly T[]> {
  const found: T[] = [];
  const query = { container, where: [{ field: 'kind', is: '=', value: kind }] } as const;
  for await (const { doc } of store.query<T>(query)) found.push(doc);
  // In an order that does not depend on ids.
  return found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function keyOf(doc: Doc): string {
  return 'userId' in doc ? String(doc.userId) : '';
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Record<string, T[]> {
  const groups: Record<string, T[]> = {};
  for (const item of items) (groups[key(item)] ??= []).push(item);
  return groups;
}
