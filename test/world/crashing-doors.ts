import type { CommandDoors } from '../../src/cases/run-command.js';
import type { ExchangeDoor } from '../../src/graph/exchange-door.js';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import type { Store } from '../../src/store/store.js';

/** Where a process ends: at its n-th call to any door (from 1), before the call is made or before its answer arrives. */
export interface Crash {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** The doors of one process that may end at any of its calls. */
export interface MortalDoors {
  readonly doors: CommandDoors;
  /** Every call so far, such as `store.replace`. */
  readonly calls: readonly string[];
  /** Resolves when the process has ended: from then on none of its calls is made, and none returns. */
  readonly died: Promise<'died'>;
}

/** Waits until the next call may be made, and makes it. */
export type Turn = <T>(call: () => Promise<T>) => Promise<T>;

const atOnce: Turn = (call) => call();

/**
 * Doors of a process that is killed: nothing is thrown, because a killed process catches nothing. Its calls simply
 * never return.
 */
export function mortal(doors: CommandDoors, crash: Crash | undefined, turn: Turn = atOnce): MortalDoors {
  const calls: string[] = [];
  let dead = false;
  let die: (word: 'died') => void = () => {};
  const died = new Promise<'died'>((resolve) => (die = resolve));

  async function pass<T>(name: string, call: () => Promise<T>): Promise<T> {
    const answer = await turn(async () => {
      if (dead) return undefined;
      calls.push(name);
      const crashesHere = calls.length === crash?.at;
      if (crashesHere && crash?.when === 'before') return end();
      const given = await call();
      return crashesHere ? end() : { given };
    });
    return answer === undefined || dead ? never<T>() : answer.given;
  }

  function end(): undefined {
    dead = true;
    die('died');
  }

  async function* passEach<T>(name: string, source: () => AsyncIterable<T>): AsyncGenerator<T> {
    const iterator = source()[Symbol.asyncIterator]();
    for (;;) {
      const next = await pass(name, () => iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  }

  return {
    doors: {
      ...doors,
      store: storeThrough(doors.store, pass, passEach),
      graph: graphThrough(doors.graph, pass, passEach),
      auditGraph: graphThrough(doors.auditGraph, pass, passEach),
      messenger: {
        send: (...args) => pass('messenger.send', () => doors.messenger.send(...args)),
        update: (...args) => pass('messenger.update', () => doors.messenger.update(...args)),
      },
      exchange: doors.exchange && exchangeThrough(doors.exchange, pass),
      rolesOf: (userId) => pass('rolesOf', () => doors.rolesOf(userId)),
    },
    calls,
    died,
  };
}

function never<T>(): Promise<T> {
  return new Promise<T>(() => {});
}

/**
 * One call at a time among several processes, in an order that `seed` decides: the same seed gives the same order.
 * Between two calls every process runs on until it stands before its next call.
 */
export function turnsBy(seed: number): Turn {
  const waiting: (() => Promise<void>)[] = [];
  let busy = false;
  let state = seed;
  const pump = (): void => {
    if (busy || waiting.length === 0) return;
    busy = true;
    setImmediate(() => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      const [next] = waiting.splice((state >>> 8) % waiting.length, 1);
      void next?.().finally(() => {
        busy = false;
        pump();
      });
    });
  };
  return (call) =>
    new Promise((resolve, reject) => {
      waiting.push(() => call().then(resolve, reject));
      pump();
    });
}

type Pass = <T>(name: string, call: () => Promise<T>) => Promise<T>;
type PassEach = <T>(name: string, source: () => AsyncIterable<T>) => AsyncGenerator<T>;

function storeThrough(store: Store, pass: Pass, passEach: PassEach): Store {
  return {
    read: (...args) => pass('store.read', () => store.read(...args)),
    create: (...args) => pass('store.create', () => store.create(...args)),
    replace: (...args) => pass('store.replace', () => store.replace(...args)),
    remove: (...args) => pass('store.remove', () => store.remove(...args)),
    batch: (...args) => pass('store.batch', () => store.batch(...args)),
    query: (query) => passEach('store.query', () => store.query(query)),
    check: () => pass('store.check', () => store.check()),
    close: async () => {},
  };
}

function exchangeThrough(exchange: ExchangeDoor, pass: Pass): ExchangeDoor {
  return {
    mailbox: (id) => pass('exchange.mailbox', () => exchange.mailbox(id)),
    convert: (id, to) => pass('exchange.convert', () => exchange.convert(id, to)),
  };
}

function graphThrough(graph: GraphDoor, pass: Pass, passEach: PassEach): GraphDoor {
  return {
    tenant: () => pass('graph.tenant', () => graph.tenant()),
    skus: () => pass('graph.skus', () => graph.skus()),
    licensedPeople: (options) => passEach('graph.licensedPeople', () => graph.licensedPeople(options)),
    directoryKeys: () => passEach('graph.directoryKeys', () => graph.directoryKeys()),
    signIns: (from) => passEach('graph.signIns', () => graph.signIns(from)),
    signInsOf: (ids) => pass('graph.signInsOf', () => graph.signInsOf(ids)),
    signInsUntil: (until, from) => passEach('graph.signInsUntil', () => graph.signInsUntil(until, from)),
    anySignInSince: (since) => pass('graph.anySignInSince', () => graph.anySignInSince(since)),
    signInLogOf: (id, since, limit) => pass('graph.signInLogOf', () => graph.signInLogOf(id, since, limit)),
    report: (name) => passEach('graph.report', () => graph.report(name)),
    setNamesConcealed: (concealed) =>
      pass('graph.setNamesConcealed', () => graph.setNamesConcealed(concealed)),
    sponsorsOf: (ids) => pass('graph.sponsorsOf', () => graph.sponsorsOf(ids)),
    grantedPermissions: () => pass('graph.grantedPermissions', () => graph.grantedPermissions()),
    namesConcealed: () => pass('graph.namesConcealed', () => graph.namesConcealed()),
    managersOf: (ids) => pass('graph.managersOf', () => graph.managersOf(ids)),
    mailboxPurposesOf: (ids) => pass('graph.mailboxPurposesOf', () => graph.mailboxPurposesOf(ids)),
    membersOf: (group) => pass('graph.membersOf', () => graph.membersOf(group)),
    roleHolders: () => pass('graph.roleHolders', () => graph.roleHolders()),
    groupsContaining: (id, groups) =>
      pass('graph.groupsContaining', () => graph.groupsContaining(id, groups)),
    person: (key, how) => pass('graph.person', () => graph.person(key, how)),
    directReports: (id) => pass('graph.directReports', () => graph.directReports(id)),
    findPeople: (text, limit, how) => pass('graph.findPeople', () => graph.findPeople(text, limit, how)),
    changeLicenses: (id, change) => pass('graph.changeLicenses', () => graph.changeLicenses(id, change)),
    setAccountEnabled: (id, enabled) =>
      pass('graph.setAccountEnabled', () => graph.setAccountEnabled(id, enabled)),
    revokeSessions: (id) => pass('graph.revokeSessions', () => graph.revokeSessions(id)),
    setUsageLocation: (id, country) =>
      pass('graph.setUsageLocation', () => graph.setUsageLocation(id, country)),
    groupFacts: (ids) => pass('graph.groupFacts', () => graph.groupFacts(ids)),
    joinGroup: (group, id) => pass('graph.joinGroup', () => graph.joinGroup(group, id)),
    leaveGroup: (group, id) => pass('graph.leaveGroup', () => graph.leaveGroup(group, id)),
    ownedThings: (id) => pass('graph.ownedThings', () => graph.ownedThings(id)),
    deletePerson: (id) => pass('graph.deletePerson', () => graph.deletePerson(id)),
    restorePerson: (id) => pass('graph.restorePerson', () => graph.restorePerson(id)),
    deletedItem: (id) => pass('graph.deletedItem', () => graph.deletedItem(id)),
    installApp: (id, appId) => pass('graph.installApp', () => graph.installApp(id, appId)),
  };
}
