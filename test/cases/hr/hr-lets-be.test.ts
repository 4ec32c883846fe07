import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import { caseCard } from '../../../src/cards/case-card.js';
import { instant, type Case } from '../../../src/cases/case.js';
import { answerTo } from '../../../src/chat/answer.js';
import { viewFor } from '../../../src/chat/case-answer.js';
import { parse } from '../../../src/chat/parse.js';
import { openReadModel } from '../../../src/chat/run-read-model.js';
import { waived } from '../../../src/chat/waive-answer.js';
import { verifyHistory } from '../../../src/store/case-history.js';
import {
  ADA,
  ALEX,
  anHrWorld,
  CHIARA,
  GRACE,
  HANNA,
  HUGO,
  STRANGER,
  type HrWorld,
  type HrWorldOptions,
} from '../../world/hr-world.js';
import { SKUS } from '../../world/skus.js';

const BLOCKS = 'reclaim: { mailbox: waive, steps: { inactive: [disableSignIn, removeLicenses] } }';
const IN_AD = { distinguishedName: 'CN=Chiara,DC=corp,DC=example' };
const REST = 'waive rest for Chiara because she stays';

let world: HrWorld;

afterEach(async () => {
  for await (const report of verifyHistory(world.store)) expect(report.faults).toEqual([]);
  await world.close();
});

/** Hanna and Hugo have Chiara's license reclaimed, and half a minute passes. */
async function reclaimed(options: HrWorldOptions): Promise<Case> {
  world = await anHrWorld(options);
  expect(await world.answer(HANNA, { kind: 'reclaim', reason: 'Left the board' })).toBe('accepted');
  expect(await world.answer(HUGO, { kind: 'approve' })).toBe('accepted');
  await world.work(30_000);
  return world.chiara();
}

/** Chiara's account is one of AD: a person is to block her sign-in there. */
function withATask(): Promise<Case> {
  return reclaimed({ policy: BLOCKS, chiara: IN_AD });
}

/** What the bot says to somebody's message, and half a minute passes. */
async function say(by: UserId, text: string): Promise<string> {
  const { policy, timeZone, clock } = world.doors;
  const asker = { userId: by, roles: await world.doors.rolesOf(by) };
  const view = { policy, now: instant(clock.now()), timeZone, locale: 'en' } as const;
  const sources = { desk: world.desk, readModel: openReadModel(world.doors) };
  const answer = await answerTo(parse(text), asker, sources, view);
  const said =
    answer.kind === 'waive'
      ? waived(
          await world.desk.waive({
            caseId: answer.caseId,
            by,
            thing: answer.thing,
            reason: answer.reason,
          }),
          view,
        )
      : answer;
  await world.work(30_000);
  return JSON.stringify(said);
}

/** Chiara's case as somebody of HR sees it. */
async function cardFor(by: UserId): Promise<string> {
  const { policy, timeZone, clock } = world.doors;
  const view = { policy, now: instant(clock.now()), timeZone, locale: 'en' } as const;
  const asker = { userId: by, roles: await world.doors.rolesOf(by) };
  const c = await world.chiara();
  return JSON.stringify(caseCard(c, viewFor(c, asker, view)));
}

async function licenses(): Promise<readonly string[]> {
  return ((await world.graph.person(CHIARA))?.licenses ?? []).map(({ skuId }) => skuId);
}

/** A case like Chiara's of somebody who is called like her, and of whom everybody may know. */
async function ofNamesake(caseId: string): Promise<void> {
  const { licenses: held, subject } = await world.caseOf(ADA);
  await world.store.create('cases', {
    ...(await world.chiara()),
    ...{ id: caseId, caseId, userId: STRANGER, licenses: held, protections: [] },
    subject: { ...subject, displayName: 'Chiara Bell', userPrincipalName: 'bell@harbor.example' },
  } as unknown as Case);
}

