import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import type { License, Person } from '../../../src/audit/person.js';
import type { CaseLicense } from '../../../src/cases/case.js';
import {
  LONGEST_REASON,
  readAnswer,
  receiverProblem,
  type ReceiverRules,
} from '../../../src/cases/answering/answer-rules.js';
import type { QuestionAnswer } from '../../../src/cases/answering/desk.js';
import { MAILBOX_PLAN, SKUS } from '../../world/skus.js';
import { ADELE, aLicense, aPersonNamed, asked, RECEIVER } from '../../cards/a-case.js';

const NOW = new Date('2026-11-23T09:00:00.000Z');
const C = asked();
const ISAIAH = aPersonNamed(RECEIVER.displayName, 3);

function read(answer: QuestionAnswer, found: readonly Person[] = []): ReturnType<typeof readAnswer> {
  return readAnswer(C, answer, found, { ...RULES, now: NOW });
}

function problemsOf(answer: QuestionAnswer, found: readonly Person[] = []): readonly string[] {
  const reading = read(answer, found);
  return reading.kind === 'incomplete' ? reading.problems : [];
}

const RULES: ReceiverRules = { reclaim: { usageLocation: 'never' }, skus: Object.values(SKUS) };

function holding(person: Person, ...skuIds: readonly License['skuId'][]): Person {
  return { ...person, licenses: skuIds.map((skuId) => ({ skuId, disabledPlans: [], paths: [] })) };
}

describe('keep', () => {
  const keep = (until: string, reason = 'Back in March'): QuestionAnswer => ({ kind: 'keep', reason, until });

  it('lasts until the end of the day that was chosen', () => {
    expect(read(keep('2027-03-31', '  Back in March '))).toEqual({
      kind: 'keep',
      reason: 'Back in March',
      until: '2027-03-31T23:59:59.000Z',
    });
  });

  test.each([
    ['2026-11-23', []],
    ['2026-11-22', ['Choose a date in the future.']],
    ['2027-11-23', []],
    ['2027-11-25', ['Choose a date within the next year.']],
    ['', ['Choose the date until which the licenses are kept.']],
    ['2026-02-30', ['Choose the date until which the licenses are kept.']],
    ['31.3.2027', ['Choose the date until which the licenses are kept.']],
    ['2027-03-31T00:00', ['Choose the date until which the licenses are kept.']],
  ])('until %j has the problems %j', (until, problems) => {
    expect(problemsOf(keep(until))).toEqual(problems);
  });

  it('says everything that is missing at once', () => {
    expect(problemsOf(keep('', '   '))).toEqual([
      'Say why the licenses are still needed.',
      'Choose the date until which the licenses are kept.',
    ]);
  });
});

describe('a reason', () => {
  it('is needed to keep only', () => {
    expect(read({ kind: 'reclaim', reason: ' ' })).toEqual({ kind: 'reclaim', reason: undefined });
    expect(read({ kind: 'reassign', reason: '', receiver: 'Isaiah Langer' }, [ISAIAH])).toMatchObject({
      reason: undefined,
    });
  });

  it('is refused, not cut, when it is too long', () => {
    for (const kind of ['keep', 'reclaim', 'reassign'] as const) {
      const answer = {
        kind,
        until: '2027-01-01',
        receiver: 'Isaiah Langer',
        reason: 'x'.repeat(LONGEST_REASON),
      };
      expect(problemsOf(answer, [ISAIAH])).toEqual([]);
      expect(problemsOf({ ...answer, reason: `${answer.reason}y` }, [ISAIAH])).toEqual([
        'The reason is longer than 500 characters: shorten it.',
      ]);
    }
  });
});

describe('reassign', () => {
  const to = (receiver: string): QuestionAnswer => ({ kind: 'reassign', reason: 'Needs it', receiver });

  it('goes to the one person whom the directory names', () => {
    expect(read(to('isaiah langer'), [ISAIAH])).toEqual({
      kind: 'reassign',
      reason: 'Needs it',
      receiver: { id: ISAIAH.id, displayName: 'Isaiah Langer' },
    });
  });

  it('asks back when only the beginning of a name was given, though one person alone fits', () => {
    expect(read(to('I'), [ISAIAH])).toEqual({
      kind: 'incomplete',
      problems: ['Only Isaiah Langer fits “I”: choose the name to confirm.'],
      choices: [ISAIAH],
    });
    expect(read(to(ISAIAH.id), [ISAIAH])).toMatchObject({ kind: 'reassign' });
  });

  it('never goes to whom the card names, if the directory does not', () => {
    expect(problemsOf(to(ISAIAH.id), [])).toEqual([
      `Nobody in the directory is called “${ISAIAH.id}”: check the spelling.`,
    ]);
  });

  it('asks who when several fit, and offers those alone who can get it', () => {
    const disabled = { ...aPersonNamed('Isaiah Long', 4), accountEnabled: false };
    const second = aPersonNamed('Isaiah Lee', 5);
    expect(read(to('isaiah'), [ISAIAH, disabled, second])).toEqual({
      kind: 'incomplete',
      problems: ['Several people fit: choose one.'],
      choices: [ISAIAH, second],
    });
    expect(read(to('isaiah'), [disabled, disabled])).toEqual({
      kind: 'incomplete',
      problems: ['Nobody of that name can get the license.'],
      choices: [],
    });
  });

  it('needs a name', () => {
    expect(problemsOf(to('  '))).toEqual(['Say who gets the license: a name or an e-mail address.']);
  });

  it('repeats no more of a long name than fits', () => {
    expect(problemsOf(to('x'.repeat(900)))[0]).toHaveLength(
      'Nobody in the directory is called “”: check the spelling.'.length + 60,
    );
  });
});

