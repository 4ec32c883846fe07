import { conditionsOf, parseFilter } from './filter.js';
import type { CompareOperator, Condition, Filter, FilterValue } from './filter.js';
import { unsupportedQuery } from './graph-call.js';
import type { GraphRefusal } from './graph-call.js';
import type { CollectionQuery } from './query.js';
import { heldBy } from './tenant.js';
import { isHeld } from './sim-person.js';
import type { SimPath, SimPerson, SimSignIn } from './sim-person.js';

type Operator = CompareOperator | 'in' | 'startsWith' | 'endsWith' | 'contains' | 'any' | 'size' | 'not';
type Matches = (person: SimPerson) => boolean;

/** A $filter that was read. Beside the full test, short ones where less than a whole person decides. */
export interface UserFilter {
  readonly text: string;
  readonly matches: Matches;
  /** true: who passes depends on the hour. */
  readonly dated: boolean;
  /** Object ids in lower case, of which nobody else can pass. */
  readonly ids?: readonly string[];
  readonly bySignIn?: (signIn: SimSignIn | null) => boolean;
  readonly byLicenses?: (licenses: readonly SimPath[]) => boolean;
}

interface FilterRule {
  readonly plain: readonly Operator[];
  readonly advanced: readonly Operator[];
  readonly value: (person: SimPerson) => FilterValue;
}

const SIGN_IN_FIELDS: Readonly<Record<string, keyof SimSignIn>> = {
  'signInActivity/lastSignInDateTime': 'interactive',
  'signInActivity/lastNonInteractiveSignInDateTime': 'nonInteractive',
  'signInActivity/lastSuccessfulSignInDateTime': 'successful',
};
const WORDS: readonly Operator[] = ['eq', 'ge', 'le', 'in', 'startsWith'];
const MORE: readonly Operator[] = ['ne', 'not'];
const SIGN_IN: readonly Operator[] = ['eq', 'ge', 'le'];

/** Which property allows which operator, plainly or as an advanced query; what is absent cannot be filtered. */
const RULES: Readonly<Record<string, FilterRule>> = {
  id: rule(['eq', 'in'], MORE, (p) => p.id),
  userPrincipalName: rule(WORDS, [...MORE, 'endsWith'], (p) => p.userPrincipalName),
  mail: rule(WORDS, [...MORE, 'endsWith'], (p) => p.mail),
  displayName: rule(WORDS, MORE, (p) => p.displayName),
  givenName: rule(WORDS, MORE, (p) => p.givenName),
  surname: rule(WORDS, MORE, (p) => p.surname),
  accountEnabled: rule(['eq', 'in'], [...MORE, 'ge', 'le'], (p) => p.accountEnabled),
  userType: rule(['eq', 'in'], MORE, (p) => p.userType),
  usageLocation: rule(['eq', 'in', 'startsWith'], MORE, (p) => p.usageLocation),
  department: rule(WORDS, MORE, (p) => p.department),
  country: rule(WORDS, MORE, (p) => p.country),
  jobTitle: rule(['eq', 'ge', 'le', 'in', 'startsWith'], MORE, (p) => p.jobTitle),
  employeeId: rule(['eq', 'startsWith'], [...MORE, 'le'], (p) => p.employeeId),
  employeeType: rule([], ['eq', 'ne', 'ge', 'le', 'in', 'startsWith', 'not'], (p) => p.employeeType),
  createdDateTime: rule(['eq', 'ge', 'le'], [...MORE, 'in'], (p) => p.created),
  onPremisesSyncEnabled: rule(['eq', 'in'], [...MORE, 'ge', 'le'], (p) => p.onPremisesSync),
  onPremisesSamAccountName: rule([], [...WORDS, 'ne', 'not'], (p) => p.onPremises?.samAccountName ?? null),
  assignedLicenses: rule(['any'], ['size', 'not'], () => null),
  assignedPlans: rule([], [], () => null),
  ...Object.fromEntries(
    Object.entries(SIGN_IN_FIELDS).map(([path, field]) => [
      path,
      rule(SIGN_IN, MORE, (p) => p.signIn?.[field] ?? null),
    ]),
  ),
};

/** Clauses that the directory accepts in one filter. */
const MAX_CLAUSES = 15;

/**
 * Reads a $filter of /users and makes the test that a person must pass.
 * @throws GraphRefusal in Graph's words when the filter is not supported as asked
 */
export function userFilter(query: Pick<CollectionQuery, 'filter' | 'advanced' | 'orderBy'>): UserFilter {
  const text = query.filter;
  if (text === undefined) return { text: '', matches: () => true, dated: false };
  const filter = parseFilter(text);
  checkSize(filter);
  checkSupport(filter, query.advanced, query.orderBy !== undefined);
  return { text, matches: matcher(filter), dated: filtersSignIn(text), ...shortTests(filter) };
}

