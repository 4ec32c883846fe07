import { afterEach, describe, expect, it } from '@jest/globals';
import { openTeams } from '../../../src/bot/open-bot.js';
import type { Became } from '../../../src/cases/asking/deliveries.js';
import { readDeliveries } from '../../../src/cases/asking/run-deliveries.js';
import { GraphFailure } from '../../../src/graph/graph-failure.js';
import { silentLog } from '../../../src/telemetry/log.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, idle, userId } from '../../world/people.js';
import { aTeamsConnector, type ScriptedAnswer, type TeamsConnector } from '../../world/teams-connector.js';

/** Ada is idle; Grace is asked about her, and above Grace is Mona. */
const ADA = userId('Ada');
const GRACE = userId('Grace');
const MONA = userId('Mona');
const SEND = /^POST .*\/activities$/;
/** A tenth of `deliverWithin`. */
const TRY_AGAIN_MS = 30_000;

interface Asking {
  readonly world: CaseWorld;
  readonly connector: TeamsConnector;
  /** How often the operator was told. */
  readonly alerts: string[];
  readonly waits: number[];
}

let asking: Asking | undefined;

afterEach(async () => {
  await asking?.world.close();
  await asking?.connector.close();
  asking = undefined;
});

/** The first audit has run and asked, and Teams has answered so. */
async function asked(...answers: readonly ScriptedAnswer[]): Promise<Asking> {
  const connector = await aTeamsConnector();
  const alerts: string[] = [];
  const waits: number[] = [];
  connector.script(SEND, ...answers);
  const mona = aPerson('Mona', idle(1));
  const grace = aPerson('Grace', { ...idle(1), manager: mona });
  const others = ['Bob', 'Carl', 'Dora', 'Eve', 'Finn'].map((name) => aPerson(name, idle(1)));
  const world = await aCaseWorld([aPerson('Ada', { ...idle(150), manager: grace }), grace, mona, ...others], {
    through: (doors) => {
      const { store, clock, sleep } = doors;
      const log = { ...silentLog, error: (text: string) => void alerts.push(text) };
      const slept = (ms: number): Promise<void> => {
        waits.push(ms);
        return sleep(ms);
      };
      const timed = { now: () => clock.now(), sleep: slept };
      const identity = { kind: 'tryOut' } as const;
      const { serviceUrl } = connector;
      const teams = openTeams({ identity, serviceUrl, store, log, clock: timed, random: () => 0.5 });
      return { ...doors, messenger: teams.messenger };
    },
  });
  asking = { world, connector, alerts, waits };
  await world.audit();
  await world.work();
  return asking;
}

function refusal(status: number, code: string): ScriptedAnswer {
  const isSub = code === 'MessageWritesBlocked';
  return { status, body: { error: isSub ? { code: 'Forbidden', subCode: code } : { code, message: '' } } };
}

/** What the ledger has of somebody, oldest first. */
async function ledgerOf(
  { world }: Asking,
  of: string,
): Promise<readonly (readonly [Became, string | undefined])[]> {
  const people = await readDeliveries(world.store);
  const notes = people.find((person) => person.userId === of)?.notes ?? [];
  return notes.map(({ became, code }) => [became, code] as const);
}

function sendsTo({ connector }: Asking, of: string): number {
  const path = `/v3/conversations/${encodeURIComponent(connector.conversationOf(of))}/activities`;
  return connector.calls.filter((call) => call.path === path).length;
}

describe('A question that Teams refuses for good goes to the next manager at once:', () => {
  it.each<[number, string, Became, 'told' | 'not told']>([
    [400, 'BadArgument', 'failed', 'told'],
    [403, 'BotNotInConversationRoster', 'notInstalled', 'not told'],
    [403, 'ConversationBlockedByUser', 'blocked', 'not told'],
    [403, 'MessageWritesBlocked', 'blocked', 'not told'],
    [403, 'ForbiddenOperationException', 'notInstalled', 'not told'],
    [404, 'ConversationNotFound', 'unknownAccount', 'not told'],
    [404, 'ActivityNotFoundInConversation', 'unknownAccount', 'not told'],
    [413, 'MessageSizeTooBig', 'failed', 'told'],
  ])('%i %s', async (status, code, became, operator) => {
    const now = await asked(refusal(status, code));
    expect(sendsTo(now, GRACE)).toBe(1);
    expect(await ledgerOf(now, GRACE)).toEqual([[became, code]]);
    expect(await ledgerOf(now, MONA)).toEqual([['delivered', undefined]]);
    expect(await now.world.caseOf(ADA)).toMatchObject({ state: 'asked', askedOf: MONA });
    expect(now.connector.chatOf(GRACE)).toHaveLength(0);
    expect(now.alerts).toHaveLength(operator === 'told' ? 1 : 0);
  });
});

