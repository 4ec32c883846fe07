import { describe, expect, it, test } from '@jest/globals';
import type { CaseView } from '../../src/cards/case-view.js';
import { mailNeedsLicense, mailWarning } from '../../src/cards/mail-warning.js';
import type { MailboxUse } from '../../src/cases/mailbox-use.js';
import { policyOf } from '../world/policies.js';
import { asked, VIEW } from './a-case.js';
import { textsOf } from './texts-of-a-card.js';

const GB = 1024 ** 3;
const GERMAN: CaseView = { ...VIEW, locale: 'de' };

function rowOf(mailboxUse: MailboxUse | undefined, view = VIEW): string {
  const c = asked(mailboxUse === undefined ? {} : { mailboxUse });
  return textsOf(mailWarning(c, view))
    .map(({ text }) => text)
    .join(' ');
}

describe('what is in the mailbox', () => {
  test.each<[MailboxUse | undefined, string, string]>([
    [
      { asOf: '2026-11-21', bytes: 2.4 * GB, hasArchive: false },
      'The mailbox holds 3 GB and has no archive (mailbox report of 21 Nov 2026).',
      'Das Postfach hat 3 GB und kein Archiv (Postfachbericht vom 21. Nov. 2026).',
    ],
    [
      { asOf: '2026-11-21', bytes: 50 * GB },
      'The mailbox holds 50 GB (mailbox report of 21 Nov 2026).',
      'Das Postfach hat 50 GB (Postfachbericht vom 21. Nov. 2026).',
    ],
    [
      { asOf: '2026-11-21', bytes: 90 * GB, hasArchive: true },
      '**The mailbox needs a license.** It holds 90 GB and has an archive (mailbox report of 21 Nov 2026). Without a license a shared mailbox may hold at most 50 GB and have no archive, so an administrator decides before anything is taken.',
      '**Das Postfach braucht eine Lizenz.** Es hat 90 GB und ein Archiv (Postfachbericht vom 21. Nov. 2026). Ohne Lizenz darf ein freigegebenes Postfach höchstens 50 GB und kein Archiv haben, deshalb entscheidet die IT-Administration, bevor etwas weggenommen wird.',
    ],
    [undefined, 'How much is in the mailbox is not known.', 'Wie viel im Postfach ist, ist nicht bekannt.'],
  ])('%j is said before anybody answers', (use, english, german) => {
    expect(rowOf(use)).toBe(english);
    expect(rowOf(use, GERMAN)).toBe(german);
  });

  it('is not said where there is none, or it goes on as it is', () => {
    const use = { asOf: '2026-11-21', bytes: 90 * GB };
    for (const mailbox of ['noMailbox', 'shared'] as const)
      expect(mailWarning(asked({ mailbox, mailboxUse: use }), VIEW)).toEqual([]);
    const waived = { ...VIEW, policy: policyOf('reclaim: { mailbox: waive }') };
    expect(mailNeedsLicense(asked({ mailboxUse: use }), waived)).toBeUndefined();
  });
});
