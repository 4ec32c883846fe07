import { productName } from '../spend/product-names.js';
import type { Part } from './parts.js';
import type { Sku } from './person.js';
import type { ReportName } from './report-names.js';
import type { TaskState } from './tasks-state.js';

/** Which reports date the use of a service; the first is the one that proves that it is not used. */
export const SOURCES: Readonly<Record<Part, readonly [ReportName, ...ReportName[]]>> = {
  exchange: ['activeUsers', 'email'],
  oneDrive: ['activeUsers'],
  sharePoint: ['activeUsers', 'sharePoint'],
  teams: ['activeUsers', 'teams'],
  yammer: ['activeUsers'],
  skype: ['activeUsers'],
  apps: ['apps'],
  visio: ['activations'],
  project: ['activations'],
};

/** What can be proven about a license of an active person. */
export interface SkuProof {
  readonly sku: Pick<Sku, 'skuId' | 'partNumber'>;
  readonly name: string;
  /** `on`: by at least one service. `off`: a source exists but is not on. `impossible`: no source dates its use. */
  readonly is: 'on' | 'off' | 'impossible';
  readonly parts: readonly {
    readonly part: Part;
    readonly by: readonly ReportName[];
    readonly is: TaskState['is'];
  }[];
}

/** For each SKU the services in it whose use some source dates, and whether that source is on. Pure. */
export function skuProofs(
  skus: readonly Sku[],
  states: readonly TaskState[],
  partsOf: (sku: Sku) => readonly Part[],
): readonly SkuProof[] {
  const stateOf = new Map(states.map((state) => [state.task.id, state.is]));
  return skus.map((sku) => {
    const parts = partsOf(sku).map((part) => {
      const by = SOURCES[part];
      return { part, by, is: stateOf.get(`report:${by[0]}`) ?? ('unchecked' as const) };
    });
    const proves = parts.some(({ is }) => is === 'on');
    const is = proves ? 'on' : parts.length > 0 ? 'off' : 'impossible';
    return { sku, name: productName(sku), is, parts };
  });
}

const PLANS: Readonly<Record<Part, RegExp>> = {
  exchange: /^EXCHANGE_[SLB]_(?!FOUNDATION|ARCHIVE)/i,
  oneDrive: /^(ONEDRIVE|SHAREPOINT(STANDARD|ENTERPRISE|DESKLESS))/i,
  sharePoint: /^SHAREPOINT(STANDARD|ENTERPRISE|DESKLESS)/i,
  teams: /^TEAMS\d/i,
  yammer: /^(YAMMER_|VIVAENGAGE_)/i,
  skype: /^MCO(STANDARD|IMP)/i,
  apps: /^(OFFICESUBSCRIPTION|OFFICE_BUSINESS|OFFICE_PROPLUS)/i,
  visio: /^VISIO_CLIENT/i,
  project: /^PROJECT_CLIENT/i,
};

/** The services in a SKU by the names of its plans. */
export function partsByPlan({ plans }: Pick<Sku, 'plans'>): readonly Part[] {
  return (Object.keys(PLANS) as readonly Part[]).filter((part) =>
    plans.some(({ name }) => PLANS[part].test(name)),
  );
}
