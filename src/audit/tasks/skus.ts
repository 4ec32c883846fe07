import { productName } from '../../spend/product-names.js';
import { contentsOfPlans, type Part } from '../licenses/parts.js';
import type { Sku } from '../person.js';
import type { ReportName } from '../reports/names.js';
import type { TaskState } from './state.js';

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
  /** `on`: every service in it is dated. `off`: a source exists but is not on. `impossible`: something is not dated. */
  readonly is: 'on' | 'off' | 'impossible';
  /** Names of plans in it that no source dates. */
  readonly undated: readonly string[];
  readonly parts: readonly {
    readonly part: Part;
    readonly by: readonly ReportName[];
    readonly is: TaskState['is'];
  }[];
}

/** For each SKU the services in it whose use some source dates, and whether that source is on. Pure. */
export function skuProofs(skus: readonly Sku[], states: readonly TaskState[]): readonly SkuProof[] {
  const stateOf = new Map(states.map((state) => [state.task.id, state.is]));
  return skus.map((sku) => {
    const contents = contentsOfPlans(sku.plans, []);
    const parts = contents.parts.map((part) => {
      const by = SOURCES[part];
      return { part, by, is: stateOf.get(`report:${by[0]}`) ?? ('unchecked' as const) };
    });
    const { undated } = contents;
    const isDated = parts.length > 0 && undated.length === 0;
    const is = !isDated ? 'impossible' : parts.every((part) => part.is === 'on') ? 'on' : 'off';
    return { sku, name: productName(sku), is, undated, parts };
  });
}
