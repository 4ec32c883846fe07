import type { Exemption, Policy } from '../../config/policy.js';
import { isoDay, type Day } from '../day.js';
import type { GroupId, UserId } from '../person.js';

/** Members of every group that the policy names, nested ones included. */
export type GroupMembers = ReadonlyMap<GroupId, ReadonlySet<UserId>>;

interface NamedList {
  readonly groups: readonly GroupId[];
  readonly users: readonly UserId[];
}

/** Which entries of a list of the policy hold somebody. `name` is the list's key below `protect`. */
export function listRules(
  name: 'executives' | 'serviceAccounts' | 'breakGlass',
  list: NamedList,
  userId: UserId,
  members: GroupMembers,
): readonly string[] {
  const users = list.users.includes(userId) ? [`protect.${name}.users`] : [];
  const ofGroups = list.groups.filter((group) => members.get(group)?.has(userId));
  return [...users, ...ofGroups.map((group) => `protect.${name}.groups: ${group}`)];
}

/** Which exemptions hold somebody today. Each tells its reason and its last day, so that an auditor need not ask. */
export function exemptRules(
  { groups, users }: Policy['protect']['exempt'],
  userId: UserId,
  members: GroupMembers,
  today: Day,
): readonly string[] {
  return [
    ...users
      .filter((entry) => entry.id === userId && holds(entry, today))
      .map((entry) => exemptText('protect.exempt.users', entry)),
    ...groups
      .filter((entry) => members.get(entry.id)?.has(userId) && holds(entry, today))
      .map((entry) => exemptText(`protect.exempt.groups: ${entry.id}`, entry)),
  ];
}

/** The groups whose members have to be known before anyone is judged. Those of ended exemptions need not exist. */
export function protectedGroups({ protect }: Pick<Policy, 'protect'>, today: Day): readonly GroupId[] {
  const { executives, serviceAccounts, breakGlass, exempt } = protect;
  const listed = [executives, serviceAccounts, breakGlass].flatMap((list) => list.groups);
  const exempted = exempt.groups.filter((entry) => holds(entry, today)).map(({ id }) => id);
  return [...new Set([...listed, ...exempted])];
}

/** The end date is the last day. Days as `YYYY-MM-DD` sort as texts. */
function holds({ until }: Exemption<unknown>, today: Day): boolean {
  return until === undefined || until >= isoDay(today);
}

function exemptText(entry: string, { reason, until }: Exemption<unknown>): string {
  const end = until === undefined ? '' : `, until ${until}`;
  return `${entry}${reason === undefined ? '' : `, because: ${reason}`}${end}`;
}
