import { createServer, type Server } from 'node:http';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startPlayground, type Persona } from '../../src/cli/playground.js';
import { NAMED, PERSONAS } from '../../src/simulator/named-people.js';
import { openChat, type ChatPage } from './chat-page.js';
import { freePort, type TryOut } from './try-out-process.js';

/** Somebody who has the app, in a Playground of their own. */
export interface Player {
  readonly chat: ChatPage;
  stop(): Promise<void>;
}

/**
 * The Playground shows the chat of one person. To be another one, a second Playground is started in front of the same
 * bot, in which that person is played; the bot answers each of them where they write from.
 * @param locale of the person's client, such as `de-DE`; the Playground itself speaks `en-US` alone
 */
export async function playAs(
  browser: Browser,
  tryOut: TryOut,
  played: Persona,
  locale?: string,
): Promise<Player> {
  const client = locale === undefined ? undefined : await openClient(locale, tryOut.botUrl);
  const everybody = [...PERSONAS, NAMED.activeReport];
  const playground = await startPlayground({
    dataDir: path.join(tryOut.dataDir, `as-${played.id}`),
    port: await freePort(),
    botUrl: client?.url ?? tryOut.botUrl,
    tenantId: 'tenant',
    played,
    others: everybody.filter(({ id }) => id !== played.id),
  });
  const stop = async (): Promise<void> => {
    await playground.stop();
    client?.server.close();
  };
  try {
    return { chat: await openChat(browser, playground.url), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Stands between the Playground and the bot, and says of every activity that the client speaks this language. */
async function openClient(
  locale: string,
  botUrl: string,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      // The Playground also looks whether anybody is there, without an activity.
      const said = body === '' ? '{}' : JSON.stringify({ ...(JSON.parse(body) as object), locale });
      void handOn(botUrl, said).then(
        ({ status, text }) => response.writeHead(status, JSON_TYPE).end(text),
        () => response.destroy(),
      );
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${port}/api/messages`, server };
}

const JSON_TYPE = { 'content-type': 'application/json' };

async function handOn(
  botUrl: string,
  body: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await fetch(botUrl, { method: 'POST', headers: JSON_TYPE, body });
  return { status: answer.status, text: await answer.text() };
}
