import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { CardAnswer } from '../../../src/cases/answering/desk.js';
import type { Case } from '../../../src/cases/case.js';
import { userId } from '../../world/people.js';
import { ADA, ALEX, anHrWorld, GRACE, type HrWorld } from '../../world/hr-world.js';
import { chat, countOrdersFrom, listening, namings } from '../../world/observer.js';

const CARL = userId('Carl');
const UNTIL = '2027-01-15';
const KEEP: CardAnswer = { kind: 'keep', reason: 'Needed for current work', until: UNTIL };
const LEAVE: CardAnswer = { kind: 'onLeave', until: UNTIL };

const worlds: { world: HrWorld; log: string[] }[] = [];

afterEach(async () => {
  for (const { world } of worlds.splice(0)) await world.close();
});

/** Grace was asked about Ada and named Carl, who has answered. */
async function answered(given: CardAnswer): Promise<{ world: HrWorld; log: string[] }> {
  const log: string[] = [];
  const world = await anHrWorld({ log: listening(log) });
  worlds.push({ world, log });
  const put = async (by: typeof GRACE, answer: CardAnswer): Promise<void> => {
    const { caseId, version } = await adas(world);
    expect(await world.desk.answer({ caseId, version, by, answer })).toMatchObject({ kind: 'accepted' });
    await world.work();
  };
  await put(GRACE, { kind: 'askOther', person: 'Carl' });
  await put(CARL, given);
  return { world, log };
}

function adas(world: HrWorld): Promise<Case> {
  return world.caseOf(ADA);
}

/** What everybody else can read and hear; a case as it is stored is nothing that anybody sees. */
async function learned({ world }: { readonly world: HrWorld }): Promise<readonly string[]> {
  const { caseId } = await adas(world);
  countOrdersFrom(0);
  const said = [...(await namings(world, { userId: ADA, name: 'Ada', caseId }))];
  for (const question of ['campaign status', 'export not active by state', 'how many inactive per state'])
    said.push(await chat(world, ALEX, question));
  const seen = said.filter((text) => !text.includes('"actorSalt"') && !isMessages(text));
  return [...seen, ...cardsOfOthers(world)].map((text) => text.replaceAll(caseId, 'ID'));
}

/** Among them are those of whoever has answered. */
function isMessages(text: string): boolean {
  return text.startsWith('[["');
}

function cardsOfOthers({ teams }: HrWorld): readonly string[] {
  const carls = new Set(teams.sent.flatMap(({ to, message }) => (to === CARL ? [message.activityId] : [])));
  return [...teams.sent, ...teams.edits]
    .filter(({ message }) => !carls.has(message.activityId))
    .map(({ card }) => JSON.stringify(card));
}

describe('leave', () => {
  test.each([
    ['as long as it lasts', 0],
    ['once it is over', 60 * 86_400_000],
  ])('is no different from a keep for anybody but whoever said so, %s', async (_when, ms) => {
    const kept = await answered(KEEP);
    const away = await answered(LEAVE);
    for (const { world } of [kept, away]) {
      world.clock.advance(ms);
      await world.work();
    }
    expect((await adas(kept.world)).state).toBe(ms === 0 ? 'kept' : 'closed');
    const [asKept, asAway] = [await learned(kept), await learned(away)];
    expect(asAway).toEqual(asKept);
    expect(away.log).toEqual(kept.log);
    expect(asKept.join('\n')).not.toContain('current work');
  });
});

describe('the reason of a keep', () => {
  it('is for whoever gave it to read, and others are told whom to ask', async () => {
    const { world } = await answered(KEEP);
    expect(await chat(world, CARL, 'case Ada')).toContain('Needed for current work');
    expect(await chat(world, CARL, 'history Ada')).toContain(
      'until Fri 15 Jan 2027: Needed for current work',
    );
    expect(await chat(world, ALEX, 'case Ada')).toContain('Only Carl can say; it is shown to nobody else.');
    expect(await chat(world, ALEX, 'history Ada')).toContain(
      'Carl keeps the licenses until Fri 15 Jan 2027; the reason is shown to nobody else',
    );
  });
});
