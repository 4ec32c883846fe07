import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { latestRun } from '../../src/audit/run-store.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { anOpenAi, OPENAI_KEY, type OpenAi } from '../world/open-ai.js';
import { aServiceWorld, type RunningService, type ServiceWorld } from '../world/service-process.js';
import { eventually } from '../world/try-out-process.js';

jest.setTimeout(120_000);

const { itManager: manager } = NAMED;
const FREE = 'which folks have been gathering dust on their seats';
const QUESTION = '{"kind":"question","ask":{"kind":"list"},"subject":"candidates","where":[]}';

let openAi: OpenAi;
let world: ServiceWorld;
let service: RunningService;

beforeAll(async () => {
  openAi = await anOpenAi();
  world = await aServiceWorld({
    policyFile: 'src/simulator/policy.yaml',
    people: 60,
    settings: {
      AZURE_OPENAI_ENDPOINT: openAi.settings.endpoint,
      AZURE_OPENAI_API_KEY: OPENAI_KEY,
      AZURE_OPENAI_DEPLOYMENT: openAi.settings.deployment,
      AZURE_OPENAI_TIMEOUT_SECONDS: '20',
    },
  });
  service = await world.start();
  await service.listening();
  await eventually('The first audit', () => latestRun(world.store));
});

afterAll(async () => {
  await world.close();
  await openAi.close();
});

async function answerTo(text: string): Promise<string> {
  const before = world.connector.chatOf(manager.id).length;
  await fetch(`${service.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'message',
      text,
      channelId: 'msteams',
      id: `message-${before}`,
      serviceUrl: world.connector.serviceUrl,
      from: { id: `29:${manager.id}`, aadObjectId: manager.id },
      recipient: { id: '28:bot' },
      conversation: {
        id: world.connector.conversationOf(manager.id),
        conversationType: 'personal',
        tenantId: 'tenant',
      },
      channelData: { tenant: { id: 'tenant' } },
    }),
  });
  return eventually('An answer', async () =>
    world.connector
      .chatOf(manager.id)
      .slice(before)
      .map(({ activity }) => JSON.stringify(activity))
      .find((said) => said.includes('language model') || said.includes('did not understand')),
  );
}

describe('The service with a language model in its settings', () => {
  it('asks it about words that the grammar does not know, and keeps the key to itself', async () => {
    openAi.answers(QUESTION);
    const answer = await answerTo(FREE);
    expect(answer).toContain('Understood as: **who is inactive but licensed');
    expect(openAi.requests).toHaveLength(1);
    expect(openAi.refused).toEqual([]);
    const log = readFileSync(world.logFile, 'utf8');
    expect(log).toContain('A language model was asked.');
    expect(log).not.toMatch(/openai-key|dust/);
    expect(JSON.stringify(world.connector.messages)).not.toContain(OPENAI_KEY);
  });
});
