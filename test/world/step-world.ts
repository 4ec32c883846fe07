import type { UserId } from '../../src/audit/person.js';
import { instant, type Case } from '../../src/cases/case.js';
import type { Command } from '../../src/cases/command.js';
import type { CommandDoors } from '../../src/cases/run-command.js';
import type { ExchangeDoor } from '../../src/graph/exchange-door.js';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import { memoryStore, type MemoryStore } from '../simulation/memory-store.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from './case-world.js';
import { evidenceFrom, type Evidence, type Trace } from './crash-evidence.js';
import type { GraphWorld } from './graph-world.js';
import type { WorldPerson } from './people.js';

/**
 * A case world that lies in memory whole, for thousands of lives, and writes down what really changes in its tenant: a
 * call that finds everything as it wants it has changed nothing.
 */
export interface StepWorld extends CaseWorld {
  readonly traces: readonly Trace[];
  /** Names in reports are concealed. */
  isConcealed(): boolean;
  evidence(): Promise<Evidence>;
}

export interface StepWorldOptions extends Omit<CaseWorldOptions, 'store' | 'through' | 'exchange'> {
  readonly hasExchange?: boolean;
  readonly namesConcealed?: boolean;
}

/** Longer than a scenario looks ahead, so that a task waits for a person and not for ever. */
const WATCH_MS = 3_600_000;

export async function aStepWorld(
  people: readonly WorldPerson[],
  { hasExchange = false, namesConcealed = false, ...options }: StepWorldOptions = {},
): Promise<StepWorld> {
  const store = memoryStore();
  const traces: Trace[] = [];
  const wrongs: string[] = [];
  let concealed = namesConcealed;
  const tenant = { isConcealed: () => concealed, conceal: (yes: boolean) => void (concealed = yes) };
  const world = await aCaseWorld(people, {
    ...options,
    store,
    pace: { watch: WATCH_MS, ...options.pace },
    through: (doors, graph) => booked(doors, { graph, tenant, store, traces, wrongs, hasExchange }),
  });
  return {
    ...world,
    traces,
    isConcealed: () => concealed,
    async evidence() {
      const licenses: Record<string, readonly string[]> = {};
      for (const { person } of people) licenses[person.id] = [await stateOf(world.graph, person.id)];
      const found = await evidenceFrom(world, traces, licenses);
      const ending = concealed === namesConcealed ? [] : ['names in reports are not as they were'];
      return { ...found, wrongs: [...found.wrongs, ...wrongs, ...ending] };
    },
  };
}

interface Book {
  readonly graph: GraphWorld;
  readonly tenant: { isConcealed(): boolean; conceal(yes: boolean): void };
  readonly store: MemoryStore;
  readonly traces: Trace[];
  readonly wrongs: string[];
  readonly hasExchange: boolean;
}

/** Everything that a person is and has in the tenant. */
async function stateOf(graph: GraphWorld, userId: UserId): Promise<string> {
  const person = await graph.person(userId);
  const mailbox = (await graph.mailboxPurposesOf([userId])).get(userId);
  const licenses = (person?.licenses ?? []).map(({ skuId, disabledPlans, paths }) => {
    const ways = paths.map((path) => (path.kind === 'group' ? path.groupId : 'direct')).sort();
    return `${skuId} without [${[...disabledPlans].sort().join()}] by ${ways.join()}`;
  });
  const account = person === undefined ? 'gone' : person.accountEnabled ? 'enabled' : 'disabled';
  return [account, mailbox ?? 'no mailbox', ...licenses.sort()].join('; ');
}

function booked(doors: CommandDoors, book: Book): CommandDoors {
  const { graph, tenant, store, traces, wrongs } = book;
  const at = (): string => instant(doors.clock.now());

  async function about<T>(userId: UserId, words: string, change: () => Promise<T>): Promise<T> {
    const before = await stateOf(graph, userId);
    const isIntended = isBegun(store, userId);
    const answer = await change();
    const after = await stateOf(graph, userId);
    if (!isIntended) wrongs.push(`${words} of ${userId}, which nothing says is begun`);
    if (before !== after) {
      traces.push({ userId, at: at(), words, takes: after.split('; ').length < before.split('; ').length });
    }
    return answer;
  }

  const changing: GraphDoor = {
    ...graph,
    changeLicenses: (id, change) =>
      about(id, `+[${change.add.map(({ skuId }) => skuId).join()}] -[${change.remove.join()}]`, () =>
        graph.changeLicenses(id, change),
      ),
    setAccountEnabled: (id, enabled) =>
      about(id, enabled ? 'enabled' : 'disabled', () => graph.setAccountEnabled(id, enabled)),
    revokeSessions: (id) => about(id, 'signed out', () => graph.revokeSessions(id)),
    joinGroup: (group, id) => about(id, `joins ${group}`, () => graph.joinGroup(group, id)),
    leaveGroup: (group, id) => about(id, `leaves ${group}`, () => graph.leaveGroup(group, id)),
    deletePerson: (id) => about(id, 'deleted', () => graph.deletePerson(id)),
    restorePerson: (id) => about(id, 'restored', () => graph.restorePerson(id)),
    namesConcealed: async () => tenant.isConcealed(),
    setNamesConcealed: async (yes) => {
      if (!yes && !isToBeConcealed(store)) wrongs.push('names are shown, and no row conceals them again');
      tenant.conceal(yes);
    },
  };
  const exchange: ExchangeDoor = {
    mailbox: async (id) => ({
      type: (await graph.mailboxPurposesOf([id])).get(id) === 'shared' ? 'shared' : 'user',
      litigationHold: false,
      inPlaceHolds: false,
      hasArchive: false,
      bytes: 1_000_000,
    }),
    convert: (id, to) =>
      about(id, `mailbox ${to}`, async () => {
        graph.purposeIsNow(id, to);
        return { kind: 'accepted' };
      }),
  };
  return {
    ...doors,
    graph: changing,
    auditGraph: changing,
    exchange: book.hasExchange ? exchange : undefined,
  };
}

/** Safety rule 9: a step about the person, or its undo, is written down as intended. */
function isBegun(store: MemoryStore, userId: UserId): boolean {
  return store
    .peekKind<Case>('cases', 'case')
    .some(
      (c) =>
        'steps' in c &&
        c.steps.some(
          ({ step, progress: { is } }) =>
            step.userId === userId && (is === 'intended' || is === 'undoIntended'),
        ),
    );
}

/** Safety rule 12. */
function isToBeConcealed(store: MemoryStore): boolean {
  return store
    .peekKind<Command>('commands', 'command')
    .some(({ what, state }) => what.order === 'concealNames' && state === 'waiting');
}
