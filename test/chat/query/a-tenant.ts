import type { Finding } from '../../../src/audit/finding.js';
import type { RunFigures } from '../../../src/chat/read-model.js';
import { rowMaker, type Row } from '../../../src/chat/query/rows.js';
import { vocabularyOf } from '../../../src/chat/query/vocabulary.js';
import type { Source } from '../../../src/chat/query/hits.js';
import { productName } from '../../../src/spend/product-names.js';
import { aFinding, aLicenseFinding, GRACE, INACTIVE } from '../../cases/a-finding.js';
import { NOW, userId } from '../../world/people.js';
import { SKUS, type SkuName } from '../../world/skus.js';

const MEGAN = manager('Megan Bowen', 'megan.bowen');
export const JOHN = manager('John Smith', 'john.smith');
export const OTHER_JOHN = manager('John Smith', 'john.smith2');

function manager(displayName: string, address: string): typeof GRACE {
  return {
    ...GRACE,
    id: userId(address),
    displayName,
    userPrincipalName: `${address}@harbor.example`,
  };
}

/** A license with its product name, at so much a year in USD. */
export function holding(sku: SkuName, dollars: number | undefined, days = 130): Finding['licenses'][number] {
  return aLicenseFinding(sku, {
    name: productName(SKUS[sku]),
    verdict: { kind: 'inactive', days, lastUse: undefined },
    annualCost: dollars === undefined ? undefined : { minor: dollars * 100, currency: 'USD' },
  });
}

function idleFor(days: number): Finding['verdict'] {
  return { ...INACTIVE, days, lastUse: undefined } as Finding['verdict'];
}

const CHIEF = {
  verdict: idleFor(300),
  licenses: [holding('E5', 684)],
  protections: [{ kind: 'executive', route: 'hr', rule: 'title' }],
  recommendation: 'hrReview',
} as const satisfies Partial<Finding>;

/** A small tenant: seven candidates, two people not judged, a guest, and two whom nobody but HR may see. */
export const FINDINGS: readonly Finding[] = [
  aFinding('Ada', {
    is: {
      department: 'Sales',
      country: 'Germany',
      domain: 'berlin.harbor.example',
      distinguishedName: 'CN=Ada,OU=Berlin,DC=harbor',
    },
    verdict: idleFor(130),
    licenses: [holding('E5', 684), holding('VISIO', 180)],
  }),
  aFinding('Ben', {
    is: { department: 'Sales', country: 'DE' },
    manager: MEGAN,
    verdict: idleFor(95),
    licenses: [holding('E5', 684, 95)],
  }),
  aFinding('Cleo', {
    is: { department: 'Finance', country: 'United States' },
    verdict: idleFor(200),
    licenses: [holding('OFFICE_E3', 276)],
  }),
  aFinding('Dan', {
    is: { department: 'Human Resources', country: 'US', created: '2026-07-26' },
    manager: JOHN,
    scenario: 'neverSignedIn',
    verdict: { kind: 'neverUsed' },
    licenses: [holding('E3', 432)],
  }),
  aFinding('Eve', {
    is: { department: 'R&D', country: 'India', enabled: false },
    manager: OTHER_JOHN,
    scenario: 'disabledButLicensed',
    verdict: idleFor(400),
    licenses: [holding('F3', undefined)],
  }),
  aFinding('Finn', {
    is: { department: 'Finance', country: 'Germany' },
    scenario: 'leftCompany',
    verdict: idleFor(150),
    licenses: [holding('E3', 432)],
  }),
  aFinding('Gil', {
    is: { country: 'United Kingdom' },
    manager: 'none',
    scenario: 'unusedLicense',
    verdict: { kind: 'active', lastUse: undefined },
    licenses: [
      holding('VISIO', 180, 110),
      { ...holding('E3', 432), verdict: { kind: 'active', lastUse: undefined } },
    ],
  }),
  aFinding('Uma', {
    is: { department: 'Sales', country: 'Germany' },
    scenario: undefined,
    verdict: { kind: 'unknown', why: ['no report'] },
    licenses: [holding('POWER_BI', 120)],
    recommendation: 'readMore',
  }),
  aFinding('Uli', {
    is: { department: 'Customer Service', country: 'Germany' },
    scenario: undefined,
    verdict: { kind: 'unknown', why: ['no report'] },
    licenses: [holding('PROJECT', 360)],
    recommendation: 'readMore',
  }),
  aFinding('Gus', {
    is: { kind: 'guest', department: 'Partners' },
    verdict: idleFor(220),
    licenses: [holding('E3', 432)],
    protections: [{ kind: 'guest', route: 'guestAudit', rule: 'userType is Guest' }],
    recommendation: 'guestAudit',
  }),
  aFinding('Chiara', { is: { department: 'Board', country: 'Italy' }, ...CHIEF }),
  aFinding('Lea', {
    is: { department: 'Sales', country: 'Germany' },
    ...CHIEF,
    protections: [{ kind: 'onLeave', route: 'hr', rule: 'roster' }],
  }),
  aFinding('Svc', {
    is: { department: 'Sales', country: 'Germany' },
    protections: [{ kind: 'admin', route: 'adminReview', rule: 'role' }],
    recommendation: 'adminReview',
  }),
];

export function rowsOf(findings: readonly Finding[], most = 1_000): readonly Row[] {
  const maker = rowMaker(NOW, most);
  for (const finding of findings) maker.add(finding);
  return maker.done().rows;
}

export const ROWS = rowsOf(FINDINGS);
export const VOCABULARY = vocabularyOf(ROWS);
export const SOURCE: Source = { rows: ROWS, counted: { active: 500, protected: 3, everyone: 600 } };

/** Of the audit that found them. */
export const FIGURES: RunFigures = {
  runId: 'run-1',
  finishedAt: '2026-11-23T06:00:00.000Z',
  reportRefreshed: '2026-11-21',
  people: 600,
  licenses: 900,
  active: 500,
  inactive: 7,
  unknown: 2,
  protected: 3,
  guests: 1,
};
