import type { GroupId } from '../../src/audit/person.js';
import type { CardJson } from '../../src/bot/messenger.js';
import { caseCard } from '../../src/cards/case-card.js';
import type { CaseView } from '../../src/cards/case-view.js';
import type { CaseIn } from '../../src/cases/case.js';
import { aLicense, asked } from './a-case.js';

/** A leaver of whom there is as much to note as there can be. */
export const NOTED: CaseIn<'asked'> = asked({
  scenario: 'leftCompany',
  scenarioNote: { kind: 'left', asOf: '2026-06-30' },
  daysInactive: undefined,
  licenses: [
    aLicense({ failing: true, groupIds: ['g' as GroupId] }),
    aLicense({ name: 'Visio Plan 2', hasMailboxPlan: false, direct: false, groupIds: ['g' as GroupId] }),
  ],
  mailboxUse: { asOf: '2026-11-21', bytes: 90 * 1024 ** 3, hasArchive: true },
  warnings: ['signedInSince', 'fromAd'],
  owned: {
    is: 'known',
    count: 5,
    first: [
      { displayName: 'Harbor crew', isTeam: true },
      { displayName: 'Quay planning', isTeam: false },
      { displayName: 'Lighthouse', isTeam: true },
    ],
  },
});

/** Idle by one source alone, weeks ago. */
const NOT_KNOWN = asked({
  evidence: [
    { source: 'signIn', fact: { kind: 'unknown' } },
    { source: 'exchange', fact: { kind: 'none', since: '2026-04-20' } },
  ],
  evidenceDate: '2026-10-17',
  owned: { is: 'unknown' },
});

export const notedIn = (hostile: string, view: CaseView): Readonly<Record<string, CardJson>> => ({
  noted: caseCard(NOTED, view),
  'noted-admin': caseCard(NOTED, { ...view, reader: 'admin' }),
  'noted-not-known': caseCard(NOT_KNOWN, view),
  'noted-markup': caseCard(
    {
      ...NOTED,
      licenses: [aLicense({ name: hostile, failing: true })],
      owned: { is: 'known', count: 1, first: [{ displayName: hostile, isTeam: true }] },
    },
    view,
  ),
});
