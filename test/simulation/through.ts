import type { GraphDoor } from '../../src/graph/graph-door.js';
import type { ExchangeDoor } from '../../src/graph/exchange-door.js';
import type { Messenger } from '../../src/bot/messenger.js';
import type { Doc, Query, Store } from '../../src/store/store.js';
import type { MemoryStore } from './memory-store.js';
import type { Found } from './shelf.js';

/** One call of a process to a door. */
export interface Call {
  readonly door: 'store' | 'graph' | 'auditGraph' | 'exchange' | 'messenger';
  readonly method: string;
  readonly args: readonly unknown[];
}

/** Lets a call happen, or not, and its answer arrive, late or never. */
export type Pass = <T>(call: Call, make: () => Promise<T>) => Promise<T>;

/** Rows that one request of a query brings. */
const PORTION = 100;

/** The store as one process reaches it. */
export function storeThrough(store: MemoryStore, pass: Pass): Store {
  const make = (method: string, ...args: readonly unknown[]): Call => ({ door: 'store', method, args });
  return {
    read: (...args) => pass(make('read', ...args), () => store.read(...args)),
    create: (...args) => pass(make('create', ...args), () => store.create(...args)),
    replace: (...args) => pass(make('replace', ...args), () => store.replace(...args)),
    remove: (...args) => pass(make('remove', ...args), () => store.remove(...args)),
    batch: (...args) => pass(make('batch', ...args), () => store.batch(...args)),
    query: async function* <T extends Doc>(query: Query) {
      let found: Found<T> | undefined;
      let from = 0;
      do {
        const rows = await pass(make('query', query), async () => {
          found ??= store.find<T>(query);
          return found.rows(from, from + PORTION);
        });
        // Not with yield*, which makes several promises for each row.
        for (const row of rows) yield row;
        from += PORTION;
      } while (from < (found?.size ?? 0));
    },
    check: () => pass(make('check'), () => store.check()),
    close: async () => {},
  };
}

/** Graph as one process reaches it, whatever methods the door has. */
export function graphThrough(graph: GraphDoor, door: 'graph' | 'auditGraph', pass: Pass): GraphDoor {
  const methods = Object.entries(graph).map(([method, real]) => [
    method,
    isIterating(real) ? iterating(method, real) : asking(method, real as AnyMethod),
  ]);
  return Object.fromEntries(methods) as unknown as GraphDoor;

  function asking(method: string, real: AnyMethod): AnyMethod {
    return (...args) => pass({ door, method, args }, () => real(...args));
  }

  function iterating(method: string, real: AnyGenerator): AnyGenerator {
    return async function* (...args) {
      const iterator = real(...args);
      for (;;) {
        const next = await pass({ door, method, args }, () => iterator.next());
        if (next.done === true) return;
        yield next.value;
      }
    };
  }
}

type AnyMethod = (...args: readonly unknown[]) => Promise<unknown>;
type AnyGenerator = (...args: readonly unknown[]) => AsyncGenerator<unknown>;

function isIterating(method: unknown): method is AnyGenerator {
  return Object.prototype.toString.call(method) === '[object AsyncGeneratorFunction]';
}

export function exchangeThrough(exchange: ExchangeDoor, pass: Pass): ExchangeDoor {
  return {
    mailbox: (...args) =>
      pass({ door: 'exchange', method: 'mailbox', args }, () => exchange.mailbox(...args)),
    convert: (...args) =>
      pass({ door: 'exchange', method: 'convert', args }, () => exchange.convert(...args)),
  };
}

export function messengerThrough(messenger: Messenger, pass: Pass): Messenger {
  return {
    send: (...args) => pass({ door: 'messenger', method: 'send', args }, () => messenger.send(...args)),
    update: (...args) => pass({ door: 'messenger', method: 'update', args }, () => messenger.update(...args)),
  };
}
