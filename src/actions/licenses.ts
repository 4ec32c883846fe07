import type { License, LicensePath, Person, SkuId } from '../audit/person.js';
import type { Before, CaseStep, Step, StepLicense } from '../cases/step.js';
import type { LicenseChange } from '../graph/graph-door.js';

/** Which of a step's licenses the person holds directly now, with their switched-off plans as they are now. */
export function heldDirectly(person: Person, licenses: readonly StepLicense[]): readonly StepLicense[] {
  return licenses.flatMap((wanted) => {
    const direct = directPath(person, wanted.skuId);
    return direct === undefined ? [] : [{ ...wanted, disabledPlans: direct.disabledPlans }];
  });
}

/** Which licenses earlier steps have taken: a receiver gets those, and none that was gone already. Pure. */
export function takenBefore(
  steps: readonly CaseStep[],
  licenses: readonly StepLicense[],
): readonly StepLicense[] {
  const taken = new Set(
    steps.flatMap(({ step, progress }) => {
      const isTaking = step.kind === 'removeLicenses' || step.kind === 'leaveGroup';
      if (!isTaking || progress.is !== 'done' || !('licenses' in progress.before)) return [];
      return progress.before.licenses.map(({ skuId }) => skuId);
    }),
  );
  return licenses.filter(({ skuId }) => taken.has(skuId));
}

/** What was held before a step on licenses, and what it gives instead. */
export interface LicensesBefore {
  readonly licenses: readonly StepLicense[];
  readonly gives: readonly StepLicense[];
}

export function licensesOf(before: Before): LicensesBefore {
  return {
    licenses: 'licenses' in before ? before.licenses : [],
    gives: before.of === 'licenses' ? (before.gives ?? []) : [],
  };
}

/** The call that carries a step out. Pure. */
export function changeOf(step: Step, { licenses, gives }: LicensesBefore): LicenseChange {
  return step.kind === 'removeLicenses'
    ? { add: gives.map(asHeld), remove: licenses.map(({ skuId }) => skuId) }
    : { add: licenses.map(asHeld), remove: [] };
}

/** The call that gives licenses exactly as they were, and takes what was given, instead of others or alone. Pure. */
export function givingBack(step: Step, { licenses, gives }: LicensesBefore): LicenseChange {
  return step.kind === 'assignLicenses'
    ? { add: [], remove: licenses.map(({ skuId }) => skuId) }
    : { add: licenses.map(asHeld), remove: gives.map(({ skuId }) => skuId) };
}

function asHeld({ skuId, disabledPlans }: StepLicense): LicenseChange['add'][number] {
  return { skuId, disabledPlans };
}

/** true: what the step wanted is what the directory says now. */
export function tookEffect(step: Step, person: Person, { licenses, gives }: LicensesBefore): boolean {
  return step.kind === 'removeLicenses'
    ? heldDirectly(person, licenses).length === 0 && gives.every((license) => isHeldAs(person, license))
    : licenses.every((license) => isHeldAs(person, license));
}

/** true: the person holds every license again, with exactly the plans switched off as before, and nothing that was given. */
export function isRestored(step: Step, person: Person, { licenses, gives }: LicensesBefore): boolean {
  if (step.kind === 'assignLicenses') return heldDirectly(person, licenses).length === 0;
  return licenses.every((license) => isHeldAs(person, license)) && heldDirectly(person, gives).length === 0;
}

/** true: a directly held license has other plans switched off than were recorded of it. Pure. */
export function hasOtherPlans(held: Before, recorded: Before): boolean {
  if (held.of !== 'licenses' || recorded.of !== 'licenses') return false;
  return held.licenses.some((license) =>
    recorded.licenses.some(
      ({ skuId, disabledPlans }) => skuId === license.skuId && !sameSet(disabledPlans, license.disabledPlans),
    ),
  );
}

function isHeldAs(person: Person, license: StepLicense): boolean {
  const direct = directPath(person, license.skuId);
  return direct !== undefined && sameSet(direct.disabledPlans, license.disabledPlans);
}

/** A case's license as the person holds it now, where other plans are switched off than were at the opening. Pure. */
export function switchedSince(
  person: Person,
  { skuId, disabledPlans }: Pick<StepLicense, 'skuId' | 'disabledPlans'>,
): Pick<License, 'disabledPlans'> | undefined {
  const held = directPath(person, skuId) ?? person.licenses.find((license) => license.skuId === skuId);
  return held === undefined || sameSet(held.disabledPlans, disabledPlans) ? undefined : held;
}

function directPath(person: Person, skuId: SkuId): LicensePath | undefined {
  const license: License | undefined = person.licenses.find((held) => held.skuId === skuId);
  return license?.paths.find((path) => path.kind === 'direct');
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const left = new Set(a);
  return left.size === new Set(b).size && b.every((item) => left.has(item));
}
