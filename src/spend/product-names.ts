import type { Sku } from '../audit/person.js';
import products from './product-names.json';

interface Product {
  readonly skuId: string;
  readonly partNumber: string;
  readonly name: string;
  /** Costs nothing, so there is nothing to reclaim. */
  readonly free?: boolean;
}

const BY_ID: ReadonlyMap<string, Product> = new Map(
  products.map((product: Product) => [product.skuId, product]),
);
const BY_PART_NUMBER: ReadonlyMap<string, Product> = new Map(
  products.map((product: Product) => [product.partNumber.toLowerCase(), product]),
);
const BY_NAME: ReadonlyMap<string, Product> = new Map(
  products.map((product: Product) => [product.name.toLowerCase(), product]),
);

/** Self-service trials carry it in the part number: POWERAPPS_VIRAL, DYN365_RETAIL_TRIAL, Power_Pages_vTrial_... */
const TRIAL = /(^|[_\s])v?trial([_\s]|$)|viral|_iw$/i;

/** The name a person knows, such as "Microsoft 365 E5"; the part number where the table has none. */
export function productName(sku: Pick<Sku, 'skuId' | 'partNumber'>): string {
  return productOf(sku)?.name ?? sku.partNumber;
}

/** Free and trial products leave all counts unless the policy names them. */
export function isFreeOrTrial(sku: Pick<Sku, 'skuId' | 'partNumber'>): boolean {
  return productOf(sku)?.free === true || TRIAL.test(sku.partNumber);
}

function productOf(sku: Pick<Sku, 'skuId' | 'partNumber'>): Product | undefined {
  return BY_ID.get(sku.skuId) ?? BY_PART_NUMBER.get(sku.partNumber.toLowerCase());
}

/** The product that a part number, SKU id or name means, in any case; undefined: the table has none such. */
export function productMeant(text: string): Pick<Product, 'skuId' | 'partNumber' | 'name'> | undefined {
  const key = text.trim().toLowerCase();
  return BY_ID.get(key) ?? BY_PART_NUMBER.get(key) ?? BY_NAME.get(key);
}
