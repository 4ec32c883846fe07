import { protectIn } from './protect-words.js';
import { reviewIn } from './review-words.js';
import { rosterIn } from './roster-words.js';
import type { AdminRequest } from './request.js';

/** UTF-16 units; whoever holds the campaign must not be sent back to shorten why. */
const LONGEST_REASON = 500;

/**
 * What admins can have done, said whole: with any other word beside it a text means something else, and nothing is guessed.
 * @param words as typed, without marks around them
 * @param said the same in small letters
 * @param message the whole text, of which a reason is taken as it stands
 * @returns undefined: the words are about something else
 */
export function adminIn(
  words: readonly string[],
  said: readonly string[],
  message: string,
): AdminRequest | undefined {
  const end = reasonAt(said);
  const because = end === said.length ? -1 : end;
  const reason = because === -1 ? '' : reasonIn(message);
  const protecting = protectIn(words, said, { because, reason });
  if (protecting !== undefined) return protecting;
  const reviewing = reviewIn(words, said, { because, reason });
  if (reviewing !== undefined) return reviewing;
  const roster = rosterIn(said);
  if (roster !== undefined) return roster;
  const sentence = said
    .slice(0, end)
    .filter((word) => !FILLERS.has(word))
    .join(' ');
  const request = Object.hasOwn(ADMIN_PHRASES, sentence) ? ADMIN_PHRASES[sentence] : undefined;
  if (request === undefined) return undefined;
  if (request.do === 'switch')
    return { ...request, reason: reason === '' ? undefined : reason.slice(0, LONGEST_REASON) };
  return reason === '' ? request : undefined;
}

/** Where a reason begins; the end of the words where there is none. */
export function reasonAt(said: readonly string[]): number {
  const because = said.findIndex((word) => BECAUSE.includes(word));
  return because === -1 ? said.length : because;
}

const BECAUSE: readonly string[] = ['because', '--reason', 'reason'];
const AFTER_BECAUSE = /(?:^|\s)\S?(?:because|reason)[:,]?\s+(?<reason>.+)$/isu;

function reasonIn(message: string): string {
  return AFTER_BECAUSE.exec(message)?.groups?.['reason']?.trim() ?? '';
}

/** Words that change nothing about what is wanted. */
export const FILLERS: ReadonlySet<string> = new Set(
  [
    'please pls kindly can could would will you i want to now the a an my our this of it hi hello hey me show',
    'bitte hallo der die das den dem es um mir uns zeig zeige unsere unserer',
  ].flatMap((words) => words.split(' ')),
);

const PAUSE: AdminRequest = { do: 'switch', to: 'paused', reason: undefined };
const RESUME: AdminRequest = { do: 'switch', to: 'running', reason: undefined };
const STOP: AdminRequest = { do: 'switch', to: 'stopped', reason: undefined };
const STATUS: AdminRequest = { do: 'status' };
const AUDIT: AdminRequest = { do: 'audit' };
const PROTECTIONS: AdminRequest = { do: 'protections' };
const REVIEW: AdminRequest = { do: 'review', who: undefined, reason: undefined };
const PLAN: AdminRequest = { do: 'plan' };
const POSITION: AdminRequest = { do: 'position', as: 'card' };
const POSITION_FILE: AdminRequest = { do: 'position', as: 'file' };
const SAVINGS: AdminRequest = { do: 'savings', as: 'card' };
const SAVINGS_FILE: AdminRequest = { do: 'savings', as: 'file' };
export const ROSTER: AdminRequest = { do: 'importRoster', asOf: undefined };
const DEEDS: AdminRequest = { do: 'deeds' };

/** What has no name or date in it: without the fillers, in small letters. */
export const ADMIN_PHRASES: Readonly<Record<string, AdminRequest>> = {
  pause: PAUSE,
  'pause campaign': PAUSE,
  'pause everything': PAUSE,
  resume: RESUME,
  'resume campaign': RESUME,
  'continue campaign': RESUME,
  stop: STOP,
  'stop campaign': STOP,
  'stop everything': STOP,
  campaign: STATUS,
  'campaign status': STATUS,
  'status campaign': STATUS,
  'how is campaign': STATUS,
  'how is campaign going': STATUS,
  status: STATUS,
  funnel: STATUS,
  kampagne: STATUS,
  kampagnenstatus: STATUS,
  kampagnenstand: STATUS,
  'kampagne status': STATUS,
  'status kampagne': STATUS,
  'stand kampagne': STATUS,
  'wie ist status': STATUS,
  'wie ist status kampagne': STATUS,
  'wie ist stand kampagne': STATUS,
  'wie steht kampagne': STATUS,
  'wie läuft kampagne': STATUS,
  'wie laeuft kampagne': STATUS,
  'wie weit ist kampagne': STATUS,
  audit: AUDIT,
  'run audit': AUDIT,
  'start audit': AUDIT,
  'begin audit': AUDIT,
  'new audit': AUDIT,
  'run new audit': AUDIT,
  protections: PROTECTIONS,
  'list protections': PROTECTIONS,
  exemptions: PROTECTIONS,
  review: REVIEW,
  reviews: REVIEW,
  release: REVIEW,
  veto: REVIEW,
  'in review': REVIEW,
  'what is in review': REVIEW,
  plan: PLAN,
  approve: PLAN,
  'approve plan': PLAN,
  'approve run': PLAN,
  'approve campaign': PLAN,
  position: POSITION,
  'license position': POSITION,
  'position licenses': POSITION,
  'export position': POSITION_FILE,
  'export license position': POSITION_FILE,
  'position export': POSITION_FILE,
  'position csv': POSITION_FILE,
  'position as csv': POSITION_FILE,
  savings: SAVINGS,
  'savings so far': SAVINGS,
  saved: SAVINGS,
  'what is saved': SAVINGS,
  'what was saved': SAVINGS,
  'what has been saved': SAVINGS,
  'what has been saved so far': SAVINGS,
  'what did we save': SAVINGS,
  'what have we saved': SAVINGS,
  'what have we saved so far': SAVINGS,
  'how much did we save': SAVINGS,
  'how much have we saved': SAVINGS,
  'how much was saved': SAVINGS,
  'export savings': SAVINGS_FILE,
  'savings export': SAVINGS_FILE,
  'savings csv': SAVINGS_FILE,
  'savings as csv': SAVINGS_FILE,
  'import roster': ROSTER,
  'upload roster': ROSTER,
  'admin history': DEEDS,
  'history admins': DEEDS,
  'campaign history': DEEDS,
  'history campaign': DEEDS,
  'what did admins do': DEEDS,
};
