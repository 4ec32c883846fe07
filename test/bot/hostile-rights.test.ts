import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEXTS } from './click-texts.js';
import { digest, of, reclaim } from './hostile-cards.js';
import {
  ADA,
  aHostileWorld,
  BEN,
  CHIARA,
  GRACE,
  HANNA,
  IRIS,
  KIM,
  NORA,
  OTTO,
  PAUL,
  STRANGER,
  SURNAME,
  type HostileWorld,
  type Outcome,
} from './hostile-world.js';

let world: HostileWorld;

// One world for all: as none of this has an effect, none of it can disturb another.
beforeAll(async () => {
  world = await aHostileWorld();
}, 60_000);

afterAll(() => world.close());

type Attack = () => Promise<Outcome>;

describe('A click of somebody who has no right to it changes nothing and tells nothing:', () => {
  it.each<[string, Attack]>([
    ['an employee answers somebody else’s question', () => world.click(STRANGER, 'answer', reclaim(world))],
    ['another manager does', () => world.click(GRACE, 'answer', reclaim(world))],
    ['the person whom the question is about does', () => world.click(PAUL, 'answer', reclaim(world))],
    ['HR does, whose lane is another', () => world.click(HANNA, 'answer', reclaim(world))],
    ['somebody who was asked about somebody else does', () => world.click(NORA, 'answer', reclaim(world))],
    [
      'an employee says in the data who they are',
      () =>
        world.click(STRANGER, 'answer', reclaim(world, { by: OTTO, askedOf: STRANGER, roles: ['admin'] })),
    ],
    [
      'an employee has the manager’s Teams id and name',
      () =>
        world.click(STRANGER, 'answer', reclaim(world), {
          from: { id: `29:${OTTO}`, name: 'Otto', aadObjectId: STRANGER },
        }),
    ],
    [
      'an employee calls themself an admin',
      () =>
        world.click(STRANGER, 'answer', reclaim(world), {
          from: { id: 'x', aadObjectId: STRANGER, role: 'admin' },
        }),
    ],
    [
      'an employee acts on behalf of the manager',
      () =>
        world.click(STRANGER, 'answer', reclaim(world), {
          onBehalfOf: [{ itemid: 0, mentionType: 'person', mri: `29:${OTTO}` }],
        }),
    ],
    [
      'the sender has no object id',
      () => world.click(OTTO, 'answer', reclaim(world), { from: { id: `29:${OTTO}`, name: 'Otto' } }),
    ],
    [
      'the sender’s object id is a name',
      () => world.click(OTTO, 'answer', reclaim(world), { from: { id: 'x', aadObjectId: 'Otto' } }),
    ],
    [
      'the sender’s object id has a blank before it',
      () => world.click(OTTO, 'answer', reclaim(world), { from: { id: 'x', aadObjectId: ` ${OTTO}` } }),
    ],
    [
      'the sender’s object id stands in braces',
      () => world.click(OTTO, 'answer', reclaim(world), { from: { id: 'x', aadObjectId: `{${OTTO}}` } }),
    ],
    ['an employee undoes what a manager decided', () => world.click(STRANGER, 'undo', of(world, KIM))],
    ['the person whose license was taken undoes it', () => world.click(KIM, 'undo', of(world, KIM))],
    ['an employee opens the details', () => world.click(STRANGER, 'details', of(world, ADA))],
    [
      'the person whom the question is about opens the details',
      () => world.click(ADA, 'details', of(world, ADA)),
    ],
    [
      'an admin decides about themself',
      () => world.click(IRIS, 'answer', { ...of(world, IRIS), answer: 'keep', keepReason: 'I need it' }),
    ],
    ['an admin opens the details about themself', () => world.click(IRIS, 'details', of(world, IRIS))],
    ['an admin undoes what is about themself', () => world.click(IRIS, 'undo', of(world, IRIS))],
    [
      'the manager clicks in a group chat',
      () =>
        world.click(OTTO, 'answer', reclaim(world), {
          conversation: { id: 'g', conversationType: 'groupChat', isGroup: true },
        }),
    ],
    [
      'the manager clicks in a channel',
      () =>
        world.click(OTTO, 'answer', reclaim(world), {
          conversation: { id: '19:x@thread.tacv2', conversationType: 'channel', isGroup: true },
        }),
    ],
    [
      'the manager clicks in a chat of no known type',
      () =>
        world.click(OTTO, 'answer', reclaim(world), {
          conversation: { id: 'g', conversationType: 'meeting' },
        }),
    ],
    [
      'the manager clicks in a group that does not say its type',
      () => world.click(OTTO, 'answer', reclaim(world), { conversation: { id: 'g', isGroup: true } }),
    ],
  ])('%s', async (_what, attack) => {
    const { status, text, sent, isUnchanged } = await attack();
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ statusCode: 200, value: TEXTS.notYours });
    expect(text + sent).not.toContain(SURNAME);
    expect(isUnchanged).toBe(true);
  });

  it.each<[string, Attack]>([
    [
      'the button of an old client',
      () => world.post(STRANGER, { type: 'message', value: { verb: 'answer', ...reclaim(world) } }),
    ],
    [
      'that button for an undo',
      () => world.post(STRANGER, { type: 'message', value: { verb: 'undo', ...of(world, KIM) } }),
    ],
    [
      'that button in a group',
      () =>
        world.post(OTTO, {
          type: 'message',
          value: { verb: 'answer', ...reclaim(world) },
          conversation: {
            id: world.connector.conversationOf(STRANGER),
            conversationType: 'groupChat',
            isGroup: true,
          },
        }),
    ],
  ])('%s, which is told so in a message', async (_what, attack) => {
    const { status, text, sent, isUnchanged } = await attack();
    expect([status, text]).toEqual([200, '']);
    expect(sent).toContain(TEXTS.notYours);
    expect(sent).not.toContain(SURNAME);
    expect(isUnchanged).toBe(true);
  });
});

