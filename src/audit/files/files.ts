import type { Policy } from '../../config/policy.js';
import type { AuditResult } from '../audit-result.js';
import { csv, type CsvForm } from '../csv/writer.js';
import { planOf } from './plan.js';
import {
  guestTable,
  inactiveTable,
  positionTable,
  protectedTable,
  unknownTable,
  type Table,
} from './rows.js';
import { summaryOf } from './summary.js';
import type { Finding } from '../finding.js';
import { listOf, type FindingList } from '../findings.js';
import { reportHtml } from '../report-html/report-html.js';

/** One file to be written. `mode` are the permission bits. */
export interface OutputFile {
  readonly name: string;
  readonly mode: 0o600 | 0o644;
  readonly content: Iterable<string>;
}

/**
 * The files of one audit. A stopped one gives `summary.json` alone, which says why.
 * @param policyHash of the policy file, so that a reader can tell under which rules the lists were made
 * @param form of the lists and the position; the design fixes the usual one
 */
export function auditFiles(
  result: AuditResult,
  policy: Policy,
  policyHash: string,
  form: CsvForm = 'comma',
): readonly OutputFile[] {
  const summary = json('summary.json', summaryOf(result, policy, policyHash));
  if (result.kind === 'stopped') return [summary];
  const lists = byList(result.findings);
  const csvFile = (name: string, { header, rows }: Table, mode: OutputFile['mode'] = 0o644): OutputFile => ({
    name,
    mode,
    content: { [Symbol.iterator]: () => csv(header, rows, form) },
  });
  return [
    csvFile('inactive-users.csv', inactiveTable(lists.inactive)),
    csvFile('protected-users.csv', protectedTable(lists.protected)),
    csvFile('hr-review.csv', unknownTable(lists.hr), 0o600),
    csvFile('unknown-users.csv', unknownTable(lists.unknown)),
    csvFile('guests.csv', guestTable(lists.guests)),
    csvFile('position.csv', positionTable(result.position)),
    json('plan.json', planOf(result, policy)),
    summary,
    { name: 'report.html', mode: 0o644, content: reportHtml(result, policy, policyHash) },
  ];
}

function byList(findings: readonly Finding[]): Readonly<Record<FindingList, readonly Finding[]>> {
  const lists: Record<FindingList, Finding[]> = {
    inactive: [],
    protected: [],
    unknown: [],
    guests: [],
    hr: [],
  };
  for (const finding of findings) lists[listOf(finding)].push(finding);
  return lists;
}

function json(name: string, value: unknown): OutputFile {
  return { name, mode: 0o644, content: [`${JSON.stringify(value, undefined, 2)}\n`] };
}
