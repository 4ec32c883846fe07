import { createServer, type OutgoingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { beginDownload } from '../../src/graph/download.js';
import { until } from './test-clocks.js';

const running: Server[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server that answers every request by `answer`. */
async function serving(answer: (response: ServerResponse) => void): Promise<URL> {
  const server = createServer((_request, response) => answer(response));
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/report`);
}

/** Rows that hardly get smaller when they are packed. */
const ROWS = Array.from(
  { length: 20_000 },
  (_, n) => `${Math.imul(n + 1, 2_654_435_761) >>> 0},row\r\n`,
).join('');
const PACKED = gzipSync(Buffer.from(ROWS));
const GZIP = { 'Content-Encoding': 'gzip' };

/**
 * Answers with a status and a body. `writeHead` is not chained: restify, once loaded by another test of the process,
 * has replaced it for every server by one that gives nothing back.
 */
function answering(body: Buffer | string, headers: OutgoingHttpHeaders = {}, status = 200) {
  return (response: ServerResponse): void => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

async function textOf(url: URL, longestSilenceMs?: number): Promise<string> {
  const { body } = await beginDownload(url, longestSilenceMs);
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

describe('a download', () => {
  test.each<readonly [string, (response: ServerResponse) => void]>([
    ['as it is', (response) => response.end(ROWS)],
    ['packed', answering(PACKED, GZIP)],
    [
      'packed, in pieces without a length',
      (response) => {
        response.writeHead(200, GZIP);
        response.write(PACKED.subarray(0, 1_000));
        response.end(PACKED.subarray(1_000));
      },
    ],
  ])('comes whole %s', async (_how, answer) => {
    expect(await textOf(await serving(answer))).toBe(ROWS);
  });

  test('tells its status and headers, and follows no redirect', async () => {
    const url = await serving(answering('', { Location: 'https://elsewhere.example/' }, 302));
    const download = await beginDownload(url);
    expect([download.status, download.header('location'), download.header('Retry-After')]).toEqual([
      302,
      'https://elsewhere.example/',
      '',
    ]);
  });
});

describe('a download that is not whole fails', () => {
  const half = PACKED.subarray(0, PACKED.length / 2);

  test.each<readonly [string, (response: ServerResponse) => void]>([
    [
      'short of its length',
      (response) => {
        response.writeHead(200, { 'Content-Length': String(ROWS.length) });
        response.write(ROWS.slice(0, 1_000), () => response.destroy());
      },
    ],
    [
      'without its last piece',
      (response) => void response.write(ROWS.slice(0, 1_000), () => response.destroy()),
    ],
    ['short of the end of what is packed', answering(half, GZIP)],
    [
      'the same in pieces',
      (response) => {
        response.writeHead(200, GZIP);
        response.write(half.subarray(0, 1_000));
        response.end(half.subarray(1_000));
      },
    ],
    ['without the last byte of what is packed', answering(PACKED.subarray(0, -1), GZIP)],
    ['of which a byte has changed', answering(withWrongSum(), GZIP)],
  ])('%s', async (_how, answer) => {
    await expect(textOf(await serving(answer))).rejects.toThrow(
      /aborted|unexpected end|incorrect data check/,
    );
  });

  test('when the connection ends before its head', async () => {
    const url = await serving((response) => response.destroy());
    await expect(beginDownload(url)).rejects.toThrow('socket hang up');
  });

  test.each<readonly [string, (response: ServerResponse) => void]>([
    ['head', () => undefined],
    ['rest', (response) => void response.write(ROWS.slice(0, 1_000))],
  ])('when nothing comes any more of its %s', async (_what, answer) => {
    await expect(textOf(await serving(answer), 100)).rejects.toThrow('nothing came for 0.1 s');
  });
});

test.each([{}, GZIP])('whoever stops in the middle ends the connection: %j', async (headers) => {
  let isClosed = false;
  const url = await serving((response) => {
    response.on('close', () => (isClosed = true));
    response.writeHead(200, headers);
    response.write('Content-Encoding' in headers ? PACKED.subarray(0, -100) : ROWS);
  });
  const { body } = await beginDownload(url);
  for await (const part of body) if (part.length > 0) break;
  await until(() => isClosed);
  expect(isClosed).toBe(true);
});

/** The check sum stands before the length at the end. */
function withWrongSum(): Buffer {
  const changed = Buffer.from(PACKED);
  changed.writeUInt32LE((PACKED.readUInt32LE(PACKED.length - 8) + 1) >>> 0, PACKED.length - 8);
  return changed;
}
