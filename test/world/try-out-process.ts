import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const NODE = path.join(ROOT, 'node_modules', '.bin', 'node');
/** Somebody whom the Playground plays writes here. */
const CHAT = 'personal-chat';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface ChatMessage {
  readonly action: string;
  readonly message: {
    readonly messageId: string;
    readonly text?: string;
    readonly attachments?: readonly { readonly content: Readonly<Record<string, unknown>> }[];
  };
}

/** `npm start` as a process of its own, with the Playground played over its own HTTP endpoints. */
export interface TryOut {
  readonly dataDir: string;
  readonly playgroundUrl: string;
  /** Where the Playground hands on what is written and clicked. */
  readonly botUrl: string;
  /** Base address of the simulated tenant. */
  readonly graphUrl: string;
  /** Everything that reached the chat so far, edits included. */
  readonly messages: readonly ChatMessage[];
  say(text: string): Promise<void>;
  /** Presses a button of a card; gives the card that replaces it. */
  press(
    messageId: string,
    verb: string,
    data: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>>;
  steward(...args: readonly string[]): Promise<Ended>;
  /** Ctrl-C, then waits for the end. */
  stop(): Promise<Ended>;
}

export interface TryOutOptions {
  readonly dataDir: string;
  readonly args?: readonly string[];
  /** Default: the policy of the try-out. */
  readonly policyFile?: string;
  /** false: the chat is left to a browser, which alone gets what was sent before it came. Default true. */
  readonly listen?: boolean;
}

export function freshDataDir(): { readonly dataDir: string; remove(): void } {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'try-out-'));
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

export async function startTryOut(options: TryOutOptions): Promise<TryOut> {
  const { dataDir, args = [], policyFile = '', listen = true } = options;
  const [port, playgroundPort] = [await freePort(), await freePort()];
  const choices = { DATA_DIR: dataDir, POLICY_FILE: policyFile };
  const environment = { ...choices, PORT: String(port) };
  const child = run(
    ['dist/cli/start.js', '--people', '80', '--playground-port', String(playgroundPort), ...args],
    environment,
  );
  const ended = endOf(child);
  await printed(child, ended, 'Ctrl-C stops everything');
  const playgroundUrl = `http://localhost:${playgroundPort}`;
  const messages: ChatMessage[] = [];
  const stream = `ws://localhost:${playgroundPort}/_ws_conversation/v1/conversations/stream`;
  const socket = listen ? new WebSocket(stream) : undefined;
  socket?.addEventListener('message', ({ data }) => messages.push(JSON.parse(String(data)) as ChatMessage));
  const { graphUrl } = JSON.parse(readFileSync(path.join(dataDir, 'try-out.json'), 'utf8')) as {
    graphUrl: string;
  };
  const { config } = (await (await fetch(`${playgroundUrl}/_internal/v1/config`)).json()) as {
    config: { currentUser: { id: string } };
  };
  const from = { id: config.currentUser.id };
  return {
    dataDir,
    playgroundUrl,
    botUrl: `http://localhost:${port}/api/messages`,
    graphUrl,
    messages,
    async say(text) {
      await post(`${playgroundUrl}/_conversation/v1/conversations/${CHAT}/messages`, {
        from,
        text,
        textFormat: 'plain',
      });
    },
    async press(messageId, verb, data) {
      const answer = await post(`${playgroundUrl}/_conversation/v1/invoke`, {
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
        from,
        conversation: { id: CHAT },
        replyToId: messageId,
      });
      return answer as Readonly<Record<string, unknown>>;
    },
    steward: (...words) => endOf(run(['dist/cli/steward.js', ...words], choices)),
    async stop() {
      socket?.close();
      child.kill('SIGINT');
      return ended;
    },
  };
}

/** Looks until something is there; fails with `what` after a minute. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${what} did not happen within a minute.`);
}

/** The newest message whose card or text holds `text`. */
export function messageWith(tryOut: TryOut, text: string): ChatMessage | undefined {
  return tryOut.messages.findLast((message) => JSON.stringify(message).includes(text));
}

export function run(args: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess {
  const { BOT_ID: _bot, GRAPH_BASE_URL: _graph, POLICY_FILE: _policy, ...inherited } = process.env;
  return spawn(NODE, args, {
    cwd: ROOT,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export function endOf(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

async function printed(child: ChildProcess, ended: Promise<Ended>, text: string): Promise<void> {
  const seen = new Promise<'seen'>((resolve) => {
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes(text)) resolve('seen');
    });
  });
  const outcome = await Promise.race([seen, ended]);
  if (outcome !== 'seen')
    throw new Error(`The try-out ended with ${outcome.code}: ${outcome.out}${outcome.err}`);
}

/**
 * A free port below those that the system gives to outgoing connections: one that a test gives up and takes again
 * must not be gone to another test's client in between.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(12_000, 32_000);
    if (await canListen(port)) return port;
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

async function post(url: string, body: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
