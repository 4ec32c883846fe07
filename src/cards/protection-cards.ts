import type { ChatProtection } from '../audit/protection/chat-protection.js';
import type { CardJson } from '../bot/messenger.js';
import type { ProtectOutcome } from '../cases/admin/admin-desk.js';
import type { Case } from '../cases/case.js';
import type { Language } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';
import { caseSummary } from './case-card.js';
import { licenseNames } from './case-parts.js';
import type { CaseView } from './case-view.js';
import { dayText } from './dates.js';
import { button, card, line, quiet, title, type Part } from './elements.js';
import { cardText, plainText } from './escape.js';

const ROWS = 20;

/** Somebody is protected from now on: what that means, and what becomes of their cases. */
export function protectedCard(
  { protection, ended, open }: Extract<ProtectOutcome, { kind: 'protected' }>,
  view: CaseView,
): CardJson {
  return card(
    [
      title(text(view, 'admin.protected.headline')),
      line(lastsText(protection, view)),
      line(text(view, 'admin.protected.because', { reason: cardText(protection.reason, 500) })),
      line(text(view, 'admin.protected.means')),
      ...ended.map((c) =>
        line(text(view, 'admin.protected.ended', { licenses: licenseNames(c.licenses, view) })),
      ),
      ...open.map((c) => line(openText(c, view))),
      quiet(text(view, 'admin.protected.note')),
    ],
    [lift(protection, view)],
  );
}

function lastsText({ displayName, userPrincipalName, until }: ChatProtection, reader: Language): ReadyText {
  const person = { name: cardText(displayName, 80), address: cardText(userPrincipalName) };
  return until === undefined
    ? text(reader, 'admin.protected.endless', person)
    : text(reader, 'admin.protected.until', { ...person, date: dayText(until, reader) });
}

function openText(c: Case, view: CaseView): ReadyText {
  const key = c.state === 'kept' ? 'admin.protected.kept' : 'admin.protected.begun';
  return text(view, key, { case: caseSummary(c, view) });
}

/** The button brings of which moment the protection is, so that an old one cannot take back a newer word. */
function lift({ userId, at, displayName }: ChatProtection, reader: Language): Part {
  return button({
    title: text(reader, 'admin.protected.lift', { name: plainText(displayName, 40) }),
    verb: 'admin',
    data: { do: 'unprotect', userId, at },
  });
}

/** Everybody who is protected in chat. */
export function protectionsCard(protections: readonly ChatProtection[], reader: Language): CardJson {
  const shown = protections.slice(0, ROWS);
  const count = protections.length - shown.length;
  return card([
    title(protectionsHeadline(protections.length, reader)),
    ...shown.map((protection) => line(rowText(protection, reader))),
    ...(count > 0 ? [quiet(text(reader, 'admin.protections.more', { count }))] : []),
    quiet(text(reader, 'admin.protections.note')),
  ]);
}

function rowText(protection: ChatProtection, reader: Language): ReadyText {
  const { displayName, userPrincipalName, until, by, at, reason } = protection;
  const said = {
    name: cardText(displayName, 60),
    address: cardText(userPrincipalName, 80),
    by: cardText(by.displayName, 60),
    at: dayText(at, reader),
    reason: cardText(reason, 120),
  };
  return until === undefined
    ? text(reader, 'admin.protections.endless', said)
    : text(reader, 'admin.protections.until', { ...said, date: dayText(until, reader) });
}

export function protectionsHeadline(count: number, reader: Language): ReadyText {
  return text(reader, 'admin.protections.headline', { count });
}
