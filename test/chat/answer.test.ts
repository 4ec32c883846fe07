import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Case } from '../../src/cases/case.js';
import type { PersonDeliveries } from '../../src/cases/asking/deliveries.js';
import { newestFirst } from '../../src/cases/meant-case.js';
import { answerTo, type Answer, type Asker, type ChatSources } from '../../src/chat/answer.js';
import { undone, viewFor } from '../../src/chat/case-answer.js';
import { namedIn } from '../../src/cases/named.js';
import { parse } from '../../src/chat/parse.js';
import type { ReadModel } from '../../src/chat/read-model.js';
import { BACK_TEST } from '../cards/a-back-test.js';
import { ADELE, ADMIN, asked, CASES, MANAGER, RECEIVER, userId, VIEW } from '../cards/a-case.js';
import { LEDGER } from '../cards/a-ledger.js';
import { chatSources } from './chat-sources.js';

const MEGAN: Asker = { userId: MANAGER.id, roles: [] };
const ALEX: Asker = { userId: ADMIN.id, roles: ['admin'] };
const STRANGER: Asker = { userId: RECEIVER.id, roles: [] };

let cases: Case[];

beforeEach(() => {
  cases = [CASES.asked];
});

function sources(change: Partial<ReadModel> = {}): ChatSources {
  const findPerson: ReadModel['findPerson'] = async (text) => {
    const found = cases.filter((c) => c.subject.displayName.toLowerCase().startsWith(text.toLowerCase()));
    const [only] = found;
    if (!only) return { kind: 'none' };
    if (found.length > 1) return { kind: 'several', names: found.map(namedIn) };
    const { displayName, userPrincipalName } = only.subject;
    return { kind: 'one', userId: only.userId, displayName, userPrincipalName };
  };
  const model: Partial<ReadModel> = {
    findPerson,
    casesOf: async (id) => newestFirst(cases.filter((c) => c.userId === id)),
    forAdmins: async () => cases.filter((c) => c.state === 'adminReview' || c.state === 'needsPerson'),
    deliveries: async () => LEDGER,
    addressed: async (address) => (address.startsWith('megan.b') ? [MANAGER.id] : []),
    historyOf: async () => [
      { at: '2026-11-23T09:00:00.000Z', type: 'asked', text: 'Asked Megan Bowen in Teams.' },
    ],
    ...change,
  };
  return chatSources(model, {
    waitingFor: async (by) => cases.filter((c) => c.state === 'asked' && c.askedOf === by),
    show: async ({ caseId, by }) => {
      const c = cases.find((each) => each.caseId === caseId);
      if (!c) return 'noSuchCase';
      return by === ADMIN.id || ('askedOf' in c && c.askedOf === by) ? c : 'notYours';
    },
  });
}

/** Names and values on a card. */
function factsOf(answer: Answer): readonly (readonly [string, string])[] {
  if (answer.kind !== 'card') return [];
  const parts = answer.card['body'] as readonly { facts?: readonly { title: string; value: string }[] }[];
  return parts.flatMap(({ facts = [] }) => facts.map(({ title, value }) => [title, value] as const));
}

function words(answer: Answer): string {
  return JSON.stringify(answer);
}

const INACTIVE = { kind: 'question', text: 'who is inactive but licensed' } as const;
const ABOUT_ADELE = { kind: 'case', who: 'adele' } as const;

describe('Words that may be a name', () => {
  const NOT_UNDERSTOOD = 'I did not understand that. Write **help** to see what you can ask.';

  it.each(['Nobody Atall', 'Adele Van der Berg', 'nobody@harbor.example', '王伟', 'ade', 'ADEL'])(
    'such as “%s” are offered as one',
    async (text) => {
      const answer = words(await answerTo(parse(text), ALEX, sources(), VIEW));
      expect(answer).toContain('Did you mean:');
      expect(answer).toContain(`case ${text}`);
    },
  );

  it.each(['asdf qwer', 'hmm', 'E5 in HR', 'what now then'])(
    'but that nobody has and that look like none, such as “%s”, are not understood',
    async (text) => {
      for (const asker of [ALEX, MEGAN])
        expect(await answerTo(parse(text), asker, sources(), VIEW)).toMatchObject({ text: NOT_UNDERSTOOD });
    },
  );

  it('are not understood in German either', async () => {
    const answer = words(await answerTo(parse('asdf qwer'), ALEX, sources(), { ...VIEW, locale: 'de' }));
    expect(answer).toContain('Das habe ich nicht verstanden.');
    expect(answer).not.toContain('asdf');
  });
});

