import { parkable } from '../../actions/plan-parking.js';
import { seatsOf } from '../../actions/plan.js';
import { holdsAllOf, lackedBy, locationFor, unfit } from '../../actions/receiver.js';
import { startOfDayIn } from '../../audit/day.js';
import type { Person, Sku } from '../../audit/person.js';
import { DAY_MS } from '../../config/durations.js';
import type { Policy } from '../../config/policy.js';
import { instant, type Case, type Instant, type PersonRef } from '../case.js';
import type { Decision } from '../decision.js';
import { isOrWasAsked } from './can-be-named.js';
import type { QuestionAnswer } from './desk.js';

type Bare<K extends Decision['kind']> = Omit<Extract<Decision, { kind: K }>, 'by' | 'at'>;

export type AnswerReading =
  | Bare<'keep'>
  | Bare<'onLeave'>
  | Bare<'park'>
  | Bare<'reclaim'>
  | Bare<'reassign'>
  | { readonly kind: 'notMyReport' }
  | { readonly kind: 'askOther'; readonly person: PersonRef }
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
export function readAnswer(
  c: Case,
  answer: QuestionAnswer,
  found: readonly Person[],
  { now, parking, ...rules }: ReceiverRules & { readonly now: Date; readonly parking?: ParkingRules },
): AnswerReading {
  const reason = 'reason' in answer ? answer.reason.trim() : '';
  if (reason.length > LONGEST_REASON)
    return incomplete(`The reason is longer than ${LONGEST_REASON} characters: shorten it.`);
  switch (answer.kind) {
    case 'keep':
      return readKeep(reason, answer.until, now);
    case 'reclaim':
      return { kind: 'reclaim', reason: reason === '' ? undefined : reason };
    case 'onLeave':
      return readLeave(answer.until, now);
    case 'park':
      return readParking(c, answer.until, parking, now);
    case 'notMyReport':
      return { kind: 'notMyReport' };
    case 'askOther':
      return isTwice(answer) ? incomplete(TWICE) : readOther(c, answer.person.trim(), found);
    case 'reassign':
      return isTwice(answer)
        ? incomplete(TWICE)
        : readReassign(c, { reason, typed: answer.receiver.trim() }, found, rules);
    default:
      return answer satisfies never;
  }
}

const TWICE = 'You have chosen a person and written a name or address as well: leave one of them empty.';

/** Somebody was chosen, and somebody written: a license goes to neither by a guess. */
function isTwice({ beside = '' }: { readonly beside?: string }): boolean {
  return beside.trim() !== '';
}

function readKeep(reason: string, until: string, now: Date): AnswerReading {
  const missing = reason === '' ? ['Say why the licenses are still needed.'] : [];
  const date = readUntil(until, now, 'Choose the date until which the licenses are kept.');
  if ('problem' in date) return { kind: 'incomplete', problems: [...missing, date.problem], choices: [] };
  if (missing.length > 0) return { kind: 'incomplete', problems: missing, choices: [] };
  return { kind: 'keep', reason, until: date.until };
}

/** Only the date is asked for, never why somebody is away (field.md N1). */
function readLeave(until: string, now: Date): AnswerReading {
  const date = readUntil(until, now, 'Choose the day on which the person is back.');
  return 'problem' in date ? incomplete(date.problem) : { kind: 'onLeave', until: date.until };
}

/** Where somebody may park licenses. */
export type ParkingRules = Pick<Policy, 'reclaim' | 'audit'>;

/** Whether the steps can be done before the return is for the plan to tell. */
function readParking(
  c: Pick<Case, 'licenses'>,
  day: string,
  rules: ParkingRules | undefined,
  now: Date,
): AnswerReading {
  const parked = rules === undefined ? [] : parkable(c, rules);
  if (rules === undefined || parked.length === 0) return incomplete(NOTHING_TO_PARK);
  const leave = readLeave(day, now);
  if (leave.kind !== 'onLeave') return leave;
  const until = instant(startOfDayIn(day, rules.audit.timeZone));
  return { kind: 'park', until, returnsOn: day, skuIds: parked.map(({ skuId }) => skuId) };
}

/** Said wherever no license can be parked. */
export const NOTHING_TO_PARK = 'No cheaper license can stand in here: choose another answer.';

function readUntil(
  text: string,
  now: Date,
  missing: string,
): { readonly until: Instant } | { readonly problem: string } {
  const until = endOfDay(text);
  if (until === undefined) return { problem: missing };
  if (Date.parse(until) <= now.getTime()) return { problem: 'Choose a date in the future.' };
  if (Date.parse(until) > now.getTime() + LONGEST_KEEP * DAY_MS)
    return { problem: 'Choose a date within the next year.' };
  return { until };
}

