import type { Sku, SkuId } from '../../src/audit/person.js';

const EXCHANGE_2 = { id: 'efb87545-963c-4e0d-99df-69c6916d9eb0', name: 'EXCHANGE_S_ENTERPRISE' };
const EXCHANGE_1 = { id: '9aaf7827-d63c-4b61-89c3-182f06f82e5c', name: 'EXCHANGE_S_STANDARD' };
const FOUNDATION = { id: '113feb6c-3fe4-4440-bddc-54d774bf0318', name: 'EXCHANGE_S_FOUNDATION' };
const TEAMS = { id: '57ff2da0-773e-42df-b2af-ffb7a2317929', name: 'TEAMS1' };
const SHAREPOINT = { id: '5dbe027f-2339-4123-9542-606e4d348a72', name: 'SHAREPOINTENTERPRISE' };
const VISIO = { id: '663a804f-1c30-4ff0-9915-9db84f0d1cea', name: 'VISIO_CLIENT_SUBSCRIPTION' };
const KIOSK = { id: '4a82b400-a79f-41a4-b4e2-e94f5787b113', name: 'EXCHANGE_S_DESKLESS' };
const SHAREPOINT_KIOSK = { id: '902b47e5-dcb2-4fdc-858b-c63a90a2bdb9', name: 'SHAREPOINTDESKLESS' };
const POWER_BI = { id: '70d33638-9c74-4d01-bfd3-562de28bd4ba', name: 'BI_AZURE_P2' };
const INTUNE = { id: 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5', name: 'INTUNE_A' };
const PROJECT = { id: 'fafd7243-e5c1-4a3a-9e40-495efcb1d3c3', name: 'PROJECT_CLIENT_SUBSCRIPTION' };
const APPS = { id: '43de0ff5-c92c-492b-9116-175376d08c38', name: 'OFFICESUBSCRIPTION' };
const FLOW = { id: '50e68c76-46c6-4674-81f9-75456511b170', name: 'FLOW_P2_VIRAL' };

export const MAILBOX_PLAN = EXCHANGE_2.id;

/** What the small tenant has bought. */
export const SKUS = {
  E5: sku('06ebc4ee-1bb5-47dd-8120-11324bc54e06', 'SPE_E5', [
    EXCHANGE_2,
    SHAREPOINT,
    TEAMS,
    INTUNE,
    POWER_BI,
  ]),
  E3: sku('05e9a617-0261-4cee-bb44-138d3ef5d965', 'SPE_E3', [EXCHANGE_2, SHAREPOINT, TEAMS, INTUNE]),
  /** The cheaper suite. */
  F3: sku('66b55226-6b4f-492c-910c-a3b7a3c9d993', 'SPE_F1', [KIOSK, SHAREPOINT_KIOSK, TEAMS, INTUNE]),
  /** Everything in it is dated by some report. */
  OFFICE_E3: sku('6fd2c87f-b296-42f0-b197-1e91e994b900', 'ENTERPRISEPACK', [EXCHANGE_2, SHAREPOINT, TEAMS]),
  APPS: sku('c2273bd0-dff7-4215-9ef5-2c7bcfb06425', 'OFFICESUBSCRIPTION', [APPS, FOUNDATION]),
  PROJECT: sku('53818b1b-4a27-454b-8896-0dba576410e6', 'PROJECTPROFESSIONAL', [PROJECT, FOUNDATION]),
  POWER_BI: sku('f8a1db68-be16-40ed-86d5-cb42ce701560', 'POWER_BI_PRO', [POWER_BI, FOUNDATION]),
  EXCHANGE: sku('4b9405b0-7788-4568-add1-99614e613b69', 'EXCHANGESTANDARD', [EXCHANGE_1]),
  VISIO: sku('c5928f49-12ba-48f7-ada3-0d743a3601d5', 'VISIOCLIENT', [VISIO, FOUNDATION]),
  FLOW_FREE: sku('f30db892-07e9-47e9-837c-80727f46fd3d', 'FLOW_FREE', [FLOW, FOUNDATION]),
} as const satisfies Record<string, Sku>;

export type SkuName = keyof typeof SKUS;

function sku(skuId: string, partNumber: string, plans: Sku['plans']): Sku {
  return {
    skuId: skuId as SkuId,
    partNumber,
    appliesTo: 'user',
    capabilityStatus: 'Enabled',
    bought: 100,
    assigned: 0,
    plans,
  };
}
