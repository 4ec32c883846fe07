import type { Verdict } from '../evidence.js';
import type { Finding, LicenseFinding, Scenario } from '../finding.js';

/** Why one license is not needed where it is. */
export type UnusedReason =
  /** Another license of the person, by its friendly name, gives everything that this one gives. */
  | { readonly kind: 'covered'; readonly by: string }
  | { readonly kind: 'neverActivated' }
  | { readonly kind: 'neverUsed'; readonly unrecorded?: readonly string[] }
  /** `unrecorded`: apps in it whose use nothing records; absent: none. */
  | { readonly kind: 'idle'; readonly days: number; readonly unrecorded?: readonly string[] };

/** Proven non-use; `unknown` is none. */
export function isIdle(verdict: Verdict): boolean {
  return verdict.kind === 'inactive' || verdict.kind === 'neverUsed';
}

/** true: a source proves that the license is not used, or another one gives the same. */
export function isUnused({ verdict, coveredBy }: LicenseFinding): boolean {
  return isIdle(verdict) || coveredBy !== undefined;
}

/** Whether a license could be taken from somebody: who left needs none, of others only what is not used. */
export function isReclaimable(scenario: Scenario | undefined, license: LicenseFinding): boolean {
  return scenario !== undefined && (scenario === 'leftCompany' || isUnused(license));
}

export function unusedLicenses({ licenses }: Pick<Finding, 'licenses'>): readonly LicenseFinding[] {
  return licenses.filter(isUnused);
}

/** What could be taken from one person; nothing of somebody who is no candidate. */
export function reclaimableLicenses({
  scenario,
  licenses,
}: Pick<Finding, 'scenario' | 'licenses'>): readonly LicenseFinding[] {
  return licenses.filter((license) => isReclaimable(scenario, license));
}

/** undefined: nothing says that the license is unused. Use itself comes first: it is what somebody can check. */
export function unusedReason(
  license: LicenseFinding,
  held: readonly LicenseFinding[],
): UnusedReason | undefined {
  const { verdict, unrecorded } = license;
  const beside = unrecorded === undefined ? {} : { unrecorded };
  if (verdict.kind === 'inactive') return { kind: 'idle', days: verdict.days, ...beside };
  if (verdict.kind === 'neverUsed') {
    return isDatedByActivation(license) ? { kind: 'neverActivated' } : { kind: 'neverUsed', ...beside };
  }
  if (license.coveredBy === undefined) return undefined;
  const other = held.find(({ skuId }) => skuId === license.coveredBy);
  return { kind: 'covered', by: other?.name ?? 'another license' };
}

/** Installed programs whose use is known by their activations alone. */
function isDatedByActivation({ parts }: LicenseFinding): boolean {
  return parts.length > 0 && parts.every(({ part }) => part === 'visio' || part === 'project');
}