/** The common filters of big listings: by ids, by one sign-in date, by licenses alone. */
function shortTests(filter: Filter): Pick<UserFilter, 'ids' | 'bySignIn' | 'byLicenses'> {
  if (filter.kind === 'size') {
    return { byLicenses: (licenses) => compare(heldBy({ licenses }).size, filter.operator, filter.value) };
  }
  if (filter.kind === 'any') return { byLicenses: (licenses) => anyLicense(licenses, filter) };
  if (filter.kind === 'in' && filter.path === 'id') {
    return { ids: filter.values.map((value) => String(value).toLowerCase()) };
  }
  if (filter.kind !== 'compare') return {};
  const field = SIGN_IN_FIELDS[filter.path];
  if (field) {
    const wanted = comparable(filter.path, filter.value);
    return { bySignIn: (signIn) => compare(signIn?.[field] ?? null, filter.operator, wanted) };
  }
  const byId = filter.path === 'id' && filter.operator === 'eq';
  return byId ? { ids: [String(filter.value).toLowerCase()] } : {};
}

function anyLicense(
  licenses: readonly SimPath[],
  filter: Extract<Filter, { readonly kind: 'any' }>,
): boolean {
  return licenses.some((path) => isHeld(path) && fieldOf(path, filter.field) === filter.value);
}

/** true: the filter speaks of sign-in dates, which costs as much as selecting them. */
export function filtersSignIn(filter: string | undefined): boolean {
  return filter !== undefined && /signInActivity\//i.test(filter);
}

function rule(
  plain: readonly Operator[],
  advanced: readonly Operator[],
  value: (person: SimPerson) => FilterValue,
): FilterRule {
  return { plain, advanced, value };
}

function checkSize(filter: Filter): void {
  const clauses = conditionsOf(filter).reduce(
    (sum, each) => sum + (each.kind === 'in' ? each.values.length : 1),
    0,
  );
  if (clauses > MAX_CLAUSES) {
    throw unsupportedQuery(
      `Too many child clauses specified in search filter expression containing 'OR' operators: ${String(clauses)}. Max allowed: ${String(MAX_CLAUSES)}.`,
    );
  }
}

function checkSupport(filter: Filter, advanced: boolean, ordered: boolean): void {
  const conditions = conditionsOf(filter);
  if (conditions.length > 1 && conditions.some((each) => each.path.startsWith('signInActivity/'))) {
    throw unsupported('signInActivity');
  }
  for (const condition of conditions) {
    const found = RULES[condition.path];
    const operator = operatorOf(condition);
    if (!found || !(found.plain.includes(operator) || found.advanced.includes(operator))) {
      throw unsupported(condition.path);
    }
    if (!advanced && (ordered || !found.plain.includes(operator))) throw needsAdvanced(operator);
  }
  if (!advanced && negates(filter)) throw needsAdvanced('not');
}

function operatorOf(condition: Condition): Operator {
  if (condition.kind === 'compare') return condition.operator;
  return condition.kind === 'text' ? condition.name : condition.kind;
}

function negates(filter: Filter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or') return negates(filter.left) || negates(filter.right);
  return filter.kind === 'not';
}

function unsupported(path: string): GraphRefusal {
  const property = path.split('/')[0] ?? path;
  return unsupportedQuery(
    `Unsupported or invalid query filter clause specified for property '${property}' of resource 'User'.`,
  );
}

function needsAdvanced(operator: Operator): GraphRefusal {
  const shown = operator === 'size' ? '$count' : operator;
  return unsupportedQuery(
    `Operator '${shown}' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
  );
}

function matcher(filter: Filter): Matches {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const [left, right] = [matcher(filter.left), matcher(filter.right)];
      return filter.kind === 'and' ? (p) => left(p) && right(p) : (p) => left(p) || right(p);
    }
    case 'not': {
      const inner = matcher(filter.inner);
      return (person) => !inner(person);
    }
    case 'size':
      return (person) => compare(heldBy(person).size, filter.operator, filter.value);
    case 'any':
      return (person) => anyLicense(person.licenses, filter);
    case 'in': {
      const wanted = new Set(filter.values.map(lower));
      return (person) => wanted.has(lower(valueAt(filter.path, person)));
    }
    case 'text': {
      const wanted = filter.value.toLowerCase();
      return (person) => {
        const value = lower(valueAt(filter.path, person));
        if (typeof value !== 'string') return false;
        return filter.name === 'startsWith' ? value.startsWith(wanted) : value.endsWith(wanted);
      };
    }
    case 'compare': {
      const wanted = comparable(filter.path, filter.value);
      return (person) => compare(lower(valueAt(filter.path, person)), filter.operator, wanted);
    }
    default:
      return filter satisfies never;
  }
}

/** Dates are compared as moments, texts without regard to case. */
function comparable(path: string, value: FilterValue): FilterValue {
  if (!path.endsWith('DateTime') || typeof value !== 'string') return lower(value);
  const moment = Date.parse(value);
  if (Number.isNaN(moment)) throw unsupported(path);
  return moment;
}

function compare(actual: FilterValue, operator: CompareOperator, wanted: FilterValue): boolean {
  if (operator === 'eq') return actual === wanted;
  if (operator === 'ne') return actual !== wanted;
  // A person without a value is in neither half: "last sign-in before May" leaves out those who never signed in.
  if (actual === null || wanted === null) return false;
  if (operator === 'ge') return actual >= wanted;
  if (operator === 'le') return actual <= wanted;
  return operator === 'gt' ? actual > wanted : actual < wanted;
}

function valueAt(path: string, person: SimPerson): FilterValue {
  return RULES[path]?.value(person) ?? null;
}

function lower(value: FilterValue): FilterValue {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function fieldOf(path: SimPath, field: string): FilterValue {
  return field === 'skuId' ? path.skuId : null;
}
