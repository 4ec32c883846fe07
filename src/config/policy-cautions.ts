import { DAY_MS } from './durations.js';
import type { Policy } from './policy.js';

type Read = Pick<Policy, 'roles' | 'protect' | 'approvals'> & {
  readonly reclaim: Pick<Policy['reclaim'], 'park'>;
};

/**
 * What a policy may say, and whoever runs the service should know of it; sentences, or nothing. By the policy alone: whether
 * HR has a case nobody may learn from it (safety rule 3).
 */
export function policyCautions({ roles, protect, reclaim }: Read): readonly string[] {
  if (roles.hr.length > 0) return [];
  const { titles, groups, users, top } = protect.executives;
  const named = titles.length + groups.length + users.length + top.length;
  const who = named > 0 ? 'executives and people on leave' : 'people on leave';
  return [
    `roles.hr names nobody, and ${who} are left to HR: nobody can see or decide a case about them, ` +
      'not even one that an earlier policy may have begun. Name at least one Entra group or user id.',
    ...(reclaim.park.length === 0
      ? []
      : ['reclaim.park has no effect: HR alone parks licenses, and roles.hr names nobody.']),
  ];
}

/** The same of what an undo cannot bring back, and of files. */
export function lossCautions({
  timetable,
  reclaim,
}: Pick<Policy, 'timetable' | 'reclaim'>): readonly string[] {
  const isLong = timetable.hold > KEPT_MS;
  const deletes = timetable.delete !== 'never';
  return [
    ...(isLong && deletes
      ? [
          'timetable.hold is longer than 30 days, and a deleted account can be restored for 30: after a deletion the undo ' +
            'window ends before that.',
        ]
      : []),
    ...(isLong && reclaim.mailbox === 'waive'
      ? [
          'timetable.hold is longer than 30 days, and reclaim.mailbox is waive: an undo after 30 days brings licenses back ' +
            'without the mail.',
        ]
      : []),
    ...(deletes && reclaim.oneDrive === 'archive'
      ? [
          'reclaim.oneDrive is archive, and files are deleted 30 days after their account: each deletion waits until ' +
            'somebody waives OneDrive in its case. Use waive if nobody needs the files.',
        ]
      : []),
  ];
}

/** What Microsoft keeps of deleted accounts, and of mailboxes without a license. */
const KEPT_MS = 30 * DAY_MS;

/**
 * The same, of what `roles.hr` names in the tenant.
 * @param reviewers enabled members of it who can look at a case
 */
export function reviewerCautions(
  reviewers: number,
  { roles, approvals }: Pick<Policy, 'roles' | 'approvals'>,
): readonly string[] {
  if (roles.hr.length === 0) return [];
  if (reviewers === 0)
    return [
      'roles.hr names no enabled member of this tenant, so nobody can see or decide what is left to HR: ' +
        'correct its ids, or add somebody to its groups.',
    ];
  if (reviewers > 1 || approvals.second !== 'required') return [];
  return [
    'roles.hr names one person, and approvals.second is required: nothing that they propose can be agreed to, ' +
      'and nobody can look at a case about themself. Name a second one.',
  ];
}
