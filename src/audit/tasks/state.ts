import type { Sku } from '../person.js';
import type { Need, Task, TaskId, TaskPolicy } from './task.js';
import { fixFor, permissionsOf, TASKS } from './tasks.js';

export type TaskState = { readonly task: Task; readonly need: Need } & (
  | { readonly is: 'on' }
  /** The policy leaves it out. */
  | { readonly is: 'off'; readonly why: string }
  | { readonly is: 'missing'; readonly permissions: readonly string[]; readonly fix: string }
  /** No permission would help. */
  | { readonly is: 'impossible'; readonly why: string }
  | { readonly is: 'unchecked'; readonly why: string }
);

/** What trying a read has shown. */
export type Probe =
  | { readonly is: 'works' }
  | { readonly is: 'refused' }
  | { readonly is: 'noPremium' }
  | { readonly is: 'unclear'; readonly why: string };

export interface TaskFacts {
  /** What the token says that was granted; undefined: it does not tell. */
  readonly granted: ReadonlySet<string> | undefined;
  /** The same of the identity that changes accounts, where it is another one. */
  readonly grantedToWriter?: ReadonlySet<string> | 'unreadable' | undefined;
  /** The same of the token for Exchange Online; undefined: there is no door to it. */
  readonly exchange?: { readonly granted: ReadonlySet<string> | undefined } | undefined;
  /** true: the app's id in the catalog of Teams is known. */
  readonly hasTeamsApp?: boolean;
  readonly probes: ReadonlyMap<TaskId, Probe>;
  /** undefined: not known. */
  readonly hasEntraP1: boolean | undefined;
  readonly skus: readonly Sku[] | undefined;
}

