import { Cron } from 'croner';
import { IANAZone } from 'luxon';
import { parse as parseYaml } from 'yaml';
import type { z } from 'zod';
import type { GroupId, UserId } from '../audit/person.js';
import { DAY_MS, parseDuration } from './durations.js';
import { WrittenPolicy } from './policy-schema.js';

export type PolicyStep = 'disableSignIn' | 'convertMailbox' | 'removeLicenses';

interface GroupsAndUsers {
  readonly groups: readonly GroupId[];
  readonly users: readonly UserId[];
}

export interface Price {
  readonly sku: string;
  /** Minor units of the currency, for one seat and one year. */
  readonly annualMinor: number;
  readonly currency: string;
  /** First and last day on which the price holds, `YYYY-MM-DD`, inclusive; undefined is open. */
  readonly effective: string | undefined;
  readonly ending: string | undefined;
}

/** The customer's rules, checked and ready for use. Durations are milliseconds, days are days. */
export interface Policy {
  readonly mode: 'observe' | 'act';
  readonly inactivity: WrittenPolicy['inactivity'];
  readonly audit: WrittenPolicy['audit'];
  readonly scope: WrittenPolicy['scope'];
  readonly protect: {
    readonly executives: GroupsAndUsers & { readonly titles: readonly RegExp[] };
    readonly serviceAccounts: GroupsAndUsers & { readonly names: readonly RegExp[] };
    readonly breakGlass: GroupsAndUsers;
    readonly exempt: GroupsAndUsers;
  };
  /** Group or user ids; which of the two Graph tells. */
  readonly roles: {
    readonly admins: readonly string[];
    readonly hr: readonly string[];
    readonly finance: readonly string[];
  };
  readonly reclaim: WrittenPolicy['reclaim'];
  /** Milliseconds from the ask (from the decision: afterDecision; from the last step: hold). */
  readonly timetable: {
    readonly reminders: readonly number[];
    readonly deliverWithin: number;
    readonly answerDue: number;
    readonly review: number;
    readonly afterDecision: number;
    readonly disableSignIn: number;
    readonly convertMailbox: number;
    readonly removeLicenses: number;
    readonly hold: number;
    readonly delete: number | 'never';
  };
  readonly approvals: WrittenPolicy['approvals'];
  readonly limits: WrittenPolicy['limits'];
  readonly prices: readonly Price[];
  readonly reports: WrittenPolicy['reports'];
  readonly evidence: { readonly require: readonly ('signIn' | 'workload')[] };
  readonly privacy: WrittenPolicy['privacy'];
}

/** What the rules that span several keys need to know about the surroundings. */
export interface PolicySurroundings {
  /** true: Graph is a simulated tenant on this machine, so a timetable of seconds is fine. */
  readonly loopbackGraph: boolean;
}

export type PolicyReading =
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'errors'; readonly errors: readonly string[] };

/**
 * Reads the text of a policy file: parse, check each key, check the rules that span keys.
 * All errors come back at once, each a sentence with the key, the value and the remedy.
 */
export function readPolicy(text: string, surroundings: PolicySurroundings): PolicyReading {
  let raw: unknown;
  try {
    raw = parseYaml(text) ?? {};
  } catch (cause) {
    return {
      kind: 'errors',
      errors: [`The file is not YAML: ${String((cause as Error).message).split('\n')[0]}`],
    };
  }
  const written = WrittenPolicy.safeParse(raw);
  if (!written.success)
    return { kind: 'errors', errors: written.error.issues.map((issue) => sentence(issue, raw)) };
  const policy = normalize(written.data);
  const errors = RULES.flatMap((rule) => rule(policy, surroundings));
  return errors.length > 0 ? { kind: 'errors', errors } : { kind: 'policy', policy };
}

function normalize(written: WrittenPolicy): Policy {
  const { protect, timetable } = written;
  return {
    ...written,
    protect: {
      executives: { ...ids(protect.executives), titles: protect.executives.titles.map(caseless) },
      serviceAccounts: {
        ...ids(protect.serviceAccounts),
        names: protect.serviceAccounts.names.map(caseless),
      },
      breakGlass: ids(protect.breakGlass),
      exempt: ids(protect.exempt),
    },
    timetable: {
      reminders: timetable.reminders.map(ms),
      deliverWithin: ms(timetable.deliverWithin),
      answerDue: ms(timetable.answerDue),
      review: ms(timetable.review),
      afterDecision: ms(timetable.afterDecision),
      disableSignIn: ms(timetable.disableSignIn),
      convertMailbox: ms(timetable.convertMailbox),
      removeLicenses: ms(timetable.removeLicenses),
      hold: ms(timetable.hold),
      delete: timetable.delete === 'never' ? 'never' : ms(timetable.delete),
    },
    prices: written.prices.map((price) => ({
      sku: price.sku,
      annualMinor: Math.round(
        price.amount * minorUnits(price.currency) * (price.frequency === 'monthly' ? 12 : 1),
      ),
      currency: price.currency,
      effective: price.effective,
      ending: price.ending,
    })),
  };
}

function ids(written: { groups: readonly string[]; users: readonly string[] }): GroupsAndUsers {
  return { groups: written.groups as readonly GroupId[], users: written.users as readonly UserId[] };
}

function caseless(text: string): RegExp {
  return new RegExp(text, 'iu');
}

function ms(text: string): number {
  const value = parseDuration(text);
  if (value === undefined) throw new Error(`checked before: ${text}`);
  return value;
}

