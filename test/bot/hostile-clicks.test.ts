import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEXTS } from './click-texts.js';
import { deepClick, digest, of, reclaim } from './hostile-cards.js';
import {
  ADA,
  aHostileWorld,
  ALEX,
  GRACE,
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

describe('A forged click of the manager who was asked changes nothing:', () => {
  it.each<[string, Attack]>([
    ['nothing in it', () => world.click(OTTO, 'answer', undefined)],
    ['null', () => world.click(OTTO, 'answer', null)],
    ['a text', () => world.click(OTTO, 'answer', 'reclaim')],
    ['a number', () => world.click(OTTO, 'answer', 7)],
    ['a list', () => world.click(OTTO, 'answer', [reclaim(world)])],
    ['an answer that is none', () => world.click(OTTO, 'answer', reclaim(world, { answer: 'delete' }))],
    ['an answer in capitals', () => world.click(OTTO, 'answer', reclaim(world, { answer: 'RECLAIM' }))],
    ['a list of answers', () => world.click(OTTO, 'answer', reclaim(world, { answer: ['reclaim'] }))],
    [
      'the name of an inherited property as an answer',
      () => world.click(OTTO, 'answer', reclaim(world, { answer: 'constructor' })),
    ],
    ['a version in words', () => world.click(OTTO, 'answer', reclaim(world, { version: '2' }))],
    ['half a version', () => world.click(OTTO, 'answer', reclaim(world, { version: 2.5 }))],
    ['a version below zero', () => world.click(OTTO, 'answer', reclaim(world, { version: -1 }))],
    ['a version that compares', () => world.click(OTTO, 'answer', reclaim(world, { version: { $gte: 0 } }))],
    [
      'a case id that goes up a folder',
      () => world.click(OTTO, 'answer', reclaim(world, { caseId: `../${world.about(PAUL).caseId}` })),
    ],
    [
      'a case id with a query',
      () => world.click(OTTO, 'answer', reclaim(world, { caseId: `${world.about(PAUL).caseId}?x=1` })),
    ],
    [
      'a case id that is an object',
      () => world.click(OTTO, 'answer', reclaim(world, { caseId: { $ne: '' } })),
    ],
    [
      'a list of case ids',
      () => world.click(OTTO, 'answer', reclaim(world, { caseId: [world.about(PAUL).caseId] })),
    ],
    [
      'a case id with a zero character',
      () => world.click(OTTO, 'answer', reclaim(world, { caseId: `${world.about(PAUL).caseId}\u0000` })),
    ],
    [
      'a case id of a thousand characters',
      () => world.click(OTTO, 'answer', reclaim(world, { caseId: 'x'.repeat(1000) })),
    ],
    [
      'a reason of 5,000 characters',
      () => world.click(OTTO, 'answer', reclaim(world, { reclaimReason: 'x'.repeat(5000) })),
    ],
    [
      'a reason that is an object',
      () => world.click(OTTO, 'answer', reclaim(world, { reclaimReason: { toString: 'x' } })),
    ],
    ['a reason that is a number', () => world.click(OTTO, 'answer', reclaim(world, { reclaimReason: 7 }))],
    [
      'a receiver that is an object',
      () =>
        world.click(
          OTTO,
          'answer',
          reclaim(world, { answer: 'reassign', reassignReceiver: { id: STRANGER } }),
        ),
    ],
    [
      'a list of receivers',
      () => world.click(OTTO, 'answer', reclaim(world, { answer: 'reassign', reassignReceiver: [STRANGER] })),
    ],
    [
      'an answer inherited from what is sent',
      () => {
        const { caseId, version } = world.about(PAUL);
        return world.click(
          OTTO,
          'answer',
          JSON.parse(`{"caseId":"${caseId}","version":${version},"__proto__":{"answer":"reclaim"}}`),
        );
      },
    ],
    [
      'an answer inherited from a constructor',
      () =>
        world.click(OTTO, 'answer', {
          ...of(world, PAUL),
          constructor: { prototype: { answer: 'reclaim' } },
        }),
    ],
    ['data nested a hundred thousand times', () => deepClick(world)],
    ['an unknown verb', () => world.click(OTTO, 'explode', reclaim(world))],
    ['a verb that every object has', () => world.click(OTTO, 'constructor', reclaim(world))],
    ['the verb __proto__', () => world.click(OTTO, '__proto__', reclaim(world))],
    ['a verb in capitals', () => world.click(OTTO, 'ANSWER', reclaim(world))],
    ['a verb that is an object', () => world.click(OTTO, { verb: 'answer' }, reclaim(world))],
    ['a list of verbs', () => world.click(OTTO, ['answer'], reclaim(world))],
    ['no verb', () => world.click(OTTO, undefined, reclaim(world))],
    [
      'a card action without a value',
      () => world.post(OTTO, { type: 'invoke', name: 'adaptiveCard/action' }),
    ],
    [
      'a card action whose value is a text',
      () => world.post(OTTO, { type: 'invoke', name: 'adaptiveCard/action', value: 'answer' }),
    ],
    [
      'a card action of another kind',
      () =>
        world.post(OTTO, {
          type: 'invoke',
          name: 'adaptiveCard/action',
          value: { action: { type: 'Action.Submit', verb: 'answer', data: reclaim(world) } },
        }),
    ],
    ['an undo of nothing', () => world.click(NORA, 'undo', {})],
    ['details of nothing', () => world.click(GRACE, 'details', { caseId: 7 })],
    ['a digest without cases', () => world.click(GRACE, 'answerAll', digest(world, { cases: [] }))],
    ['a digest whose cases are none', () => world.click(GRACE, 'answerAll', digest(world, { cases: 'all' }))],
    [
      'a digest with more cases than a card has',
      () =>
        world.click(
          GRACE,
          'answerAll',
          digest(world, {
            cases: Array.from({ length: 6 }, (_, n) => ({ caseId: `case-${n}`, version: 1 })),
          }),
        ),
    ],
    [
      'a digest with one case twice',
      () => world.click(GRACE, 'answerAll', digest(world, { cases: [of(world, ADA), of(world, ADA)] })),
    ],
    ['a digest without an id', () => world.click(GRACE, 'answerAll', digest(world, { digestId: undefined }))],
    [
      'a digest whose id is a path',
      () => world.click(GRACE, 'answerAll', digest(world, { digestId: '../refs/x' })),
    ],
    [
      'a choice that the card does not have',
      () =>
        world.click(GRACE, 'answerAll', digest(world, { [`answer-${world.about(ADA).caseId}`]: 'onLeave' })),
    ],
    [
      'the choice of HR',
      () =>
        world.click(GRACE, 'answerAll', digest(world, { [`answer-${world.about(ADA).caseId}`]: 'approve' })),
    ],
    [
      'a choice that is an object',
      () =>
        world.click(
          GRACE,
          'answerAll',
          digest(world, { [`answer-${world.about(ADA).caseId}`]: { kind: 'reclaim' } }),
        ),
    ],
    [
      'a reason outside the choices',
      () =>
        world.click(GRACE, 'answerAll', digest(world, { [`reason-${world.about(ADA).caseId}`]: 'because' })),
    ],
  ])('%s', async (_what, attack) => {
    const { status, text, sent, isUnchanged } = await attack();
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ statusCode: 200, value: TEXTS.strange });
    expect(text + sent).not.toContain(SURNAME);
    expect(isUnchanged).toBe(true);
  });

  it.each<[string, Attack]>([
    ['a case that never was', () => world.click(OTTO, 'answer', reclaim(world, { caseId: 'case-0' }))],
    [
      'the name of an inherited property',
      () => world.click(OTTO, 'answer', reclaim(world, { caseId: '__proto__' })),
    ],
    ['another one', () => world.click(OTTO, 'answer', reclaim(world, { caseId: 'constructor' }))],
    ['their outbox', () => world.click(OTTO, 'answer', reclaim(world, { caseId: `outbox-${OTTO}` }))],
    ['the id of the person', () => world.click(OTTO, 'answer', reclaim(world, { caseId: PAUL }))],
    ['the kill switch', () => world.click(OTTO, 'answer', reclaim(world, { caseId: 'campaign-switch' }))],
    ['an undo of a case that never was', () => world.click(NORA, 'undo', { caseId: 'case-0' })],
    [
      'details of a digest',
      () => world.click(GRACE, 'details', { caseId: world.about(ADA).message?.digestId }),
    ],
  ])('as the case id %s', async (_what, attack) => {
    const { status, text, isUnchanged } = await attack();
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ value: TEXTS.noSuchCase });
    expect(isUnchanged).toBe(true);
  });

  it.each<[string, Attack, string]>([
    [
      'an answer to an older card',
      () => world.click(OTTO, 'answer', reclaim(world, { version: 1 })),
      'Is this license still needed?',
    ],
    [
      'an answer to a card of the future',
      () => world.click(OTTO, 'answer', reclaim(world, { version: 99 })),
      'Is this license still needed?',
    ],
    [
      'the answer of a second person of HR',
      () => world.click(OTTO, 'answer', reclaim(world, { answer: 'approve' })),
      'Is this license still needed?',
    ],
    [
      'a keep until a day that was',
      () =>
        world.click(
          OTTO,
          'answer',
          reclaim(world, { answer: 'keep', keepReason: 'x', keepUntil: '2026-11-22' }),
        ),
      'Choose a date in the future.',
    ],
    [
      'a keep until a day that no month has',
      () =>
        world.click(
          OTTO,
          'answer',
          reclaim(world, { answer: 'keep', keepReason: 'x', keepUntil: '2027-02-30' }),
        ),
      'Choose the date until which the licenses are kept.',
    ],
    [
      'a keep for ever',
      () =>
        world.click(
          OTTO,
          'answer',
          reclaim(world, { answer: 'keep', keepReason: 'x', keepUntil: '9999-12-31' }),
        ),
      'Choose a date within the next year.',
    ],
    [
      'a keep until a moment',
      () =>
        world.click(
          OTTO,
          'answer',
          reclaim(world, { answer: 'keep', keepReason: 'x', keepUntil: '2027-01-01T00:00:00Z' }),
        ),
      'Choose the date until which the licenses are kept.',
    ],
    [
      'a keep until what is no date',
      () =>
        world.click(
          OTTO,
          'answer',
          reclaim(world, { answer: 'keep', keepReason: 'x', keepUntil: "2027-01-01' or '1'='1" }),
        ),
      'Choose the date until which the licenses are kept.',
    ],
    [
      'a leave that is over',
      () => world.click(OTTO, 'answer', reclaim(world, { answer: 'onLeave', leaveUntil: '2020-01-01' })),
      'Choose a date in the future.',
    ],
    [
      'a leave of a hundred years',
      () => world.click(OTTO, 'answer', reclaim(world, { answer: 'onLeave', leaveUntil: '2126-01-01' })),
      'Choose a date within the next year.',
    ],
    [
      'a keep without a reason',
      () => world.click(OTTO, 'answer', reclaim(world, { answer: 'keep' })),
      'Say why the licenses are still needed.',
    ],
    [
      'a receiver whom the tenant does not have',
      () =>
        world.click(
          OTTO,
          'answer',
          reclaim(world, { answer: 'reassign', reassignReceiver: '11111111-2222-4333-8444-555555555555' }),
        ),
      'Nobody in the directory',
    ],
    [
      'a receiver by a path',
      () => world.click(OTTO, 'answer', reclaim(world, { answer: 'reassign', reassignReceiver: '../../me' })),
      'Nobody in the directory',
    ],
    [
      'a receiver by a filter',
      () =>
        world.click(
          OTTO,
          'answer',
          reclaim(world, { answer: 'reassign', reassignReceiver: "x') or startswith(displayName,'" }),
        ),
      'Nobody in the directory',
    ],
    [
      'two receivers, as a picker for several sends them',
      () =>
        world.click(
          OTTO,
          'answer',
          reclaim(world, { answer: 'reassign', reassignReceiver: `${STRANGER},${ALEX}` }),
        ),
      'Nobody in the directory',
    ],
    [
      'a receiver with a zero character',
      () =>
        world.click(OTTO, 'answer', reclaim(world, { answer: 'reassign', reassignReceiver: `Bob\u0000` })),
      'Nobody in the directory',
    ],
    [
      'the person as their own receiver',
      () => world.click(OTTO, 'answer', reclaim(world, { answer: 'reassign', reassignReceiver: PAUL })),
      'choose somebody else',
    ],
    [
      'the person as the next to be asked',
      () => world.click(OTTO, 'answer', reclaim(world, { answer: 'askOther', askOther: PAUL })),
      'choose somebody else',
    ],
    [
      'themself as the next to be asked',
      () => world.click(OTTO, 'answer', reclaim(world, { answer: 'askOther', askOther: OTTO })),
      'choose somebody else',
    ],
    [
      'a stranger to the tenant as the next to be asked',
      () =>
        world.click(
          OTTO,
          'answer',
          reclaim(world, { answer: 'askOther', askOther: 'eve@elsewhere.example' }),
        ),
      'Nobody in the directory',
    ],
    [
      'an admin’s answer while the manager is asked',
      () => world.click(ALEX, 'answer', reclaim(world)),
      'Paul Quillfeather',
    ],
  ])('%s comes back with the card', async (_what, attack, words) => {
    const { status, text, isUnchanged } = await attack();
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ type: 'application/vnd.microsoft.card.adaptive' });
    expect(text).toContain(words);
    expect(isUnchanged).toBe(true);
  });
});
