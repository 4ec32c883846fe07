import { active, never, onlyAppsAreUsed, onlyEmailReportKnows, programSignedIn } from './lives.js';
import type { LifeContext } from './lives.js';
import { DOMAIN, employee, INITIAL_DOMAIN, idleFor, namedId } from './named-spec.js';
import type { NamedSpec } from './named-spec.js';

/** People of whom only a further report, or a comparison of two, tells the truth. */
export const REPORT_PEOPLE = {
  /** Works every day and never activated the Visio they hold. */
  neverOpenedVisio: employee(60, 'Rosalind Achebe', 'Facilities', 'hrPartner', {
    licenses: [{ sku: 'E3' }, { sku: 'VISIO' }],
  }),
  /** Draws with Visio: the license stays. */
  visioUser: employee(61, 'Teodor Halvorsen', 'Facilities', 'hrPartner', {
    licenses: [{ sku: 'E3' }, { sku: 'VISIO' }],
    usage: { visioDaysAgo: 20 },
  }),
  /** Activated Visio once, long ago: an activation does not end, and says nothing about use since. */
  oldVisio: employee(62, 'Marguerite Solano', 'Facilities', 'hrPartner', {
    licenses: [{ sku: 'E3' }, { sku: 'VISIO', daysAgo: 500 }],
    usage: { visioDaysAgo: 400 },
  }),
  neverOpenedProject: employee(63, 'Kwame Lindberg', 'Operations', 'operationsHead', {
    licenses: [{ sku: 'E3' }, { sku: 'PROJECT' }],
    usage: { platforms: ['mac', 'mobile', 'web'] },
  }),
  /** Two suites, of which the greater holds all that is in the lesser. */
  secondSuite: employee(64, 'Ingrid Castellanos', 'Finance', 'financeHead', {
    licenses: [{ sku: 'OFFICE_E3' }, { sku: 'E5' }],
    life: (context: LifeContext) => active(context, 2),
  }),
  /** Idle but for the apps: active. */
  appsOnly: employee(65, 'Jerome Vandermeer', 'Research', 'operationsHead', {
    life: (context: LifeContext) => onlyAppsAreUsed(context, 140),
  }),
  /** Idle but for what the email report says: active. */
  emailReportOnly: employee(66, 'Lucinda Ferreira', 'Sales', 'financeHead', {
    life: (context: LifeContext) => onlyEmailReportKnows(context, 138),
  }),
  /** Left, as the directory itself has it; the license stayed behind, and AD must disable the account. */
  leftByDirectory: employee(67, 'Anselm Okoro', 'Warehouse', 'operationsHead', {
    life: idleFor(104),
    leftDaysAgo: 100,
    distinguishedName: 'CN=Okoro\\, Anselm,OU=Warehouse,OU=Staff,DC=corp,DC=harborlight,DC=example',
  }),
  /** Never came, for most of a year: an account that was made and forgotten. */
  neverCame: employee(68, 'Philippa Novotny', 'Warehouse', 'operationsHead', {
    licenses: [{ sku: 'E3', daysAgo: 310 }],
    life: never,
    age: 320,
  }),
  /** Never came in two months: perhaps nobody helped them to start. */
  notYetCome: employee(69, 'Desmond Arroyo', 'Warehouse', 'operationsHead', {
    licenses: [{ sku: 'E3', daysAgo: 60 }],
    life: never,
    age: 60,
  }),
  sponsoredGuest: guest(70, 'Annika Sorel (partner)', 'annika.sorel', ['operationsHead', 'financeHead'], 190),
  unsponsoredGuest: guest(71, 'Bastien Roy (partner)', 'bastien.roy', [], 205),
  /** A service account by everything but its name. */
  unnamedService: {
    id: namedId(72),
    name: 'Freight label printing',
    upn: `freight.labels@${DOMAIN}`,
    employee: false,
    employeeType: 'Service',
    mailbox: null,
    life: (context: LifeContext) => programSignedIn(context, 115),
  },
  /** Idle, and three SharePoint sites hang on the account; owns a team together with somebody else. */
  siteOwner: employee(73, 'Miriam Castagna', 'Marketing', 'servicesHead', {
    life: idleFor(148),
    usage: { sites: 3 },
  }),
} as const satisfies Record<string, NamedSpec>;

function guest(
  n: number,
  name: string,
  alias: string,
  sponsors: readonly string[],
  idleDays: number,
): NamedSpec {
  return {
    id: namedId(n),
    name,
    upn: `${alias}_partner.example#EXT#@${INITIAL_DOMAIN}`,
    licenses: [{ sku: 'E1' }],
    guest: true,
    sponsors,
    mailbox: null,
    life: idleFor(idleDays),
  };
}
