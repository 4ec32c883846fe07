import { describe, expect, it } from '@jest/globals';
import type { Evidence } from '../../src/audit/evidence.js';
import { personVerdict as judgePerson } from '../../src/audit/inactivity.js';
import { judgeLicense } from '../../src/audit/licenses/verdict.js';
import { doubtText } from '../../src/audit/roster/problem.js';
import { licenseVerdict, personVerdict, whyUnknown } from '../../src/cards/verdict-text.js';
import { aFinding, aLicenseFinding, EVIDENCE } from '../cases/a-finding.js';
import { aPerson, day } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { VIEW } from './a-case.js';

const TODAY = day('2026-11-23');
const ACTIVE = { kind: 'active', lastUse: day('2026-11-20') } as const;

/** Why the judge does not know whether a license of somebody active is used. */
function whyOf(
  part: 'teams' | 'visio' | undefined,
  evidence: Evidence = EVIDENCE,
  since = '2024-01-15',
): readonly string[] {
  const [license] = aPerson('Ada', { licenses: [{ sku: 'E5' }] }).person.licenses;
  if (license === undefined) throw new Error('no license');
  const paths = license.paths.map((path) => ({ ...path, since: since === '' ? undefined : day(since) }));
  const { verdict } = judgeLicense(
    { ...license, paths },
    {
      person: ACTIVE,
      evidence,
      contents: { parts: part === undefined ? [] : [part], undated: [] } as never,
      knowsProduct: () => true,
    },
    policyOf(),
    TODAY,
  );
  return verdict.kind === 'unknown' ? verdict.why : [];
}

describe('Why nobody knows whether a license is used', () => {
  it.each([
    ['nothingRecords', whyOf(undefined)],
    ['activations', whyOf('visio')],
    ['tooNew', whyOf('teams', EVIDENCE, '2026-11-20')],
    ['noStart', whyOf('teams', EVIDENCE, '')],
    ['report', whyOf('teams', { ...EVIDENCE, workload: { unknown: 'not usable' } })],
  ] as const)('is of the kind %s, by what the judge says', (kind, reasons) => {
    expect(reasons.map(whyUnknown)).toEqual([kind]);
  });

  it.each([
    ['signIn', { ...EVIDENCE, signIn: { unknown: 'nobody in the tenant has a sign-in date' } }],
    ['report', { ...EVIDENCE, workload: { unknown: 'not usable' } }],
    [
      'report',
      {
        ...EVIDENCE,
        reports: { ...EVIDENCE.reports, sharePoint: { kind: 'unknown', why: 'no row in it' } },
      },
    ],
  ] as const)('of somebody as a whole is of the kind %s', (kind, evidence) => {
    const verdict = judgePerson(evidence, policyOf(), TODAY);
    const kinds = verdict.kind === 'unknown' ? verdict.why.map(whyUnknown) : [];
    expect(kinds).toContain(kind);
    expect(kinds).not.toContain('other');
  });

  it('is never told in words that may speak of a leave', () => {
    const doubt = doubtText({
      ...{ status: 'unknown', asOf: TODAY, origin: 'leave.csv', doubt: 'leaveRejected' },
      ...{ leaveFrom: undefined, leaveUntil: undefined },
    });
    for (const why of [doubt ?? '', 'on leave until 2027-01-31']) {
      const verdict = { kind: 'unknown', why: [why] } as const;
      const finding = aFinding('Ada', { scenario: undefined, verdict });
      expect(whyUnknown(why)).toBe('other');
      expect(personVerdict(finding, VIEW)).toBe(
        'No license is asked about; not judged: the sources do not prove it either way.',
      );
      expect(licenseVerdict(aLicenseFinding('E5', { verdict }), [], VIEW)).toBe(
        'not judged: the sources do not prove it either way',
      );
    }
  });

  it('is said once for each kind, and no vague one beside an exact one', () => {
    const verdict = {
      kind: 'unknown',
      why: ['teams report: no row', 'usage report: not usable', 'sign-in: not usable', 'something else'],
    } as const;
    expect(licenseVerdict(aLicenseFinding('E5', { verdict }), [], VIEW)).toBe(
      'not judged: a usage report is missing, late or reaches too short, the sign-in date is missing or reaches too short',
    );
  });
});

describe('The verdict on a license', () => {
  const E5 = aLicenseFinding('E5', { name: 'Microsoft 365 E5' });

  it.each([
    [E5, 'not used for 130 days'],
    [aLicenseFinding('E5', { verdict: ACTIVE }), 'in use, last on 20 Nov 2026'],
    [aLicenseFinding('E5', { verdict: { kind: 'active', lastUse: undefined } }), 'in use'],
    [aLicenseFinding('E3', { verdict: { kind: 'neverUsed' } }), 'never used'],
    [
      aLicenseFinding('E3', { verdict: ACTIVE, coveredBy: E5.skuId }),
      'everything in it also comes with Microsoft 365 E5',
    ],
  ])('says whether it is used, and by what that is known (%#)', (license, said) => {
    expect(licenseVerdict(license, [E5], VIEW)).toBe(said);
  });
});