/** Permissions that contain a smaller one. */
const BROADER: Readonly<Record<string, readonly string[]>> = {
  'User.Read.All': ['User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'GroupMember.Read.All': [
    'GroupMember.ReadWrite.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'LicenseAssignment.Read.All': [
    'LicenseAssignment.ReadWrite.All',
    'Organization.Read.All',
    'Organization.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'LicenseAssignment.ReadWrite.All': ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  'GroupMember.ReadWrite.All': ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  'User.EnableDisableAccount.All': ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  'User.RevokeSessions.All': ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  'User.DeleteRestore.All': ['User.ReadWrite.All'],
  'User.ReadWrite.All': ['Directory.ReadWrite.All'],
  'Organization.Read.All': ['Organization.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  'ReportSettings.Read.All': ['ReportSettings.ReadWrite.All'],
  'RoleManagement.Read.Directory': [
    'RoleManagement.ReadWrite.Directory',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'RoleEligibilitySchedule.Read.Directory': [
    'RoleEligibilitySchedule.ReadWrite.Directory',
    'RoleManagement.Read.Directory',
    'RoleManagement.ReadWrite.Directory',
  ],
  'MailboxSettings.Read': ['MailboxSettings.ReadWrite'],
  'User-LifeCycleInfo.Read.All': ['User-LifeCycleInfo.ReadWrite.All'],
};

/** Entra ID P2, by plan since many SKUs contain it. */
const ENTRA_P2 = 'eec0eb4f-6444-4f95-aba0-50c24d67f998';
const MAILBOX_PLAN = /^EXCHANGE_[SLB]_(?!FOUNDATION|ARCHIVE)/i;
const USABLE: ReadonlySet<string> = new Set(['enabled', 'warning']);

/** Every task with what stands in its way, as far as it is known; pure. */
export function taskStates(facts: TaskFacts, policy: TaskPolicy): readonly TaskState[] {
  return TASKS.map((task) => stateOf(task, facts, policy));
}

function stateOf(task: Task, facts: TaskFacts, policy: TaskPolicy): TaskState {
  const need = task.need(policy);
  if (need === 'off') return { task, need, is: 'off', why: 'The policy leaves it out.' };
  if (task.setting !== undefined && !isSet(task.setting, facts))
    return { task, need: 'off', is: 'off', why: `${task.setting} is not set. ${task.without}` };
  const impossible = impossibility(task, facts);
  if (impossible !== undefined) return { task, need, is: 'impossible', why: impossible };
  const granted = grantedFor(task, facts);
  if (granted !== undefined) {
    const permissions = permissionsOf(task).filter((permission) => !isGranted(granted, permission));
    return permissions.length === 0
      ? { task, need, is: 'on' }
      : { task, need, is: 'missing', permissions, fix: fixFor(permissions) };
  }
  return probed(task, need, facts);
}

function isSet(setting: NonNullable<Task['setting']>, facts: TaskFacts): boolean {
  return setting === 'EXCHANGE_BASE_URL' ? facts.exchange !== undefined : facts.hasTeamsApp === true;
}

/** Changes of no account: whoever reads makes them, also where another identity changes accounts. */
const READERS_OWN: ReadonlySet<TaskId> = new Set<TaskId>(['revealNames', 'installApp']);

function grantedFor({ id, does, inExchange }: Task, facts: TaskFacts): ReadonlySet<string> | undefined {
  if (inExchange) return facts.exchange?.granted;
  const isWriters = does === 'changes' && !READERS_OWN.has(id);
  if (!isWriters || facts.grantedToWriter === undefined) return facts.granted;
  return facts.grantedToWriter === 'unreadable' ? undefined : facts.grantedToWriter;
}

function isGranted(granted: ReadonlySet<string>, permission: string): boolean {
  return granted.has(permission) || (BROADER[permission] ?? []).some((broader) => granted.has(broader));
}

/** No permission can give what the tenant has not bought. */
function impossibility({ id }: Task, { skus, hasEntraP1 }: TaskFacts): string | undefined {
  const buys = (
    has: (plan: { readonly id: string; readonly name: string }) => boolean,
  ): boolean | undefined =>
    skus?.some((sku) => USABLE.has(sku.capabilityStatus.toLowerCase()) && sku.plans.some(has));
  if (id === 'signIns' && hasEntraP1 === false)
    return 'The tenant has no Entra ID P1 or P2, so it has no sign-in dates. Set evidence.require to [workload].';
  if (id === 'signInLog' && hasEntraP1 === false)
    return 'The tenant has no Entra ID P1 or P2, so Graph does not give out its sign-in log; the Microsoft Entra admin center shows the last 7 days.';
  if (id === 'eligibleRoles' && buys((plan) => plan.id.toLowerCase() === ENTRA_P2) === false)
    return 'The tenant has no Entra ID P2, so nobody has a role to activate.';
  if (id === 'mailboxes' && buys((plan) => MAILBOX_PLAN.test(plan.name)) === false)
    return 'No license of the tenant contains Exchange, so there are no mailboxes.';
  return undefined;
}

function probed(task: Task, need: Need, { probes }: TaskFacts): TaskState {
  if (task.does === 'changes') {
    const why = 'Changes are never tried; the token does not tell whether they are allowed.';
    return { task, need, is: 'unchecked', why };
  }
  const probe = probes.get(task.id) ?? { is: 'unclear', why: 'It was not tried.' };
  switch (probe.is) {
    case 'works':
      return { task, need, is: 'on' };
    case 'noPremium':
      return { task, need, is: 'impossible', why: 'The tenant has no Entra ID P1 or P2.' };
    case 'unclear':
      return { task, need, is: 'unchecked', why: probe.why };
    case 'refused': {
      const permissions = suspects(task, probes);
      return { task, need, is: 'missing', permissions, fix: fixFor(permissions) };
    }
    default:
      return probe satisfies never;
  }
}

/** Of several permissions, those that no other read has shown to be there. */
function suspects(task: Task, probes: ReadonlyMap<TaskId, Probe>): readonly string[] {
  const proven = new Set(
    TASKS.filter(({ id }) => probes.get(id)?.is === 'works').flatMap((other) => permissionsOf(other)),
  );
  const all = permissionsOf(task);
  const left = all.filter((permission) => !proven.has(permission));
  return left.length === 0 ? all : left;
}
