import type { OperationInput } from '@azure/cosmos';
import type { CosmosLink } from './cosmos-link.js';
import { readStamped, stamped } from './cosmos-document.js';
import type { Fate } from './cosmos-write.js';
import { writing } from './cosmos-write.js';
import type { EncodedOperation } from './document-rules.js';
import { idOf } from './document-rules.js';
import type { Container } from './store.js';
import { AlreadyExists, ChangedMeanwhile } from './store.js';

type Etags = readonly (string | undefined)[];

/** The etag of a document that was ours and has been overwritten since: the next write under it is refused. */
const SUPERSEDED = '"superseded"';

/** Siblings of the operation that failed a batch. */
const FAILED_DEPENDENCY = 424;

/** The operation that made Cosmos DB refuse the batch; `code` is read as if it were the answer's. */
class BatchRefused extends Error {
  override readonly name = 'BatchRefused';

  constructor(
    readonly code: number,
    readonly operation: EncodedOperation | undefined,
  ) {
    super(`An operation of the batch was refused (${code}).`);
  }
}

/** All or nothing; also when answers are lost. */
export async function writeBatch(
  link: CosmosLink,
  container: Container,
  partition: string,
  operations: readonly EncodedOperation[],
): Promise<Etags> {
  const stamp = link.options.newId();
  // Cosmos DB fails a batch that removes what is absent; such a removal is left out and the rest sent again.
  const needless = new Set<string>();
  const etags = new Map<string, string>();
  const inOrder = (): Etags => operations.map((operation) => etags.get(idOf(operation)));

  for (;;) {
    const sent = operations.filter((operation) => !needless.has(idOf(operation)));
    if (sent.length === 0) return inOrder();
    const outcome = await writing<'done' | 'again'>(link, {
      what: `batch in ${container}`,
      send: async (abortSignal) => {
        await sendBatch(link, container, partition, stamp, sent, etags, abortSignal);
        return 'done';
      },
      fate: async (signal, collision) => {
        const fate = await fateOfBatch(
          link,
          container,
          partition,
          stamp,
          operations,
          etags,
          signal,
          collision,
        );
        const absent = collision instanceof BatchRefused && collision.operation?.kind === 'remove';
        if (fate.is === 'made' || !absent) return fate;
        needless.add(collision.operation.id);
        return { is: 'made', result: 'again' };
      },
    });
    if (outcome === 'done') return inOrder();
  }
}

async function sendBatch(
  link: CosmosLink,
  container: Container,
  partition: string,
  stamp: string,
  operations: readonly EncodedOperation[],
  etags: Map<string, string>,
  abortSignal: AbortSignal,
): Promise<void> {
  const inputs = operations.map((operation) => inputOf(operation, stamp));
  const response = await link.container(container).items.batch(inputs, partition, { abortSignal });
  link.spent(`batch in ${container}`, Number(response.headers['x-ms-request-charge'] ?? 0));
  const results = response.result ?? [];
  const failed = results.findIndex(({ statusCode }) => statusCode >= 400 && statusCode !== FAILED_DEPENDENCY);
  if (failed >= 0) throw new BatchRefused(results[failed]?.statusCode ?? 0, operations[failed]);
  if (results.length !== operations.length || results.some(({ statusCode }) => statusCode >= 400)) {
    throw new BatchRefused(response.code ?? 0, undefined);
  }
  for (const [index, operation] of operations.entries()) {
    const etag = results[index]?.eTag;
    if (etag !== undefined && operation.kind !== 'remove') etags.set(operation.encoded.id, etag);
  }
}

function inputOf(operation: EncodedOperation, stamp: string): OperationInput {
  switch (operation.kind) {
    case 'create':
      return { operationType: 'Create', resourceBody: stamped(operation.encoded, stamp) };
    case 'replace':
      return {
        operationType: 'Replace',
        id: operation.encoded.id,
        resourceBody: stamped(operation.encoded, stamp),
        ifMatch: operation.etag,
      };
    case 'remove':
      return { operationType: 'Delete', id: operation.id };
    default:
      return operation satisfies never;
  }
}

/** One document with our stamp proves that all operations were carried out. */
async function fateOfBatch(
  link: CosmosLink,
  container: Container,
  partition: string,
  stamp: string,
  operations: readonly EncodedOperation[],
  etags: Map<string, string>,
  signal: AbortSignal,
  collision: unknown,
): Promise<Fate<'done' | 'again'>> {
  const written = operations.filter((operation) => operation.kind !== 'remove');
  const found = await Promise.all(
    written.map(async (operation) => ({
      operation,
      now: await readStamped(link, container, partition, operation.encoded.id, signal),
    })),
  );
  if (found.some(({ now }) => now?.stamp === stamp)) {
    for (const { operation, now } of found) {
      etags.set(operation.encoded.id, now?.stamp === stamp ? now.etag : SUPERSEDED);
    }
    return { is: 'made', result: 'done' };
  }
  const refused = collision instanceof BatchRefused ? collision.operation : undefined;
  const stands = found.find(({ operation }) => operation === refused);
  if (stands === undefined) return { is: 'open' };
  const name = `${container}/${stands.operation.encoded.id}`;
  if (stands.operation.kind === 'create') {
    return stands.now === undefined
      ? { is: 'open' }
      : { is: 'refused', error: new AlreadyExists(`${name} is there already.`) };
  }
  if (stands.now?.etag === stands.operation.etag) return { is: 'open' };
  return { is: 'refused', error: new ChangedMeanwhile(`${name} was changed or removed meanwhile.`) };
}
