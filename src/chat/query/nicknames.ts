/**
 * What people call products, beside their names and part numbers. A nickname means every product of its line that the
 * tenant has: `E5` is the Microsoft and the Office suite, and what was understood is shown back.
 */
const NICKNAMES: readonly (readonly [names: string, partNumbers: string])[] = [
  [
    'e5',
    'SPE_E5 Microsoft_365_E5_(no_Teams) O365_w/o_Teams_Bundle_M5 ENTERPRISEPREMIUM ENTERPRISEPREMIUM_NOPSTNCONF',
  ],
  [
    'e3',
    'SPE_E3 Microsoft_365_E3_(no_Teams) ENTERPRISEPACK Office_365_E3_(no_Teams) O365_w/o_Teams_Bundle_E3',
  ],
  ['e1', 'STANDARDPACK'],
  ['f1', 'M365_F1_COMM'],
  ['f3', 'SPE_F1 DESKLESSPACK'],
  ['m365 e5|me5|microsoft e5', 'SPE_E5 Microsoft_365_E5_(no_Teams) O365_w/o_Teams_Bundle_M5'],
  ['m365 e3|me3|microsoft e3', 'SPE_E3 Microsoft_365_E3_(no_Teams)'],
  ['m365 f3', 'SPE_F1'],
  ['m365 f1', 'M365_F1_COMM'],
  ['o365 e5|office e5', 'ENTERPRISEPREMIUM ENTERPRISEPREMIUM_NOPSTNCONF'],
  ['o365 e3|office e3', 'ENTERPRISEPACK Office_365_E3_(no_Teams) O365_w/o_Teams_Bundle_E3'],
  ['o365 e1|office e1', 'STANDARDPACK'],
  ['o365 f3', 'DESKLESSPACK'],
  ['business premium|bp', 'SPB'],
  ['business basic', 'O365_BUSINESS_ESSENTIALS'],
  ['business standard', 'O365_BUSINESS_PREMIUM'],
  ['apps|m365 apps|office apps|office desktop|apps for enterprise', 'OFFICESUBSCRIPTION O365_BUSINESS'],
  ['copilot|m365 copilot', 'Microsoft_365_Copilot'],
  ['visio', 'VISIOCLIENT VISIOONLINE_PLAN1'],
  ['visio p2', 'VISIOCLIENT'],
  ['visio p1', 'VISIOONLINE_PLAN1'],
  ['project|ms project', 'PROJECTPROFESSIONAL PROJECTPREMIUM PROJECTESSENTIALS PROJECT_P1'],
  ['project p3|project plan 3', 'PROJECTPROFESSIONAL'],
  ['project p5|project plan 5', 'PROJECTPREMIUM'],
  ['project p1|project plan 1', 'PROJECT_P1'],
  ['power bi|powerbi|pbi', 'POWER_BI_PRO PBI_PREMIUM_PER_USER'],
  ['pbi pro|powerbi pro', 'POWER_BI_PRO'],
  ['ppu|power bi premium', 'PBI_PREMIUM_PER_USER'],
  ['power apps|powerapps', 'POWERAPPS_PER_USER'],
  ['power automate|flow', 'FLOW_PER_USER POWERAUTOMATE_ATTENDED_RPA'],
  ['entra p1|aad p1|azure ad p1', 'AAD_PREMIUM'],
  ['entra p2|aad p2|azure ad p2', 'AAD_PREMIUM_P2'],
  ['ems', 'EMS EMSPREMIUM'],
  ['ems e3', 'EMS'],
  ['ems e5', 'EMSPREMIUM'],
  ['exchange|exchange online', 'EXCHANGESTANDARD EXCHANGEENTERPRISE EXCHANGEDESKLESS'],
  ['exchange p1', 'EXCHANGESTANDARD'],
  ['exchange p2', 'EXCHANGEENTERPRISE'],
  ['kiosk|exchange kiosk', 'EXCHANGEDESKLESS'],
  ['sharepoint|sharepoint online', 'SHAREPOINTSTANDARD SHAREPOINTENTERPRISE'],
  ['onedrive', 'WACONEDRIVESTANDARD WACONEDRIVEENTERPRISE'],
  ['defender', 'ATP_ENTERPRISE THREAT_INTELLIGENCE WIN_DEF_ATP'],
  ['e5 security', 'IDENTITY_THREAT_PROTECTION'],
  ['e5 compliance', 'INFORMATION_PROTECTION_COMPLIANCE'],
  ['teams phone|phone system', 'MCOEV'],
  ['audio conferencing', 'MCOMEETADV'],
  ['teams premium', 'Microsoft_Teams_Premium'],
  ['teams rooms', 'MEETING_ROOM Microsoft_Teams_Rooms_Pro Microsoft_Teams_Rooms_Basic'],
  ['viva', 'VIVA'],
  ['dynamics|dynamics 365|d365', 'DYN365_ENTERPRISE_SALES DYN365_ENTERPRISE_TEAM_MEMBERS'],
  ['windows e3', 'WIN10_VDA_E3'],
  ['windows e5', 'WIN10_VDA_E5'],
];

const BY_PART_NUMBER = new Map<string, string[]>();
for (const [names, partNumbers] of NICKNAMES)
  for (const partNumber of partNumbers.split(' ')) {
    const key = partNumber.toLowerCase();
    BY_PART_NUMBER.set(key, [...(BY_PART_NUMBER.get(key) ?? []), ...names.split('|')]);
  }

/** Every nickname there is, whatever a tenant has. */
export const ALL_NICKNAMES: readonly string[] = NICKNAMES.flatMap(([names]) => names.split('|'));

/** What people call the product with this part number. */
export function nicknamesOf(partNumber: string): readonly string[] {
  return BY_PART_NUMBER.get(partNumber.toLowerCase()) ?? [];
}
