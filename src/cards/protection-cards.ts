import type { ChatProtection } from '../audit/protection/chat-protection.js';
import type { CardJson } from '../bot/messenger.js';
import type { ProtectOutcome } from '../cases/admin/admin-desk.js';
import type { Case } from '../cases/case.js';
import { caseSummary } from './case-card.js';
import type { CaseView } from './case-view.js';
import { dayText } from './dates.js';
import { button, card, facts, line, quiet, title, type Part } from './elements.js';
import { cardText, plainText } from './escape.js';
import { peopleText } from './query-parts.js';

const ROWS = 20;

/** Somebody is protected from now on: what that means, and what becomes of their cases. */
export function protectedCard(
  { protection, ended, open }: Extract<ProtectOutcome, { kind: 'protected' }>,
  view: CaseView,
): CardJson {
  const name = cardText(protection.displayName, 80);
  return card(
    [
      title('Protected'),
      line(`**${name}** (${cardText(protection.userPrincipalName)}) is ${lastsText(protection)}.`),
      line(`Because: ${cardText(protection.reason, 500)}`),
      line('From this moment on nobody is asked about them, and no step is begun.'),
      ...ended.map((c) => line(`Their case ended as \`protected\`: ${caseText(c)}. Nothing had been done.`)),
      ...open.map((c) => line(openText(c, view))),
      quiet(
        'The policy file was not changed: this holds over it, for audits and for the check before each step.',
      ),
    ],
    [lift(protection)],
  );
}

function lastsText({ how, until }: ChatProtection): string {
  const word = how === 'exempt' ? 'exempt' : 'protected';
  return until === undefined
    ? `${word} until that is taken back`
    : `${word} until ${dayText(until)}, that day included`;
}

function caseText({ licenses }: Case): string {
  return licenses
    .map(({ name }) => cardText(name, 60))
    .slice(0, 5)
    .join(', ');
}

function openText(c: Case, view: CaseView): string {
  const more =
    c.state === 'kept'
      ? 'It stays kept.'
      : 'What was begun is checked to its end, no further step is begun, and a person decides; **undo NAME** gives back what was taken.';
  return `Their case goes on where it stands: ${caseSummary(c, view)}. ${more}`;
}

/** The button brings of which moment the protection is, so that an old one cannot take back a newer word. */
function lift({ userId, at, displayName }: ChatProtection): Part {
  return button({
    title: plainText(`Take it back: ${displayName}`, 60),
    verb: 'admin',
    data: { do: 'unprotect', userId, at },
  });
}

/** Everybody who is protected in chat. */
export function protectionsCard(protections: readonly ChatProtection[]): CardJson {
  const shown = protections.slice(0, ROWS);
  const more = protections.length - shown.length;
  return card([
    title(protectionsHeadline(protections.length)),
    facts(
      shown.map((protection) => {
        const { displayName, userPrincipalName, until, reason, by, at } = protection;
        const end = until === undefined ? 'no end' : `until ${dayText(until)}`;
        return [
          cardText(`${displayName} (${userPrincipalName})`, 100),
          `${end}. By ${cardText(by.displayName, 60)} on ${dayText(at)}, because: ${cardText(reason, 120)}`,
        ] as const;
      }),
    ),
    ...(more > 0 ? [quiet(`and ${more} more.`)] : []),
    quiet('Write **unprotect NAME** to take one back. Whom the policy file protects is not listed here.'),
  ]);
}

export function protectionsHeadline(count: number): string {
  return `${peopleText(count)} protected in chat`;
}
