import { decimal, type Money } from '../spend/money.js';
import type { PositionRow } from '../spend/position.js';
import { listCell, type Cell } from './csv.js';
import { isoDay, type Day } from './day.js';
import type { Fact, Workload } from './evidence.js';
import type { Finding } from './finding.js';
import { lastUseOf } from './inactivity.js';
import type { LicensePath, Manager } from './person.js';

interface Column<T> {
  readonly name: string;
  readonly of: (row: T) => Cell;
}

/** Fixed by the design: other tools read these files by name and order. */
const FINDING_COLUMNS: readonly Column<Finding>[] = [
  { name: 'userId', of: ({ person }) => person.id },
  { name: 'userPrincipalName', of: ({ person }) => person.userPrincipalName },
  { name: 'displayName', of: ({ person }) => person.displayName },
  { name: 'scenario', of: ({ scenario }) => scenario },
  { name: 'verdict', of: ({ verdict }) => verdict.kind },
  { name: 'daysInactive', of: ({ verdict }) => (verdict.kind === 'inactive' ? verdict.days : undefined) },
  { name: 'lastActivityDate', of: ({ evidence }) => dayCell(lastUseOf(evidence)) },
  { name: 'lastSuccessfulSignIn', of: (finding) => signInCell(finding, 'successful') },
  { name: 'lastInteractiveSignIn', of: (finding) => signInCell(finding, 'interactive') },
  { name: 'lastNonInteractiveSignIn', of: (finding) => signInCell(finding, 'nonInteractive') },
  { name: 'exchangeLastActivity', of: (finding) => workloadCell(finding, 'exchange') },
  { name: 'oneDriveLastActivity', of: (finding) => workloadCell(finding, 'oneDrive') },
  { name: 'sharePointLastActivity', of: (finding) => workloadCell(finding, 'sharePoint') },
  { name: 'teamsLastActivity', of: (finding) => workloadCell(finding, 'teams') },
  { name: 'yammerLastActivity', of: (finding) => workloadCell(finding, 'yammer') },
  { name: 'skypeLastActivity', of: (finding) => workloadCell(finding, 'skype') },
  { name: 'appsLastActivity', of: () => undefined },
  { name: 'licenses', of: ({ licenses }) => listCell(licenses.map(({ name }) => name)) },
  {
    name: 'licensePaths',
    of: ({ licenses }) =>
      listCell(licenses.flatMap((held) => held.license.paths.map((path) => pathText(held.partNumber, path)))),
  },
  { name: 'annualCost', of: ({ annualCost }) => annualCost && decimal(annualCost) },
  { name: 'currency', of: ({ annualCost }) => annualCost?.currency },
  { name: 'accountEnabled', of: ({ person }) => person.accountEnabled },
  { name: 'department', of: ({ person }) => person.department },
  { name: 'jobTitle', of: ({ person }) => person.jobTitle },
  { name: 'country', of: ({ person }) => person.country },
  { name: 'usageLocation', of: ({ person }) => person.usageLocation },
  { name: 'managerName', of: ({ manager }) => managerOf(manager)?.displayName },
  { name: 'managerEmail', of: ({ manager }) => managerOf(manager)?.mail },
  { name: 'onPremisesSync', of: ({ person }) => person.onPremisesSync },
  { name: 'onPremisesDomain', of: ({ person }) => person.onPremisesDomain },
  { name: 'createdDate', of: ({ person }) => dayCell(person.created) },
  { name: 'recommendation', of: ({ recommendation }) => recommendation },
  {
    name: 'reportRefreshDate',
    of: ({ evidence }) =>
      'refreshed' in evidence.workload ? isoDay(evidence.workload.refreshed) : undefined,
  },
  // Sources that are not read yet are empty, never 0.
  ...['activations', 'mailStorageBytes', 'oneDriveStorageBytes', 'windows', 'mac', 'mobile', 'web'].map(
    (name) => ({
      name,
      of: () => undefined,
    }),
  ),
];

const WHY: Column<Finding> = {
  name: 'why',
  of: ({ verdict }) => (verdict.kind === 'unknown' ? listCell(verdict.why) : undefined),
};
const PROTECTIONS: readonly Column<Finding>[] = [
  {
    name: 'protections',
    of: ({ protections }) => listCell([...new Set(protections.map(({ kind }) => kind))]),
  },
  { name: 'rules', of: ({ protections }) => listCell(protections.map(({ rule }) => rule)) },
];

const POSITION_COLUMNS: readonly Column<PositionRow>[] = [
  ...(
    [
      'skuId',
      'partNumber',
      'name',
      'bought',
      'assigned',
      'free',
      'active',
      'idle',
      'protected',
      'reclaimable',
      'unknown',
      'outOfScope',
      'unaccounted',
    ] as const
  ).map((name) => ({ name, of: (row: PositionRow): Cell => row[name] })),
  ...(['annualPrice', 'annualBought', 'annualIdle', 'annualReclaimable'] as const).map((name) => ({
    name,
    of: (row: PositionRow): Cell => moneyCell(row[name]),
  })),
  { name: 'currency', of: ({ annualPrice }) => annualPrice?.currency },
];

/** Header and rows of one table. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}

export function inactiveTable(findings: readonly Finding[]): Table {
  return table(FINDING_COLUMNS, findings);
}

export function protectedTable(findings: readonly Finding[]): Table {
  return table([...FINDING_COLUMNS, ...PROTECTIONS], findings);
}

export function unknownTable(findings: readonly Finding[]): Table {
  return table([...FINDING_COLUMNS, WHY, ...PROTECTIONS], findings);
}

export function positionTable(rows: readonly PositionRow[]): Table {
  return table(POSITION_COLUMNS, rows);
}

function table<T>(columns: readonly Column<T>[], rows: readonly T[]): Table {
  return {
    header: columns.map(({ name }) => name),
    rows: mapped(rows, (row) => columns.map((column) => column.of(row))),
  };
}

function mapped<T, R>(values: readonly T[], change: (value: T) => R): Iterable<R> {
  return {
    *[Symbol.iterator]() {
      for (const value of values) yield change(value);
    },
  };
}

function dayCell(day: Day | undefined): Cell {
  return day === undefined ? undefined : isoDay(day);
}

function factCell(fact: Fact): Cell {
  return fact.kind === 'on' ? isoDay(fact.day) : undefined;
}

function signInCell({ evidence }: Finding, which: 'successful' | 'interactive' | 'nonInteractive'): Cell {
  return 'successful' in evidence.signIn ? factCell(evidence.signIn[which]) : undefined;
}

function workloadCell({ evidence }: Finding, workload: Workload): Cell {
  return 'facts' in evidence.workload ? factCell(evidence.workload.facts[workload]) : undefined;
}

function moneyCell(money: Money | undefined): Cell {
  return money && decimal(money);
}

function pathText(partNumber: string, path: LicensePath): string {
  const way = path.kind === 'direct' ? 'direct' : `group ${path.groupId}`;
  return `${partNumber}: ${way}${path.error === undefined ? '' : ` (${path.error})`}`;
}

function managerOf(manager: Finding['manager']): Manager | undefined {
  return manager === 'none' || 'unknown' in manager ? undefined : manager;
}
