import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { GraphRefusal } from './graph-call.js';
import type { GraphCall } from './graph-call.js';
import type { WireAnswer } from './wire-answer.js';

const SMALL = 1024;

/** How much of an answer is really sent. */
export type Sending = 'whole' | 'halfBody' | 'cutMidway';

export async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts).toString('utf8');
}

/** Takes a path and query apart as Graph does. @throws GraphRefusal for an unknown version or a body that is no JSON */
export function callOf(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  origin: string,
): GraphCall {
  const { segments: whole, ...parts } = partsOf(method, path, headers, body);
  const [version = '', ...segments] = whole;
  if (version !== 'v1.0' && version !== 'beta') {
    throw new GraphRefusal(400, 'BadRequest', `Invalid version: ${version}`);
  }
  return { ...parts, version, segments: segments.filter((segment) => segment !== ''), origin };
}

/** A request taken apart, whatever its first segment. @throws GraphRefusal for a body that is no JSON */
export function partsOf(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Omit<GraphCall, 'version' | 'origin'> {
  const [route = '', query = ''] = splitOnce(path, '?');
  return {
    method,
    segments: route.split('/').slice(1).map(decode),
    query: new Map(new URLSearchParams(query)),
    headers,
    body: parseBody(body),
  };
}

export function headersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}

/** Sends an answer, compressed when the caller can read that. */
export async function send(
  response: ServerResponse,
  answer: WireAnswer,
  gzip: boolean,
  sending: Sending = 'whole',
): Promise<void> {
  if (answer.body && 'stream' in answer.body) {
    await sendStream(response, answer, answer.body.stream, gzip, sending);
    return;
  }
  const text = answer.body && ('json' in answer.body ? JSON.stringify(answer.body.json) : answer.body.text);
  const plain = Buffer.from(text ?? '', 'utf8');
  const small = plain.length < SMALL || !gzip || sending !== 'whole';
  const bytes = small ? plain : gzipSync(plain, { level: 1 });
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  const length = sending === 'halfBody' ? half.length : bytes.length;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(small ? {} : { 'Content-Encoding': 'gzip' }),
    ...(text === undefined ? {} : { 'Content-Length': String(length) }),
  });
  if (sending === 'cutMidway') {
    response.write(half, () => response.destroy());
    return;
  }
  response.end(sending === 'halfBody' ? half : bytes);
}

async function sendStream(
  response: ServerResponse,
  answer: WireAnswer,
  stream: NodeJS.ReadableStream,
  gzip: boolean,
  sending: Sending,
): Promise<void> {
  if (sending !== 'whole') {
    const bytes = await collect(stream);
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    const length = sending === 'halfBody' ? half.length : bytes.length;
    response.writeHead(answer.status, { ...answer.headers, 'Content-Length': String(length) });
    if (sending === 'cutMidway') response.write(half, () => response.destroy());
    else response.end(half);
    return;
  }
  response.writeHead(answer.status, { ...answer.headers, ...(gzip ? { 'Content-Encoding': 'gzip' } : {}) });
  if (gzip) await pipeline(stream, createGzip({ level: 1 }), response);
  else await pipeline(stream, response);
}

async function collect(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}

function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new GraphRefusal(
      400,
      'BadRequest',
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
  }
}

function splitOnce(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
