import { PLAN } from './service-plans.js';
import type { PlanKey, ServicePlan } from './service-plans.js';

/** A SKU that the simulated tenant owns. */
export interface Product {
  readonly skuId: string;
  readonly partNumber: string;
  /** As the usage reports spell it under "Assigned Products". */
  readonly reportName: string;
  readonly plans: readonly ServicePlan[];
  /** Seats bought: a share on top of the seats in use, or a fixed large number for free products. */
  readonly seats: { readonly spare: number } | { readonly fixed: number };
}

const OFFICE_E3: readonly PlanKey[] = [
  ...(['exchange2', 'sharePoint2', 'officeWeb', 'teams', 'skype2', 'yammer', 'vivaEngage', 'apps'] as const),
  ...([
    'planner',
    'loop',
    'bookings',
    'formsE3',
    'streamE3',
    'flow2',
    'powerApps2',
    'rightsManagement',
  ] as const),
];
const SECURITY_E3: readonly PlanKey[] = [
  ...(['entraP1', 'intune', 'mfa', 'infoProtection1', 'defenderOffice1', 'windowsEnterprise'] as const),
];
const E5: readonly PlanKey[] = [
  ...(['exchange2', 'sharePoint2', 'officeWeb', 'teams', 'skype2', 'yammer', 'vivaEngage', 'apps'] as const),
  ...([
    'planner',
    'loop',
    'bookings',
    'formsE5',
    'streamE5',
    'flow3',
    'powerApps3',
    'rightsManagement',
  ] as const),
  ...SECURITY_E3,
  ...(['entraP2', 'infoProtection2', 'defenderIdentity', 'defenderEndpoint', 'defenderOffice2'] as const),
  ...(['phoneSystem', 'audioConferencing', 'eDiscovery', 'lockbox', 'powerBiPro'] as const),
];
const E1: readonly PlanKey[] = [
  ...([
    'exchange1',
    'sharePoint1',
    'officeWeb',
    'teams',
    'skype2',
    'yammer',
    'vivaEngage',
    'mobileApps',
  ] as const),
  ...(['planner', 'bookings', 'formsE1', 'streamE1', 'flow1', 'powerApps1'] as const),
];
const F3: readonly PlanKey[] = [
  ...(['exchangeKiosk', 'sharePointKiosk', 'officeWeb', 'teams', 'skype1', 'yammer', 'vivaEngage'] as const),
  ...(['mobileApps', 'planner', 'entraP1', 'intune', 'mfa', 'infoProtection1', 'rightsManagement'] as const),
];

export const SKU = {
  E5: product('06ebc4ee-1bb5-47dd-8120-11324bc54e06', 'SPE_E5', 'MICROSOFT 365 E5', E5, 0.06),
  E3: product(
    '05e9a617-0261-4cee-bb44-138d3ef5d965',
    'SPE_E3',
    'MICROSOFT 365 E3',
    [...OFFICE_E3, ...SECURITY_E3],
    0.04,
  ),
  OFFICE_E3: product(
    '6fd2c87f-b296-42f0-b197-1e91e994b900',
    'ENTERPRISEPACK',
    'OFFICE 365 E3',
    OFFICE_E3,
    0.1,
  ),
  E1: product('18181a46-0d4e-45cd-891e-60aabd171b4e', 'STANDARDPACK', 'OFFICE 365 E1', E1, 0.08),
  F3: product('66b55226-6b4f-492c-910c-a3b7a3c9d993', 'SPE_F1', 'MICROSOFT 365 F3', F3, 0.05),
  VISIO: product(
    'c5928f49-12ba-48f7-ada3-0d743a3601d5',
    'VISIOCLIENT',
    'VISIO PLAN 2',
    ['visioDesktop', 'visioWeb', 'oneDriveBasic', 'exchangeFoundation'],
    0.1,
  ),
  /** Sold out: every seat is in use, so an add is refused. */
  PROJECT: product(
    '53818b1b-4a27-454b-8896-0dba576410e6',
    'PROJECTPROFESSIONAL',
    'PLANNER AND PROJECT PLAN 3',
    ['projectWeb', 'projectOnline', 'projectDesktop', 'officeWeb', 'exchangeFoundation'],
    0,
  ),
  EXCHANGE: product(
    '4b9405b0-7788-4568-add1-99614e613b69',
    'EXCHANGESTANDARD',
    'EXCHANGE ONLINE (PLAN 1)',
    ['exchange1'],
    0.2,
  ),
  PHONE: product(
    'e43b5b99-8dfb-405f-9987-dc307f34bcbd',
    'MCOEV',
    'MICROSOFT TEAMS PHONE STANDARD',
    ['phoneSystem'],
    0.1,
  ),
  POWER_BI: product(
    'f8a1db68-be16-40ed-86d5-cb42ce701560',
    'POWER_BI_PRO',
    'POWER BI PRO',
    ['powerBiPro', 'exchangeFoundation'],
    0.1,
  ),
  POWER_BI_FREE: product(
    'a403ebcc-fae0-4ca2-8c8c-7a907fd6c235',
    'POWER_BI_STANDARD',
    'MICROSOFT FABRIC (FREE)',
    ['powerBiFree', 'exchangeFoundation'],
    1_000_000,
  ),
  FLOW_FREE: product(
    'f30db892-07e9-47e9-837c-80727f46fd3d',
    'FLOW_FREE',
    'MICROSOFT POWER AUTOMATE FREE',
    ['flowFree', 'dataverseFree', 'exchangeFoundation'],
    10_000,
  ),
  ENTRA_P1: product(
    '078d2b04-f1bd-4111-bbd4-b4b1b354cef4',
    'AAD_PREMIUM',
    'MICROSOFT ENTRA ID P1',
    ['entraP1', 'mfa', 'cloudAppDiscovery', 'exchangeFoundation'],
    0.1,
  ),
} as const satisfies Record<string, Product>;

export type SkuKey = keyof typeof SKU;

/** A tenant without Entra P1 or P2 owns none of these plans, and not the products that are nothing else. */
const PREMIUM_PLANS: ReadonlySet<string> = new Set([PLAN.entraP1.id, PLAN.entraP2.id]);

/** The products of a tenant with or without Entra P1, by skuId. */
export function productsOf(premium: boolean): ReadonlyMap<string, Product> {
  const all: readonly Product[] = Object.values(SKU);
  const owned = premium
    ? all
    : all
        .filter((each) => each.skuId !== SKU.ENTRA_P1.skuId)
        .map((each) => ({ ...each, plans: each.plans.filter((plan) => !PREMIUM_PLANS.has(plan.id)) }));
  return new Map(owned.map((each) => [each.skuId, each]));
}

/** `spare` of 1 or more is a fixed number of seats, below 1 a share on top of those in use. */
function product(
  skuId: string,
  partNumber: string,
  reportName: string,
  plans: readonly PlanKey[],
  spare: number,
): Product {
  const seats = spare >= 1 ? { fixed: spare } : { spare };
  return { skuId, partNumber, reportName, plans: plans.map((key) => PLAN[key]), seats };
}
