/** A service plan as subscribedSkus and assignedPlans name it. Ids are the public, well-known ones. */
export interface ServicePlan {
  readonly name: string;
  readonly id: string;
  /** The `service` of an assignedPlan. */
  readonly service: string;
}

export const PLAN = {
  exchange2: plan('EXCHANGE_S_ENTERPRISE', 'efb87545-963c-4e0d-99df-69c6916d9eb0', 'exchange'),
  exchange1: plan('EXCHANGE_S_STANDARD', '9aaf7827-d63c-4b61-89c3-182f06f82e5c', 'exchange'),
  exchangeKiosk: plan('EXCHANGE_S_DESKLESS', '4a82b400-a79f-41a4-b4e2-e94f5787b113', 'exchange'),
  exchangeFoundation: plan('EXCHANGE_S_FOUNDATION', '113feb6c-3fe4-4440-bddc-54d774bf0318', 'exchange'),
  sharePoint2: plan('SHAREPOINTENTERPRISE', '5dbe027f-2339-4123-9542-606e4d348a72', 'SharePoint'),
  sharePoint1: plan('SHAREPOINTSTANDARD', 'c7699d2e-19aa-44de-8edf-1736da088ca1', 'SharePoint'),
  sharePointKiosk: plan('SHAREPOINTDESKLESS', '902b47e5-dcb2-4fdc-858b-c63a90a2bdb9', 'SharePoint'),
  officeWeb: plan('SHAREPOINTWAC', 'e95bec33-7c88-4a70-8e19-b10bd9d0c014', 'SharePoint'),
  teams: plan('TEAMS1', '57ff2da0-773e-42df-b2af-ffb7a2317929', 'TeamspaceAPI'),
  skype2: plan('MCOSTANDARD', '0feaeb32-d00e-4d66-bd5a-43b5b83db82c', 'MicrosoftCommunicationsOnline'),
  skype1: plan('MCOIMP', 'afc06cb0-b4f4-4473-8286-d644f70d8faf', 'MicrosoftCommunicationsOnline'),
  yammer: plan('YAMMER_ENTERPRISE', '7547a3fe-08ee-4ccb-b430-5077c5041653', 'YammerEnterprise'),
  vivaEngage: plan('VIVAENGAGE_CORE', 'a82fbf69-b4d7-49f4-83a6-915b2cf354f4', 'YammerEnterprise'),
  apps: plan('OFFICESUBSCRIPTION', '43de0ff5-c92c-492b-9116-175376d08c38', 'MicrosoftOffice'),
  mobileApps: plan('OFFICEMOBILE_SUBSCRIPTION', 'c63d4d19-e8cb-460e-b37c-4d6c34603745', 'MicrosoftOffice'),
  planner: plan('PROJECTWORKMANAGEMENT', 'b737dad2-2f6c-4c65-90e3-ca563267e8b9', 'ProjectWorkManagement'),
  loop: plan('MICROSOFT_LOOP', 'c4b8c31a-fb44-4c65-9837-a21f55fcabda', 'LoopService'),
  bookings: plan('MICROSOFTBOOKINGS', '199a5c09-e0ca-4e37-8f7c-b05d533e1ea2', 'exchange'),
  formsE5: plan('FORMS_PLAN_E5', 'e212cbc7-0961-4c40-9825-01117710dcb1', 'OfficeForms'),
  formsE3: plan('FORMS_PLAN_E3', '2789c901-c14e-48ab-a76a-be334d9d793a', 'OfficeForms'),
  formsE1: plan('FORMS_PLAN_E1', '159f4cd6-e380-449f-a816-af1a9ef76344', 'OfficeForms'),
  streamE5: plan('STREAM_O365_E5', '6c6042f5-6f01-4d67-b8c1-eb99d36eed3e', 'MicrosoftStream'),
  streamE3: plan('STREAM_O365_E3', '9e700747-8b1d-45e5-ab8d-ef187ceec156', 'MicrosoftStream'),
  streamE1: plan('STREAM_O365_E1', '743dd19e-1ce3-4c62-a3ad-49ba8f63a2f6', 'MicrosoftStream'),
  flow3: plan('FLOW_O365_P3', '07699545-9485-468e-95b6-2fca3738be01', 'ProcessSimple'),
  flow2: plan('FLOW_O365_P2', '76846ad7-7776-4c40-a281-a386362dd1b9', 'ProcessSimple'),
  flow1: plan('FLOW_O365_P1', '0f9b09cb-62d1-4ff4-9129-43f4996f83f4', 'ProcessSimple'),
  powerApps3: plan('POWERAPPS_O365_P3', '9c0dab89-a30c-4117-86e7-97bda240acd2', 'PowerAppsService'),
  powerApps2: plan('POWERAPPS_O365_P2', 'c68f8d98-5534-41c8-bf36-22fa496fa792', 'PowerAppsService'),
  powerApps1: plan('POWERAPPS_O365_P1', '92f7a6f3-b89b-4bbd-8c30-809e6da5ad1c', 'PowerAppsService'),
  entraP1: plan('AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d', 'AADPremiumService'),
  entraP2: plan('AAD_PREMIUM_P2', 'eec0eb4f-6444-4f95-aba0-50c24d67f998', 'AADPremiumService'),
  intune: plan('INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5', 'SCO'),
  mfa: plan('MFA_PREMIUM', '8a256a2b-b617-496d-b51b-e76466e88db0', 'MultiFactorService'),
  infoProtection1: plan('RMS_S_PREMIUM', '6c57d4b6-3b23-47a5-9bc9-69f17b4947b3', 'RMSOnline'),
  infoProtection2: plan('RMS_S_PREMIUM2', '5689bec4-755d-4753-8b61-40975025187c', 'RMSOnline'),
  rightsManagement: plan('RMS_S_ENTERPRISE', 'bea4c11e-220a-4e6d-8eb8-8ea15d019f90', 'RMSOnline'),
  defenderIdentity: plan('ATA', '14ab5db5-e6c4-4b20-b4bc-13e36fd2227f', 'AzureAdvancedThreatAnalytics'),
  defenderEndpoint: plan('WINDEFATP', '871d91ec-ec1a-452b-a83f-bd76c7d770ef', 'WindowsDefenderATP'),
  defenderOffice1: plan('ATP_ENTERPRISE', 'f20fedf3-f3c3-43c3-8267-2bfdd51c0939', 'exchange'),
  defenderOffice2: plan('THREAT_INTELLIGENCE', '8e0c0a52-6a6c-4d40-8370-dd62790dcd70', 'exchange'),
  windowsEnterprise: plan(
    'WIN10_PRO_ENT_SUB',
    '21b439ba-a0ca-424f-a6cc-52f954a5b111',
    'WindowsUpdateforBusinessCloudExtensions',
  ),
  phoneSystem: plan('MCOEV', '4828c8ec-dc2e-4779-b502-87ac9ce28ab7', 'MicrosoftCommunicationsOnline'),
  audioConferencing: plan(
    'MCOMEETADV',
    '3e26ee1f-8a5f-4d52-aee2-b81ce45c8f40',
    'MicrosoftCommunicationsOnline',
  ),
  eDiscovery: plan('EQUIVIO_ANALYTICS', '4de31727-a228-4ec3-a5bf-8e45b5ca48cc', 'exchange'),
  lockbox: plan('LOCKBOX_ENTERPRISE', '9f431833-0334-42de-a7dc-70aa40db46db', 'exchange'),
  powerBiPro: plan('BI_AZURE_P2', '70d33638-9c74-4d01-bfd3-562de28bd4ba', 'PowerBI'),
  powerBiFree: plan('BI_AZURE_P0', '2049e525-b859-401b-b2a0-e0a31c4b1fe4', 'PowerBI'),
  visioDesktop: plan('VISIO_CLIENT_SUBSCRIPTION', '663a804f-1c30-4ff0-9915-9db84f0d1cea', 'MicrosoftOffice'),
  visioWeb: plan('VISIOONLINE', '2bdbaf8f-738f-4ac7-9234-3c3ee2ce7d0f', 'MicrosoftOffice'),
  oneDriveBasic: plan('ONEDRIVE_BASIC', 'da792a53-cbc0-4184-a10d-e544dd34b3c1', 'SharePoint'),
  projectDesktop: plan(
    'PROJECT_CLIENT_SUBSCRIPTION',
    'fafd7243-e5c1-4a3a-9e40-495efcb1d3c3',
    'ProjectProgramsAndPortfolios',
  ),
  projectOnline: plan(
    'SHAREPOINT_PROJECT',
    'fe71d6c3-a2ea-4499-9778-da042bf08063',
    'ProjectProgramsAndPortfolios',
  ),
  projectWeb: plan(
    'PROJECT_PROFESSIONAL',
    '818523f5-016b-4355-9be8-ed6944946ea7',
    'ProjectProgramsAndPortfolios',
  ),
  flowFree: plan('FLOW_P2_VIRAL', '50e68c76-46c6-4674-81f9-75456511b170', 'ProcessSimple'),
  dataverseFree: plan('DYN365_CDS_VIRAL', '17ab22cd-a0b3-4536-910a-cb6eb12696c0', 'DYN365'),
  cloudAppDiscovery: plan('ADALLOM_S_DISCOVERY', '932ad362-64a8-4783-9106-97849a1a30b9', 'Adallom'),
} as const satisfies Record<string, ServicePlan>;

