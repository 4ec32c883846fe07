import { z } from 'zod';
import { parseDuration } from './durations.js';

const guid = z
  .string()
  .regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, 'is not an Entra object id (a GUID)')
  .transform((text) => text.toLowerCase());
const day = z.iso.date('is not a date (YYYY-MM-DD)');
const count = z.number().int().min(0);
const percent = z.number().min(0).max(100);

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'is not an ISO 8601 duration such as P7D or PT30S');

const pattern = z.string().refine(isPattern, 'is not a regular expression');

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'iu') instanceof RegExp;
  } catch {
    return false;
  }
}

const groupsAndUsers = {
  groups: z.array(guid).default([]).describe('Entra object ids of groups; nested groups count.'),
  users: z.array(guid).default([]).describe('Entra object ids of people.'),
};

const stepName = z.enum(['disableSignIn', 'convertMailbox', 'removeLicenses']);

const price = z.strictObject({
  sku: z.string().min(1).describe('SKU part number, such as SPE_E5.'),
  amount: z.number().min(0).describe('Price of one seat for one period, in units of the currency.'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'is not an ISO 4217 currency code'),
  frequency: z.enum(['monthly', 'yearly']),
  effective: day.optional(),
  ending: day.optional(),
});

/** The policy file as it is written. Every key has a default; a key that is not here is an error. */
export const WrittenPolicy = z.strictObject({
  $schema: z.string().optional(),
  mode: z
    .enum(['observe', 'act'])
    .default('observe')
    .describe('observe changes nothing and messages nobody.'),
  inactivity: z
    .strictObject({
      days: z.number().int().min(1).max(180).default(90),
      newAccountGraceDays: count.default(30),
      newLicenseGraceDays: count.default(30),
      maxReportAgeDays: z.number().int().min(1).max(30).default(7),
    })
    .prefault({}),
  audit: z
    .strictObject({
      schedule: z.string().default('0 6 * * 1').describe('Cron expression of five fields.'),
      timeZone: z.string().default('Etc/UTC').describe('IANA time zone.'),
    })
    .prefault({}),
  scope: z
    .strictObject({
      skus: z.array(z.string()).default([]),
      domains: z.array(z.string()).default([]),
      ous: z.array(z.string()).default([]),
      departments: z.array(z.string()).default([]),
      countries: z.array(z.string()).default([]),
    })
    .prefault({}),
  protect: z
    .strictObject({
      executives: z
        .strictObject({
          titles: z
            .array(pattern)
            .default([
              '^chief\\b',
              '^(ceo|cfo|coo|cto|cio|ciso)\\b',
              '^(senior )?president\\b',
              '\\b(managing director|vorstand|geschäftsführ)',
            ]),
          ...groupsAndUsers,
        })
        .prefault({}),
      serviceAccounts: z
        .strictObject({ names: z.array(pattern).default(['^svc[-_.]']), ...groupsAndUsers })
        .prefault({}),
      breakGlass: z.strictObject({ ...groupsAndUsers }).prefault({}),
      exempt: z.strictObject({ ...groupsAndUsers }).prefault({}),
    })
    .prefault({}),
  roles: z
    .strictObject({
      admins: z.array(guid).default([]),
      hr: z.array(guid).default([]),
      finance: z.array(guid).default([]),
    })
    .prefault({}),
  reclaim: z
    .strictObject({
      licenses: z.enum(['managed', 'all']).default('managed'),
      mailbox: z.enum(['convert', 'waive']).default('convert'),
      steps: z
        .strictObject({
          leftCompany: z.array(stepName).default(['disableSignIn', 'convertMailbox', 'removeLicenses']),
          disabledButLicensed: z.array(stepName).default(['convertMailbox', 'removeLicenses']),
          neverSignedIn: z.array(stepName).default(['convertMailbox', 'removeLicenses']),
          inactive: z.array(stepName).default(['convertMailbox', 'removeLicenses']),
          unusedLicense: z.array(stepName).default(['removeLicenses']),
        })
        .prefault({}),
    })
    .prefault({}),
  timetable: z
    .strictObject({
      reminders: z.array(duration).default(['P3D', 'P6D']),
      deliverWithin: duration.default('P3D'),
      answerDue: duration.default('P7D'),
      review: duration.default('P7D'),
      afterDecision: duration.default('P1D'),
      disableSignIn: duration.default('P14D'),
      convertMailbox: duration.default('P15D'),
      removeLicenses: duration.default('P21D'),
      hold: duration.default('P30D'),
      delete: z.union([z.literal('never'), duration]).default('never'),
    })
    .prefault({}),
  approvals: z
    .strictObject({
      firstRun: z.enum(['required', 'none']).default('required'),
      bulkOver: count.default(25),
      second: z.enum(['required', 'whenAvailable']).default('required'),
    })
    .prefault({}),
  limits: z
    .strictObject({
      casesPerRun: z.strictObject({ count: count.default(200), percent: percent.default(5) }).prefault({}),
      stepsPerDay: z.strictObject({ count: count.default(100), percent: percent.default(2) }).prefault({}),
      perDepartment: z.strictObject({ percent: percent.default(20) }).prefault({}),
    })
    .prefault({}),
  prices: z.array(price).default([]),
  reports: z.strictObject({ revealNames: z.boolean().default(false) }).prefault({}),
  evidence: z
    .strictObject({ require: z.array(z.enum(['signIn', 'workload'])).default(['signIn', 'workload']) })
    .prefault({}),
  privacy: z
    .strictObject({
      evidence: z.enum(['dates']).default('dates'),
      retainDays: z.number().int().min(1).default(180),
      pseudonyms: z.literal(false).default(false),
    })
    .prefault({}),
});
export type WrittenPolicy = z.infer<typeof WrittenPolicy>;

/** JSON Schema of the policy file, for editors. */
export function policyJsonSchema(): unknown {
  return {
    ...z.toJSONSchema(WrittenPolicy, { io: 'input', unrepresentable: 'any' }),
    title: 'License Steward policy',
  };
}
