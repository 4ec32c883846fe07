import { z } from 'zod';
import { DURATION, parseDuration } from './durations.js';

/** Longer times lead to dates that no calendar has, and are slips of the finger. */
const LONGEST_MS = 3_650 * 86_400_000;

export const guid = z
  .string()
  .regex(
    /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
    'use an Entra object id, a GUID such as 1b2c3d4e-0000-4000-8000-000000000001',
  )
  .transform((text) => text.toLowerCase());
export const day = z.iso.date('use a date such as 2026-12-31');
export const count = z.number().int().min(0);
export const percent = z.number().min(0).max(100);

const DURATION_REMEDY = 'use an ISO 8601 duration of weeks, days, hours, minutes or seconds, such as P7D';

export const duration = z
  .string(DURATION_REMEDY)
  .regex(DURATION, DURATION_REMEDY)
  .refine((text) => (parseDuration(text) ?? 0) <= LONGEST_MS, 'use at most P3650D, which is ten years');

export const pattern = z
  .string()
  .refine(isPattern, 'use a regular expression as JavaScript knows it')
  .meta({ format: 'regex' });

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'iu') instanceof RegExp;
  } catch {
    return false;
  }
}

export const groupsAndUsers = {
  groups: z.array(guid).default([]).describe('Entra object ids of groups; nested groups count.'),
  users: z.array(guid).default([]).describe('Entra object ids of people.'),
};

export const exemption = z.union(
  [
    guid,
    z.strictObject({
      id: guid,
      reason: z.string().min(1).optional().describe('Why, in words for an auditor; admins see it.'),
      until: day.optional().describe('Last day on which it holds; left out: it has no end.'),
    }),
  ],
  'use an Entra object id, or { id, reason, until }',
);

export const listOfPatterns = (what: string) =>
  z.array(pattern).describe(`Regular expressions that ${what} may match; capital letters do not matter.`);
