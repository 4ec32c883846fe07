import type { DoneAudit } from '../../../src/audit/audit-result.js';
import type { Verdict } from '../../../src/audit/evidence.js';
import { figuresOf } from '../../../src/audit/figures.js';
import type { Finding, LicenseFinding, Scenario } from '../../../src/audit/finding.js';
import type { Part } from '../../../src/audit/licenses/parts.js';
import { inOrder } from '../../../src/audit/findings.js';
import { reportHtml } from '../../../src/audit/report-html/report-html.js';
import type { SourceState } from '../../../src/audit/sources/state.js';
import type { Policy } from '../../../src/config/policy.js';
import { countFinding, positionRows, type SeatTally } from '../../../src/spend/position.js';
import { aFinding, aLicenseFinding } from '../../cases/a-finding.js';
import { day, NOW, TODAY, userId } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { SKUS, type SkuName } from '../../world/skus.js';
import { MEASURES } from '../a-done-audit.js';

/** Names that would break out of a page that is put together carelessly. */
export const HOSTILE = [
  '</script><script>document.title="broken"</script>',
  '<img src=x onerror="document.title=\'broken\'">',
  '"><svg/onload=document.title="broken">',
  "O'Neil & Sons <b>bold</b>",
  '<!--<script>',
  'line\u2028separator\u2029and\u0000zero',
  'יעל כהן \u202egnp.exe',
  'half a pair \ud800 here',
  '{{constructor}} ${document.title}',
];

export const POLICY: Policy = policyOf(
  'prices: [{ sku: SPE_E5, amount: 57, currency: USD, frequency: monthly }, { sku: SPE_E3, amount: 36, currency: USD, frequency: monthly }, { sku: VISIOCLIENT, amount: 180, currency: EUR, frequency: yearly }]',
);

const DEPARTMENTS = [
  'Sales',
  'Research and Development',
  'Operations',
  'Retail',
  'Finance',
  'Marketing',
  'Legal',
  'Customer Care',
  'Logistics',
  'People',
  undefined,
];
const FIRST = ['Amal', 'Beatriz', 'Chidi', 'Dana', 'Émile', 'Fatima', 'Goran', 'Hanna', 'Ines', 'Jørgen'];
const LAST = ['Abara', 'Berg', 'Castro', 'Dubois', 'Ekström', 'Fischer', 'García', 'Haddad', 'Ito', 'Jones'];
const NAMES: Partial<Record<SkuName, string>> = {
  E5: 'Microsoft 365 E5',
  E3: 'Microsoft 365 E3',
  EXCHANGE: 'Exchange Online (Plan 1)',
  VISIO: 'Visio Plan 2',
  FLOW_FREE: 'Power Automate Free',
};
const PRICES: Partial<Record<SkuName, LicenseFinding['annualCost']>> = {
  E5: { minor: 68_400, currency: 'USD' },
  E3: { minor: 43_200, currency: 'USD' },
  VISIO: { minor: 18_000, currency: 'EUR' },
};

const SUITE: readonly Part[] = ['exchange', 'oneDrive', 'sharePoint', 'teams', 'apps'];
const PARTS_OF: Readonly<Partial<Record<SkuName, readonly Part[]>>> = {
  E3: SUITE,
  E5: SUITE,
  EXCHANGE: ['exchange'],
  VISIO: ['visio'],
};

function licenseOf(sku: SkuName, verdict: Verdict): LicenseFinding {
  const parts = (PARTS_OF[sku] ?? []).map((part) => ({ part, verdict }));
  return aLicenseFinding(sku, { name: NAMES[sku] ?? sku, verdict, annualCost: PRICES[sku], parts });
}

function pick<T>(values: readonly T[], at: number): T {
  const value = values[at % values.length];
  return value as T;
}

/** The person at a place: the first ones have hostile names, the others ordinary ones that never repeat. */
function nameOf(at: number): string {
  const hostile = HOSTILE[at];
  if (hostile !== undefined) return hostile;
  const round = Math.floor(at / 100);
  return `${pick(FIRST, at)} ${pick(LAST, Math.floor(at / 10))}${round > 0 ? ` ${round}` : ''}`;
}

function sumOf(licenses: readonly LicenseFinding[]): Finding['annualCost'] {
  const [only] = licenses;
  return licenses.length === 1 ? only?.annualCost : undefined;
}

/** Somebody on the normal path; scenario, age, department and licenses change from place to place. */
export function personToAsk(at: number): Finding {
  const kind = at % 9;
  const days = 90 + ((at * 37) % 91);
  const idle: Verdict = {
    kind: 'inactive',
    days,
    lastUse: days >= 180 ? undefined : day(new Date((TODAY - days) * 86_400_000).toISOString().slice(0, 10)),
  };
  const never: Verdict = { kind: 'neverUsed' };
  const active: Verdict = { kind: 'active', lastUse: day('2026-11-20') };
  const scenarios: readonly Scenario[] = [
    'leftCompany',
    'neverSignedIn',
    'disabledButLicensed',
    'unusedLicense',
  ];
  const scenario: Scenario = scenarios[kind] ?? 'inactive';
  const verdict = scenario === 'neverSignedIn' ? never : scenario === 'unusedLicense' ? active : idle;
  const sku = pick(['E3', 'E5', 'E3', 'EXCHANGE'] as const, at);
  const licenses =
    scenario === 'unusedLicense'
      ? [licenseOf(sku, active), licenseOf('VISIO', never)]
      : at % 5 === 0
        ? [licenseOf(sku, verdict), licenseOf('VISIO', verdict)]
        : [licenseOf(sku, verdict)];
  const department = pick(DEPARTMENTS, Math.floor((at * at) / 3));
  return aFinding(`person ${at}`, {
    is: { displayName: nameOf(at), upn: `person${at}@harbor.example`, ...(department ? { department } : {}) },
    verdict,
    scenario,
    neverSignedIn:
      scenario === 'neverSignedIn' ? pick(['onboarding', 'offboarding', 'unclear'] as const, at) : undefined,
    securityAlert: scenario === 'leftCompany' && at % 2 === 0,
    roster:
      scenario === 'leftCompany'
        ? {
            status: 'left',
            asOf: day('2026-11-20'),
            origin: 'hr.csv',
            leaveFrom: undefined,
            leaveUntil: undefined,
          }
        : undefined,
    licenses,
    annualCost: sumOf(licenses),
  });
}

