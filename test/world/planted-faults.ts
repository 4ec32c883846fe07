import type { CommandDoors } from '../../src/cases/run-command.js';
import type { Doc, Operation, Store } from '../../src/store/store.js';

/*
 * Mistakes that a program like this could make, put between it and its store. The crash sweep has to notice each.
 */

type Plant = (doors: CommandDoors) => CommandDoors;

const TYPES_HELD_BACK: readonly unknown[] = ['stepIntended', 'undoIntended'];

/** The intention is written only together with what became of it: a crash in between forgets that it was tried. */
export const intentionWrittenLate: Plant = (doors) => {
  const { store } = doors;
  let held: readonly Operation[] = [];
  const first = (): Extract<Operation, { kind: 'replace' }> | undefined =>
    held[0]?.kind === 'replace' ? held[0] : undefined;
  const real = (etag: string): string => (etag.startsWith('held') ? (first()?.etag ?? '') : etag);
  return {
    ...doors,
    store: {
      ...store,
      batch: async (container, partition, operations) => {
        if (operations.some(isHeldBack)) {
          held = operations;
          return operations.map((_, index) => `held-${index}`);
        }
        const [changed, ...rest] = operations;
        if (changed?.kind !== 'replace' || !changed.etag.startsWith('held'))
          return store.batch(container, partition, operations);
        const all = [{ ...changed, etag: real(changed.etag) }, ...held.slice(1), ...rest];
        held = [];
        return store.batch(container, partition, all);
      },
    },
  };
};

function isHeldBack(operation: Operation): boolean {
  return (
    operation.kind === 'create' && 'type' in operation.doc && TYPES_HELD_BACK.includes(operation.doc.type)
  );
}

/** A case and its history entry are written one after the other. */
export const writtenInPieces: Plant = (doors) => {
  const { store } = doors;
  return {
    ...doors,
    store: {
      ...store,
      batch: async (container, partition, operations) => {
        const etags: (string | undefined)[] = [];
        for (const one of operations) etags.push(...(await store.batch(container, partition, [one])));
        return etags;
      },
    },
  };
};

/** Whoever writes last wins. */
export const etagsIgnored: Plant = (doors) => {
  const { store } = doors;
  const current = async (
    container: Parameters<Store['read']>[0],
    partition: string,
    doc: Doc,
  ): Promise<string> => (await store.read(container, partition, doc.id))?.etag ?? '';
  return {
    ...doors,
    store: {
      ...store,
      replace: async (container, doc) => store.replace(container, doc, await current(container, doc.id, doc)),
      batch: async (container, partition, operations) => {
        const forced: Operation[] = [];
        for (const one of operations) {
          const etag = one.kind === 'replace' ? { etag: await current(container, partition, one.doc) } : {};
          forced.push({ ...one, ...etag } as Operation);
        }
        return store.batch(container, partition, forced);
      },
    },
  };
};

/** What is given back is taken once more at once. */
export const removalSentWithUndo: Plant = (doors) => ({
  ...doors,
  graph: {
    ...doors.graph,
    changeLicenses: async (userId, change) => {
      const answer = await doors.graph.changeLicenses(userId, change);
      if (change.add.length > 0) {
        const again = { add: [], remove: change.add.map(({ skuId }) => skuId) };
        await doors.graph.changeLicenses(userId, again);
      }
      return answer;
    },
  },
});

/** Whatever Exchange did, the mailbox is taken for a shared one. */
export const mailboxBelieved: Plant = (doors) => ({
  ...doors,
  exchange: doors.exchange && { ...doors.exchange, convert: async () => ({ kind: 'accepted' }) },
  graph: {
    ...doors.graph,
    mailboxPurposesOf: async (userIds) => new Map(userIds.map((userId) => [userId, 'shared'])),
  },
});

/** Nothing is written down that would conceal names again after a crash. */
export const namesShownUnwritten: Plant = (doors) => {
  const { store } = doors;
  return {
    ...doors,
    store: {
      ...store,
      create: async (container, doc) => {
        const isRow = 'what' in doc && (doc.what as { readonly order?: string }).order === 'concealNames';
        return isRow ? { doc, etag: 'not-written' } : store.create(container, doc);
      },
    },
  };
};
