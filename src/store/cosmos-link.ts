import type { Container as CosmosContainer, CosmosClientOptions, Database } from '@azure/cosmos';
import { CosmosClient } from '@azure/cosmos';
import type { TokenCredential } from '@azure/identity';
import type { Log } from '../telemetry/log.js';
import { CONTAINER_NAMES, containerPlan } from './containers.js';
import { chargeOf, failureOf, missing, unavailable } from './cosmos-failure.js';
import type { Container } from './store.js';
import { StoreDamaged, StoreUnavailable } from './store.js';

export interface CosmosOptions {
  readonly endpoint: string;
  readonly database: string;
  /** Of an emulator. With it, the database and its containers are created where they are missing. */
  readonly key?: string | undefined;
  /** The identity of the service in production; it may not create anything. */
  readonly credential?: TokenCredential | undefined;
  readonly log: Log;
  /** A new unique text each time; it stamps a write so that it is known again. */
  readonly newId: () => string;
  readonly wait: (ms: number) => Promise<unknown>;
  /** Request units of each answer, for metrics. */
  readonly onCharge?: (requestUnits: number) => void;
  /** Waits between tries. The SDK has by then waited out throttling for up to 30 seconds in each try. */
  readonly retryDelaysMs?: readonly number[];
  readonly requestTimeoutMs?: number;
  readonly pageSize?: number;
}

/** The open account with everything that its requests need. */
export interface CosmosLink {
  readonly options: CosmosOptions;
  readonly pageSize: number;
  readonly retryDelaysMs: readonly number[];
  /** One request with all retries that the SDK makes by itself. */
  readonly deadlineMs: number;
  container(container: Container): CosmosContainer;
  spent(operation: string, requestUnits: number | undefined): void;
  close(): void;
}

const RETRY_DELAYS_MS = [250, 1_000, 4_000];
/** Cosmos DB ends an operation after 5 seconds by itself. */
const REQUEST_TIMEOUT_MS = 10_000;
const DEADLINE_MS = 45_000;

export async function openCosmosLink(options: CosmosOptions): Promise<CosmosLink> {
  const client = new CosmosClient(clientOptions(options));
  const database = client.database(options.database);
  const containers = new Map(CONTAINER_NAMES.map((name) => [name, database.container(name)]));
  const link: CosmosLink = {
    options,
    pageSize: options.pageSize ?? 200,
    retryDelaysMs: options.retryDelaysMs ?? RETRY_DELAYS_MS,
    deadlineMs: DEADLINE_MS,
    container: (name) => containers.get(name) ?? database.container(name),
    spent: (operation, requestUnits) => {
      const charge = requestUnits ?? 0;
      options.log.debug('Cosmos DB answered', { operation, charge });
      options.onCharge?.(charge);
    },
    close: () => client.dispose(),
  };
  try {
    await (options.key === undefined
      ? checkContainers(link, database)
      : createContainers(link, client, database));
  } catch (error) {
    client.dispose();
    throw error;
  }
  return link;
}

/** Sends what changes nothing; again after a pause when the answer was lost or refused for now. */
export async function reading<R>(
  link: CosmosLink,
  what: string,
  send: (signal: AbortSignal) => Promise<R>,
): Promise<R> {
  let last: { readonly code: number | string; readonly cause: unknown } = { code: 'none', cause: undefined };
  for (const delay of [0, ...link.retryDelaysMs]) {
    if (delay > 0) await link.options.wait(delay);
    try {
      return await send(AbortSignal.timeout(link.deadlineMs));
    } catch (error) {
      link.spent(what, chargeOf(error));
      const failure = failureOf(error, what);
      if (failure.is === 'final') throw failure.error;
      if (failure.is === 'collision') throw error;
      link.options.log.warn('Cosmos DB did not answer as it should', { operation: what, code: failure.code });
      last = { code: failure.code, cause: error };
    }
  }
  throw unavailable(what, last.code, last.cause);
}

function clientOptions({ endpoint, key, credential, requestTimeoutMs }: CosmosOptions): CosmosClientOptions {
  const url = new URL(endpoint);
  const plain = url.protocol === 'http:';
  if (plain && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)) {
    throw new StoreUnavailable(
      `${url.origin}: http is accepted only for an emulator on this machine; use https.`,
    );
  }
  if (key === undefined && (credential === undefined || plain)) {
    throw new StoreUnavailable(
      `${url.origin}: an emulator needs COSMOS_KEY; an account is opened with https and the identity of the service.`,
    );
  }
  return {
    endpoint: url.href,
    ...(key === undefined ? {} : { key }),
    ...(key !== undefined || credential === undefined ? {} : { aadCredentials: credential }),
    userAgentSuffix: 'license-steward',
    connectionPolicy: {
      requestTimeout: requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
      // Emulators advertise addresses that cannot be reached over http.
      enableEndpointDiscovery: !plain,
    },
  };
}

async function createContainers(link: CosmosLink, client: CosmosClient, database: Database): Promise<void> {
  await reading(link, 'create database', (abortSignal) =>
    client.databases.createIfNotExists({ id: database.id }, { abortSignal }).catch(existsAlready),
  );
  for (const name of CONTAINER_NAMES) {
    const { partitionKey, indexingPolicy } = containerPlan(name);
    await reading(link, `create container ${name}`, (abortSignal) =>
      database.containers
        .createIfNotExists(
          {
            id: name,
            partitionKey: { paths: [...partitionKey.paths] },
            indexingPolicy: {
              ...indexingPolicy,
              includedPaths: [...indexingPolicy.includedPaths],
              excludedPaths: [...indexingPolicy.excludedPaths],
              compositeIndexes: indexingPolicy.compositeIndexes.map((paths) => [...paths]),
            },
          },
          { abortSignal },
        )
        .catch(existsAlready),
    );
  }
  await checkContainers(link, database);
}

/** Two processes that start together both create; the second is told so. */
function existsAlready(error: unknown): void {
  const failure = failureOf(error, 'create');
  if (failure.is === 'collision' && failure.code === 409) return;
  throw error;
}

async function checkContainers(link: CosmosLink, database: Database): Promise<void> {
  for (const name of CONTAINER_NAMES) {
    const what = `container ${name} of database ${database.id}`;
    const found = await reading(link, what, (abortSignal) =>
      database
        .container(name)
        .read({ abortSignal })
        .catch((error: unknown) => {
          const failure = failureOf(error, what);
          if (failure.is === 'collision') throw missing(what, error);
          throw error;
        }),
    );
    link.spent(what, found.requestCharge);
    const [expected] = containerPlan(name).partitionKey.paths;
    const paths = found.resource?.partitionKey?.paths ?? [];
    if (paths.length !== 1 || paths[0] !== expected) {
      throw new StoreDamaged(
        `The ${what} has the partition key ${paths.join(', ')} in place of ${expected}. Remove it and deploy infra/ again, ` +
          'or set COSMOS_DATABASE to another name.',
      );
    }
  }
}
