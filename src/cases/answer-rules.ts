import type { Person } from '../audit/person.js';
import { DAY_MS } from '../config/durations.js';
import { instant, type Case, type Decision, type Instant } from './case.js';
import type { CardAnswer } from './desk.js';

type Bare<K extends Decision['kind']> = Omit<Extract<Decision, { kind: K }>, 'by' | 'at'>;

export type AnswerReading =
  | Bare<'keep'>
  | Bare<'reclaim'>
  | Bare<'reassign'>
  | {
      readonly kind: 'incomplete';
      readonly problems: readonly string[];
      readonly choices: readonly Person[];
    };

/** Characters of a reason; longer ones are refused, not cut. */
export const LONGEST_REASON = 500;
/** Days for which licenses can be kept with one answer. */
export const LONGEST_KEEP = 366;

/**
 * Checks an answer as filled in; every problem is a sentence that says what to do. Pure.
 * @param found whom the directory names for the receiver as typed: what a card or a person wrote is only a hint
 */
export function readAnswer(c: Case, answer: CardAnswer, found: readonly Person[], now: Date): AnswerReading {
  const reason = answer.reason.trim();
  if (reason.length > LONGEST_REASON)
    return incomplete(`The reason is longer than ${LONGEST_REASON} characters: shorten it.`);
  switch (answer.kind) {
    case 'keep':
      return readKeep(reason, answer.until, now);
    case 'reclaim':
      return { kind: 'reclaim', reason: reason === '' ? undefined : reason };
    case 'reassign':
      return readReassign(c, reason, answer.receiver.trim(), found);
    default:
      return answer satisfies never;
  }
}

function readKeep(reason: string, until: string, now: Date): AnswerReading {
  const problems: string[] = [];
  if (reason === '') problems.push('Say in a few words why the licenses are still needed.');
  const date = endOfDay(until);
  if (date === undefined) problems.push('Choose the date until which the licenses are kept.');
  else if (Date.parse(date) <= now.getTime()) problems.push('Choose a date in the future.');
  else if (Date.parse(date) > now.getTime() + LONGEST_KEEP * DAY_MS)
    problems.push('Choose a date within the next year.');
  return problems.length > 0 || date === undefined
    ? { kind: 'incomplete', problems, choices: [] }
    : { kind: 'keep', reason, until: date };
}

function endOfDay(text: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const date = new Date(`${text}T23:59:59.000Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? undefined : instant(date);
}

function readReassign(c: Case, reason: string, typed: string, found: readonly Person[]): AnswerReading {
  if (typed === '') return incomplete('Say who gets the license: a name or an e-mail address.');
  const [only] = found;
  if (only === undefined)
    return incomplete(`Nobody in the directory is called “${typed.slice(0, 60)}”: check the spelling.`);
  if (found.length > 1) {
    const fitting = found.filter((person) => receiverProblem(c, person) === undefined);
    return {
      kind: 'incomplete',
      problems: [
        fitting.length > 0 ? 'Several people fit: choose one.' : 'Nobody of that name can get the license.',
      ],
      choices: fitting,
    };
  }
  const problem = receiverProblem(c, only);
  if (problem !== undefined) return incomplete(problem);
  if (!isNamed(only, typed)) {
    const problems = [`Only ${only.displayName} fits “${typed.slice(0, 60)}”: choose the name to confirm.`];
    return { kind: 'incomplete', problems, choices: [only] };
  }
  return {
    kind: 'reassign',
    reason: reason === '' ? undefined : reason,
    receiver: { id: only.id, displayName: only.displayName },
  };
}

/** A license goes to nobody because of the first letters of a name. */
function isNamed({ id, displayName, userPrincipalName, mail }: Person, typed: string): boolean {
  const wanted = typed.normalize('NFC').toLowerCase();
  const names = [id, displayName, userPrincipalName, mail ?? ''];
  return names.some((name) => name.normalize('NFC').toLowerCase() === wanted);
}

/** Why somebody cannot get a case's licenses; undefined when they can. */
export function receiverProblem(c: Pick<Case, 'userId' | 'licenses'>, person: Person): string | undefined {
  const name = person.displayName;
  if (person.id === c.userId) return 'This is the person who holds the license now: choose somebody else.';
  if (!person.accountEnabled) return `${name}’s account is disabled: choose somebody else.`;
  if (person.usageLocation === undefined) {
    return `${name} has no usage location, so no license can be assigned: ask an admin to set one, or choose somebody else.`;
  }
  const held = new Set(person.licenses.map((license) => license.skuId));
  const direct = c.licenses.filter((license) => license.direct);
  return direct.length > 0 && direct.every((license) => held.has(license.skuId))
    ? `${name} has this license already: choose somebody else.`
    : undefined;
}

function incomplete(problem: string): AnswerReading {
  return { kind: 'incomplete', problems: [problem], choices: [] };
}
