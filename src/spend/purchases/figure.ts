/** `twoMeanings`: one mark before three digits, which is a thousand to some and a fraction to others. */
export type Figure =
  | { readonly kind: 'figure'; readonly value: number }
  | { readonly kind: 'twoMeanings' }
  | { readonly kind: 'none' };

/** Between thousands, and never before decimals: blanks, also narrow ones, and apostrophes. */
const GROUPED = /^\d{1,3}(?:([ \u00a0\u202f'’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?$/;
const PLAIN = /^\d+(?:[.,]\d+)?$/;
const BOTH_MARKS = /^\d{1,3}(?:(?:,\d{3})+\.\d+|(?:\.\d{3})+,\d+)$/;
const ONE_MARK_OFTEN = /^\d{1,3}(?:(?:,\d{3}){2,}|(?:\.\d{3}){2,})$/;
const TWO_MEANINGS = /^[1-9]\d{0,2}[.,]\d{3}$/;

/**
 * Reads a number as a spreadsheet of any language writes it, where it can be meant in one way only: 1234.5, 1234,5,
 * 1,234.50, 1.234,50, 1'234.50, 1 234,50, 1.234.567.
 */
export function readFigure(text: string): Figure {
  const [, sign = '', digits = ''] = /^([-\u2212]?)(.*)$/s.exec(text.trim()) ?? [];
  if (TWO_MEANINGS.test(digits)) return { kind: 'twoMeanings' };
  const decimal = decimalOf(digits);
  if (decimal === undefined) return { kind: 'none' };
  const value = Number(decimal);
  return { kind: 'figure', value: sign === '' || value === 0 ? value : -value };
}

function decimalOf(digits: string): string | undefined {
  if (PLAIN.test(digits)) return digits.replace(',', '.');
  if (GROUPED.test(digits)) return digits.replace(/[ \u00a0\u202f'’]/g, '').replace(',', '.');
  if (ONE_MARK_OFTEN.test(digits)) return digits.replace(/[.,]/g, '');
  if (!BOTH_MARKS.test(digits)) return undefined;
  const [whole = '', fraction = ''] = digits.split(digits.lastIndexOf('.') > digits.indexOf(',') ? '.' : ',');
  return `${whole.replace(/[.,]/g, '')}.${fraction}`;
}