const GUESTS = [0, 1, 2].map((at) =>
  aFinding(`guest ${at}`, {
    is: { displayName: `Guest ${at}`, kind: 'guest' },
    sponsors:
      at === 0
        ? undefined
        : at === 1
          ? []
          : [
              {
                id: userId('Grace Hopper'),
                displayName: 'Grace Hopper',
                mail: 'grace.hopper@harbor.example',
              },
            ],
    protections: [{ kind: 'guest', route: 'guestAudit', rule: 'userType is Guest' }],
    recommendation: 'guestAudit',
  }),
);

const PROTECTED = Array.from({ length: 14 }, (_, at) =>
  aFinding(`kept ${at}`, {
    is: { displayName: at % 2 === 0 ? `svc-backup-${at}` : `Aurora Room ${at}`, department: 'IT' },
    protections: [
      at % 2 === 0
        ? { kind: 'serviceAccount', route: 'excluded', rule: 'protect.serviceAccounts.names: ^svc[-_.]' }
        : { kind: 'resource', route: 'adminReview', rule: 'userPurpose is room' },
    ],
    recommendation: at % 2 === 0 ? 'excluded' : 'adminReview',
  }),
);

const UNKNOWN = Array.from({ length: 9 }, (_, at) =>
  aFinding(`unknown ${at}`, {
    is: { displayName: `Una Known ${at}`, department: 'Retail' },
    verdict: { kind: 'unknown', why: ['usage report: no row in the usage report of 2026-11-21'] },
    scenario: undefined,
    licenses: [licenseOf('E3', { kind: 'unknown', why: ['usage report: no row'] })],
    recommendation: 'readMore',
  }),
);

/** Somebody whom only HR may see; another executive differs in everything that could be shown. */
export function executive(name: string): Finding {
  return aFinding(name, {
    is: { displayName: name, department: `Office of ${name}`, jobTitle: 'Chief Financial Officer' },
    licenses: [licenseOf('E5', { kind: 'inactive', days: 140, lastUse: day('2026-07-04') })],
    annualCost: { minor: 68_400, currency: 'USD' },
    protections: [{ kind: 'executive', route: 'hr', rule: 'protect.executives.titles: ^chief\\b' }],
    recommendation: 'hrReview',
  });
}

export const SOURCES: readonly SourceState[] = [
  { source: 'activeUsers', state: 'read', refreshed: day('2026-11-21'), rows: 1_204 },
  { source: 'signIn', state: 'read', rows: 1_310 },
  { source: 'apps', state: 'read', refreshed: day('2026-11-20'), rows: 1_180 },
  {
    source: 'activations',
    state: 'unknown',
    why: 'The report has no rows.',
    fix: 'Run the audit again tomorrow.',
  },
  {
    source: 'roster',
    state: 'off',
    why: 'No roster was imported.',
    fix: 'npm run steward -- import-roster FILE',
  },
  {
    source: 'sites',
    state: 'impossible',
    why: 'Sites.Read.All is not granted.',
    fix: 'Grant it, or leave sites out.',
  },
];

/** An audit of `count` people to ask about, with everybody else that there can be. */
export function anAudit(
  count: number,
  change: { readonly findings?: readonly Finding[]; readonly sources?: readonly SourceState[] } = {},
): DoneAudit {
  const asked = Array.from({ length: count }, (_, at) => personToAsk(at));
  const findings = inOrder(change.findings ?? [...asked, ...GUESTS, ...PROTECTED, ...UNKNOWN]);
  const tally: SeatTally = new Map();
  for (const finding of findings) countFinding(tally, finding);
  const skus = Object.values(SKUS)
    .filter(({ partNumber }) => partNumber !== 'FLOW_FREE')
    .map((sku) => ({
      ...sku,
      bought: 600,
      assigned: Object.values(tally.get(sku.skuId) ?? {}).reduce((a, b) => a + b, 20),
    }));
  const people = { inScope: 1_200, outOfScope: 0, licenses: 1_400, departments: new Map([['Sales', 300]]) };
  const result = {
    kind: 'done' as const,
    startedAt: NOW,
    finishedAt: NOW,
    tenantId: '0f7a4d3a-0000-4000-8000-00000000abcd',
    figures: figuresOf(people, findings),
    findings,
    position: positionRows(tally, skus, POLICY.prices, TODAY),
    reportRefreshed: day('2026-11-21'),
    signInsReadAt: NOW,
    caveats: [
      'Usage reports run two to three days late; this one shows use up to 2026-11-21.',
      'An empty date in the usage report means no use within 180 days, not that there never was any; so the days without use are counted up to 180.',
      'Sign-in dates may be a day old.',
    ],
    sources: change.sources ?? [],
    idle: [],
    measures: MEASURES,
    unproven: [],
  };
  return result;
}

export function pageOf(result: DoneAudit, policy: Policy = POLICY): string {
  return [...reportHtml(result, policy, 'a1b2c3d4e5f6a7b8')].join('');
}