/** How many minor units one unit has: 100 for USD, 1 for JPY. */
function minorUnits(currency: string): number {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits;
  return 10 ** (digits ?? 2);
}

type Rule = (policy: Policy, surroundings: PolicySurroundings) => readonly string[];

/** Rules that span several keys; each gives sentences, or nothing. */
const RULES: readonly Rule[] = [
  someEvidenceIsRequired,
  actingNeedsAdmins,
  scheduleIsValid,
  stepsKeepTheMailbox,
  timetableIsInOrder,
  shortTimesOnlyInTheTryOut,
  deletionWaits,
  pricesDoNotOverlap,
];

function someEvidenceIsRequired(policy: Policy): readonly string[] {
  if (policy.evidence.require.length > 0) return [];
  return [
    'evidence.require is empty: name signIn, workload or both, or nobody could ever be proven inactive.',
  ];
}

/** Safety rule 10. */
function actingNeedsAdmins(policy: Policy): readonly string[] {
  if (policy.mode !== 'act') return [];
  const errors: string[] = [];
  if (policy.roles.admins.length === 0) {
    errors.push('mode is act but roles.admins is empty: name at least one Entra group or user id.');
  }
  const { titles, groups, users } = policy.protect.executives;
  if (policy.roles.hr.length === 0 && titles.length + groups.length + users.length > 0) {
    errors.push(
      'mode is act and executives are routed to HR, but roles.hr is empty: name an Entra group or user id.',
    );
  }
  return errors;
}

function scheduleIsValid(policy: Policy): readonly string[] {
  const { schedule, timeZone } = policy.audit;
  const errors: string[] = [];
  if (!IANAZone.isValidZone(timeZone)) {
    errors.push(`audit.timeZone "${timeZone}" is no IANA time zone; use one such as Europe/Berlin.`);
  }
  try {
    new Cron(schedule, { mode: '5-part', paused: true });
  } catch {
    errors.push(
      `audit.schedule "${schedule}" is no cron expression of five fields; use one such as "0 6 * * 1".`,
    );
  }
  return errors;
}

/** Safety rule 7: a mailbox is converted before its license goes, unless its loss is waived. */
function stepsKeepTheMailbox(policy: Policy): readonly string[] {
  if (policy.reclaim.mailbox === 'waive') return [];
  return Object.entries(policy.reclaim.steps).flatMap(([scenario, steps]) => {
    const convert = steps.indexOf('convertMailbox');
    const remove = steps.indexOf('removeLicenses');
    if (scenario === 'unusedLicense' || remove === -1 || (convert !== -1 && convert < remove)) return [];
    return [
      `reclaim.steps.${scenario} removes licenses without converting the mailbox before: ` +
        'put convertMailbox first, or set reclaim.mailbox to waive and accept the loss of mail after 30 days.',
    ];
  });
}

function timetableIsInOrder(policy: Policy): readonly string[] {
  const { answerDue, convertMailbox, removeLicenses, reminders } = policy.timetable;
  const errors: string[] = [];
  if (policy.reclaim.mailbox === 'convert' && convertMailbox > removeLicenses) {
    errors.push(
      'timetable.convertMailbox is later than timetable.removeLicenses: the mailbox would be lost; swap them.',
    );
  }
  if (reminders.some((at) => at >= answerDue)) {
    errors.push('timetable.reminders has a reminder at or after timetable.answerDue; remind earlier.');
  }
  return errors;
}

function shortTimesOnlyInTheTryOut(policy: Policy, surroundings: PolicySurroundings): readonly string[] {
  if (surroundings.loopbackGraph) return [];
  const { reminders, delete: deletion, ...rest } = policy.timetable;
  return [...Object.entries(rest), ...reminders.map((value) => ['reminders', value] as const)].flatMap(
    ([key, value]) =>
      value < DAY_MS
        ? [`timetable.${key} is shorter than a day; that is accepted only with the simulated tenant.`]
        : [],
  );
}

/** Safety rule 7: deletion never before 30 days. */
function deletionWaits(policy: Policy): readonly string[] {
  const { delete: deletion } = policy.timetable;
  if (deletion === 'never' || deletion >= 30 * DAY_MS) return [];
  return [
    'timetable.delete is shorter than P30D; deleted accounts can be restored for 30 days only, so wait at least that long.',
  ];
}

function pricesDoNotOverlap(policy: Policy): readonly string[] {
  return policy.prices.flatMap((price, index) =>
    policy.prices.slice(index + 1).some((other) => other.sku === price.sku && overlap(price, other))
      ? [
          `prices has two prices for ${price.sku} that hold on the same day; give each its effective and ending date.`,
        ]
      : [],
  );
}

function overlap(a: Price, b: Price): boolean {
  return (a.effective ?? '') <= (b.ending ?? '9') && (b.effective ?? '') <= (a.ending ?? '9');
}

function sentence(issue: z.core.$ZodIssue, raw: unknown): string {
  const key = issue.path.join('.') || 'the policy';
  if (issue.code === 'unrecognized_keys') {
    const where = issue.path.length > 0 ? ` in ${key}` : '';
    return `Unknown key${issue.keys.length > 1 ? 's' : ''} ${issue.keys.join(', ')}${where}; check the spelling or remove it.`;
  }
  const value = valueAt(raw, issue.path);
  const shown = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
  return `${key} ${shown}: ${issue.message}.`;
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    raw,
  );
}
