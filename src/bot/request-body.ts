import type { IncomingMessage } from 'node:http';

/** What a request brought; `refused`: the status with which it is answered. */
export type RequestBody =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly status: 400 | 413 | 415 };

/**
 * Reads the body of a request of somebody who is not known yet. Teams packs none, and unpacking what a stranger packed
 * has no bound (restify's own reader does so, and ends the process over a body that only claims to be packed).
 * @param most bytes; what comes beyond is read and thrown away, so that the sender hears the answer
 */
export async function bodyOf(request: IncomingMessage, most: number): Promise<RequestBody> {
  const { 'content-encoding': encoding = 'identity' } = request.headers;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= most) chunks.push(chunk);
    }
  } catch {
    // The sender broke it off.
    return { kind: 'refused', status: 400 };
  }
  if (encoding !== 'identity') return { kind: 'refused', status: 415 };
  if (bytes > most) return { kind: 'refused', status: 413 };
  return { kind: 'text', text: Buffer.concat(chunks).toString('utf8') };
}
