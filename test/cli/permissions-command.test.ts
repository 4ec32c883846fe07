import { describe, expect, it } from '@jest/globals';
import type { Sku, SkuId } from '../../src/audit/person.js';
import { skuProofs } from '../../src/audit/tasks/skus.js';
import { taskStates, type TaskFacts } from '../../src/audit/tasks/state.js';
import { permissionsJson, permissionsText } from '../../src/cli/permissions-command.js';
import { policyOf } from '../world/policies.js';

const powerBi: Sku = {
  skuId: 'f8a1db68-be16-40ed-86d5-cb42ce701560' as SkuId,
  partNumber: 'POWER_BI_PRO',
  appliesTo: 'user',
  capabilityStatus: 'Enabled',
  bought: 5,
  assigned: 5,
  plans: [{ id: 'p', name: 'BI_AZURE_P2' }],
};
const facts: TaskFacts = {
  granted: new Set(['User.Read.All', 'Organization.Read.All', 'ReportSettings.Read.All']),
  probes: new Map(),
  hasEntraP1: false,
  skus: [powerBi],
};
const states = taskStates(facts, policyOf(''));
const proofs = skuProofs([powerBi], states);

describe('the table of permissions', () => {
  const text = permissionsText(states, proofs, ['roles.hr names nobody.']);

  it.each([
    /^People and their licenses +on +yes +User\.Read\.All$/m,
    /^Sign-in dates +impossible +yes +User\.Read\.All, AuditLog\.Read\.All$/m,
    /^Email activity report +missing +Reports\.Read\.All$/m,
    /^Leave dates +off +User\.Read\.All, User-LifeCycleInfo\.Read\.All$/m,
    /^Power BI Pro +cannot be proven +BI_AZURE_P2$/m,
  ])('has a line %s', (line) => {
    expect(text).toMatch(line);
  });

  it('says of what is not on what is off without it, and what to do', () => {
    expect(text).toContain(
      'Active-user report, missing: Use of Exchange, OneDrive, SharePoint, Teams, Viva Engage and Skype is unknown. ' +
        'Grant the application permission Reports.Read.All with admin consent:',
    );
    expect(text).toContain('Sign-in dates, impossible: The tenant has no Entra ID P1 or P2');
    expect(text).not.toContain('Leave dates, off');
  });

  it('says what the policy leaves to nobody, where it does', () => {
    expect(text).toContain('\nWhat the policy leaves to nobody:\n  roles.hr names nobody.\n');
    expect(permissionsText(states, proofs, [])).not.toContain('leaves to nobody');
  });

  it('is there for programs, too', () => {
    const read = JSON.parse(permissionsJson(states, proofs, ['roles.hr names nobody.'])) as {
      tasks: readonly Record<string, unknown>[];
      skus: readonly Record<string, unknown>[];
      cautions: readonly string[];
    };
    expect(read.cautions).toEqual(['roles.hr names nobody.']);
    expect(read.tasks.find(({ task }) => task === 'report:activeUsers')).toMatchObject({
      state: 'missing',
      required: true,
      missing: ['Reports.Read.All'],
    });
    expect(read.tasks).toHaveLength(32);
    expect(read.skus).toEqual([
      {
        skuId: 'f8a1db68-be16-40ed-86d5-cb42ce701560',
        partNumber: 'POWER_BI_PRO',
        name: 'Power BI Pro',
        state: 'impossible',
        parts: [],
        undated: ['BI_AZURE_P2'],
      },
    ]);
  });
});
