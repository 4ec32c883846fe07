import type { Policy } from '../config/policy.js';
import type { RoleHolders } from '../graph/graph-door.js';
import { GraphFailure } from '../graph/graph-failure.js';
import type { Day } from './day.js';
import type { Details, OptionalDetail } from './findings.js';
import type { Judged } from './judge.js';
import type { GroupId, Manager, UserId } from './person.js';
import { levelsToRead } from './protection/executives.js';
import { protectedGroups } from './protection/lists.js';
import type { AuditDoors } from './run-audit.js';
import { readUnderTop } from './protection/run-under-top.js';

const NO_ROLES: RoleHolders = {
  active: new Set(),
  eligible: new Set(),
  globalAdministrators: new Set(),
};

const NOTHING: Details = {
  managers: new Map(),
  mailboxes: new Map(),
  sponsors: new Map(),
  memberships: { roles: NO_ROLES, groups: new Map(), underTop: new Set(), wayUnknown: new Set() },
  chainsUnknown: 0,
  notRead: [],
};

/**
 * Managers and mailbox purposes of candidates, sponsors of guests; roles and groups when anybody is left to be judged.
 * When the policy names a top, the managers above everybody who is left: an executive about whom nothing is known is
 * for HR's eyes alone as well (safety rule 3).
 * @throws GraphFailure when what protects people cannot be read; mailbox purposes, sponsors and eligible roles that
 * may not be read turn off what needs them, and are told in `notRead`
 */
export async function readDetails(
  { graph, progress }: Pick<AuditDoors, 'graph' | 'progress'>,
  policy: Policy,
  notActive: readonly Judged[],
  today: Day,
): Promise<Details> {
  if (notActive.length === 0) return NOTHING;
  const candidates = notActive
    .filter(({ scenario }) => scenario !== undefined)
    .map(({ person }) => person.id);
  const everybody = notActive.map(({ person }) => person.id);
  const guests = notActive.filter(({ person }) => person.kind === 'guest').map(({ person }) => person.id);
  const { executives } = policy.protect;
  const groupIds = protectedGroups(policy, today);
  const step = stepping(progress, groupIds.length + 4 + (levelsToRead(executives) > 0 ? 1 : 0));

  const roles = step(await graph.roleHolders());
  const groups = new Map<GroupId, ReadonlySet<UserId>>();
  for (const groupId of groupIds) groups.set(groupId, step(await graph.membersOf(groupId)));
  const managers: ReadonlyMap<UserId, Manager | 'none'> = step(
    candidates.length > 0 ? await graph.managersOf(candidates) : new Map(),
  );
  const hierarchy = await readUnderTop(graph, executives, everybody, managers);
  if (levelsToRead(executives) > 0) step(hierarchy);
  const mailboxes = step(await readOptional(candidates, (ids) => graph.mailboxPurposesOf(ids), MAY_NOT));
  const sponsors = step(await readOptional(guests, (ids) => graph.sponsorsOf(ids), CANNOT));
  return {
    managers,
    mailboxes: 'refused' in mailboxes ? unknownFor(candidates, mailboxes.refused) : mailboxes,
    sponsors: 'refused' in sponsors ? new Map() : sponsors,
    memberships: { roles, groups, ...hierarchy },
    chainsUnknown: hierarchy.wayUnknown.size,
    notRead: [
      ...('unknown' in roles.eligible ? [notRead('eligibleRoles', roles.eligible.unknown)] : []),
      ...('refused' in mailboxes ? [notRead('mailboxPurposes', mailboxes.refused)] : []),
      ...('refused' in sponsors ? [notRead('sponsors', sponsors.refused)] : []),
    ],
  };
}

/** A permission that is missing; anything else fails the audit. */
const MAY_NOT: ReadonlySet<GraphFailure['kind']> = new Set(['forbidden']);
/** Sponsors are known to some clouds only, and protect nobody. */
const CANNOT: ReadonlySet<GraphFailure['kind']> = new Set(['forbidden', 'badRequest']);

async function readOptional<T>(
  ids: readonly UserId[],
  read: (ids: readonly UserId[]) => Promise<ReadonlyMap<UserId, T>>,
  passes: ReadonlySet<GraphFailure['kind']>,
): Promise<ReadonlyMap<UserId, T> | { readonly refused: string }> {
  if (ids.length === 0) return new Map();
  try {
    return await read(ids);
  } catch (error) {
    if (!(error instanceof GraphFailure) || !passes.has(error.kind)) throw error;
    return { refused: error.message };
  }
}

/** A mailbox of which nobody knows whether it is shared sends every candidate to an admin. */
function unknownFor(ids: readonly UserId[], why: string): Details['mailboxes'] {
  return new Map(ids.map((id) => [id, { unknown: why }]));
}

function notRead(what: OptionalDetail, why: string): Details['notRead'][number] {
  return { what, why };
}

/** Counts a value as one step of `total`, and hands it on. */
function stepping(progress: AuditDoors['progress'], total: number): <T>(value: T) => T {
  let done = 0;
  return (value) => {
    done += 1;
    progress({ phase: 'details', done, total });
    return value;
  };
}
