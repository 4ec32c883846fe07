import { DAY_MS } from '../../src/config/durations.js';
import type { ReportName } from '../../src/audit/reports/names.js';
import type { SkuId } from '../../src/audit/person.js';
import { SKUS } from '../world/skus.js';
import { reportText } from '../world/report-texts.js';
import { damageAt, lacksDates, lacksRow } from './damages.js';
import { USAGE_HEADER, usageLine } from '../world/usage-report-text.js';
import type { Someone, Tenant } from './tenant.js';

/** Reports end two days back. */
export const REPORT_LAG_MS = 2 * DAY_MS;

/** The day of somebody's last use as a report of today shows it, `YYYY-MM-DD`; '' for none. */
function lastUsed({ use }: Someone, refreshed: number): string {
  if (use.only === 'signIn') return '';
  const isActive = use.activeSince !== undefined && use.activeSince <= refreshed;
  const at = isActive ? refreshed : use.last;
  return at === undefined ? '' : dayText(at);
}

const days = new Map<number, string>();

function dayText(at: number): string {
  const day = Math.floor(at / DAY_MS);
  const known = days.get(day) ?? new Date(at).toISOString().slice(0, 10);
  days.set(day, known);
  return known;
}

/** Where names are concealed there are 32 digits in their place. */
function nameIn({ isConcealed }: Tenant, { id, account }: Someone): string {
  return isConcealed ? id.slice(-3).padStart(32, '0') : account.person.userPrincipalName;
}

const PLACE = 'person@harbor.example';
const rowsBy = new Map<string, string>();

/** Rows differ in their names only. */
function usageRow(upn: string, refreshed: string, date: string): string {
  const key = `${refreshed} ${date}`;
  const usage = date === '' ? {} : { exchange: date, teams: date };
  const row = rowsBy.get(key) ?? usageLine({ upn: PLACE, refreshed, usage });
  rowsBy.set(key, row);
  return row.replace(PLACE, upn);
}

/** The whole CSV of a report as the tenant gives it now. */
export function reportOf(name: ReportName, tenant: Tenant, now: number): string {
  const refreshed = now - REPORT_LAG_MS;
  const isBlank = tenant.blank === 'usage' || tenant.blank === 'both';
  const damage = damageAt(tenant.damages, now);
  const licensed = [...tenant.people.values()].filter(
    ({ account, id }) => account.exists && account.person.licenses.length > 0 && !lacksRow(damage, id),
  );
  const used = (someone: Someone): string =>
    isBlank || lacksDates(damage, someone.id) ? '' : lastUsed(someone, refreshed);
  if (name === 'activeUsers') {
    const rows = licensed.map((someone) =>
      usageRow(nameIn(tenant, someone), dayText(refreshed), used(someone)),
    );
    return [USAGE_HEADER, ...rows, ''].join('\r\n');
  }
  if (name === 'mailboxes') return mailboxReport(licensed, tenant, dayText(refreshed));
  const rows = licensed.map((someone) => {
    const date = used(someone);
    const isActive = date === dayText(refreshed);
    // Activations are no activity.
    const activated = isBlank ? '' : lastUsed(someone, refreshed);
    return {
      upn: nameIn(tenant, someone),
      email: date,
      teams: date,
      sharePoint: isActive ? date : '',
      apps: isActive ? date : '',
      platforms: [],
      activations: activationsOf(someone, activated === dayText(refreshed)),
      mailBytes: '1000',
      oneDriveBytes: '2000',
      sites: [],
    };
  });
  return reportText(name, rows, dayText(refreshed));
}

/** What is in mailboxes, as Exchange tells it as well; holds are in no report. */
function mailboxReport(licensed: readonly Someone[], tenant: Tenant, refreshed: string): string {
  const rows = licensed.flatMap((someone) => {
    const { mailbox, mailboxState } = someone.account;
    if (mailbox === 'noMailbox') return [];
    const { bytes, hasArchive } = mailboxState;
    return [
      `${refreshed},${nameIn(tenant, someone)},False,${bytes ?? ''},${hasArchive ? 'True' : 'False'},180`,
    ];
  });
  return [MAILBOX_HEADER, ...rows, ''].join('\r\n');
}

const MAILBOX_HEADER =
  'Report Refresh Date,User Principal Name,Is Deleted,Storage Used (Byte),Has Archive,Report Period';

const COUNTED: readonly SkuId[] = [SKUS.APPS, SKUS.VISIO, SKUS.PROJECT].map(({ skuId }) => skuId);
const VISIO = 'VISIO PRO FOR OFFICE 365';

/** Of so many holders of Visio one has never activated it. */
const VISIO_UNUSED = 25;

function activationsOf({ account, id }: Someone, isActive: boolean): Readonly<Record<string, string>> {
  const { licenses } = account.person;
  const holdsVisio = licenses.some(({ skuId }) => skuId === SKUS.VISIO.skuId);
  return {
    ...(isActive || licenses.some(({ skuId }) => COUNTED.includes(skuId))
      ? { 'MICROSOFT 365 APPS FOR ENTERPRISE': isActive ? '2024-02-01' : '' }
      : {}),
    ...(holdsVisio
      ? { [VISIO]: Number(id.slice(-3)) % VISIO_UNUSED !== 0 && isActive ? '2025-02-01' : '' }
      : {}),
  };
}
