import { readNamedColumns } from '../audit/csv/named-columns.js';
import { listCell, type Cell } from '../audit/csv/writer.js';
import type { CaseId, CaseIn } from '../cases/case.js';
import type { SeenCase } from '../cases/campaign/run-review.js';
import { moneyCell } from '../spend/money-cell.js';
import { stepName } from './case-text.js';

/** The first two say which case, and as it was when it was listed. */
export const REVIEW_COLUMNS = [
  'caseId',
  'version',
  'userPrincipalName',
  'displayName',
  'department',
  'scenario',
  'decision',
  'receiver',
  'decidedBy',
  'decidedAt',
  'reason',
  'licenses',
  'annualCost',
  'currency',
  'steps',
  'stepsFrom',
];

/** A decision as a line of the file. */
export function reviewRow(c: CaseIn<'decided'>): readonly Cell[] {
  const { subject, decision, annualCost } = c;
  return [
    c.caseId,
    c.version,
    subject.userPrincipalName,
    subject.displayName,
    subject.department,
    c.scenario,
    decision.kind,
    decision.kind === 'reassign' ? decision.receiver.displayName : undefined,
    decision.by.displayName,
    decision.at,
    decision.reason,
    listCell(c.licenses.map(({ name }) => name)),
    moneyCell(annualCost),
    annualCost?.currency,
    listCell(c.steps.map(({ step, notBefore }) => `${stepName(step)} from ${notBefore.slice(0, 10)}`)),
    c.actsFrom,
  ];
}

/** The cases of a list that was kept, whichever lines are left of it. `why` is the rest of a sentence. */
export function readBatch(
  bytes: Uint8Array,
): { readonly cases: readonly SeenCase[] } | { readonly why: string } {
  const read = readNamedColumns(bytes, ['caseId', 'version']);
  if (read.kind === 'unusable') return { why: read.why };
  if (read.rows.length === 0) return { why: 'has no line' };
  const cases: SeenCase[] = [];
  for (const { caseId = '', version = '' } of read.rows) {
    if (caseId === '' || !/^\d{1,9}$/.test(version))
      return { why: `has a line without a case and its version` };
    cases.push({ caseId: caseId as CaseId, version: Number(version) });
  }
  return { cases };
}
