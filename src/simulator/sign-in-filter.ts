import { conditionsOf, parseFilter } from './filter.js';
import type { Condition, Filter, FilterValue } from './filter.js';
import { GraphRefusal } from './graph-call.js';
import type { SignInEntry } from './sign-in-entries.js';

type Operator = 'eq' | 'ge' | 'le' | 'startsWith';

/** A $filter of the sign-in log that was read. */
export interface SignInFilter {
  readonly matches: (entry: SignInEntry) => boolean;
  /** Object id in lower case, of whom every entry must be. */
  readonly userId: string | undefined;
}

interface Rule {
  readonly operators: readonly Operator[];
  readonly value: (entry: SignInEntry) => FilterValue;
}

const WORDS: readonly Operator[] = ['eq', 'startsWith'];

/** What the log can be filtered by, as documented, of what the simulated tenant knows. */
const RULES: Readonly<Record<string, Rule>> = {
  id: rule(['eq'], (entry) => entry.id),
  createdDateTime: rule(['eq', 'ge', 'le'], (entry) => entry.at),
  userId: rule(['eq'], (entry) => entry.person.id),
  userPrincipalName: rule(WORDS, (entry) => entry.person.userPrincipalName),
  userDisplayName: rule(WORDS, (entry) => entry.person.displayName),
  appId: rule(['eq'], (entry) => entry.app.id),
  appDisplayName: rule(WORDS, (entry) => entry.app.name),
  clientAppUsed: rule(['eq'], (entry) => entry.client),
  ipAddress: rule(WORDS, (entry) => entry.ipAddress),
  'status/errorCode': rule(['eq'], (entry) => entry.errorCode),
  'location/city': rule(WORDS, (entry) => entry.city),
  'location/countryOrRegion': rule(WORDS, (entry) => entry.country),
};

/** @throws GraphRefusal in Graph's words for what the log cannot be filtered by */
export function signInFilter(text: string | undefined): SignInFilter {
  if (text === undefined) return { matches: () => true, userId: undefined };
  const filter = parseFilter(text);
  // Dates stand without quotes; in quotes they are texts, which no date is compared with.
  if (/DateTime\s+\w+\s+'/i.test(text)) throw invalid();
  for (const condition of conditionsOf(filter)) {
    const operator = operatorOf(condition);
    if (operator === undefined || !RULES[condition.path]?.operators.includes(operator)) throw invalid();
  }
  return { matches: matcher(filter), userId: userIdOf(filter) };
}

function rule(operators: readonly Operator[], value: Rule['value']): Rule {
  return { operators, value };
}

function operatorOf(condition: Condition): Operator | undefined {
  if (condition.kind === 'text') return condition.name === 'startsWith' ? 'startsWith' : undefined;
  if (condition.kind !== 'compare') return undefined;
  const { operator } = condition;
  return operator === 'eq' || operator === 'ge' || operator === 'le' ? operator : undefined;
}

function matcher(filter: Filter): SignInFilter['matches'] {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const [left, right] = [matcher(filter.left), matcher(filter.right)];
      return filter.kind === 'and'
        ? (entry) => left(entry) && right(entry)
        : (entry) => left(entry) || right(entry);
    }
    case 'text': {
      const wanted = filter.value.toLowerCase();
      return (entry) => String(valueAt(filter.path, entry)).startsWith(wanted);
    }
    case 'compare': {
      const wanted = comparable(filter.path, filter.value);
      return (entry) => compare(valueAt(filter.path, entry), filter.operator, wanted);
    }
    default:
      throw invalid();
  }
}

function compare(actual: FilterValue, operator: string, wanted: FilterValue): boolean {
  if (operator === 'eq') return actual === wanted;
  if (actual === null || wanted === null) return false;
  return operator === 'ge' ? actual >= wanted : actual <= wanted;
}

function comparable(path: string, value: FilterValue): FilterValue {
  if (path !== 'createdDateTime') return lower(value);
  const moment = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(moment)) throw invalid();
  return moment;
}

function valueAt(path: string, entry: SignInEntry): FilterValue {
  return lower(RULES[path]?.value(entry) ?? null);
}

function lower(value: FilterValue): FilterValue {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** Whose entries alone can pass: looked for where everything has to hold. */
function userIdOf(filter: Filter): string | undefined {
  if (filter.kind === 'and') return userIdOf(filter.left) ?? userIdOf(filter.right);
  const isUserId = filter.kind === 'compare' && filter.path === 'userId';
  return isUserId ? String(filter.value).toLowerCase() : undefined;
}

function invalid(): GraphRefusal {
  return new GraphRefusal(400, 'BadRequest', 'Invalid filter clause');
}