describe('receiverProblem', () => {
  const [license] = C.licenses;
  if (license === undefined) throw new Error('no license');

  test.each<[string, Person, string | undefined]>([
    ['an ordinary colleague', ISAIAH, undefined],
    [
      'the holder',
      aPersonNamed(ADELE.displayName, 1),
      'This is the person who holds the license now: choose somebody else.',
    ],
    [
      'a disabled account',
      { ...ISAIAH, accountEnabled: false },
      'Isaiah Langer’s account is disabled: choose somebody else.',
    ],
    [
      'somebody without a usage location',
      { ...ISAIAH, usageLocation: undefined },
      'Isaiah Langer has no usage location, so no license can be assigned: ask an admin to set one, or choose somebody else.',
    ],
    [
      'somebody who has it',
      holding(ISAIAH, license.skuId),
      'Isaiah Langer has this license already: choose somebody else.',
    ],
  ])('is for %s as it should be', (_name, person, problem) => {
    expect(receiverProblem(C, person, RULES)).toBe(problem);
  });

  it('is none for somebody who has one of two licenses', () => {
    const other = aLicense({ skuId: 'other' as License['skuId'] });
    expect(
      receiverProblem({ ...C, licenses: [license, other] }, holding(ISAIAH, license.skuId), {
        ...RULES,
        skus: [...RULES.skus, { ...SKUS.E5, skuId: other.skuId }],
      }),
    ).toBeUndefined();
  });
});

describe('a receiver who would gain nothing', () => {
  const visio = aLicense({ skuId: SKUS.VISIO.skuId, name: 'Visio Plan 2' });
  const e3 = aLicense({ skuId: SKUS.E3.skuId, name: 'Microsoft 365 E3' });
  const withE5 = (state: 'active' | 'disabled', disabledPlans: readonly string[] = []): Person => ({
    ...ISAIAH,
    licenses: [
      {
        skuId: SKUS.E5.skuId,
        disabledPlans,
        paths: [{ kind: 'direct', state, error: undefined, disabledPlans, since: undefined }],
      },
    ],
  });
  const problem = (person: Person, licenses: readonly CaseLicense[]): string | undefined =>
    receiverProblem({ ...C, licenses }, person, RULES);

  it('is refused, since the license would lie idle there as well', () => {
    expect(problem(withE5('active'), [e3])).toBe(
      'Isaiah Langer has Microsoft 365 E5, which includes all of Microsoft 365 E3: choose somebody else.',
    );
  });

  it('is none whose own license lacks something of it, or does not work', () => {
    expect(problem(withE5('active', [MAILBOX_PLAN]), [e3])).toBeUndefined();
    expect(problem(withE5('disabled'), [e3])).toBeUndefined();
    expect(problem(holding(ISAIAH, SKUS.VISIO.skuId), [e3])).toBeUndefined();
  });

  it('is none who needs one of several', () => {
    expect(problem(withE5('active'), [e3, visio])).toBeUndefined();
  });
});

describe('a receiver whom Graph would refuse', () => {
  const [license] = C.licenses;
  const problem = (person: Person, rules: Partial<ReceiverRules>): string | undefined =>
    receiverProblem(C, person, { ...RULES, ...rules });

  it('is refused before anything is taken from anybody', () => {
    expect(problem(holding(ISAIAH, SKUS.F3.skuId), {})).toBe(
      'Isaiah Langer has Microsoft 365 F3, which excludes Microsoft 365 E5: choose somebody else, or ask an admin.',
    );
    expect(license?.skuId).toBe(SKUS.E5.skuId);
    expect(problem(ISAIAH, { skus: [{ ...SKUS.E5, capabilityStatus: 'Suspended' }] })).toBe(
      'Isaiah Langer cannot get Microsoft 365 E5, whose subscription does not run any more: choose somebody else, or ask an admin.',
    );
  });

  it('may have no usage location where the policy sets one', () => {
    const nowhere = { ...ISAIAH, usageLocation: undefined, country: 'Germany' };
    const by = (usageLocation: string): string | undefined =>
      problem(nowhere, { reclaim: { usageLocation } });
    expect(by('never')).toContain('has no usage location');
    expect(by('fromCountry')).toBeUndefined();
    expect(by('FR')).toBeUndefined();
    expect(
      problem({ ...nowhere, country: 'Atlantis' }, { reclaim: { usageLocation: 'fromCountry' } }),
    ).toContain('has no usage location');
  });
});

it('no answer is ever taken that names a past date, nobody, or the holder', () => {
  const answers: fc.Arbitrary<QuestionAnswer> = fc.oneof(
    fc.record({ kind: fc.constant('keep' as const), reason: fc.string(), until: fc.string() }),
    fc.record({
      kind: fc.constant('keep' as const),
      reason: fc.string(),
      until: fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
    }),
    fc.record({ kind: fc.constant('reassign' as const), reason: fc.string(), receiver: fc.string() }),
    fc.record({ kind: fc.constant('reclaim' as const), reason: fc.string({ maxLength: 600 }) }),
  );
  const people = fc.subarray([
    ISAIAH,
    aPersonNamed(ADELE.displayName, 1),
    { ...ISAIAH, accountEnabled: false },
  ]);
  fc.assert(
    fc.property(answers, people, (answer, found) => {
      const reading = read(answer, found);
      if (reading.kind === 'incomplete') {
        expect(reading.problems.length).toBeGreaterThan(0);
        for (const problem of reading.problems) expect(problem).toMatch(/\.$/);
      }
      if (reading.kind === 'keep') expect(Date.parse(reading.until)).toBeGreaterThan(NOW.getTime());
      if (reading.kind === 'reassign') expect(reading.receiver.id).toBe(ISAIAH.id);
    }),
  );
});
