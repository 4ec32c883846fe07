import type { GraphDoor, Tenant } from '../../graph/graph-door.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import type { Operation } from '../../graph/permissions.js';
import type { Log } from '../../telemetry/log.js';
import type { GroupId, Sku, UserId } from '../person.js';
import { FURTHER_REPORTS } from '../reports/names.js';
import { taskStates, type Probe, type TaskState } from './state.js';
import type { TaskId, TaskPolicy } from './task.js';
import { permissionsOf, taskFor } from './tasks.js';

export interface TaskDoors {
  readonly graph: GraphDoor;
  readonly clock: { now(): Date };
  /** The identity that changes accounts, where it is another one than that of `graph`. */
  readonly writer?: Permitted | undefined;
  /** undefined: there is no door to Exchange. */
  readonly exchange?: Permitted | undefined;
  /** The app's id in the catalog of Teams; undefined: it is not said. */
  readonly teamsAppId?: string | undefined;
}

type Permitted = Pick<GraphDoor, 'grantedPermissions'>;

export interface TaskCheck {
  readonly states: readonly TaskState[];
  /** undefined where they could not be read. */
  readonly skus: readonly Sku[] | undefined;
}

const NO_ID = '00000000-0000-0000-0000-000000000000';
/** There is no such group; whoever may read groups is told so. */
const NO_GROUP = NO_ID as GroupId;
/** There is no such person; whoever may read the sign-in log gets an empty one. */
const NOBODY = NO_ID as UserId;

/**
 * What the integration can do in this tenant under this policy. By what the token says that was granted; where it does
 * not tell, each kind of read is tried once, with its cheapest request. Nothing is ever changed.
 * @throws GraphFailure when our token is not accepted at all
 */
export async function checkTasks(doors: TaskDoors, policy: TaskPolicy): Promise<readonly TaskState[]> {
  return (await checkTenant(doors, policy)).states;
}

/** The same, with the SKUs that were read on the way. */
export async function checkTenant(doors: TaskDoors, policy: TaskPolicy): Promise<TaskCheck> {
  const { graph, writer, exchange, teamsAppId } = doors;
  const granted = await graph.grantedPermissions();
  const writes = writer === undefined ? undefined : await writer.grantedPermissions();
  const probes = new Map<TaskId, Probe>();
  const tenant = await tried(probes, ['organization'], () => graph.tenant());
  const skus = await tried(probes, ['skus'], () => graph.skus());
  if (granted === undefined) await tryReads(doors, policy, probes, tenant);
  const facts = {
    granted,
    grantedToWriter: writer === undefined ? undefined : (writes ?? ('unreadable' as const)),
    exchange: exchange && { granted: await exchange.grantedPermissions() },
    hasTeamsApp: teamsAppId !== undefined,
    probes,
    hasEntraP1: tenant?.hasEntraP1,
    skus,
  };
  return { states: taskStates(facts, policy), skus };
}

async function tryReads(
  { graph, clock }: TaskDoors,
  policy: TaskPolicy,
  probes: Map<TaskId, Probe>,
  tenant: Tenant | undefined,
): Promise<void> {
  const sameRight: readonly TaskId[] = ['people', 'managers', 'roster', 'sponsors'];
  const somebody = await tried(probes, sameRight, () => firstOf(graph.licensedPeople()));
  if (tenant?.hasEntraP1 !== false) {
    await tried(probes, ['signIns'], () => graph.anySignInSince(clock.now()));
    await tried(probes, ['signInLog'], () => graph.signInLogOf(NOBODY, clock.now(), 1));
  }
  if (policy.evidence.leaveDates) {
    await tried(probes, ['leaveDates'], () => firstOf(graph.licensedPeople({ leaveDates: true })));
  }
  // All reports have one permission in common, so the quota of one is enough.
  const reports = (['activeUsers', ...FURTHER_REPORTS] as const).map((name) => `report:${name}` as const);
  await tried(probes, reports, () => firstOf(graph.report('activeUsers')));
  await tried(probes, ['reportSettings'], () => graph.namesConcealed());
  await tried(probes, ['groups'], () => graph.membersOf(NO_GROUP));
  await tryRoles(graph, probes);
  const [person] = somebody ?? [];
  if (person === undefined) {
    probes.set('mailboxes', { is: 'unclear', why: 'There is nobody to try it with.' });
  } else await tried(probes, ['mailboxes'], () => graph.mailboxPurposesOf([person.id]));
}

async function tryRoles(graph: GraphDoor, probes: Map<TaskId, Probe>): Promise<void> {
  const holders = await tried(probes, ['roles'], () => graph.roleHolders());
  if (holders === undefined) {
    probes.set('eligibleRoles', { is: 'unclear', why: 'Roles could not be read.' });
  } else {
    // Whether the tenant has Entra ID P2 is looked at beside; what is left is the permission.
    probes.set('eligibleRoles', { is: 'unknown' in holders.eligible ? 'refused' : 'works' });
  }
}

/** The first page or piece; ends the rest. */
async function firstOf<T>(source: AsyncIterable<T>): Promise<T | undefined> {
  for await (const first of source) return first;
  return undefined;
}

/** Notes for tasks what one read has shown; undefined when it failed. */
async function tried<T>(
  probes: Map<TaskId, Probe>,
  ids: readonly TaskId[],
  read: () => Promise<T>,
): Promise<T | undefined> {
  const note = (probe: Probe): void => {
    for (const id of ids) probes.set(id, probe);
  };
  try {
    const answer = await read();
    note({ is: 'works' });
    return answer;
  } catch (error) {
    if (!(error instanceof GraphFailure) || error.kind === 'unauthorized') throw error;
    note(probeOf(error, ids));
    return undefined;
  }
}

function probeOf(failure: GraphFailure, ids: readonly TaskId[]): Probe {
  switch (failure.kind) {
    case 'notFound':
      return { is: 'works' };
    case 'noPremium':
      return { is: 'noPremium' };
    case 'forbidden': {
      // A read may consist of several; refused is the task whose part it was.
      const refused = taskFor(failure.details.operation as Operation);
      return ids.includes(refused.id) ? { is: 'refused' } : { is: 'unclear', why: failure.message };
    }
    default:
      return { is: 'unclear', why: failure.message };
  }
}

/** At the start of a service: one warning per task that the policy requires and that is not possible. */
export function warnOfMissing(log: Log, states: readonly TaskState[]): void {
  for (const state of states) {
    if (state.need !== 'required' || (state.is !== 'missing' && state.is !== 'impossible')) continue;
    log.warn('A task that the policy requires cannot be done.', {
      task: state.task.id,
      state: state.is,
      permissions: (state.is === 'missing' ? state.permissions : permissionsOf(state.task)).join(' '),
      why: state.is === 'missing' ? state.task.without : state.why,
    });
  }
}