describe('what a person was to do in a case of HR, and nobody does', () => {
  it('is let be by somebody of HR, with all of the rest: in words that say so', async () => {
    expect(await withATask()).toMatchObject({ state: 'needsPerson' });
    expect(await cardFor(HANNA)).toContain('waive rest for Chiara because');
    expect(await cardFor(HANNA)).not.toContain('waive task');
    expect(await say(HANNA, REST)).toContain('everything that was not done yet is waived in this case');
    expect(await world.chiara()).toMatchObject({
      state: 'cancelled',
      cause: 'vetoed',
      why: 'Somebody of HR decided against it: she stays',
    });
    expect(await licenses()).toEqual([SKUS.E3.skuId]);
    expect((await world.history()).join('\n')).toContain(
      'Hanna waived everything that was not done yet: she stays',
    );
  });

  it('is not let be alone, so that nothing goes on to which two of HR did not agree', async () => {
    await withATask();
    expect(await say(HANNA, 'waive task for Chiara because nobody does it')).toContain(
      'In a case of HR only the rest can be left',
    );
    expect(await say(HANNA, 'waive OneDrive for Chiara because nobody needs it')).toContain(
      'In a case of HR only the rest can be left',
    );
    expect((await world.chiara()).state).toBe('needsPerson');
  });

  test.each([
    ['an admin', ALEX],
    ['her manager', GRACE],
    ['the executive herself', CHIARA],
    ['anybody else', STRANGER],
  ])('is as if it were not there for %s', async (_who, by) => {
    await withATask();
    const { caseId, version } = await world.chiara();
    expect(await world.desk.waive({ caseId, by, thing: 'rest', reason: 'She stays' })).toEqual({
      kind: 'noSuchCase',
    });
    const unknown = await say(by, 'waive rest for Nobody because she stays');
    expect((await say(by, REST)).replaceAll('Chiara', 'Nobody')).toBe(unknown.replaceAll('Chiara', 'Nobody'));
    expect(await world.order({ order: 'waive', userId: CHIARA, thing: 'rest', reason: 'She stays' })).toBe(
      'failed: There is no case about this person.',
    );
    expect((await world.chiara()).version).toBe(version);
  });

  it('is not guessed by whoever is an admin as well and could mean a case of each', async () => {
    await withATask();
    await ofNamesake('other');
    Object.assign(world.doors, { rolesOf: async () => ['admin', 'hr'] });
    expect(await say(ALEX, 'waive rest for chi because she stays')).toContain('Whom do you mean');
    expect(await say(ALEX, 'waive rest for chiara@harbor.example because she stays')).toContain(
      'everything that was not done yet is waived',
    );
    expect((await world.chiara()).state).toBe('cancelled');
    await world.store.remove('cases', 'other', 'other');
  });

  it('is not guessed either where the other person has several cases', async () => {
    await withATask();
    await ofNamesake('other');
    await ofNamesake('another');
    Object.assign(world.doors, { rolesOf: async () => ['admin', 'hr'] });
    const said = await say(ALEX, 'waive rest for chi because she stays');
    for (const id of ['other', 'another']) await world.store.remove('cases', id, id);
    expect(said).toMatch(/Whom do you mean.*Chiara Bell/);
    expect((await world.chiara()).state).toBe('needsPerson');
  });

  it('is left by HR in no case of others', async () => {
    world = await anHrWorld();
    const { caseId } = await world.caseOf(ADA);
    expect(await world.desk.waive({ caseId, by: HANNA, thing: 'rest', reason: 'She stays' })).toEqual({
      kind: 'noSuchCase',
    });
  });
});

describe('an undo of HR that cannot be brought to its end', () => {
  it('ends without what could not be given back, and says so to HR', async () => {
    let isFull = false;
    const holding = await reclaimed({
      policy: 'reclaim: { mailbox: waive }',
      through: (doors, graph) => ({
        ...doors,
        graph: {
          ...graph,
          changeLicenses: async (who, change) =>
            isFull && change.add.length > 0
              ? { kind: 'noFreeSeat', skuId: undefined }
              : graph.changeLicenses(who, change),
        },
      }),
    });
    expect(holding.state).toBe('holding');
    isFull = true;
    await world.desk.undo({ caseId: holding.caseId, by: HANNA });
    await world.work(60_000);
    expect(await cardFor(HUGO)).toContain('ends the undo without that');
    expect(await say(HUGO, REST)).toContain('what could not be given back is waived');
    expect((await world.chiara()).state).toBe('undone');
    expect(await licenses()).toEqual([]);
    expect(await cardFor(HANNA)).toMatch(
      /\*\*Left as it is\*\*, as decided by Hugo.*remove Microsoft 365 E3/,
    );
  });
});
