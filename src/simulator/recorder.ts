/** One request that reached the simulator. A batch and each of its steps are records of their own. */
export interface RequestRecord {
  readonly method: string;
  /** Path and query as received. */
  readonly path: string;
  readonly origin: 'graph' | 'download' | 'exchange';
  readonly inBatch: boolean;
  /** Whether an Authorization header came along. */
  readonly authorization: boolean;
  /** 0: the connection was cut before an answer. */
  readonly status: number;
  readonly at: Date;
}

/** One whole exchange, for checking against the contract. */
export interface Exchange {
  readonly method: string;
  /** Path and query as received, beginning with the version. */
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** Parsed JSON, text, or undefined for no body or a stream. */
  readonly responseBody: unknown;
}

export interface Recorder {
  readonly requests: readonly RequestRecord[];
  readonly exchanges: readonly Exchange[];
  /** false: exchanges are not worth putting together. */
  readonly keepsExchanges: boolean;
  request(record: RequestRecord): void;
  exchange(exchange: Exchange): void;
}

/** A try-out may run for weeks: only the last requests are kept. */
const KEPT = 50_000;

export function makeRecorder(withExchanges: boolean): Recorder {
  const requests: RequestRecord[] = [];
  const exchanges: Exchange[] = [];
  return {
    requests,
    exchanges,
    keepsExchanges: withExchanges,
    request(record) {
      if (requests.length >= KEPT) requests.splice(0, KEPT / 10);
      requests.push(record);
    },
    exchange(exchange) {
      if (withExchanges) exchanges.push(exchange);
    },
  };
}
