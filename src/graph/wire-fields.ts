import { z } from 'zod';
import { dayOf } from '../audit/day.js';
import type { Day } from '../audit/day.js';
import type { GroupId, SkuId, UserId } from '../audit/person.js';

/** Ids come in either case and are compared by us, so they are lower-cased where they enter. */
export const userId = z
  .string()
  .min(1)
  .transform((text) => text.toLowerCase() as UserId);
export const groupId = z
  .string()
  .min(1)
  .transform((text) => text.toLowerCase() as GroupId);
export const skuId = z
  .string()
  .min(1)
  .transform((text) => text.toLowerCase() as SkuId);
export const planId = z
  .string()
  .min(1)
  .transform((text) => text.toLowerCase());

/** Graph writes null, leaves out or empties what it does not know; we know only undefined. */
export const optionalText = z
  .string()
  .nullish()
  .transform((text) => (text ? text : undefined));

const YEAR_1 = 1;

/** An instant; undefined when absent or in year 1, by which Graph means never. */
export const optionalInstant = z
  .string()
  .nullish()
  .transform((text, context): Date | undefined => {
    if (!text) return undefined;
    const at = new Date(text);
    if (Number.isNaN(at.getTime())) {
      context.addIssue({ code: 'custom', message: 'not a date' });
      return z.NEVER;
    }
    return at.getUTCFullYear() <= YEAR_1 ? undefined : at;
  });

/** The day of an instant. */
export const optionalDay = optionalInstant.transform((at): Day | undefined => (at ? dayOf(at) : undefined));