export type PlanKey = keyof typeof PLAN;

/** The plans that license each service, as usage reports count it. */
export const EXCHANGE_PLANS = [PLAN.exchange2.id, PLAN.exchange1.id, PLAN.exchangeKiosk.id];
export const SHAREPOINT_PLANS = [PLAN.sharePoint2.id, PLAN.sharePoint1.id, PLAN.sharePointKiosk.id];
export const ONEDRIVE_PLANS = [...SHAREPOINT_PLANS, PLAN.oneDriveBasic.id];
export const TEAMS_PLANS = [PLAN.teams.id];

/** Plans that cannot stand without one of the others. Graph refuses a removal that would break this. */
export const DEPENDS_ON: ReadonlyMap<string, readonly string[]> = new Map([
  [PLAN.phoneSystem.id, [PLAN.skype2.id, PLAN.teams.id]],
  [PLAN.audioConferencing.id, [PLAN.skype2.id, PLAN.teams.id]],
]);

/** Plans of which a person may have only one. */
export const EXCLUSIVE: readonly (readonly string[])[] = [
  [PLAN.exchange2.id, PLAN.exchange1.id, PLAN.exchangeKiosk.id],
  [PLAN.sharePoint2.id, PLAN.sharePoint1.id, PLAN.sharePointKiosk.id],
];

function plan(name: string, id: string, service: string): ServicePlan {
  return { name, id, service };
}
