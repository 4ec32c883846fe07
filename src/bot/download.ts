import { errorName } from './background.js';

export type Downloaded =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'tooLarge' }
  /** `why` is for the log: a status or the name of an error, and nothing of the address. */
  | { readonly kind: 'failed'; readonly why: string | number };

export interface DownloadLimits {
  /** As they are once unpacked. */
  readonly bytes: number;
  /** For all of it, in milliseconds. */
  readonly ms: number;
}

/**
 * Fetches a file from an address that was looked at before. It follows no redirect, sends nothing of ours, and stops as
 * soon as more comes than may be.
 */
export async function download(url: string, limits: DownloadLimits): Promise<Downloaded> {
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(limits.ms) });
    if (!answer.ok || answer.body === null) {
      await answer.body?.cancel();
      return { kind: 'failed', why: answer.status };
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body) {
      size += chunk.byteLength;
      // Whoever leaves the loop closes the connection.
      if (size > limits.bytes) return { kind: 'tooLarge' };
      chunks.push(chunk);
    }
    return { kind: 'bytes', bytes: Buffer.concat(chunks) };
  } catch (error) {
    return { kind: 'failed', why: errorName(error) };
  }
}