describe('A question that an operator has to help waits for them, and is not passed on:', () => {
  it.each<[number, string, Became]>([
    [401, 'BotNotRegistered', 'failed'],
    [403, 'BotDisabledByAdmin', 'disabledByAdmin'],
    [403, 'InvalidBotApiHost', 'failed'],
    [403, 'NotEnoughPermissions', 'failed'],
  ])('%i %s', async (status, code, became) => {
    const now = await asked(refusal(status, code));
    expect(sendsTo(now, GRACE)).toBe(1);
    expect(await ledgerOf(now, GRACE)).toEqual([[became, code]]);
    expect(now.alerts).toHaveLength(1);
    expect((await now.world.caseOf(ADA)).state).toBe('opened');
    await now.world.work(TRY_AGAIN_MS + 5_000);
    expect(await ledgerOf(now, GRACE)).toEqual([
      [became, code],
      ['delivered', undefined],
    ]);
    expect(await now.world.caseOf(ADA)).toMatchObject({ state: 'asked', askedOf: GRACE });
    expect(now.connector.chatOf(GRACE)).toHaveLength(1);
  });
});

describe('A question that Teams cannot take now', () => {
  it.each([412, 429, 502, 503, 504])('is sent again in the same try after %i', async (status) => {
    const now = await asked(refusal(status, 'Busy'));
    expect(sendsTo(now, GRACE)).toBe(2);
    expect(await ledgerOf(now, GRACE)).toEqual([['delivered', undefined]]);
    expect(now.waits).toContain(2_000);
    expect(now.alerts).toEqual([]);
  });

  it.each([412, 429, 502, 503, 504])(
    'three times with %i is tried later, and reaches the same person',
    async (status) => {
      const busy = refusal(status, 'Busy');
      const now = await asked(busy, busy, busy);
      expect(sendsTo(now, GRACE)).toBe(3);
      expect(await ledgerOf(now, GRACE)).toEqual([['failed', 'Busy']]);
      expect((await now.world.caseOf(ADA)).state).toBe('opened');
      await now.world.work(TRY_AGAIN_MS + 5_000);
      expect(await now.world.caseOf(ADA)).toMatchObject({ state: 'asked', askedOf: GRACE });
      expect(now.connector.chatOf(GRACE)).toHaveLength(1);
      expect(now.alerts).toEqual([]);
    },
  );

  it('because of an error of its own, which may come after it was taken, is not repeated at once', async () => {
    const now = await asked(refusal(500, 'ServiceError'));
    expect(sendsTo(now, GRACE)).toBe(1);
    expect(await ledgerOf(now, GRACE)).toEqual([['failed', 'ServiceError']]);
    await now.world.work(TRY_AGAIN_MS + 5_000);
    expect(await now.world.caseOf(ADA)).toMatchObject({ state: 'asked', askedOf: GRACE });
  });

  it('waits as long as Teams asks for', async () => {
    const now = await asked({ ...refusal(429, 'Throttled'), headers: { 'retry-after': '7' } });
    expect(now.waits).toContain(7_000);
    expect(now.waits).not.toContain(2_000);
    expect(await ledgerOf(now, GRACE)).toEqual([['delivered', undefined]]);
  });

  it('for good, while Graph does not tell who is next, is not sent again and again, and goes to the admins in the end', async () => {
    const busy = refusal(503, 'Busy');
    const blocked = Array.from({ length: 40 }, () => refusal(403, 'ConversationBlockedByUser'));
    const now = await asked(busy, busy, busy, ...blocked);
    const managersOf = async (): Promise<never> => {
      throw new GraphFailure('serverError', 'Graph: serverError.', { operation: 'managersOf' });
    };
    Object.assign(now.world.graph, { managersOf });
    await now.world.work(TRY_AGAIN_MS + 5_000);
    expect(sendsTo(now, GRACE)).toBe(4);
    await now.world.work(5_000);
    expect(sendsTo(now, GRACE)).toBe(4);
    expect(await now.world.caseOf(ADA)).toMatchObject({ state: 'opened' });
    now.world.clock.advance(6 * 60_000);
    await now.world.work();
    expect(await now.world.caseOf(ADA)).toMatchObject({ state: 'opened' });
    now.world.clock.advance(5 * 60_000);
    await now.world.work();
    expect(await now.world.caseOf(ADA)).toMatchObject({
      state: 'adminReview',
      why: 'Microsoft Graph did not tell in time who could be asked.',
    });
  });

  it('waits for Graph to tell whether somebody can be asked, and goes to the admins where it never does', async () => {
    const now = await asked(refusal(503, 'Busy'), refusal(503, 'Busy'), refusal(503, 'Busy'));
    const person = async (): Promise<never> => {
      throw new GraphFailure('serverError', 'Graph: serverError.', { operation: 'person' });
    };
    Object.assign(now.world.graph, { person });
    now.world.clock.advance(9 * 60_000);
    await now.world.work();
    expect(await now.world.caseOf(ADA)).toMatchObject({ state: 'opened' });
    now.world.clock.advance(6 * 60_000);
    await now.world.work();
    expect(await now.world.caseOf(ADA)).toMatchObject({ state: 'adminReview' });
    expect(sendsTo(now, GRACE)).toBe(3);
  });

  it('until the time to deliver is over goes to the next manager', async () => {
    const busy = refusal(503, 'Busy');
    const now = await asked(...Array.from({ length: 40 }, () => busy));
    now.world.clock.advance(6 * 60_000);
    await now.world.work();
    const hops = (await now.world.caseOf(ADA)).hops?.map(({ askedOf }) => askedOf.id);
    expect(hops).toContain(GRACE);
  });
});