describe('The person asked', () => {
  it('gets the question with its buttons', async () => {
    expect(words(await answerTo(ABOUT_ADELE, MEGAN, sources(), VIEW))).toContain('Reclaim the license');
  });

  it('gets the only waiting question at once, and a list of several', async () => {
    expect(words(await answerTo({ kind: 'waiting' }, MEGAN, sources(), VIEW))).toContain(
      'Reclaim the license',
    );
    cases.push(asked({ caseId: 'case-2' as Case['caseId'], userId: userId(7) }));
    expect(words(await answerTo({ kind: 'waiting' }, MEGAN, sources(), VIEW))).toContain(
      '2 questions wait for you',
    );
  });

  it('is asked which of several is meant', async () => {
    cases.push(asked({ caseId: 'case-2' as Case['caseId'], userId: userId(7) }));
    expect(words(await answerTo(ABOUT_ADELE, MEGAN, sources(), VIEW))).toContain('Whom do you mean');
  });

  it('is not shown lists of people', async () => {
    expect(words(await answerTo(INACTIVE, MEGAN, sources(), VIEW))).toContain('for administrators');
  });
});

describe('Somebody without a role', () => {
  it('is not told whom messages reached', async () => {
    const answer = words(await answerTo({ kind: 'deliveries' }, STRANGER, sources(), VIEW));
    expect(answer).not.toMatch(/Lee|blocked/);
    const ofLee = words(await answerTo({ kind: 'deliveries', who: 'Lee Gu' }, STRANGER, sources(), VIEW));
    expect(ofLee).toBe(answer);
  });

  it.each(['case', 'history', 'undo', 'explain'] as const)(
    'learns nothing about others by asking for a %s',
    async (kind) => {
      const known = await answerTo({ kind, who: 'adele' }, STRANGER, sources(), VIEW);
      const nobody = await answerTo({ kind, who: 'nobody at all' }, STRANGER, sources(), VIEW);
      cases.push(asked({ caseId: 'case-2' as Case['caseId'], userId: userId(7) }));
      const several = await answerTo({ kind, who: 'adele' }, STRANGER, sources(), VIEW);
      expect(known).toEqual(nobody);
      expect(several).toEqual(nobody);
    },
  );

  it('is told what they can do', async () => {
    expect(words(await answerTo({ kind: 'help' }, STRANGER, sources(), VIEW))).not.toContain('inactive');
    expect(words(await answerTo({ kind: 'waiting' }, STRANGER, sources(), VIEW))).toContain(
      'Nothing waits for you',
    );
  });
});

