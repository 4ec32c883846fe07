import type { SkuId, UserId } from '../../../src/audit/person.js';
import type { Case, CaseIn, CaseLicense, Instant } from '../../../src/cases/case.js';
import type { CaseStep, StepLicense } from '../../../src/cases/step.js';
import { aLicense, CASES, MANAGER, RECEIVER } from '../../cards/a-case.js';

export const E5 = aLicense();
export const VISIO = aLicense({
  skuId: 'visio' as SkuId,
  partNumber: 'VISIOCLIENT',
  name: 'Visio Plan 2',
  annualCost: { minor: 18_000, currency: 'EUR' },
});
export const UNPRICED = aLicense({
  skuId: 'project' as SkuId,
  partNumber: 'PROJECTPROFESSIONAL',
  name: 'Project Plan 3',
  annualCost: undefined,
});

export function as({ skuId, name }: Pick<CaseLicense, 'skuId' | 'name'>): StepLicense {
  return { skuId, name, disabledPlans: [] };
}

export function at(text: string): Instant {
  return `${text}T12:00:00.000Z` as Instant;
}

/** A case of somebody's that is over, and took all its licenses. */
export function closed(change: Partial<CaseIn<'closed'>> = {}): CaseIn<'closed'> {
  const licenses = change.licenses ?? [E5];
  return { ...CASES.closed, licenses, took: licenses.map(as), openedAt: at('2026-01-01'), ...change };
}

export function undone(licenses: readonly CaseLicense[]): CaseIn<'undone'> {
  return { ...CASES.undone, licenses, took: licenses.map(as), openedAt: at('2026-01-01') };
}

type How = 'planned' | 'sent' | 'done' | 'skipped' | 'undoSent';

function step(
  how: How,
  of: CaseStep['step'],
  licenses: readonly StepLicense[],
  gives?: StepLicense[],
): CaseStep {
  const before = { of: 'licenses', licenses, ...(gives === undefined ? {} : { gives }) } as const;
  const when = at('2026-02-01');
  const notBefore = when;
  switch (how) {
    case 'planned':
      return { step: of, notBefore, progress: { is: 'planned' } };
    case 'skipped':
      return { step: of, notBefore, progress: { is: 'skipped', why: 'It was gone already.' } };
    case 'done':
      return { step: of, notBefore, progress: { is: 'done', at: when, before } };
    case 'sent':
    case 'undoSent':
      return { step: of, notBefore, progress: { is: how, at: when, before, tries: 1 } };
    default:
      return how satisfies never;
  }
}

/** The license call, `instead`: with cheaper ones that it gives. */
export function removal(
  how: How,
  licenses: readonly CaseLicense[],
  instead: readonly Pick<CaseLicense, 'skuId' | 'name'>[] = [],
): CaseStep {
  const of = { kind: 'removeLicenses', userId: CASES.closed.userId, licenses: licenses.map(as) } as const;
  const gives = instead.map(as);
  return instead.length === 0
    ? step(how, of, licenses.map(as))
    : step(how, { ...of, instead: gives }, licenses.map(as), gives);
}

export function leaving(how: How, licenses: readonly CaseLicense[]): CaseStep {
  const kind = 'leaveGroup';
  return step(
    how,
    { kind, userId: CASES.closed.userId, groupId: 'group-1' as never, licenses: licenses.map(as) },
    licenses.map(as),
  );
}

export function giving(how: How, licenses: readonly CaseLicense[]): CaseStep {
  const of = { kind: 'assignLicenses', userId: RECEIVER.id, licenses: licenses.map(as) } as const;
  return step(how, of, licenses.map(as));
}

export function under(
  state: 'decided' | 'scheduled' | 'acting' | 'holding' | 'undoing' | 'needsPerson',
  licenses: readonly CaseLicense[],
  steps: readonly CaseStep[],
): Case {
  return { ...CASES[state], licenses, steps, openedAt: at('2026-01-01') };
}

export function toReceiver(c: Case): Case {
  const decision = {
    ...{ kind: 'reassign', by: MANAGER, at: at('2026-01-05'), reason: undefined, receiver: RECEIVER },
  } as const;
  return { ...c, decision } as Case;
}

export function of(who: string): { readonly userId: UserId } {
  return { userId: who as UserId };
}
