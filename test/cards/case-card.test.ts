import { describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { caseCard, caseSummary, chatCard } from '../../src/cards/case-card.js';
import { readerOf } from '../../src/cards/case-view.js';
import type { Case, CaseLicense } from '../../src/cases/case.js';
import { policyOf } from '../world/policies.js';
import { ADMIN, aLicense, asked, CASES, MANAGER, reassignedInPart, RECEIVER, VIEW } from './a-case.js';

function words(card: unknown): string {
  return JSON.stringify(card);
}

describe('The card at the end', () => {
  it('of a reclaim names what was taken, and nothing that stayed', () => {
    const licenses = [aLicense(), aLicense({ name: 'Visio Plan 2', direct: false })];
    const text = words(caseCard({ ...CASES.closed, licenses }, VIEW));
    expect(text).toContain('Taken back for good: Microsoft 365 E5.');
    expect(text).not.toContain('Visio');
  });

  it('says so when nothing was left to take', () => {
    const text = words(caseCard({ ...CASES.closed, took: [] }, VIEW));
    expect(text).toContain('Nothing had to be taken back');
    expect(text).not.toContain('for good');
  });

  it('of a reassignment names what was given, and says what was given to nobody', () => {
    const [e5, visio] = reassignedInPart('hadOther').licenses.map(({ skuId, name }) => ({
      skuId,
      name,
      disabledPlans: [],
    }));
    if (e5 === undefined || visio === undefined) throw new Error('two licenses were expected');
    const ended = { ...CASES.closed, outcome: 'reassigned', took: [e5, visio] } as const;
    const some = words(caseCard({ ...ended, gaveOn: [e5] }, VIEW));
    expect(some).toContain(
      'Reassigned: Microsoft 365 E5. Taken back and given to nobody: Visio Plan 2. Closed:',
    );
    expect(words(caseCard({ ...ended, gaveOn: [e5, visio] }, VIEW))).toContain(
      'Reassigned: Microsoft 365 E5 and Visio Plan 2. Closed:',
    );
    expect(words(caseCard(ended, VIEW))).toContain('Reassigned: Microsoft 365 E5 and Visio Plan 2. Closed:');
    expect(words(caseCard({ ...ended, gaveOn: [e5] }, { ...VIEW, locale: 'de' }))).toContain(
      'Neu zugewiesen: Microsoft 365 E5. Zurückgeholt und niemandem zugewiesen: Visio Plan 2.',
    );
  });

  it('of an undone reassignment says that the receiver keeps theirs', () => {
    const text = words(caseCard({ ...CASES.undone, keptBy: RECEIVER }, VIEW));
    expect(text).toContain('Isaiah Langer keeps the license');
    expect(text).toContain('two seats are in use');
    expect(text).not.toContain('everything is as it was');
  });

  it('of an undo that waits for a step which was sent says for how long', () => {
    const { steps } = CASES.undoing;
    const at = CASES.undoing.openedAt;
    const before = { of: 'signIn', enabled: true } as const;
    const sent = steps.map((each) => ({ ...each, progress: { is: 'sent', at, before, tries: 1 } as const }));
    expect(words(caseCard({ ...CASES.undoing, steps: sent }, VIEW))).toContain('after a day at the latest');
    expect(words(caseCard(CASES.undoing, VIEW))).toContain('can take some minutes');
  });

  it('of an undone reclaim says that everything is as it was', () => {
    expect(words(caseCard(CASES.undone, VIEW))).toContain('everything is as it was');
  });

  it('of a reclaim that was undone before a license had gone says so, and gives nothing back', () => {
    const text = words(caseCard({ ...CASES.undone, took: [] }, VIEW));
    expect(text).toContain('No license had been taken from Adele Vance yet.');
    expect(text).not.toContain('Back with');
  });
});

describe('The card of a reassignment that can be undone', () => {
  it.each(['hadOther', 'gotOther'] as const)('names what goes to nobody: %s', (got) => {
    const text = words(caseCard(reassignedInPart(got), VIEW));
    expect(text).toContain('{"title":"Goes to","value":"Isaiah Langer"}');
    expect(text).toContain('{"title":"Goes to nobody","value":"Visio Plan 2"}');
    expect(text).toContain('Give Microsoft 365 E5 to Isaiah Langer:');
  });

  it('is that of a reclaim where the receiver had all of it by then', () => {
    const text = words(caseCard(reassignedInPart('hadAll'), VIEW));
    expect(text).toContain('License taken back');
    expect(text).not.toContain('License reassigned');
    expect(text).not.toContain('"title":"Goes to"');
    expect(text).toContain('{"title":"Goes to nobody","value":"Microsoft 365 E5 and Visio Plan 2"}');
  });
});

describe('The question in front of an admin who is not asked', () => {
  it('tells of what others answer, and expects nothing of the reader', () => {
    const text = words(caseCard(CASES.asked, { ...VIEW, reader: 'admin' }));
    expect(text).toContain('What each answer does');
    expect(text).toContain('If the person asked does not answer, nothing is removed.');
    expect(text).not.toMatch(/your answer|you do not answer|You give a reason/);
    expect(words(caseCard(CASES.asked, VIEW))).toContain('If you do not answer, nothing is removed.');
  });
});

describe('The card in the chat of whoever was asked', () => {
  const message = { conversationId: 'chat', activityId: 'm', serviceUrl: 'https://teams.example', shows: 3 };
  const inChatOf = (to: typeof MANAGER) => ({ message: { ...message, to: to.id } });
  const WITH_UNDO = ['decided', 'scheduled', 'acting', 'needsPerson', 'holding'] as const;

  it.each(WITH_UNDO)('has the button that takes it back while the answer is theirs: %s', (state) => {
    expect(words(chatCard({ ...CASES[state], ...inChatOf(MANAGER) }, VIEW))).toContain('Action.Execute');
  });

  it.each(WITH_UNDO)('has no button once an admin decided: %s', (state) => {
    const c = { ...CASES[state], ...inChatOf(MANAGER), askedOf: ADMIN.id };
    const text = words(chatCard(c, VIEW));
    expect(text).not.toContain('Action.Execute');
    expect(text).not.toMatch(/[Yy]ou can (take|undo)/);
    expect(words(caseCard(c, VIEW))).toContain('Action.Execute');
  });

  it('has the question with its buttons', () => {
    expect(words(chatCard(asked(inChatOf(MANAGER)), VIEW))).toContain('Reclaim the license');
    expect(words(chatCard(CASES.asked, VIEW))).toContain('Reclaim the license');
  });
});

describe('Somebody who may look at a case', () => {
  const sealed = { protections: ['executive'] } as const;

  it.each<[string, string, Case, UserId, boolean]>([
    ['answers where they were asked', 'asked', CASES.asked, MANAGER.id, false],
    ['reads along as an admin', 'admin', CASES.asked, ADMIN.id, true],
    ['answers as an admin whom the question went to', 'asked', CASES.asked, MANAGER.id, true],
    ['decides as an admin what was handed to the admins', 'admin', CASES.adminReview, MANAGER.id, true],
    ['looks on where it was handed to somebody else', 'onlooker', CASES.asked, RECEIVER.id, false],
    ['is of HR where the case is', 'hr', { ...CASES.holding, ...sealed }, ADMIN.id, true],
    ['waits for somebody else of HR', 'hrAsker', CASES.hrProposed, CASES.hrProposed.proposal.by.id, true],
  ])('%s', (_what, reader, c, userId, decides) => {
    expect(readerOf(c, userId, decides)).toBe(reader);
  });

  it('is shown that a question went on which is not theirs any more', () => {
    const view = { ...VIEW, reader: 'onlooker' } as const;
    const text = words(caseCard(CASES.asked, view));
    expect(text).toContain('Passed on to somebody else');
    expect(text).not.toContain('Action.');
    expect(caseSummary(CASES.asked, view)).toBe('Passed on to somebody else');
  });
});

describe('A question about an unused license', () => {
  const waived = { ...VIEW, policy: policyOf('reclaim: { mailbox: waive }') };
  const about = (unused: CaseLicense['unused']) =>
    JSON.stringify(
      caseCard(
        asked({ scenario: 'unusedLicense', licenses: [aLicense(unused === undefined ? {} : { unused })] }),
        waived,
      ),
    );

  it('threatens no mailbox that lives on under another license', () => {
    expect(about({ kind: 'covered', by: 'Microsoft 365 E5' })).not.toContain('mail is lost');
    expect(about({ kind: 'idle', days: 120 })).toContain('mail is lost');
  });

  it.each([
    [
      { kind: 'covered', by: '**Hostile**' },
      String.raw`everything in it also comes with \\*\\*Hostile\\*\\*`,
    ],
    [{ kind: 'neverActivated' }, 'never activated on a device; use on the web is not recorded'],
    [{ kind: 'neverUsed' }, 'never used'],
    [
      { kind: 'idle', days: 120, unrecorded: ['Planner', 'Power Apps', 'Power Automate'] },
      'not used for 120 days; use of Planner, Power Apps and Power Automate is not recorded',
    ],
    [{ kind: 'neverUsed', unrecorded: ['Planner'] }, 'never used; use of Planner is not recorded'],
    [{ kind: 'idle', days: 120 }, 'not used for 120 days'],
  ] as const)('says why: %j', (unused, words) => {
    expect(about(unused)).toContain(words);
  });
});

describe('The card of licenses that are kept', () => {
  const { kept } = CASES;
  const { by, at, until } = kept.decision;
  const away: Case = { ...kept, decision: { kind: 'onLeave', by, at, until } };

  it.each(['admin', 'onlooker'] as const)('is the same for an %s whether it is leave or not', (reader) => {
    for (const locale of ['en', 'de'] as const) {
      const card = words(caseCard(kept, { ...VIEW, locale, reader }));
      expect(words(caseCard(away, { ...VIEW, locale, reader }))).toBe(card);
      expect(card).toContain(
        locale === 'en' ? 'Only Megan Bowen can say' : 'Nur Megan Bowen kann ihn nennen',
      );
    }
  });

  it('says why to whoever gave the answer, and to HR in its own lane', () => {
    for (const reader of ['asked', 'hr'] as const)
      expect(words(caseCard(kept, { ...VIEW, reader }))).toContain('{"title":"Reason","value":"');
    expect(words(caseCard(away, VIEW))).not.toContain('Reason');
  });

  it('in the chat of an earlier manager says no more to them, whoever answered', () => {
    const theirs = { ...away, askedOf: ADMIN.id, message: { ...asked().message!, to: MANAGER.id } } as Case;
    expect(words(chatCard(theirs, VIEW))).toContain('it is shown to nobody else');
  });
});