describe('An admin', () => {
  it('is told whom messages reached, and why the others not', async () => {
    const answer = words(await answerTo({ kind: 'deliveries' }, ALEX, sources(), VIEW));
    for (const part of [
      '2 of 4 people reached in Teams',
      'Lee Gu',
      'blocked by the person',
      'MessageWritesBlocked',
    ])
      expect(answer).toContain(part);
  });

  it('is told of every message to one person, the newest first', async () => {
    for (const who of ['megan', 'Megan Bowen', MANAGER.id]) {
      const answer = await answerTo({ kind: 'deliveries', who }, ALEX, sources(), VIEW);
      expect(answer).toMatchObject({ kind: 'card', summary: '1 of 2 messages to Megan Bowen delivered' });
      expect(factsOf(answer)).toEqual([
        ['Mon 23 Nov 2026, 09:40 CET', 'delivered'],
        ['Mon 23 Nov 2026, 09:10 CET', 'failed (Throttled)'],
      ]);
    }
  });

  it('is told of the messages to an address, as the directory has it', async () => {
    for (const who of ['megan.bowen@harbor.example', 'megan.b@'])
      expect(await answerTo({ kind: 'deliveries', who }, ALEX, sources(), VIEW)).toMatchObject({
        summary: '1 of 2 messages to Megan Bowen delivered',
      });
    const nobody = await answerTo({ kind: 'deliveries', who: 'm@else.example' }, ALEX, sources(), VIEW);
    expect(words(nobody)).toContain('I have written to nobody called');
  });

  it('is shown the newest messages of all whom a name fits, and told where it fits nobody', async () => {
    const le = { ...LEDGER[0], displayName: 'Lee Gu' } as PersonDeliveries;
    const lena = { ...LEDGER[2], displayName: 'Leena Wu' } as PersonDeliveries;
    const two = sources({ deliveries: async () => [le, lena] });
    const answer = words(await answerTo({ kind: 'deliveries', who: 'Lee' }, ALEX, two, VIEW));
    for (const part of ['1 of 2 people reached in Teams', 'Lee Gu', 'Leena Wu'])
      expect(answer).toContain(part);
    expect(await answerTo({ kind: 'deliveries', who: 'Adele *V*' }, ALEX, sources(), VIEW)).toEqual({
      kind: 'text',
      text: 'I have written to nobody called **Adele \\*V\\***. Whom I asked about somebody is in their case: **case NAME**.',
    });
  });

  it('reads a question that waits for somebody else, without its buttons', async () => {
    const answer = words(await answerTo(ABOUT_ADELE, ALEX, sources(), VIEW));
    expect(answer).toContain('Asked: the manager, Megan Bowen');
    expect(answer).not.toContain('Action.Execute');
  });

  it('gets the buttons once the question was handed over', async () => {
    cases = [CASES.adminReview];
    expect(words(await answerTo(ABOUT_ADELE, ALEX, sources(), VIEW))).toContain('Reclaim the license');
  });

  it('who was asked as manager gets the buttons', () => {
    expect(viewFor(asked({ askedOf: ADMIN.id }), ALEX, VIEW).reader).toBe('asked');
  });

  it('is told of several, of nobody, and of somebody without a case', async () => {
    expect(words(await answerTo({ kind: 'case', who: 'zed' }, ALEX, sources(), VIEW))).toContain(
      'found nobody called',
    );
    const found = {
      findPerson: async () =>
        ({ kind: 'one', userId: userId(50), displayName: '*Zed*', userPrincipalName: 'zed@x' }) as const,
    };
    expect(words(await answerTo({ kind: 'case', who: 'zed' }, ALEX, sources(found), VIEW))).toContain(
      'nobody has been asked about this person',
    );
    cases.push({ ...CASES.kept, caseId: 'case-2' as Case['caseId'], userId: userId(7) });
    expect(words(await answerTo(ABOUT_ADELE, ALEX, sources(), VIEW))).toContain('Whom do you mean');
  });

  it('sees the history of a case', async () => {
    const answer = await answerTo({ kind: 'history', who: 'adele' }, ALEX, sources(), VIEW);
    expect(words(answer)).toContain('Asked Megan Bowen in Teams.');
  });

  it('is told why a person is asked about, and nothing of what came after', async () => {
    const historyOf: ReadModel['historyOf'] = async () => [
      { at: '2026-11-23T09:00:00.000Z', type: 'asked', text: 'Asked Megan Bowen in Teams.' },
      { at: '2026-11-24T09:00:00.000Z', type: 'decided', text: 'Megan Bowen decided: reclaim' },
    ];
    const answer = words(
      await answerTo({ kind: 'explain', who: 'adele' }, ALEX, sources({ historyOf }), VIEW),
    );
    expect(answer).toContain('Why this person was asked about');
    expect(answer).toContain('Shows no use for');
    expect(answer).toContain('Asked Megan Bowen in Teams.');
    expect(answer).not.toContain('decided: reclaim');
  });

  it('is told when the first audit has not ended', async () => {
    expect(words(await answerTo(INACTIVE, ALEX, sources(), VIEW))).toContain('has not finished');
  });
});