function endOfDay(text: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const date = new Date(`${text}T23:59:59.000Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? undefined : instant(date);
}

function readReassign(
  c: Case,
  { reason, typed }: { readonly reason: string; readonly typed: string },
  found: readonly Person[],
  rules: ReceiverRules,
): AnswerReading {
  if (typed === '') return incomplete('Say who gets the license: a name or an e-mail address.');
  const named = readNamed(typed, found, {
    problemOf: (person) => receiverProblem(c, person, rules),
    nobody: 'Nobody of that name can get the license.',
  });
  if ('kind' in named) return named;
  return { kind: 'reassign', reason: reason === '' ? undefined : reason, receiver: named.person };
}

function readOther(c: Case, typed: string, found: readonly Person[]): AnswerReading {
  if (typed === '') return incomplete('Say who should be asked: a name or an e-mail address.');
  const named = readNamed(typed, found, {
    problemOf: (person) => otherProblem(c, person),
    nobody: 'Nobody of that name can be asked.',
  });
  return 'kind' in named ? named : { kind: 'askOther', person: named.person };
}

interface NamedRules {
  readonly problemOf: (person: Person) => string | undefined;
  /** Said when several people have the name, and none of them will do. */
  readonly nobody: string;
}

/** The one person whom a text names; one whom it only fits has to be confirmed. */
function readNamed(
  typed: string,
  found: readonly Person[],
  { problemOf, nobody }: NamedRules,
): { readonly person: PersonRef } | Extract<AnswerReading, { kind: 'incomplete' }> {
  const [only] = found;
  if (only === undefined)
    return incomplete(`Nobody in the directory is called “${typed.slice(0, 60)}”: check the spelling.`);
  if (found.length > 1) {
    const choices = found.filter((person) => problemOf(person) === undefined);
    const problems = [choices.length > 0 ? 'Several people fit: choose one.' : nobody];
    return { kind: 'incomplete', problems, choices };
  }
  const problem = problemOf(only);
  if (problem !== undefined) return incomplete(problem);
  if (!isNamed(only, typed)) {
    const problems = [`Only ${only.displayName} fits “${typed.slice(0, 60)}”: choose the name to confirm.`];
    return { kind: 'incomplete', problems, choices: [only] };
  }
  return { person: { id: only.id, displayName: only.displayName } };
}

/** Why somebody cannot be asked about a case; undefined when they can. */
function otherProblem(c: Case, person: Person): string | undefined {
  const name = person.displayName;
  if (person.id === c.userId) return 'This is the person whom the question is about: choose somebody else.';
  if (!person.accountEnabled) return `${name}’s account is disabled: choose somebody else.`;
  if (person.kind === 'guest') return `${name} is a guest: choose somebody of your organization.`;
  return isOrWasAsked(c, person.id) ? `${name} was asked already: choose somebody else.` : undefined;
}

/** A license goes to nobody because of the first letters of a name. */
function isNamed({ id, displayName, userPrincipalName, mail }: Person, typed: string): boolean {
  const wanted = typed.normalize('NFC').toLowerCase();
  const names = [id, displayName, userPrincipalName, mail ?? ''];
  return names.some((name) => name.normalize('NFC').toLowerCase() === wanted);
}

/** By what a receiver is judged. */
export interface ReceiverRules {
  readonly reclaim: Pick<Policy['reclaim'], 'usageLocation'>;
  /** What the tenant has bought; read for a reassignment only. */
  readonly skus: readonly Sku[];
}

/** Why somebody cannot get a case's licenses; undefined when they can. */
export function receiverProblem(
  c: Pick<Case, 'userId' | 'licenses'>,
  person: Person,
  { reclaim, skus }: ReceiverRules,
): string | undefined {
  const name = person.displayName;
  if (person.id === c.userId) return 'This is the person who holds the license now: choose somebody else.';
  if (!person.accountEnabled) return `${name}’s account is disabled: choose somebody else.`;
  if (person.usageLocation === undefined && locationFor(person, reclaim) === undefined) {
    return `${name} has no usage location, so no license can be assigned: ask an admin to set one, or choose somebody else.`;
  }
  const wanted = lackedBy(person, seatsOf(c));
  if (wanted.length === 0) return `${name} has this license already: choose somebody else.`;
  const given = wanted.map((license) => ({ ...license, disabledPlans: [] }));
  const why = unfit(person, given, skus);
  if (why !== undefined) return `${name} ${why}: choose somebody else, or ask an admin.`;
  const other = holdsAllOf(person, given, skus);
  if (other === undefined) return undefined;
  const names = given.map((license) => license.name).join(', ');
  return `${name} has ${other}, which includes all of ${names}: choose somebody else.`;
}

function incomplete(problem: string): Extract<AnswerReading, { kind: 'incomplete' }> {
  return { kind: 'incomplete', problems: [problem], choices: [] };
}
