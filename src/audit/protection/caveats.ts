import type { Finding } from '../finding.js';
import { NO_ANSWER, type Details, type OptionalDetail } from '../findings.js';

const CONSEQUENCES: Readonly<Record<OptionalDetail, string>> = {
  eligibleRoles:
    'People who may activate a directory role are not protected as admins unless they hold one now',
  mailboxPurposes:
    'Nobody knows which mailboxes are shared or of rooms, so every candidate is left to an admin',
  sponsors: 'The sponsors of guests are not told',
};

/** What a reader has to know about protections that could not be looked for. Counts and sentences of Graph, no names. */
export function protectionCaveats({
  notRead,
  chainsUnknown,
}: Pick<Details, 'notRead' | 'chainsUnknown'>): readonly string[] {
  const people = chainsUnknown === 1 ? '1 person' : `${chainsUnknown} people`;
  return [
    ...notRead.map(({ what, why }) => `${CONSEQUENCES[what]}: ${why}`),
    ...(chainsUnknown > 0
      ? [
          `Of ${people} a manager on the way up could not be read, so they count as executives, whom only HR ` +
            'sees.',
        ]
      : []),
  ];
}

/** Whose mailbox Graph could not tell about: each of them is left to an admin. */
export function unansweredCaveats(
  findings: readonly Pick<Finding, 'scenario' | 'mailbox'>[],
): readonly string[] {
  const unanswered = findings.filter(
    ({ scenario, mailbox }) =>
      scenario !== undefined && typeof mailbox === 'object' && mailbox.unknown === NO_ANSWER,
  ).length;
  if (unanswered === 0) return [];
  const people = unanswered === 1 ? '1 candidate is' : `${unanswered} candidates are`;
  return [
    `${people} left to an admin, because Graph gave no answer when asked what the mailbox is for. ` +
      'Run the audit again later.',
  ];
}
