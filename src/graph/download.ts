import { request as requestPlainly, type IncomingMessage } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** A download whose head has arrived. */
export interface Download {
  readonly status: number;
  /** Empty: not there. */
  header(name: string): string;
  /** Unpacked. Fails when it ends before its announced length, its last chunk or the end of its gzip data. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Nobody reads on. */
  end(): void;
}

/** Nothing of ours is among them. */
const HEADERS = { Accept: '*/*', 'Accept-Encoding': 'gzip', 'User-Agent': 'node' };
const LONGEST_SILENCE_MS = 5 * 60_000;

/**
 * Begins a download without following redirects. Not by `fetch`, which takes gzip data that end in the middle for a
 * whole file.
 * @param longestSilenceMs after so long without a byte the connection is cut
 */
export function beginDownload(url: URL, longestSilenceMs = LONGEST_SILENCE_MS): Promise<Download> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestSecurely : requestPlainly;
    const sent = request(url, { headers: HEADERS });
    let arrived: IncomingMessage | undefined;
    sent.on('response', (response) => {
      arrived = response;
      resolve(downloadOf(response));
    });
    sent.on('error', reject);
    sent.setTimeout(longestSilenceMs, () =>
      (arrived ?? sent).destroy(new Error(`nothing came for ${longestSilenceMs / 1000} s`)),
    );
    sent.end();
  });
}

function downloadOf(response: IncomingMessage): Download {
  return {
    status: response.statusCode ?? 0,
    header: (name) => [response.headers[name.toLowerCase()] ?? ''].flat()[0] ?? '',
    body: unpacked(response),
    end: () => response.destroy(),
  };
}

async function* unpacked(response: IncomingMessage): AsyncGenerator<Uint8Array> {
  const isPacked = response.headers['content-encoding'] === 'gzip';
  // What fails is told by the last of the streams.
  const bytes = isPacked ? pipeline(response, createGunzip(), () => undefined) : response;
  for await (const some of bytes) yield some as Uint8Array;
}
