import { z } from 'zod';
import { evidence, guards, inactivity, protect, roster, scope } from './policy-audit.js';
import { count, day, duration, guid, percent } from './policy-fields.js';

const stepName = z.enum(['disableSignIn', 'convertMailbox', 'removeLicenses']);

const SKU_REMEDY = 'use the SKU part number, such as SPE_E5';
const PRICE_REMEDY = 'use sku, amount, currency and frequency';
const CURRENCY_REMEDY = 'use an ISO 4217 currency code such as EUR';

const price = z.strictObject(
  {
    sku: z.string(SKU_REMEDY).min(1, SKU_REMEDY).describe('SKU part number, such as SPE_E5.'),
    amount: z.number().min(0).describe('Price of one seat for one period, in units of the currency.'),
    currency: z
      .string(CURRENCY_REMEDY)
      .regex(/^[A-Z]{3}$/, CURRENCY_REMEDY)
      .describe('ISO 4217 currency code, such as EUR.'),
    frequency: z.enum(['monthly', 'yearly']).describe('The period that the amount pays for.'),
    effective: day.optional().describe('First day on which the price holds; left out: it always has.'),
    ending: day.optional().describe('Last day on which the price holds; left out: it has no end.'),
  },
  { error: (issue) => (issue.code === 'invalid_type' ? PRICE_REMEDY : undefined) },
);

const roles = z.strictObject({
  admins: z.array(guid).default([]).describe('Entra object ids of groups or people who run campaigns.'),
  hr: z
    .array(guid)
    .default([])
    .describe('Entra object ids of groups or people who decide about executives and leave.'),
  finance: z.array(guid).default([]).describe('Entra object ids of groups or people who see the position.'),
});

/** A license, and a cheaper one that is given for it. */
const cheaper = z.strictObject({
  sku: z.string().min(1).describe('SKU part number of the dearer license, such as SPE_E5.'),
  by: z.string().min(1).describe('SKU part number of the cheaper one, such as SPE_F1.'),
  mailboxGB: z
    .int()
    .positive()
    .optional()
    .describe(
      'Gigabytes that a mailbox may hold under the cheaper one. Default: 100 with Exchange Online Plan 2, 50 with Plan 1, 2 with any other.',
    ),
});

const reclaim = z.strictObject({
  licenses: z
    .enum(['managed', 'all'])
    .default('managed')
    .describe(
      'managed: those in scope.skus. all: everything that somebody holds who is gone or idle; of active people only what is unused.',
    ),
  replace: z
    .array(cheaper)
    .default([])
    .describe('Licenses that people who still work here get a cheaper one for when they are reclaimed.'),
  park: z
    .array(cheaper)
    .default([])
    .describe(
      'Licenses for which HR may let a cheaper one stand in while somebody is on leave, with mailbox and OneDrive; everything comes back on the day of the return.',
    ),
  usageLocation: z
    .union(
      [z.enum(['never', 'fromCountry']), z.string().regex(/^[A-Z]{2}$/)],
      'use never, fromCountry, or a country of two capital letters such as DE',
    )
    .default('never')
    .describe(
      'For a receiver without one. fromCountry: by the country in the directory. DE: this one. never: a person sets it.',
    ),
  mailbox: z
    .enum(['convert', 'waive'])
    .default('convert')
    .describe('convert: no mailbox with data ever loses its license. waive: accept its loss after 30 days.'),
  oneDrive: z
    .enum(['manager', 'archive', 'waive'])
    .default('manager')
    .describe(
      'Files live on for 93 days without a license, then they are archived. manager: a person gives the manager access before. archive: nobody gets it. waive: nothing is said.',
    ),
  owned: z
    .enum(['check', 'ignore'])
    .default('check')
    .describe('check: nothing is taken from the only owner of a group or team. ignore: it is not looked at.'),
  steps: z
    .strictObject({
      leftCompany: z
        .array(stepName)
        .default(['disableSignIn', 'convertMailbox', 'removeLicenses'])
        .describe('People who are no longer in the roster.'),
      disabledButLicensed: z
        .array(stepName)
        .default(['convertMailbox', 'removeLicenses'])
        .describe('People whose account is disabled.'),
      neverSignedIn: z
        .array(stepName)
        .default(['convertMailbox', 'removeLicenses'])
        .describe('People who never signed in.'),
      inactive: z
        .array(stepName)
        .default(['convertMailbox', 'removeLicenses'])
        .describe('People who were inactive for inactivity.days.'),
      unusedLicense: z
        .array(stepName)
        .default(['removeLicenses'])
        .describe('Active people who do not use one of their licenses.'),
    })
    .prefault({})
    .describe('What is done after reclaim or reassign, in this order, for each kind of finding.'),
});

const timetable = z.strictObject({
  reminders: z.array(duration).default(['P3D', 'P6D']).describe('When to remind, counted from the question.'),
  deliverWithin: duration.default('P3D').describe('A question not delivered by then goes to the admins.'),
  answerDue: duration
    .default('P7D')
    .describe('A question not answered by then is passed on; nothing is removed.'),
  review: duration.default('P7D').describe('How long admins can veto or release what was decided.'),
  afterDecision: duration.default('P1D').describe('No step before this time after the decision.'),
  disableSignIn: duration.default('P14D').describe('Not before this time after the question.'),
  convertMailbox: duration.default('P15D').describe('Not before this time after the question.'),
  removeLicenses: duration.default('P21D').describe('Not before this time after the question.'),
  hold: duration.default('P30D').describe('How long everything can be undone after the last step.'),
  delete: z
    .union([z.literal('never'), duration], 'use never, or an ISO 8601 duration such as P60D')
    .default('never')
    .describe('When to delete the account; at least P30D.'),
});