describe('A digest gives nobody a right:', () => {
  it('that of somebody else names nobody and takes nothing', async () => {
    const { status, text, sent, isUnchanged } = await world.click(STRANGER, 'answerAll', digest(world));
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ type: 'application/vnd.microsoft.activity.message' });
    expect(text).toContain(TEXTS.notYours);
    expect(text + sent).not.toContain(SURNAME);
    expect(isUnchanged).toBe(true);
  });

  it.each<[string, () => typeof PAUL, string]>([
    ['a case of another manager', () => PAUL, TEXTS.notYours],
    ['a case that waits for the admins', () => IRIS, TEXTS.notYours],
    ['a case of HR', () => CHIARA, TEXTS.noSuchCase],
  ])('%s put among its own is refused', async (_what, whose, words) => {
    const { caseId, version } = of(world, whose());
    const data = digest(world, { cases: [{ caseId, version }], [`answer-${caseId}`]: 'reclaim' });
    const { text, sent, isUnchanged } = await world.click(GRACE, 'answerAll', data);
    expect(text).toContain(`One of them: ${words}`);
    expect(text + sent).not.toContain(
      `${whose() === PAUL ? 'Paul' : whose() === IRIS ? 'Iris' : 'Chiara'} ${SURNAME}`,
    );
    expect(isUnchanged).toBe(true);
  });

  it('a date far away is not taken from it', async () => {
    const id = world.about(ADA).caseId;
    const data = digest(world, {
      [`answer-${id}`]: 'keep',
      [`reason-${id}`]: 'Another reason',
      [`answer-${world.about(BEN).caseId}`]: '',
      keepUntil: '9999-12-31',
    });
    const { text, isUnchanged } = await world.click(GRACE, 'answerAll', data);
    expect(text).toContain('not taken yet');
    expect(isUnchanged).toBe(true);
  });
});
