import type { Person } from '../audit/person.js';
import type { SignInEvent, SignInLog } from '../graph/graph-door.js';
import { clean, counted, table } from './terminal.js';

/** How far back Microsoft keeps the log, with Entra ID P1 or P2. */
export const MOST_DAYS = 30;

/** A person's sign-in log as a table, and what it can and cannot tell. `days`: how far back was asked for. */
export function signInsText(
  person: Pick<Person, 'displayName' | 'userPrincipalName'>,
  { events, hasMore }: SignInLog,
  days: number,
): string {
  const who = `${clean(person.displayName)} (${clean(person.userPrincipalName)})`;
  return [
    `${who}, sign-ins of the last ${counted(days, 'day')}; times in UTC`,
    ...(events.length === 0 ? ['The log has none.'] : [tableOf(events), '', sumOf(events, hasMore)]),
    '',
    ...whatItTells(days),
  ].join('\n');
}

function tableOf(events: readonly SignInEvent[]): string {
  const rows = events.map((event) => [
    event.at === undefined ? UNKNOWN : event.at.toISOString().slice(0, 19).replace('T', ' '),
    resultOf(event),
    named(event.app),
    named(event.clientApp),
    event.isInteractive === undefined ? UNKNOWN : event.isInteractive ? 'yes' : 'no',
    named([event.city, event.country].filter((part) => part !== undefined).join(', ')),
    event.outcome?.kind === 'failure' ? clean(event.outcome.reason ?? UNKNOWN) : '',
  ]);
  return table([['WHEN', 'RESULT', 'APP', 'CLIENT', 'INTERACTIVE', 'FROM', 'WHY IT FAILED'], ...rows]);
}

const UNKNOWN = 'unknown';

/** Empty is what the log does not say. */
function named(text: string | undefined): string {
  return text === undefined || text === '' ? UNKNOWN : clean(text);
}

function resultOf({ outcome }: SignInEvent): string {
  if (outcome === undefined) return UNKNOWN;
  return outcome.kind === 'success' ? 'success' : `failure ${outcome.code}`;
}

function sumOf(events: readonly SignInEvent[], hasMore: boolean): string {
  const of = (kind: 'success' | 'failure') => events.filter(({ outcome }) => outcome?.kind === kind).length;
  const sum = `${counted(events.length, 'entry', 'entries')}: ${counted(of('success'), 'success', 'successes')}, ${counted(of('failure'), 'failure')}.`;
  return hasMore ? `${sum} These are the newest; there are older ones that are not shown.` : sum;
}

/** No verdict rests on the log, and nobody shall read one into it. */
function whatItTells(days: number): readonly string[] {
  const older =
    days === MOST_DAYS
      ? `what is older than ${MOST_DAYS} days, because Microsoft keeps no more`
      : `what is older than the ${counted(days, 'day')} asked for (--days ${MOST_DAYS} is the most)`;
  return [
    'The log tells to which app somebody signed in, from where, and why it failed. A failure can be a step of a sign-in ' +
      'that then went on, such as the question for a second factor (50074, 50076, 50140).',
    `It does not tell ${older}, nor the last hours (up to 6), nor what programs and synced phones do by themselves: ` +
      'Graph lists interactive sign-ins only.',
    'An empty log proves nothing beyond that, and no verdict rests on it: audits judge by sign-in dates, which reach ' +
      'back for years.',
  ];
}
