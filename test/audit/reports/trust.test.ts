import { describe, expect, test } from '@jest/globals';
import type { DoneAudit } from '../../../src/audit/audit-result.js';
import { auditOnce } from '../../world/audit-once.js';
import { graphWorld } from '../../world/graph-world.js';
import { aPerson, REFRESHED } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { reportText, type ReportRow } from '../../world/report-texts.js';

const APPS = 'MICROSOFT 365 APPS FOR ENTERPRISE';
const HOLDERS = Array.from({ length: 20 }, (_, n) =>
  aPerson(`Drawer ${n}`, {
    licenses: [{ sku: 'E3' }, { sku: 'VISIO' }],
    reports: { activations: { [APPS]: '2024-02-01', ...(n % 2 === 0 ? { VISIO: '2026-11-01' } : {}) } },
  }),
);

/** The activations report of the holders of these numbers. */
function activationsOf(kept: readonly number[], rename = (upn: string): string => upn): string {
  const rows = HOLDERS.flatMap(({ person, spec }, n): readonly ReportRow[] => {
    if (!kept.includes(n) || spec.reports === undefined || spec.reports === 'absent') return [];
    return [{ ...NOTHING, ...spec.reports, upn: rename(person.userPrincipalName) }];
  });
  return reportText('activations', rows, REFRESHED);
}

const NOTHING: Omit<ReportRow, 'upn'> = {
  ...{ email: '', teams: '', sharePoint: '', apps: '', platforms: [], activations: {} },
  ...{ mailBytes: '', oneDriveBytes: '', sites: [] },
};

async function audited(activations: string): Promise<DoneAudit> {
  const result = await auditOnce(graphWorld(HOLDERS, { reports: { activations } }), policyOf());
  if (result.kind === 'stopped') throw new Error(result.why.join());
  return result;
}

const asked = ({ findings }: DoneAudit): readonly string[] =>
  findings.filter(({ scenario }) => scenario === 'unusedLicense').map(({ person }) => person.displayName);
const everybody = HOLDERS.map((_, n) => n);
const odd = HOLDERS.flatMap(({ person }, n) => (n % 2 === 1 ? [person.displayName] : []));

describe('an activations report', () => {
  test('that is whole shows whose Visio was never activated', async () => {
    expect([...asked(await audited(activationsOf(everybody)))].sort()).toEqual([...odd].sort());
  });

  test('that is cut between two rows proves nothing, and says why', async () => {
    const result = await audited(activationsOf([0, 1]));
    expect(asked(result)).toEqual([]);
    expect(result.caveats.join()).toContain(
      'The report on activations has a readable row for only 2 of 20 licensed people',
    );
    expect(result.unproven).toMatchObject([
      { name: 'Visio Plan 2', why: { kind: 'unusable', says: expect.stringContaining('only 2 of 20') } },
    ]);
  });

  test('that lacks a few people leaves these unknown', async () => {
    const result = await audited(activationsOf(everybody.slice(0, 18)));
    expect([...asked(result)].sort()).toEqual([...odd].filter((name) => name !== 'Drawer 19').sort());
  });

  test('that knows somebody by their former name says nothing of them', async () => {
    const former = activationsOf(everybody, (upn) => (upn.startsWith('drawer.1@') ? `old.${upn}` : upn));
    expect(asked(await audited(former))).not.toContain('Drawer 1');
  });
});