describe('What if', () => {
  const ASKED = { kind: 'whatIf', days: [120, 60, 60] } as const;

  it('is answered to admins with a card of the thresholds, each once and in order', async () => {
    let tested: readonly number[] = [];
    const backTest: ReadModel['backTest'] = async (days) => {
      tested = days;
      return BACK_TEST;
    };
    const answer = await answerTo(ASKED, ALEX, sources({ backTest }), VIEW);
    expect(tested).toEqual([60, 120]);
    expect(answer).toMatchObject({ kind: 'card', summary: 'What other thresholds would flag' });
    await answerTo({ kind: 'whatIf', days: [] }, ALEX, sources({ backTest }), VIEW);
    expect(tested).toEqual([60, 90, 120, 180]);
  });

  it('that cannot be tested says why, and reads nothing', async () => {
    const backTest: ReadModel['backTest'] = () => Promise.reject(new Error('was asked'));
    const ask = (days: number) =>
      answerTo({ kind: 'whatIf', days: [days] }, ALEX, sources({ backTest }), VIEW);
    expect(words(await ask(181))).toContain('over 180 days are refused');
    expect(words(await ask(7))).toContain('without use for 30 days or more');
  });

  it('says so when no audit has kept evidence yet', async () => {
    expect(words(await answerTo(ASKED, ALEX, sources(), VIEW))).toContain('after the next one');
  });

  it('is for administrators alone, whose roles must be known', async () => {
    const backTest: ReadModel['backTest'] = () => Promise.reject(new Error('was asked'));
    expect(words(await answerTo(ASKED, MEGAN, sources({ backTest }), VIEW))).toContain(
      'Testing a threshold is for administrators. I can show you',
    );
    const unknown = { ...ALEX, roles: [], rolesUnknown: true };
    expect(words(await answerTo(ASKED, unknown, sources({ backTest }), VIEW))).toContain(
      'cannot check right now',
    );
  });

  it('is in the help of admins alone', async () => {
    expect(words(await answerTo({ kind: 'help' }, ALEX, sources(), VIEW))).toContain('what if 60');
    expect(words(await answerTo({ kind: 'help' }, STRANGER, sources(), VIEW))).not.toContain('what if');
  });
});

describe('What waits for any admin', () => {
  const WAITING = { kind: 'waiting' } as const;
  const other = { caseId: 'case-2' as Case['caseId'], userId: userId(7) };

  it('is given at once with its buttons when it is one question', async () => {
    cases = [CASES.adminReview];
    expect(words(await answerTo(WAITING, ALEX, sources(), VIEW))).toContain('Reclaim the license');
  });

  it('is given with the task when a person has to help', async () => {
    cases = [CASES.needsPerson];
    expect(words(await answerTo(WAITING, ALEX, sources(), VIEW))).toContain('convert it to a shared mailbox');
  });

  it('is a list beside the questions put to the admin', async () => {
    cases = [
      asked({ askedOf: ADMIN.id }),
      { ...CASES.adminReview, ...other },
      { ...CASES.needsPerson, caseId: 'case-3' as Case['caseId'], userId: userId(8) },
    ];
    const answer = words(await answerTo(WAITING, ALEX, sources(), VIEW));
    expect(answer).toContain('1 question waits for you');
    expect(answer).toContain('2 cases wait for an administrator');
    expect(answer).toContain('To decide: Nobody answered in time.');
    expect(answer).toContain('To do: A license carries the mailbox');
  });

  it('is cut to what fits, with the number of the rest', async () => {
    cases = Array.from({ length: 20 }, () => CASES.needsPerson);
    expect(words(await answerTo(WAITING, ALEX, sources(), VIEW))).toContain('and 5 more');
  });

  it('is told to nobody else, and leaves out the case about the admin', async () => {
    cases = [CASES.adminReview];
    expect(words(await answerTo(WAITING, STRANGER, sources(), VIEW))).toContain('Nothing waits for you');
    cases = [{ ...CASES.adminReview, userId: ADMIN.id }];
    expect(words(await answerTo(WAITING, ALEX, sources(), VIEW))).toContain('Nothing waits for you');
  });

  it('is not denied while the roles cannot be read', async () => {
    const unknown = { ...ALEX, roles: [], rolesUnknown: true };
    expect(words(await answerTo(WAITING, unknown, sources(), VIEW))).toContain('cannot check right now');
  });

  it('is in the help of admins', async () => {
    expect(words(await answerTo({ kind: 'help' }, ALEX, sources(), VIEW))).toContain('any administrator');
    expect(words(await answerTo({ kind: 'help' }, STRANGER, sources(), VIEW))).not.toContain(
      'any administrator',
    );
  });
});

