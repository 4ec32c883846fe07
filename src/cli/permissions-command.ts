import { checkTenant } from '../audit/tasks/run-tasks.js';
import { managedSkus } from '../audit/scope/scope.js';
import { skuProofs, type SkuProof } from '../audit/tasks/skus.js';
import type { TaskState } from '../audit/tasks/state.js';
import { PEOPLE_ROLES, permissionsOf } from '../audit/tasks/tasks.js';
import type { Part } from '../audit/licenses/parts.js';
import { readCautions } from '../cases/hr/run-cautions.js';
import type { CommandLine } from './command-line.js';
import { EXIT, type ExitCode } from './exit.js';
import { openCommandWorld } from './setup.js';
import { clean, note, say, table } from './terminal.js';

const PART_NAMES: Readonly<Record<Part, string>> = {
  exchange: 'Exchange',
  oneDrive: 'OneDrive',
  sharePoint: 'SharePoint',
  teams: 'Teams',
  yammer: 'Viva Engage',
  skype: 'Skype',
  apps: 'Apps',
  visio: 'Visio',
  project: 'Project',
};
const PROOFS: Readonly<Record<SkuProof['is'], string>> = {
  on: 'can be proven',
  off: 'source is off',
  impossible: 'cannot be proven',
};
const NEEDS: Readonly<Record<TaskState['need'], string>> = { required: 'yes', wanted: '', off: '' };

/**
 * What the app may do in the tenant and what it may not, per task and per managed SKU, with what to do about it, and what
 * the policy leaves to nobody.
 * Exit code 1 when a task that the policy requires cannot be done.
 */
export async function permissionsCommand(line: CommandLine): Promise<ExitCode> {
  const world = await openCommandWorld(line.env);
  try {
    const { graph, clock, policy, teamsAppId } = world.doors;
    const { exchange, writer } = world;
    const { states, skus } = await checkTenant({ graph, clock, exchange, writer, teamsAppId }, policy);
    const managed = [...managedSkus(skus ?? [], policy.scope.skus).managed.values()];
    const proofs = skuProofs(managed, states);
    const cautions = await readCautions(world.doors);
    world.announce();
    if (line.json) say(permissionsJson(states, proofs, cautions));
    else say(permissionsText(states, proofs, cautions));
    if (skus === undefined) note('The licenses bought could not be read, so there is no table of them.');
    return states.some(isInTheWay) ? EXIT.failed : EXIT.done;
  } finally {
    await world.close();
  }
}

function isInTheWay({ need, is }: TaskState): boolean {
  return need === 'required' && (is === 'missing' || is === 'impossible');
}

/** Two tables, then what to do, what the policy leaves open, and who may do it. */
export function permissionsText(
  states: readonly TaskState[],
  proofs: readonly SkuProof[],
  cautions: readonly string[],
): string {
  const rows = states.map((state) => [
    state.task.name,
    state.is,
    NEEDS[state.need],
    permissionsOf(state.task).join(', '),
  ]);
  return [
    table([['TASK', 'STATE', 'REQUIRED', 'APPLICATION PERMISSIONS'], ...rows]),
    ...(proofs.length === 0 ? [] : ['', skuTable(proofs)]),
    ...notesOf(states),
    ...(cautions.length === 0 ? [] : ['', 'What the policy leaves to nobody:']),
    ...cautions.map((caution) => `  ${clean(caution)}`),
    '',
    'Roles that people need; the app needs one only to convert mailboxes:',
    ...PEOPLE_ROLES.map(({ role, to }) => `  ${role}: to ${to}`),
  ].join('\n');
}

function skuTable(proofs: readonly SkuProof[]): string {
  const rows = proofs.map(({ name, is, parts, undated }) => [
    clean(name),
    PROOFS[is],
    parts.map((each) => `${PART_NAMES[each.part]}${each.is === 'on' ? '' : ` (${each.is})`}`).join(', '),
    firstOf(undated),
  ]);
  return table([['LICENSE', 'THAT IT IS UNUSED', 'BY USE OF', 'NO SOURCE DATES'], ...rows]);
}

/** A suite has dozens of plans that leave no trace; all of them are in the output for programs. */
function firstOf(names: readonly string[]): string {
  const rest = names.length - 3;
  return names.slice(0, 3).map(clean).join(', ') + (rest > 0 ? `, and ${rest} more` : '');
}

function notesOf(states: readonly TaskState[]): readonly string[] {
  const told = states.flatMap((state) => {
    if (state.is === 'on' || state.is === 'off') return [];
    const why = state.is === 'missing' ? `${state.task.without} ${state.fix}` : state.why;
    return [`  ${state.task.name}, ${state.is}: ${why}`];
  });
  return told.length === 0 ? [] : ['', 'What is not on, and what to do:', ...told];
}

/** For programs: stable ids, no sentences to be taken apart. */
export function permissionsJson(
  states: readonly TaskState[],
  proofs: readonly SkuProof[],
  cautions: readonly string[],
): string {
  const tasks = states.map((state) => ({
    task: state.task.id,
    state: state.is,
    required: state.need === 'required',
    permissions: permissionsOf(state.task),
    ...(state.is === 'missing' ? { missing: state.permissions, fix: state.fix } : {}),
    ...('why' in state ? { why: state.why } : {}),
  }));
  const skus = proofs.map(({ sku, name, is, parts, undated }) => ({
    skuId: sku.skuId,
    partNumber: sku.partNumber,
    name,
    state: is,
    parts,
    undated,
  }));
  return JSON.stringify({ tasks, skus, cautions }, undefined, 2);
}
