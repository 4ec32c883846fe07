import { carriesFiles } from '../../audit/licenses/parts.js';
import type { Day } from '../../audit/day.js';
import { nameKey } from '../../audit/name-key.js';
import type { Person, Sku } from '../../audit/person.js';
import type { Policy } from '../../config/policy.js';
import { carriesMailbox } from '../../spend/mailbox-plans.js';
import { annualPrice } from '../../spend/prices.js';
import { productName } from '../../spend/product-names.js';
import type { NewCaseKeys } from '../campaign/opening.js';
import { TERMINAL, type Case, type CaseIn, type CaseLicense, type StateName } from '../case.js';
import type { Decision } from '../decision.js';
import { meaningOf } from '../state-meanings.js';
import type { CaseStep } from '../step.js';

/** The product that a text means: its part number, its name or its id. Pure. */
export function productCalled(text: string, skus: readonly Sku[]): Sku | undefined {
  const wanted = nameKey(text);
  return skus.find((sku) =>
    [sku.skuId, sku.partNumber, productName(sku)].some((key) => nameKey(key) === wanted),
  );
}

/** Why nothing is given while another case about the person is on its way; undefined: none is. Pure. */
export function standsInTheWay(cases: readonly Case[]): string | undefined {
  // What waits for a date, or for its undo window to end, changes nothing any more.
  const resting: readonly StateName[] = [...TERMINAL, 'kept', 'holding'];
  const other = cases.find(({ state }) => !resting.includes(state));
  if (other === undefined) return undefined;
  return `There is a case about this person: ${meaningOf(other.state)}. Let it come to its end first, or undo it.`;
}

/** A license of the case as it will be given: with all its plans. Pure. */
export function giftLicense(sku: Sku, { prices }: Pick<Policy, 'prices'>, today: Day): CaseLicense {
  return {
    skuId: sku.skuId,
    partNumber: sku.partNumber,
    name: productName(sku),
    disabledPlans: [],
    annualCost: annualPrice(prices, sku.partNumber, today),
    hasMailboxPlan: carriesMailbox(sku),
    holdsFiles: carriesFiles(sku),
    coveredBy: undefined,
    direct: true,
    groupIds: [],
  };
}

/** The case of a license that an admin gives. Pure; keys are random and passed in. */
export function giftCase(
  person: Person,
  license: CaseLicense,
  decision: Extract<Decision, { kind: 'give' }>,
  steps: readonly CaseStep[],
  keys: NewCaseKeys,
): CaseIn<'scheduled'> {
  const { displayName, userPrincipalName, jobTitle, department, country } = person;
  return {
    id: keys.caseId,
    kind: 'case',
    caseId: keys.caseId,
    userId: person.id,
    subject: { displayName, userPrincipalName, jobTitle, department, country },
    runId: keys.caseId,
    scenario: 'given',
    evidence: [],
    evidenceDate: undefined,
    daysInactive: undefined,
    licenses: [license],
    annualCost: license.annualCost,
    protections: [],
    mailbox: 'unknown',
    manager: undefined,
    openedAt: decision.at,
    version: 0,
    seq: 0,
    head: keys.head,
    subjectKey: keys.subjectKey,
    actorSalt: keys.actorSalt,
    message: undefined,
    dueAt: decision.at,
    lease: undefined,
    attempts: 0,
    state: 'scheduled',
    askedOf: decision.by.id,
    decision,
    steps,
  };
}
