import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keepProtection, readProtections } from '../../src/audit/protection/run-chat-protections.js';
import { findingOfPerson, latestRun } from '../../src/audit/run-store.js';
import type { UserId } from '../../src/audit/person.js';
import { deedText } from '../../src/cards/deeds-card.js';
import { readDeeds } from '../../src/cases/admin/run-deeds.js';
import { ENGLISH } from '../../src/i18n/locale.js';
import { eraseOld } from '../../src/cases/run-erasing.js';
import { DAY_MS } from '../../src/config/durations.js';
import { buttonIn, textIn } from './admin-world.js';
import {
  ADA,
  aHostileWorld,
  ALEX,
  CHIARA,
  GRACE,
  HANNA,
  IRIS,
  KIM,
  STRANGER,
  type HostileWorld,
  type Outcome,
} from './hostile-world.js';

let world: HostileWorld;

beforeEach(async () => {
  world = await aHostileWorld();
}, 60_000);

afterEach(() => world.close());

const BECAUSE = 'because she is on a project';

async function licensesOf(userId: UserId): Promise<number> {
  return (await world.cases.doors.graph.person(userId))?.licenses.length ?? 0;
}

async function reclaimed(userId: UserId, by: UserId): Promise<void> {
  const { caseId, version } = await world.cases.caseOf(userId);
  await world.cases.desk.answer({
    caseId,
    version,
    by,
    answer: { kind: 'reclaim', reason: 'Left the team' },
  });
}

async function findingOf(userId: UserId) {
  const run = await latestRun(world.cases.store);
  return findingOfPerson(world.cases.store, run?.runId ?? '', userId);
}

/** Everything that was sent, without what is different about each message and each asked name. */
function said({ sent }: Outcome, ...names: readonly string[]): string {
  return names.reduce(
    (text, name) => text.replaceAll(name, '…'),
    sent.replaceAll(/"replyToId":"in-\d+"/gu, ''),
  );
}

describe('“protect NAME because REASON”', () => {
  it('ends a case in which nothing was done, says so, and writes down who, why and until when', async () => {
    const { sent } = await world.say(ALEX, `protect Ada ${BECAUSE} until 31 January 2027`);
    expect(sent).toContain('Their case ended as `protected`');
    expect(sent).toContain('until 31 Jan 2027, that day included');
    expect(await world.cases.caseOf(ADA)).toMatchObject({ state: 'cancelled', cause: 'protected' });
    expect(await readProtections(world.cases.store)).toMatchObject([
      { userId: ADA, how: 'protect', until: '2027-01-31', by: { id: ALEX, displayName: 'Alex' } },
    ]);
    expect((await readDeeds(world.cases.store)).map((deed) => deedText(deed, ENGLISH))).toEqual([
      'Protected: Ada Quillfeather, until 31 Jan 2027, by Alex, because: she is on a project until 31 January 2027',
    ]);
  });

  it('holds from that moment on: what was decided is not carried out', async () => {
    await reclaimed(ADA, GRACE);
    await world.cases.work();
    const before = await licensesOf(ADA);
    await world.say(ALEX, `protect ada@harbor.example ${BECAUSE}`);
    await world.cases.work(120_000);
    expect(await licensesOf(ADA)).toBe(before);
    expect(await world.cases.caseOf(ADA)).toMatchObject({ state: 'cancelled', cause: 'protected' });
  });

  it('is looked at live before a step, also where the process ended before the case did', async () => {
    await reclaimed(ADA, GRACE);
    await world.say(ALEX, `protect Iris ${BECAUSE}`);
    const [{ id: _id, ...like } = { id: '' }] = await readProtections(world.cases.store);
    await keepProtection(world.cases.store, { ...like, id: `protected-${ADA}`, userId: ADA } as never);
    const before = await licensesOf(ADA);
    await world.cases.work(120_000);
    expect(await licensesOf(ADA)).toBe(before);
    expect(await world.cases.caseOf(ADA)).toMatchObject({ state: 'cancelled', cause: 'reasonGone' });
  });

  it('leaves what was done to an undo, and says so', async () => {
    const { sent } = await world.say(ALEX, `protect Kim ${BECAUSE}`);
    expect(sent).toContain('Their case goes on where it stands');
    expect((await world.cases.caseOf(KIM)).state).toBe('holding');
  });

  it('is a protection of the next audit, which opens no case', async () => {
    await world.say(ALEX, `exempt Ada until 2026-12-24 ${BECAUSE}`);
    await world.cases.audit();
    const found = await findingOf(ADA);
    expect(found).toMatchObject({ list: 'protected', finding: { recommendation: 'excluded' } });
    expect(found?.finding.protections).toMatchObject([
      {
        kind: 'exempt',
        rule: expect.stringMatching(/^said in chat by Alex on 2026-11-23, because: she is/u),
      },
    ]);
    expect((await world.cases.caseOf(ADA)).state).toBe('cancelled');
  });

  it('ends at its date by itself: then the person is asked about again', async () => {
    await world.say(ALEX, `exempt Ada until 2026-11-24 ${BECAUSE}`);
    world.cases.clock.advance(2 * DAY_MS);
    await world.cases.audit();
    expect((await world.cases.caseOf(ADA)).state).toBe('asked');
    expect(textIn(await world.say(ALEX, 'protections'))).toContain('Nobody is protected in chat');
  });

  it('and its names go with privacy.retainDays after its end', async () => {
    await world.say(ALEX, `exempt Ada until 2026-11-24 ${BECAUSE}`);
    world.cases.clock.advance(182 * DAY_MS);
    await eraseOld(world.cases.doors);
    expect(await readProtections(world.cases.store)).toEqual([]);
    const [deed] = await readDeeds(world.cases.store);
    expect(deed && deedText(deed, ENGLISH)).toBe('Exempted, until 24 Nov 2026 (names erased)');
  });
});

