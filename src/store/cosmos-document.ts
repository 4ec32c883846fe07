import { isOwnerMissing, missing } from './cosmos-failure.js';
import type { CosmosLink } from './cosmos-link.js';
import type { Encoded } from './document-rules.js';
import { RESERVED } from './document-rules.js';
import type { Container, Doc, Stored } from './store.js';
import { StoreDamaged } from './store.js';

export interface StampedDoc {
  readonly doc: Readonly<Record<string, unknown>>;
  readonly etag: string;
  /** Which write the document stands since. */
  readonly stamp: string | undefined;
}

/** The document as it is sent: with the mark of this write. */
export function stamped({ body }: Encoded, stamp: string): Record<string, never> {
  return { ...(JSON.parse(body) as Record<string, never>), _write: stamp as never };
}

/** A document as Cosmos DB gives it, without what it and we have added. */
export function unstamped(container: Container, resource: Readonly<Record<string, unknown>>): StampedDoc {
  const { _etag: etag, _write: stamp } = resource;
  if (typeof etag !== 'string')
    throw new StoreDamaged(`Cosmos DB gave a document of ${container} without an etag.`);
  const doc = Object.fromEntries(Object.entries(resource).filter(([name]) => !RESERVED.includes(name)));
  return { doc, etag, stamp: typeof stamp === 'string' ? stamp : undefined };
}

/** The caller of the store says of which type its documents are. */
export function asStored<T extends Doc>({ doc, etag }: Pick<StampedDoc, 'doc' | 'etag'>): Stored<T> {
  return { doc: doc as unknown as T, etag };
}

/** One point read; undefined when absent. */
export async function readStamped(
  link: CosmosLink,
  container: Container,
  partition: string,
  id: string,
  abortSignal: AbortSignal,
): Promise<StampedDoc | undefined> {
  const response = await link
    .container(container)
    .item(id, partition)
    .read<Record<string, unknown>>({ abortSignal });
  link.spent(`read in ${container}`, response.requestCharge);
  if (isOwnerMissing(response.substatus)) throw missing(`read in ${container}`, undefined);
  return response.resource === undefined ? undefined : unstamped(container, response.resource);
}
