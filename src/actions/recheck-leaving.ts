import type { Person } from '../audit/person.js';
import type { Case } from '../cases/case.js';
import type { StepOf } from '../cases/step.js';
import type { Policy } from '../config/policy.js';
import type { GroupFacts, GroupKind } from '../graph/graph-door.js';
import { throughGroup } from './effects/group-licenses.js';
import { isSealed } from '../cases/hr/sealed.js';
import { reasonGone } from '../cases/reason-gone.js';
import type { LiveFacts, Recheck } from './recheck.js';
import { againstLoss, filesAreSettled, filesGone } from './recheck-removal.js';
import { stillManaged } from './still-managed.js';

/** Leaving a group only if that takes nothing else from the person; otherwise a person decides. Pure. */
export function recheckLeaving(
  c: Case,
  step: StepOf<'leaveGroup'>,
  live: LiveFacts & { readonly person: Person },
  policy: Policy,
  now: Date,
): Recheck {
  const { person } = live;
  const held = throughGroup(person, step);
  if (held.length === 0) return { kind: 'skip', why: 'The licenses do not come through the group any more.' };
  const wanted = stillManaged(c, step.licenses, policy);
  if (!held.some((license) => wanted.includes(license))) return { kind: 'cancel', ...reasonGone(c) };
  const group = live.groups.get(step.groupId);
  if (group === undefined) return { kind: 'skip', why: 'The group no longer exists.' };
  // What an earlier step gave instead is held by now.
  const gives = person.licenses.filter(({ skuId }) =>
    c.licenses.some(({ replacement }) => replacement?.skuId === skuId),
  );
  const against = againstLoss(
    { ...c, going: held, gives, filesSettled: filesAreSettled(c), isSealed: isSealed(c) },
    live,
    policy,
    now,
  );
  if (against !== undefined) return against;
  const before = { of: 'membership', licenses: held, ...filesGone(c, held, { ...live, person }) } as const;
  const why = whyByHand(group, wanted);
  return why === undefined ? { kind: 'go', before } : { kind: 'byHand', before, task: why };
}

const OF_KIND: Readonly<Record<Exclude<GroupKind, 'assigned'>, string>> = {
  microsoft365: 'is a Microsoft 365 group, so leaving it takes mail, files and teams as well: decide by hand',
  dynamic: 'has a rule for its members: change the rule, or the attribute by which it takes the person',
  mailEnabled: 'is mail-enabled, which only Exchange can change: take the person out there',
  synced: 'is synchronized from Active Directory: take the person out there',
  roleAssignable: 'can hold directory roles: a privileged role administrator takes the person out',
};

function whyByHand(group: GroupFacts, licenses: StepOf<'leaveGroup'>['licenses']): string | undefined {
  const name = `The license comes through the group ${group.displayName}`;
  if (group.kind !== 'assigned') return `${name}, which ${OF_KIND[group.kind]}.`;
  const others = group.licenses.filter((skuId) => !licenses.some((license) => license.skuId === skuId));
  if (others.length === 0) return undefined;
  return `${name}, which gives ${others.length === 1 ? 'another license' : `${others.length} other licenses`} as well: decide by hand.`;
}
