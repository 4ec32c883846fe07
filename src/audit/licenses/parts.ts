import { WORKLOADS, type Workload } from '../evidence.js';
import type { License, Sku } from '../person.js';

/** A service in a license whose use some source dates. */
export const PARTS = [...WORKLOADS, 'apps', 'visio', 'project'] as const;
export type Part = Workload | 'apps' | 'visio' | 'project';
/** `desktop`: some product whose activations are counted, so that its holders have a row in that report. */
export type Service = Part | 'desktop';

/**
 * Plans by the source that dates them (design 2): the active-user report, the Microsoft 365 Apps usage report and the
 * activations. Names as in Microsoft's table of service plans.
 */
const DATED: readonly (readonly [RegExp, readonly Part[]])[] = [
  [/^EXCHANGE_[SLB]_(?!FOUNDATION|ARCHIVE)/i, ['exchange']],
  [/^SHAREPOINT(STANDARD|ENTERPRISE|DESKLESS)/i, ['sharePoint', 'oneDrive']],
  [/^ONEDRIVE(?!_BASIC)/i, ['oneDrive']],
  [/^TEAMS(\d|_(FREE(_SERVICE)?|GOV|AR_(GCCHIGH|DOD)|ESSENTIALS))$/i, ['teams']],
  [/^MCO(STANDARD|IMP)/i, ['skype']],
  [/^(YAMMER_|VIVAENGAGE_)/i, ['yammer']],
  [/^OFFICE(SUBSCRIPTION|_BUSINESS|_PROPLUS)/i, ['apps']],
  [/^VISIO_CLIENT/i, ['visio']],
  [/^PROJECT_CLIENT/i, ['project']],
];

/**
 * Plans that come along with others and that nobody buys a license for: whether they are used says nothing about the
 * license. Everything else that no source dates (Power BI, Intune, Entra, Phone, ...) leaves a license unknown.
 */
const ALONG = new RegExp(
  '^(' +
    [
      'EXCHANGE_S_FOUNDATION|EXCHANGE_ANALYTICS|MYANALYTICS|SHAREPOINTWAC|ONEDRIVE_BASIC|OFFICEMOBILE_|FORMS_|STREAM_',
      'BPOS_S_TODO|SWAY|DESKLESS|WHITEBOARD|KAIZALA|PROJECTWORKMANAGEMENT|MICROSOFT_LOOP|MICROSOFTBOOKINGS|CLIPCHAMP',
      'FLOW_O365|POWERAPPS_O365|POWER_VIRTUAL_AGENTS_O365|(DYN365_)?CDS_O365|RMS_S_(ENTERPRISE|BASIC)|INTUNE_O365|MESH_',
      'PLACES_CORE|NUCLEUS|PEOPLE_SKILLS|VIVA_LEARNING_SEEDED|GRAPH_CONNECTORS|PURVIEW_DISCOVERY|M365_LIGHTHOUSE|Nucleus',
    ].join('|') +
    ')',
  'i',
);

/** Of those that come along, the ones that people work in, by the names that people know. */
const UNRECORDED: readonly (readonly [RegExp, string])[] = [
  [/^PROJECTWORKMANAGEMENT/i, 'Planner'],
  [/^POWERAPPS_O365/i, 'Power Apps'],
  [/^FLOW_O365/i, 'Power Automate'],
];

/** The web half of a product whose desktop half is dated; alone, as in Visio Plan 1, nothing dates it. */
const WEB_HALF =
  /^(VISIOONLINE|SHAREPOINT_PROJECT|PROJECT_(PROFESSIONAL|ESSENTIALS|P\d)|(DYN365_)?CDS_PROJECT|FLOW_FOR_PROJECT|DYN365_CDS_FOR_PROJECT)/i;

/**
 * Plans of products whose activations are counted: the enterprise edition of Microsoft 365 Apps, and Visio and Project
 * on the desktop (field.md F24).
 */
const ACTIVATED = /^(OFFICESUBSCRIPTION|VISIO_CLIENT|PROJECT_CLIENT)/i;

/** What a license contains, by what can be told of it. */
export interface Contents {
  readonly parts: readonly Part[];
  /** The same for reports that have a row for everybody with the service. */
  readonly services: readonly Service[];
  /** Apps that come along and that somebody may use although nothing records it, as `Planner`. */
  readonly unrecorded: readonly string[];
  /** Names of plans that are switched on and that no source dates. */
  readonly undated: readonly string[];
}

const NOTHING: Contents = { parts: [], services: [], unrecorded: [], undated: [] };

/** So many combinations of a SKU and switched-off plans are remembered; a tenant has a few dozen. */
const REMEMBERED = 5_000;

/** Makes a look-up of what licenses contain, switched-off plans left out; each combination is worked out once. */
export function contentsOf(
  skus: ReadonlyMap<string, Pick<Sku, 'plans'>>,
): (license: Pick<License, 'skuId' | 'disabledPlans'>) => Contents {
  const worked = new Map<string, Contents>();
  return ({ skuId, disabledPlans }) => {
    const sku = skus.get(skuId);
    if (sku === undefined) return NOTHING;
    const key = disabledPlans.length === 0 ? skuId : `${skuId} ${disabledPlans.join(' ')}`;
    const known = worked.get(key);
    if (known !== undefined) return known;
    const contents = contentsOfPlans(sku.plans, disabledPlans);
    if (worked.size < REMEMBERED) worked.set(key, contents);
    return contents;
  };
}

export function contentsOfPlans(plans: Sku['plans'], disabled: readonly string[]): Contents {
  const names = plans.filter(({ id }) => !disabled.includes(id)).map(({ name }) => name);
  const found = new Set(names.flatMap((name) => DATED.find(([pattern]) => pattern.test(name))?.[1] ?? []));
  const undated = names.filter(
    (name) =>
      !DATED.some(([pattern]) => pattern.test(name)) &&
      !ALONG.test(name) &&
      !(WEB_HALF.test(name) && found.size > 0),
  );
  const parts = PARTS.filter((part) => found.has(part));
  const hasDesktop = names.some((name) => ACTIVATED.test(name));
  const unrecorded = UNRECORDED.flatMap(([pattern, app]) =>
    names.some((name) => pattern.test(name)) ? [app] : [],
  );
  return { parts, services: hasDesktop ? [...parts, 'desktop'] : parts, unrecorded, undated };
}

/** Do files in OneDrive live on under a license of this product? The basic plan of Visio and Project is none for that. */
export function carriesFiles({ plans }: Pick<Sku, 'plans'>, disabled: readonly string[] = []): boolean {
  return contentsOfPlans(plans, disabled).parts.includes('oneDrive');
}
