import { parseDocument, YAMLError } from 'yaml';
import type { GroupId, UserId } from '../audit/person.js';
import type { PeopleKeys } from '../audit/scope/people.js';
import { decimalsOf } from '../spend/money.js';
import { parseDuration } from './durations.js';
import { remedyOf, sentenceOf, touches, withoutFaults } from './policy-errors.js';
import { RULES } from './policy-rules.js';
import { WrittenPolicy } from './policy-schema.js';

export type PolicyStep = 'disableSignIn' | 'convertMailbox' | 'removeLicenses';

interface GroupsAndUsers {
  readonly groups: readonly GroupId[];
  readonly users: readonly UserId[];
}

/** Somebody who is left alone. `until` is the last day, `YYYY-MM-DD`; undefined has no end. */
export interface Exemption<Id> {
  readonly id: Id;
  readonly reason: string | undefined;
  readonly until: string | undefined;
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
  readonly scope: WrittenPolicy['scope'] & {
    /** Whom the file `people` names; read by open-policy.ts. */
    readonly peopleKeys?: PeopleKeys;
  };
  readonly protect: {
    readonly executives: GroupsAndUsers & {
      readonly titles: readonly RegExp[];
      readonly top: readonly UserId[];
      readonly levels: number;
    };
    readonly serviceAccounts: GroupsAndUsers & {
      readonly names: readonly RegExp[];
      readonly signals: number;
    };
    readonly breakGlass: GroupsAndUsers;
    readonly exempt: {
      readonly groups: readonly Exemption<GroupId>[];
      readonly users: readonly Exemption<UserId>[];
    };
  };
  readonly roster: WrittenPolicy['roster'];
  readonly guards: WrittenPolicy['guards'];
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
  /** IANA zones by usage location, for working hours. */
  readonly timeZones: WrittenPolicy['timeZones'];
  readonly routing: { readonly departments: Readonly<Record<string, UserId>> };
  readonly tell: {
    /** Milliseconds before the first step. */
    readonly person: number | 'never';
    readonly undelivered: WrittenPolicy['tell']['undelivered'];
    readonly admins: WrittenPolicy['tell']['admins'];
  };
  readonly approvals: WrittenPolicy['approvals'];
  readonly limits: WrittenPolicy['limits'];
  readonly prices: readonly Price[];
  readonly reports: WrittenPolicy['reports'];
  readonly evidence: WrittenPolicy['evidence'];
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
  const yaml = readYaml(text);
  if (yaml.kind === 'errors') return yaml;
  const { raw } = yaml;
  const written = WrittenPolicy.safeParse(raw, { error: remedyOf });
  if (written.success) {
    const policy = normalize(written.data);
    const errors = RULES.flatMap((rule) => rule.check(policy, surroundings));
    return errors.length > 0 ? { kind: 'errors', errors } : { kind: 'policy', policy };
  }
  const { issues } = written.error;
  // Rules that do not read what is wrong are checked too, so that nobody corrects a file error by error.
  const rest = WrittenPolicy.safeParse(withoutFaults(raw, issues));
  const rules = rest.success ? RULES.filter((rule) => !touches(issues, rule.reads)) : [];
  const further = rest.success ? rules.flatMap((rule) => rule.check(normalize(rest.data), surroundings)) : [];
  return { kind: 'errors', errors: [...issues.map((issue) => sentenceOf(issue, raw)), ...further] };
}

function normalize(written: WrittenPolicy): Policy {
  const { protect, timetable } = written;
  const departments = written.routing.departments as Readonly<Record<string, UserId>>;
  return {
    ...written,
    protect: {
      executives: {
        ...ids(protect.executives),
        titles: protect.executives.titles.map(caseless),
        top: protect.executives.top as readonly string[] as readonly UserId[],
        levels: protect.executives.levels,
      },
      serviceAccounts: {
        ...ids(protect.serviceAccounts),
        names: protect.serviceAccounts.names.map(caseless),
        signals: protect.serviceAccounts.signals,
      },
      breakGlass: ids(protect.breakGlass),
      exempt: {
        groups: protect.exempt.groups.map((each) => exemptionOf<GroupId>(each)),
        users: protect.exempt.users.map((each) => exemptionOf<UserId>(each)),
      },
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
    routing: { departments },
    tell: { ...written.tell, person: written.tell.person === 'never' ? 'never' : ms(written.tell.person) },
    prices: written.prices.map((price) => ({
      sku: price.sku,
      annualMinor: Math.round(
        price.amount * 10 ** decimalsOf(price.currency) * (price.frequency === 'monthly' ? 12 : 1),
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

function exemptionOf<Id extends string>(
  written:
    | string
    | { readonly id: string; readonly reason?: string | undefined; readonly until?: string | undefined },
): Exemption<Id> {
  if (typeof written === 'string') return { id: written as Id, reason: undefined, until: undefined };
  return { id: written.id as Id, reason: written.reason, until: written.until };
}

function caseless(text: string): RegExp {
  return new RegExp(text, 'iu');
}

function ms(text: string): number {
  const value = parseDuration(text);
  if (value === undefined) throw new Error(`checked before: ${text}`);
  return value;
}

function readYaml(
  text: string,
): { readonly kind: 'yaml'; readonly raw: unknown } | { readonly kind: 'errors'; readonly errors: string[] } {
  const document = parseDocument(text);
  const errors = [...document.errors, ...document.warnings].map(yamlSentence);
  if (errors.length > 0) return { kind: 'errors', errors };
  try {
    return { kind: 'yaml', raw: document.toJS() ?? {} };
  } catch (cause) {
    return { kind: 'errors', errors: [yamlSentence(cause)] };
  }
}

function yamlSentence(error: unknown): string {
  if (error instanceof YAMLError && error.code === 'MULTIPLE_DOCS')
    return 'The file holds several YAML documents: keep one of them, and no line of --- between.';
  const line = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  return `The file is not YAML: ${line.replace(/:$/, '')}. Correct it there.`;
}
