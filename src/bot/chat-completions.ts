import { z } from 'zod';
import type { LanguageModelSettings } from '../config/language-model.js';
import type { Clock } from '../graph/clock.js';
import { retryAfterMs } from '../graph/retry-after.js';
import type { TokenSource } from '../graph/tokens.js';

export interface ChatMessage {
  readonly role: string;
  readonly content: string;
}

export type Completion =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly why: Failure; readonly status?: number };

/** busy: the service asks to come later. refused: it will not take this. strange: no answer of this API. */
type Failure = 'busy' | 'refused' | 'down' | 'strange' | 'cutShort' | 'unreachable' | 'late';

export interface CompletionDoors {
  readonly model: LanguageModelSettings;
  /** The identity of the app, where there is no key. */
  readonly tokens: TokenSource | undefined;
  readonly clock: Clock;
}

/** One call of the chat completions API of Azure OpenAI. Never rejects, and says nothing of what was sent or answered. */
export type Complete = (messages: readonly ChatMessage[], signal: AbortSignal) => Promise<Completion>;

const MOST_TRIES = 2;
const USUAL_WAIT_MS = 500;
/** Of an answer. */
export const MOST_TOKENS = 700;
/** Bytes; an answer takes a few hundred. */
const LARGEST_ANSWER = 64 * 1024;

const Answered = z.object({
  choices: z
    .array(z.object({ finish_reason: z.string(), message: z.object({ content: z.string() }) }))
    .min(1),
});

/** Opened once: it remembers until when the service wants to be left alone. */
export function openCompletions({ model, tokens, clock }: CompletionDoors): Complete {
  const address =
    `${model.endpoint}/openai/deployments/${encodeURIComponent(model.deployment)}/chat/completions` +
    `?api-version=${model.apiVersion}`;
  let busyUntil = 0;

  async function once(body: string, signal: AbortSignal): Promise<Tried> {
    const credential: Record<string, string> =
      model.key === undefined
        ? { authorization: `Bearer ${(await tokens?.token()) ?? ''}` }
        : { 'api-key': model.key };
    const response = await fetch(address, {
      method: 'POST',
      headers: { ...credential, 'content-type': 'application/json' },
      body,
      signal,
      // A key would go along to wherever an answer points.
      redirect: 'error',
    });
    const { status } = response;
    if (response.ok) return { last: completionOf(await boundedText(response)) };
    await response.body?.cancel();
    const isBusy = status === 429 || status === 503;
    const wait = retryAfterMs(response.headers.get('retry-after'), clock.now()) ?? USUAL_WAIT_MS;
    if (isBusy) busyUntil = Math.max(busyUntil, clock.now().getTime() + wait);
    if (isBusy || status === 408 || status >= 500)
      return { last: { kind: 'failed', why: isBusy ? 'busy' : 'down', status }, wait };
    return { last: { kind: 'failed', why: 'refused', status } };
  }

  return async (messages, signal) => {
    const body = JSON.stringify({
      messages,
      temperature: 0,
      max_tokens: MOST_TOKENS,
      response_format: { type: 'json_object' },
    });
    if (clock.now().getTime() < busyUntil) return { kind: 'failed', why: 'busy' };
    try {
      let tried = await once(body, signal);
      for (let tries = 1; tries < MOST_TRIES && tried.wait !== undefined; tries += 1) {
        if (tried.wait > model.timeoutMs) break;
        await clock.sleep(tried.wait, signal);
        tried = await once(body, signal);
      }
      return tried.last;
    } catch {
      return { kind: 'failed', why: signal.aborted ? 'late' : 'unreachable' };
    }
  };
}

interface Tried {
  readonly last: Completion;
  /** Milliseconds after which it may be tried again. */
  readonly wait?: number;
}

function completionOf(text: string | undefined): Completion {
  const read = Answered.safeParse(jsonOf(text));
  const [choice] = read.data?.choices ?? [];
  if (choice === undefined) return { kind: 'failed', why: 'strange' };
  return choice.finish_reason === 'stop'
    ? { kind: 'text', text: choice.message.content }
    : { kind: 'failed', why: 'cutShort' };
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** undefined: larger than any answer is; the rest is not read. */
async function boundedText({ body }: Response): Promise<string | undefined> {
  if (body === null) return undefined;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Uint8Array>) {
    size += part.byteLength;
    if (size > LARGEST_ANSWER) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
