import type { Policy } from '../../config/policy.js';
import { productName } from '../../spend/product-names.js';
import type { Day } from '../day.js';
import { reportIsFresh } from '../guards/guards.js';
import type { Sku } from '../person.js';
import type { ReportsRead } from '../reports/run-reports.js';
import { contentsOfPlans } from './parts.js';

/** A product of which an audit cannot tell which active people do not use it. */
export interface Unproven {
  readonly partNumber: string;
  /** As in findings. */
  readonly name: string;
  readonly why:
    /** Nothing in it is dated by any source, as of Power BI. */
    | { readonly kind: 'unrecorded' }
    /** The policy does without the report on activations. */
    | { readonly kind: 'leftOut' }
    /** That report was no use in this audit. `says`: why, in sentences. */
    | { readonly kind: 'unusable'; readonly says: string }
    /** Nobody in the tenant has activated it, so that nobody's lack of an activation proves anything. */
    | { readonly kind: 'nobodyActivated' };
}

/** What became of the report that alone dates Visio and Project on the desktop (design 2). */
interface ActivationsRead {
  readonly activations: ReportsRead['states']['activations'];
  readonly knownProducts: ReportsRead['knownProducts'];
}

/** Of the managed products that somebody holds those of which nobody can be said to have never used them. Pure. */
export function unprovenProducts(
  skus: Iterable<Sku>,
  read: ActivationsRead,
  policy: Pick<Policy, 'evidence' | 'inactivity'>,
  today: Day,
): readonly Unproven[] {
  return [...skus].flatMap((sku) => {
    const why = sku.assigned > 0 ? whyUnproven(sku, read, policy, today) : undefined;
    return why === undefined ? [] : [{ partNumber: sku.partNumber, name: productName(sku), why }];
  });
}

function whyUnproven(
  { plans }: Pick<Sku, 'plans'>,
  { activations, knownProducts }: ActivationsRead,
  policy: Pick<Policy, 'evidence' | 'inactivity'>,
  today: Day,
): Unproven['why'] | undefined {
  const { parts } = contentsOfPlans(plans, []);
  if (parts.length === 0) return { kind: 'unrecorded' };
  const desktop = parts.filter((part) => part === 'visio' || part === 'project');
  if (desktop.length === 0) return undefined;
  if (activations.kind === 'off') return { kind: 'leftOut' };
  if (activations.kind === 'unknown') return { kind: 'unusable', says: activations.why };
  const stale = reportIsFresh('activations', activations.refreshed, policy, today);
  if (stale !== undefined) return { kind: 'unusable', says: stale };
  return desktop.every((part) => knownProducts.has(part)) ? undefined : { kind: 'nobodyActivated' };
}