describe('Nothing is guessed:', () => {
  it.each([
    ['a name that fits two', `protect A ${BECAUSE}`, 'fits several people'],
    ['a name that nobody has', `protect Wilma ${BECAUSE}`, 'found nobody called'],
    ['no reason', 'protect Ada', 'Please say whom'],
    ['an exemption without an end', `exempt Ada ${BECAUSE}`, 'Please say whom'],
    ['a date that is none', `exempt Ada until 2026-02-31 ${BECAUSE}`, 'Please say whom'],
    ['a date that depends on the reader', `exempt Ada until 1/2/2027 ${BECAUSE}`, 'Please say whom'],
    ['a day that is over', `exempt Ada until 2026-11-22 ${BECAUSE}`, 'is over already'],
    ['oneself', `protect Alex ${BECAUSE}`, 'Nobody decides about themself'],
  ])('%s changes nothing', async (_what, text, answer) => {
    const outcome = await world.say(ALEX, text);
    expect(textIn(outcome)).toContain(answer);
    expect(outcome.isUnchanged).toBe(true);
  });
});

describe('A protection', () => {
  it('is listed, and taken back by name', async () => {
    await world.say(ALEX, `protect Ada ${BECAUSE}`);
    expect((await world.say(IRIS, 'protections')).sent).toContain(
      '**Ada Quillfeather** (ada@harbor.example): no end. By Alex on 23 Nov 2026, because: she is on a project',
    );
    expect(textIn(await world.say(IRIS, 'unprotect Ada'))).toContain('is not protected in chat any more');
    await world.cases.audit();
    expect((await world.cases.caseOf(ADA)).state).toBe('asked');
  });

  it('is taken back by the button of its card, and a newer word by no old button', async () => {
    const { verb, data } = buttonIn(
      await world.say(ALEX, `protect Ada ${BECAUSE}`),
      'Take it back: Ada Quillfeather',
    );
    world.cases.clock.advance(1_000);
    await world.say(IRIS, 'protect Ada because of the works council');
    const old = await world.click(ALEX, verb, data);
    expect(old.text).toContain('somebody has said something else');
    expect(old.isUnchanged).toBe(true);
    const fresh = buttonIn(
      await world.say(IRIS, 'protect Ada because of that'),
      'Take it back: Ada Quillfeather',
    );
    expect((await world.click(IRIS, fresh.verb, fresh.data)).text).toContain(
      'not protected in chat any more',
    );
    expect(await readProtections(world.cases.store)).toEqual([]);
  });

  it('of an executive tells nothing of the case that HR has, and leaves it to the next audit', async () => {
    const executive = await world.say(ALEX, `protect Chiara ${BECAUSE}`);
    const ordinary = await world.say(ALEX, `protect Nora ${BECAUSE}`);
    expect(said(executive, 'Chiara Quillfeather', 'chiara@', CHIARA)).toBe(
      said(ordinary, 'Nora', 'nora@', (await readProtections(world.cases.store)).at(-1)?.userId ?? ''),
    );
    expect((await world.cases.caseOf(CHIARA)).state).toBe('hrReview');
    await world.cases.audit();
    expect(await world.cases.caseOf(CHIARA)).toMatchObject({ state: 'cancelled', cause: 'reasonGone' });
    expect(await findingOf(CHIARA)).toMatchObject({ list: 'hr' });
  });
});

describe('Whoever is no admin', () => {
  it.each([
    ['a manager', GRACE],
    ['somebody of HR', HANNA],
    ['an employee', STRANGER],
  ])('can neither protect nor learn that it is possible: %s', async (_who, by) => {
    for (const text of [`protect Ada ${BECAUSE}`, 'unprotect Ada', 'protections', 'exempt Ada']) {
      const outcome = await world.say(by, text);
      expect(outcome.sent).not.toMatch(/Quillfeather|for administrators|Please say whom/u);
      expect(outcome.isUnchanged).toBe(true);
    }
    await world.say(ALEX, `protect Ada ${BECAUSE}`);
    const [protection] = await readProtections(world.cases.store);
    const data = { do: 'unprotect', userId: ADA, at: protection?.at };
    const clicked = await world.click(by, 'admin', data);
    expect(clicked.text).toContain('I did not understand that');
    expect(clicked.isUnchanged).toBe(true);
  });
});
