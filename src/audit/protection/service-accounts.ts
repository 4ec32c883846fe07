import type { Evidence } from '../evidence.js';
import type { Finding } from '../finding.js';
import type { License, Person } from '../person.js';
import type { ManagedSkus } from '../scope/scope.js';

/** Who is a service account by name: the part before the @, or the display name. */
export function nameRules(
  { userPrincipalName, displayName }: Pick<Person, 'userPrincipalName' | 'displayName'>,
  names: readonly RegExp[],
): readonly string[] {
  const localPart = userPrincipalName.split('@')[0] ?? '';
  const texts = [localPart, displayName].map((text) => text.trim().normalize('NFC'));
  return names
    .filter((pattern) => texts.some((text) => pattern.test(text)))
    .map((pattern) => `protect.serviceAccounts.names: ${pattern.source}`);
}

export interface SignalInput {
  readonly person: Person;
  readonly manager: Finding['manager'];
  readonly evidence: Evidence;
  /** The licenses that are concerned contain Microsoft 365 Apps whose activations the report counts. */
  readonly hasApps: boolean;
}

/** Words of an employee type that no person has. */
const ODD_TYPE = /(?<!\p{L})(service|system|bot|application|shared|test)s?(?!\p{L})/iu;

const SIGNALS: readonly { readonly words: string; readonly shows: (input: SignalInput) => boolean }[] = [
  { words: 'no manager', shows: ({ manager }) => manager === 'none' },
  { words: 'no employee id', shows: ({ person }) => isBlank(person.employeeId) },
  { words: 'odd employee type', shows: ({ person }) => isOddType(person.employeeType) },
  {
    words: 'no job title and no department',
    shows: ({ person }) => isBlank(person.jobTitle) && isBlank(person.department),
  },
  { words: 'only non-interactive sign-ins', shows: ({ evidence }) => neverInteractive(evidence.signIn) },
  {
    words: 'Microsoft 365 Apps never activated',
    shows: ({ evidence, hasApps }) => hasApps && neverActivated(evidence),
  },
];

/**
 * Signs that an account is no person's. Missing data is no sign: an unknown manager, sign-in or activation counts for
 * nothing, however little else is known.
 * @param needed how many of the six it takes; 0: nobody is judged so
 */
export function signalRules(input: SignalInput, needed: number): readonly string[] {
  const counted = SIGNALS.filter(({ shows }) => shows(input)).map(({ words }) => words);
  if (needed === 0 || counted.length < needed) return [];
  return [`protect.serviceAccounts.signals: ${counted.length} of ${SIGNALS.length} (${counted.join(', ')})`];
}

/** Activations are counted for the enterprise edition only, so other editions can never show any. */
const COUNTED_APPS = /^OFFICESUBSCRIPTION/i;

/** Do these licenses give Microsoft 365 Apps, in an edition whose activations are counted, and not switched off? */
export function containApps(licenses: readonly License[], skus: ManagedSkus): boolean {
  return licenses.some(({ skuId, disabledPlans }) => {
    const off = new Set(disabledPlans.map((id) => id.toLowerCase()));
    const plans = skus.get(skuId)?.plans ?? [];
    return plans.some(({ id, name }) => COUNTED_APPS.test(name) && !off.has(id.toLowerCase()));
  });
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

/** Also of words that are written as one, such as `ServiceAccount`. */
function isOddType(employeeType: string | undefined): boolean {
  return ODD_TYPE.test((employeeType ?? '').normalize('NFC').replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
}

function neverInteractive(signIn: Evidence['signIn']): boolean {
  if (!('successful' in signIn)) return false;
  const { successful, interactive, nonInteractive } = signIn;
  return interactive.kind === 'none' && (nonInteractive.kind === 'on' || successful.kind === 'on');
}

/** The report has a row for whoever may activate; on no device so far is a row without dates. */
function neverActivated({ details }: Evidence): boolean {
  return details.activations?.every(({ lastActivated }) => lastActivated === undefined) ?? false;
}
