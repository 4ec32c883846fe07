import type { CardJson } from '../bot/messenger.js';
import type { Role } from '../cases/roles.js';
import { ADMIN_REQUESTS } from './admin-help.js';
import { card, facts, heading, line, quiet, title, type Part } from './elements.js';

/** What somebody can ask, as pairs of words and meaning. Every example is understood by the chat. */
export function requestsFor(
  roles: readonly Role[],
): readonly (readonly [request: string, meaning: string])[] {
  const ofHr = roles.includes('hr')
    ? ([['hr', 'Executives and people on leave: what waits for HR']] as const)
    : [];
  const mine = [
    ['waiting', 'Questions that wait for your answer'],
    ['case NAME', 'One person you were asked about, with the buttons'],
    ['undo NAME', 'Take an answer back, or get a license back'],
    ['history NAME', 'What happened so far'],
    ['why was NAME asked about', 'What was found, and how the question came to whom'],
    ['help', 'This page'],
  ] as const;
  if (!roles.includes('admin')) return [...(roles.includes('finance') ? FIGURES : []), ...ofHr, ...mine];
  const [, ...others] = mine;
  return [
    ['who is inactive but licensed', 'People whose licenses look unused, most expensive first'],
    [
      'inactive over 120 days by cost',
      'Add a department, country, license, manager, domain, cost or state of the case in any order; names in quotes',
    ],
    ...FIGURES,
    ['who is not judged', 'People about whom data is missing; **guests** has those who do not seem active'],
    [
      'only those over 180 days',
      'Goes on from the answer before, as do **next**, **top 10** and **by days**',
    ],
    ['export that', 'The answer before as a CSV file'],
    ['what if 60, 90 and 120 days', 'How many people other thresholds would flag, and how many came back'],
    ['waiting', 'Questions that wait for you, and what waits for any administrator'],
    ['deliveries', 'Whom my messages reached, and whom not'],
    ['waive THING for NAME because REASON', 'Let a case go on although THING stands in its way'],
    ...ADMIN_REQUESTS,
    ...ofHr,
    ...others,
  ];
}

/** What can be asked without names. */
const FIGURES = [
  ['how many never signed in per department', 'Figures, also per country, license, domain or scenario'],
  ['cost of unused licenses per license', 'What they cost a year'],
  ['position', 'Licenses bought, assigned, idle and reclaimable, with what they cost a year'],
] as const;

/** Help that fits the role. */
export function helpCard(roles: readonly Role[]): CardJson {
  return card([title('What you can ask'), facts(requestsFor(roles)), ...notes(roles)]);
}

/** The first message: what this is, who runs it, what it may ask, and that silence is safe. */
export function welcomeCard(roles: readonly Role[]): CardJson {
  return card([
    title('Hello, I am License Steward'),
    line(
      'Your IT department runs me to find Microsoft 365 licenses that nobody uses. When one is held by somebody in ' +
        'your team, I ask you here whether to keep it, give it to somebody else, or take it back.',
    ),
    line(
      '**If you do not answer, nothing is removed.** What is taken back can be undone for a while; every card says until when.',
    ),
    heading('You can write to me'),
    facts(requestsFor(roles)),
    ...notes(roles),
  ]);
}

function notes(roles: readonly Role[]): readonly Part[] {
  if (roles.includes('admin') || roles.includes('finance')) return [];
  return [quiet('You see only people you were asked about. Lists and totals are for administrators.')];
}
