import { z } from 'zod';
import { FURTHER_REPORTS } from '../audit/reports/names.js';
import { count, exemption, groupsAndUsers, guid, listOfPatterns, percent } from './policy-fields.js';

export const inactivity = z.strictObject({
  days: z
    .number()
    .int()
    .min(1)
    .max(180, 'use at most 180, because usage reports reach no further back')
    .default(90)
    .describe('Days without any use after which somebody counts as inactive; at most 180.'),
  newAccountGraceDays: count.default(30).describe('Accounts younger than this are left alone.'),
  newLicenseGraceDays: count.default(30).describe('People who got a license later than this are left alone.'),
  maxReportAgeDays: z
    .number()
    .int()
    .min(1)
    .max(30)
    .default(7)
    .describe('A usage report older than this proves nothing.'),
});

export const scope = z.strictObject({
  skus: z
    .array(z.string())
    .default([])
    .describe('SKU part numbers that are managed; empty: all but trials and free products.'),
  domains: z.array(z.string()).default([]).describe('On-premises domain names; empty: all.'),
  ous: z.array(z.string()).default([]).describe('Distinguished names of organizational units; empty: all.'),
  departments: z
    .array(z.string())
    .default([])
    .describe('Departments as the directory names them; empty: all.'),
  countries: z.array(z.string()).default([]).describe('Countries as the directory names them; empty: all.'),
  people: z
    .string()
    .min(1)
    .optional()
    .describe(
      'CSV file with a column ObjectId or UserPrincipalName: only these people. Beside the policy file.',
    ),
  paths: z
    .array(z.enum(['direct', 'group', 'both']))
    .default([])
    .describe('How licenses are held: direct, through a group only, or both ways; empty: all.'),
  licenseGroups: z
    .array(guid)
    .default([])
    .describe('Only licenses that come through one of these groups; empty: all.'),
  licenseErrors: z
    .enum(['include', 'exclude', 'only'])
    .default('include')
    .describe('Licenses whose assignment has an error.'),
});

export const protect = z.strictObject({
  executives: z
    .strictObject({
      titles: listOfPatterns('a job title').default([
        '^((group|deputy|interim|acting) )?chief\\b',
        '(^|^(group|deputy|interim|acting) |^co-|(&|\\band|,) )(ceo|cfo|coo|cto|cio|ciso)\\b',
        '^(senior |executive vice )?president\\b',
        '\\b(managing director|vorstand|aufsichtsrat|gesch(ä|ae)ftsf(ü|ue)hr|directeur général)',
        '\\b(board member|member of the board|chair(wo)?man|chairperson)\\b',
      ]),
      ...groupsAndUsers,
      top: z.array(guid).default([]).describe('Entra object ids of those to whom everybody reports.'),
      levels: z
        .number()
        .int()
        .min(0)
        .max(5)
        .default(0)
        .describe('People at most so many levels below the top are executives; 0: the top alone.'),
    })
    .prefault({})
    .describe('Only HR sees and decides these people.'),
  serviceAccounts: z
    .strictObject({
      names: listOfPatterns('an account name').default(['^svc[-_.]']),
      ...groupsAndUsers,
      signals: z
        .number()
        .int()
        .min(0)
        .max(6)
        .default(4)
        .describe(
          'An admin looks at accounts with so many of the six signals of a service account; 0: never.',
        ),
    })
    .prefault({})
    .describe('Never touched.'),
  breakGlass: z
    .strictObject({ ...groupsAndUsers })
    .prefault({})
    .describe('Emergency access accounts: never touched.'),
  exempt: z
    .strictObject({
      groups: z.array(exemption).default([]).describe('Groups; nested groups count.'),
      users: z.array(exemption).default([]).describe('People.'),
    })
    .prefault({})
    .describe('Never touched, each until its end date.'),
});

const ROSTER_WORDS = 'Words of the status column; capital letters do not matter.';

export const roster = z.strictObject({
  maxAgeDays: z
    .number()
    .int()
    .min(1)
    .max(90)
    .default(14)
    .describe('Of an imported user source older than this only leave counts.'),
  statuses: z
    .strictObject({
      active: z
        .array(z.string())
        .default(['active', 'employed', 'enabled', 'current', 'aktiv'])
        .describe(ROSTER_WORDS),
      left: z
        .array(z.string())
        .default(['inactive', 'retired', 'terminated', 'left', 'leaver', 'former', 'inaktiv', 'ausgetreten'])
        .describe(ROSTER_WORDS),
      onLeave: z
        .array(z.string())
        .default(['on leave', 'leave', 'leave of absence', 'parental leave', 'sabbatical', 'beurlaubt'])
        .describe(ROSTER_WORDS),
    })
    .prefault({})
    .describe('What the words of a user source mean; other words are unknown.'),
});

export const guards = z.strictObject({
  flaggedPoints: percent
    .default(2)
    .describe(
      'Percentage points by which the share of inactive people, of leavers and of people with an unused license may each grow from one run to the next.',
    ),
  flaggedFactor: z
    .number()
    .min(1)
    .default(1.5)
    .describe('Times by which the number of each may grow from one run to the next.'),
  rowsPercent: percent
    .default(10)
    .describe('Percent by which the rows of a source may fall from one run to the next.'),
});

export const evidence = z.strictObject({
  require: z
    .array(z.enum(['signIn', 'workload']))
    .default(['signIn', 'workload'])
    .describe('Sources that must agree; tenants without Entra ID P1 use [workload].'),
  reports: z
    .array(z.enum(FURTHER_REPORTS))
    .default([...FURTHER_REPORTS])
    .describe(
      'Usage reports that are read beside the active-user report. One that is named and cannot be read makes people unknown.',
    ),
  leaveDates: z
    .boolean()
    .default(false)
    .describe('true: read the leave dates of the directory, which needs User-LifeCycleInfo.Read.All.'),
});
