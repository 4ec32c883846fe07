import { listCell, type Cell } from '../csv/writer.js';
import { isoDay, type Day } from '../day.js';
import type { Activation, Fact, ReportEvidence, Verdict, Workload } from '../evidence.js';
import type { Finding } from '../finding.js';
import type { LicensePath, Manager, Sponsor } from '../person.js';

/** As storage is shown in the admin center: 1 MB is 1,048,576 bytes. */
const MEGABYTE = 1024 * 1024;

export function dayCell(day: Day | undefined): Cell {
  return day === undefined ? undefined : isoDay(day);
}

export function factCell(fact: Fact): Cell {
  return fact.kind === 'on' ? isoDay(fact.day) : undefined;
}

export function signInCell(
  { evidence }: Finding,
  which: 'successful' | 'interactive' | 'nonInteractive',
): Cell {
  return 'successful' in evidence.signIn ? factCell(evidence.signIn[which]) : undefined;
}

export function workloadCell({ evidence }: Finding, workload: Workload): Cell {
  return 'facts' in evidence.workload ? factCell(evidence.workload.facts[workload]) : undefined;
}

/** Empty where the report was not read, and where it shows no use. */
export function reportCell(report: ReportEvidence): Cell {
  return report.kind === 'read' ? factCell(report.fact) : undefined;
}

export function refreshedCell(report: ReportEvidence): Cell {
  return report.kind === 'read' ? isoDay(report.refreshed) : undefined;
}

/** Empty is not `No`: it says that nobody knows. */
export function yesNo(value: boolean | undefined): Cell {
  return value === undefined ? undefined : value ? 'Yes' : 'No';
}

export function megabytes(bytes: number | undefined): Cell {
  return bytes === undefined ? undefined : { number: bytes / MEGABYTE, decimals: 2 };
}

/** `none` where the report was read and names no product for the person; empty where it was not read. */
export function activationsCell(activations: readonly Activation[] | undefined): Cell {
  if (activations === undefined) return undefined;
  if (activations.length === 0) return 'none';
  return listCell(
    activations.map(
      ({ product, lastActivated }) =>
        `${product}: ${lastActivated === undefined ? 'never' : isoDay(lastActivated)}`,
    ),
  );
}

/** `Ann Lee <ann.lee@harbor.example>`; a group has no address. `none` where there is nobody. */
export function sponsorsCell(sponsors: readonly Sponsor[] | undefined): Cell {
  if (sponsors === undefined) return undefined;
  if (sponsors.length === 0) return 'none';
  return listCell(
    sponsors.map(({ displayName, mail }) => (mail === undefined ? displayName : `${displayName} <${mail}>`)),
  );
}

/** `inactive (130)`, `neverUsed`, `active`, `unknown`. */
export function verdictText(verdict: Verdict): string {
  return verdict.kind === 'inactive' ? `inactive (${verdict.days})` : verdict.kind;
}

export function pathText(partNumber: string, path: LicensePath): string {
  const way = path.kind === 'direct' ? 'direct' : `group ${path.groupId}`;
  return `${partNumber}: ${way}${path.error === undefined ? '' : ` (${path.error})`}`;
}

export function managerOf(manager: Finding['manager']): Manager | undefined {
  return manager === 'none' || 'unknown' in manager ? undefined : manager;
}