const routing = z.strictObject({
  departments: z
    .record(z.string(), guid)
    .default({})
    .describe('Entra object id of whoever answers for a department when no manager can, by its name.'),
});

const tell = z.strictObject({
  person: z
    .union([z.literal('never'), duration], 'use never, or an ISO 8601 duration such as P2D')
    .default('never')
    .describe(
      'P2D: so long before the first step the person is told in Teams what happens, and can object. Only people who still work here; never: nobody is told.',
    ),
  undelivered: z
    .enum(['wait', 'goOn'])
    .default('wait')
    .describe('Where the person could not be told. wait: until an admin waives it. goOn: steps go on.'),
  admins: z
    .enum(['daily', 'never'])
    .default('daily')
    .describe(
      'daily: admins hear in Teams what waits for them, at most once a working day, where something is new or has waited for timetable.answerDue. never: they look for themselves.',
    ),
});

const approvals = z.strictObject({
  firstRun: z
    .enum(['required', 'none'])
    .default('required')
    .describe('required: nobody is asked before an admin has approved the first run.'),
  bulkOver: count.default(25).describe('More cases than this at once need a second person.'),
  second: z
    .enum(['required', 'whenAvailable'])
    .default('required')
    .describe('whenAvailable: for tenants with one admin, or one person of HR.'),
});

const limits = z.strictObject({
  casesPerRun: z
    .strictObject({
      count: count.default(200).describe('People at most.'),
      percent: percent.default(5).describe('Of the licensed people in scope, rounded up.'),
    })
    .prefault({})
    .describe('Cases that one audit may open; the rest waits.'),
  stepsPerDay: z
    .strictObject({
      count: count.default(100).describe('Steps at most.'),
      percent: percent.default(2).describe('Of the licensed people in scope, rounded up.'),
    })
    .prefault({})
    .describe('Steps that may be taken on one day (UTC); undo is exempt.'),
  perDepartment: z
    .strictObject({
      count: count.optional().describe('People at most; left out: as many as the share allows.'),
      percent: percent.default(20).describe('Of the licensed people of the department, rounded up.'),
    })
    .prefault({})
    .describe('Cases that one audit may open in one department.'),
});

/** The policy file as it is written. Every key has a default; a key that is not here is an error. */
export const WrittenPolicy = z.strictObject({
  $schema: z.string().optional().describe('Where editors find this schema.'),
  mode: z
    .enum(['observe', 'act'])
    .default('observe')
    .describe('observe: reads and reports, changes nothing and messages nobody. act: asks and reclaims.'),
  inactivity: inactivity.prefault({}).describe('When somebody counts as inactive.'),
  audit: z
    .strictObject({
      schedule: z.string().default('0 6 * * 1').describe('Cron expression of five fields.'),
      timeZone: z.string().default('Etc/UTC').describe('IANA time zone, such as Europe/Berlin.'),
    })
    .prefault({})
    .describe('When the tenant is audited.'),
  timeZones: z
    .record(z.string().regex(/^[A-Z]{2}$/, 'use a country of two letters such as US'), z.string())
    .default({})
    .describe(
      'IANA time zones of people by the usage location of their account, such as US: America/Chicago. Where Teams has told the zone of somebody, that one counts; everybody else has audit.timeZone.',
    ),
  scope: scope.prefault({}).describe('Who and what is looked at; the rest leaves all counts.'),
  protect: protect.prefault({}).describe('Who is not handled by the normal path.'),
  roster: roster.prefault({}).describe('HR and other user sources, see import-roster.'),
  guards: guards.prefault({}).describe('Jumps against the last run that stop an audit.'),
  roles: roles.prefault({}).describe('Who may do what.'),
  reclaim: reclaim.prefault({}).describe('What is taken back, and how.'),
  timetable: timetable.prefault({}).describe('ISO 8601 durations such as P7D.'),
  routing: routing.prefault({}).describe('Whom to ask when no manager can be asked.'),
  tell: tell
    .prefault({})
    .describe('Whether people are told before something is taken from them, and admins what waits for them.'),
  approvals: approvals.prefault({}).describe('What nobody may start alone.'),
  limits: limits.prefault({}).describe('How fast it goes.'),
  prices: z.array(price).default([]).describe('What a seat costs; SKUs without a price have no cost.'),
  reports: z
    .strictObject({
      revealNames: z
        .boolean()
        .default(false)
        .describe('true: show concealed names in reports for the minutes of the audit.'),
    })
    .prefault({})
    .describe('The tenant’s usage reports.'),
  evidence: evidence.prefault({}).describe('What proves that somebody is inactive.'),
  privacy: z
    .strictObject({
      evidence: z.enum(['dates']).default('dates').describe('What managers see: dates.'),
      retainDays: z.number().int().min(1).default(180).describe('Days after which names are erased.'),
      pseudonyms: z.literal(false).default(false).describe('Names are shown; nothing else is possible yet.'),
    })
    .prefault({})
    .describe('What is shown and kept about people.'),
});
export type WrittenPolicy = z.infer<typeof WrittenPolicy>;

/** JSON Schema of the policy file, for editors. */
export function policyJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    ...z.toJSONSchema(WrittenPolicy, { io: 'input', unrepresentable: 'any' }),
    title: 'License Steward policy',
  };
}
