import { describe, expect, it } from '@jest/globals';
import { REPORTS_OFF, type Evidence } from '../../src/audit/evidence.js';
import type { Finding } from '../../src/audit/finding.js';
import { caseLicenses } from '../../src/cases/case-licenses.js';
import type { CaseId, Instant } from '../../src/cases/case.js';
import { evidenceLines, scenarioNote } from '../../src/cases/evidence-lines.js';
import { newCase } from '../../src/cases/campaign/opening.js';
import { day } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { SKUS } from '../world/skus.js';
import { aFinding, aLicenseFinding, EVIDENCE } from './a-finding.js';

const KEYS = { caseId: 'c' as CaseId, subjectKey: 'k', actorSalt: 's', head: 'h' };
const NOW = '2026-11-23T06:00:00.000Z' as Instant;
const NOBODY = { kind: 'adminReview', why: 'nobody' } as const;
const RULES = { policy: policyOf(), skus: [], today: day('2026-11-23') };
const opened = (finding: Finding): ReturnType<typeof newCase> =>
  newCase(finding, NOBODY, 'run', NOW, KEYS, caseLicenses(finding, RULES));
const READ: Evidence['reports'] = {
  ...REPORTS_OFF,
  apps: { kind: 'read', refreshed: day('2026-11-20'), fact: { kind: 'on', day: day('2026-11-18') } },
  activations: { kind: 'unknown', why: 'late' },
};

describe('Evidence on a case', () => {
  it('has a line for a further report only where it was read', () => {
    const sources = (reports: Evidence['reports']) =>
      evidenceLines({ evidence: { ...EVIDENCE, reports } }).map(({ source }) => source);
    const services = ['signIn', 'exchange', 'oneDrive', 'sharePoint', 'teams', 'yammer', 'skype'];
    expect(sources(REPORTS_OFF)).toEqual(services);
    expect(sources(READ)).toEqual([...services, 'apps']);
    expect(evidenceLines({ evidence: { ...EVIDENCE, reports: READ } }).at(-1)).toEqual({
      source: 'apps',
      fact: { kind: 'on', date: '2026-11-18' },
    });
  });

  it('says of a scenario what is known beside it', () => {
    const roster = {
      status: 'left',
      asOf: day('2026-11-20'),
      origin: 'hr.csv',
      leaveFrom: undefined,
      leaveUntil: undefined,
    } as const;
    expect(scenarioNote(aFinding('Lea', { scenario: 'leftCompany', roster }))).toEqual({
      kind: 'left',
      asOf: '2026-11-20',
    });
    expect(scenarioNote(aFinding('New', { scenario: 'neverSignedIn', neverSignedIn: 'onboarding' }))).toEqual(
      { kind: 'neverSignedIn', perhaps: 'onboarding' },
    );
    expect(scenarioNote(aFinding('Ann', { roster }))).toBeUndefined();
  });
});

describe('A case about an unused license', () => {
  it('holds only what is unused, each with its reason and the price of these alone', () => {
    const active = { kind: 'active', lastUse: day('2026-11-20') } as const;
    const finding = aFinding('Vic', {
      verdict: active,
      scenario: 'unusedLicense',
      licenses: [
        aLicenseFinding('E5', { verdict: active }),
        aLicenseFinding('E3', { verdict: active, coveredBy: SKUS.E5.skuId }),
        aLicenseFinding('VISIO', {
          verdict: { kind: 'neverUsed' },
          parts: [{ part: 'visio', verdict: { kind: 'neverUsed' } }],
          annualCost: { minor: 500, currency: 'USD' },
        }),
        aLicenseFinding('EXCHANGE', { verdict: { kind: 'unknown', why: ['no source'] } }),
      ],
    });
    const c = opened(finding);
    expect(c.licenses.map(({ partNumber, unused }) => [partNumber, unused])).toEqual([
      ['SPE_E3', { kind: 'covered', by: 'SPE_E5' }],
      ['VISIOCLIENT', { kind: 'neverActivated' }],
    ]);
    expect(c.annualCost).toEqual({ minor: 10_500, currency: 'USD' });
  });

  it('says which apps of a suite nothing records', () => {
    const finding = aFinding('Sia', {
      verdict: { kind: 'active', lastUse: undefined },
      scenario: 'unusedLicense',
      licenses: [
        aLicenseFinding('OFFICE_E3', {
          verdict: { kind: 'inactive', days: 130, lastUse: undefined },
          unrecorded: ['Planner'],
        }),
      ],
    });
    expect(opened(finding).licenses.map(({ unused }) => unused)).toEqual([
      { kind: 'idle', days: 130, unrecorded: ['Planner'] },
    ]);
  });

  it('says no reason where all of a person’s licenses are unused', () => {
    const c = opened(aFinding('Ann'));
    expect(c.licenses.map(({ unused }) => unused)).toEqual([undefined]);
    expect('scenarioNote' in c).toBe(false);
  });
});
