import { describe, expect, it, test } from '@jest/globals';
import type { GroupId } from '../../src/audit/person.js';
import type { CaseView } from '../../src/cards/case-view.js';
import { pleaseNote } from '../../src/cards/please-note.js';
import type { CaseFacts, Instant } from '../../src/cases/case.js';
import type { OwnedAlone } from '../../src/cases/owned-alone.js';
import { policyOf } from '../world/policies.js';
import { aLicense, asked, CASES, VIEW } from './a-case.js';
import { textsOf } from './texts-of-a-card.js';

const GERMAN: CaseView = { ...VIEW, locale: 'de' };
/** Nothing is to be said of the mailbox. */
const QUIET = { mailbox: 'noMailbox' } as const;

function notesOn(change: Partial<CaseFacts>, view = VIEW): readonly string[] {
  return textsOf(pleaseNote(asked({ ...QUIET, ...change }), view)).map(({ text }) => text);
}

const CREW = { displayName: 'Harbor crew', isTeam: true };
const SALES = { displayName: '[Sales](https://evil.example)', isTeam: false };
const known = (count: number, ...first: readonly (typeof CREW)[]): OwnedAlone => ({
  is: 'known',
  count,
  first,
});

describe('what whoever decides has to know', () => {
  test.each<[string, Partial<CaseFacts>, string, string]>([
    [
      'one team of their own',
      { owned: known(1, CREW) },
      '**The person is the only owner of a group or team:** team Harbor crew. Before anything is taken, somebody else has to own it too, or an administrator waives that.',
      '**Nur diese Person ist als Besitzer eingetragen bei einer Gruppe oder einem Team:** Team Harbor crew. Bevor etwas weggenommen wird, muss dort noch jemand als Besitzer eingetragen sein, oder die IT-Administration verzichtet darauf.',
    ],
    [
      'more than are named, in words of others',
      { owned: known(5, CREW, SALES, CREW) },
      String.raw`**The person is the only owner of 5 groups and teams:** team Harbor crew, group \[Sales\](https://evil.example), team Harbor crew and 2 more. Before anything is taken, somebody else has to own each of them too, or an administrator waives that.`,
      String.raw`**Nur diese Person ist als Besitzer eingetragen bei 5 Gruppen und Teams:** Team Harbor crew, Gruppe \[Sales\](https://evil.example), Team Harbor crew und 2 weitere. Bevor etwas weggenommen wird, muss bei allen noch jemand als Besitzer eingetragen sein, oder die IT-Administration verzichtet darauf.`,
    ],
    [
      'that nobody could see what they own',
      { owned: { is: 'unknown' } },
      'Whether the person is the only owner of groups or teams is not known. It is looked at before anything is taken.',
      'Ob nur diese Person Besitzer von Gruppen oder Teams ist, ist nicht bekannt. Bevor etwas weggenommen wird, wird nachgesehen.',
    ],
    [
      'a sign-in after they left',
      { scenario: 'leftCompany', warnings: ['signedInSince'] },
      '**Somebody has signed in to this account since the person left.** If the person still works here, the right answer is Keep, and your IT department should know.',
      '**Mit diesem Konto hat sich jemand angemeldet, seit die Person das Unternehmen verlassen hat.** Falls sie noch hier arbeitet, ist „Behalten“ die richtige Antwort, und Ihre IT-Abteilung sollte es wissen.',
    ],
    [
      'a license that did not work',
      { licenses: [aLicense({ hasMailboxPlan: false, failing: true })] },
      '**Microsoft 365 E5**: the assignment had an error, so the person may not have been able to use all of it.',
      '**Microsoft 365 E5**: Die Zuweisung hatte einen Fehler, sodass die Person vielleicht nicht alles davon nutzen konnte.',
    ],
    [
      'that nobody knows of sign-ins',
      {
        evidence: [
          { source: 'signIn', fact: { kind: 'unknown' } },
          { source: 'teams', fact: { kind: 'none', since: '2026-05-26' } },
        ],
      },
      'There is no data on sign-ins: this rests on the use of the services alone.',
      'Zu Anmeldungen gibt es keine Daten: Es zählt nur die Nutzung der Dienste.',
    ],
    [
      'that nobody knows of the services',
      {
        evidence: [
          { source: 'signIn', fact: { kind: 'on', date: '2026-07-14' } },
          { source: 'teams', fact: { kind: 'unknown' } },
        ],
      },
      'There is no data on the use of the services: this rests on sign-ins alone.',
      'Zur Nutzung der Dienste gibt es keine Daten: Es zählen nur die Anmeldungen.',
    ],
    [
      'that a license comes through a group',
      { licenses: [aLicense({ hasMailboxPlan: false, direct: false, groupIds: ['g' as GroupId] })] },
      'A license comes through a group: the person is taken out of it if that takes nothing else from them; otherwise an administrator decides.',
      'Eine Lizenz kommt über eine Gruppe: Die Person wird dort herausgenommen, wenn ihr das sonst nichts wegnimmt; andernfalls entscheidet die IT-Administration.',
    ],
    [
      'that the account of a leaver is of AD',
      { scenario: 'leftCompany', warnings: ['fromAd'] },
      'The account is managed in Active Directory: what concerns the account itself, such as blocking sign-in, an administrator does there by hand.',
      'Das Konto wird in Active Directory verwaltet: Was das Konto selbst betrifft, etwa das Sperren der Anmeldung, erledigt die IT-Administration dort von Hand.',
    ],
  ])('is %s', (_what, change, english, german) => {
    expect(notesOn(change)).toEqual(['Please note', english]);
    expect(notesOn(change, GERMAN)).toEqual(['Bitte beachten', german]);
  });

  it('is the age of the usage data, where it is older than an audit would judge by', () => {
    const on = (now: string, change: Partial<CaseFacts> = {}): readonly string[] =>
      notesOn({ evidenceDate: '2026-11-21', ...change }, { ...VIEW, now: now as Instant });
    expect(on('2026-11-28T23:00:00.000Z')).toEqual([]);
    expect(on('2026-11-29T09:00:00.000Z')).toEqual([
      'Please note',
      'The usage data is 8 days old: use since then does not show here. It is looked at anew before anything is taken.',
    ]);
    expect(on('2026-12-29T09:00:00.000Z', { evidenceDate: undefined })).toEqual([]);
    expect(on('2026-12-29T09:00:00.000Z', { scenario: 'leftCompany' })).toEqual([]);
  });

  it('is nothing, without a heading, where there is nothing', () => {
    expect(notesOn({})).toEqual([]);
    expect(notesOn({ owned: known(0) })).toEqual([]);
  });

  it('is what becomes of the mail, too', () => {
    expect(notesOn({ mailbox: 'user' })).toEqual(['Please note', 'How much is in the mailbox is not known.']);
  });

  it('does not say what the person owns where the policy does not look, or the person works on', () => {
    const ignoring = { ...VIEW, policy: policyOf('reclaim: { owned: ignore }') };
    expect(notesOn({ owned: known(1, CREW) }, ignoring)).toEqual([]);
    expect(notesOn({ owned: { is: 'unknown' } }, ignoring)).toEqual([]);
    const [license] = [aLicense({ hasMailboxPlan: false, unused: { kind: 'neverActivated' } })];
    expect(notesOn({ scenario: 'unusedLicense', licenses: [license], owned: known(1, CREW) })).toEqual([]);
  });

  it('is not known of what the person owns in a case of an earlier version', () => {
    const { owned: _owned, ...older } = asked(QUIET);
    expect(textsOf(pleaseNote(older, VIEW)).map(({ text }) => text)[1]).toContain('is not known');
  });

  it('names AD only where the account itself is changed', () => {
    expect(notesOn({ warnings: ['fromAd'] })).toEqual([]);
  });

  it('is on the card of an admin who has to decide, and not on that of HR, which is a short one', () => {
    const facts = { ...QUIET, owned: known(1, CREW) };
    expect(pleaseNote({ ...CASES.adminReview, ...facts }, { ...VIEW, reader: 'admin' })).toHaveLength(2);
    expect(pleaseNote({ ...CASES.hrReview, ...facts }, { ...VIEW, reader: 'hr' })).toEqual([]);
  });
});