describe('Undo', () => {
  it('is left to the desk', async () => {
    expect(await answerTo({ kind: 'undo', who: ADELE.displayName }, MEGAN, sources(), VIEW)).toEqual({
      kind: 'undo',
      caseId: 'case-1',
    });
  });

  /** Newer than the case that Megan has decided. */
  const gift = {
    ...CASES.holding,
    scenario: 'given',
    caseId: 'gift-1' as Case['caseId'],
    askedOf: userId(9),
    openedAt: '2026-11-24T09:00:00.000Z' as Case['openedAt'],
  } as const;
  const UNDO = { kind: 'undo', who: 'adele' } as const;
  const alone: Partial<ReadModel> = {
    findPerson: async () => ({
      kind: 'one',
      userId: ADELE.id,
      displayName: ADELE.displayName,
      userPrincipalName: 'adele@harbor.example',
    }),
  };

  it('of whoever has decided means their own case, although an admin has given a license since', async () => {
    cases = [CASES.holding, gift];
    expect(await answerTo(UNDO, MEGAN, sources(alone), VIEW)).toEqual({ kind: 'undo', caseId: 'case-1' });
    const shown = words(await answerTo(ABOUT_ADELE, MEGAN, sources(alone), VIEW));
    expect(shown).toContain('case-1');
    expect(shown).not.toContain('gift-1');
  });

  it('by an admin is not guessed where two cases can be undone; each is told of with its id', async () => {
    cases = [CASES.holding, gift];
    const answer = words(await answerTo(UNDO, ALEX, sources(alone), VIEW));
    expect(answer).toContain('fits several cases');
    expect(answer).toMatch(/\*\*gift-1\*\*: .+\*\*case-1\*\*: /);
    for (const who of ['case-1', 'gift-1'])
      expect(await answerTo({ kind: 'undo', who }, ALEX, sources(alone), VIEW)).toEqual({
        kind: 'undo',
        caseId: who,
      });
  });

  it('means the one that can be undone, although a newer one is over', async () => {
    cases = [CASES.holding, { ...CASES.closed, caseId: gift.caseId, openedAt: gift.openedAt }];
    expect(await answerTo(UNDO, ALEX, sources(alone), VIEW)).toEqual({ kind: 'undo', caseId: 'case-1' });
  });

  it('of a case of others by its id is answered as that of nobody', async () => {
    cases = [CASES.holding, gift];
    const nobody = await answerTo({ kind: 'undo', who: 'nobody at all' }, STRANGER, sources(), VIEW);
    for (const who of ['case-1', 'gift-1', 'adele'])
      expect(await answerTo({ kind: 'undo', who }, STRANGER, sources(alone), VIEW)).toEqual(nobody);
  });

  it('that is refused tells no more than that there is no such case', () => {
    expect(undone({ kind: 'notYours' }, MEGAN, VIEW)).toEqual(undone({ kind: 'noSuchCase' }, MEGAN, VIEW));
  });
});

describe('What was not understood', () => {
  it('is answered with what was perhaps meant', async () => {
    const answer = await answerTo(
      { kind: 'unknown', suggestions: ['history [Ada](x)'], text: '' },
      MEGAN,
      sources(),
      VIEW,
    );
    expect(answer).toMatchObject({ kind: 'text' });
    expect(words(answer)).toContain(String.raw`history \\[Ada\\](x)`);
  });

  it('and resembles nothing is answered with a way to help', async () => {
    expect(
      words(await answerTo({ kind: 'unknown', suggestions: [], text: '' }, MEGAN, sources(), VIEW)),
    ).toContain('help');
  });
});
