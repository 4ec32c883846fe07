import type { Person } from '../audit/person.js';
import type { Case } from '../cases/case.js';
import type { StepOf } from '../cases/step.js';
import type { Policy } from '../config/policy.js';
import type { GroupFacts, GroupKind } from '../graph/graph-door.js';
import { throughGroup } from './effects/group-licenses.js';
import type { LiveFacts, Recheck } from './recheck.js';
import { whyKept } from './recheck-removal.js';

/** Blocking sign-in. Role holders are protected and do not come this far. Pure. */
export function recheckSignIn(person: Person): Recheck {
  if (!person.accountEnabled) return { kind: 'skip', why: 'Sign-in was blocked already.' };
  const before = { of: 'signIn', enabled: true } as const;
  return person.onPremisesSync === true
    ? { kind: 'byHand', before, task: DISABLE_IN_AD }
    : { kind: 'go', before };
}

/** Deleting the account: a shared mailbox needs it, and one that can sign in again has a reason. Pure. */
export function recheckDeletion(person: Person, { mailbox }: LiveFacts, policy: Policy): Recheck {
  if (policy.timetable.delete === 'never')
    return { kind: 'personNeeded', task: 'The policy deletes no accounts any more.' };
  if (mailbox === 'shared') return { kind: 'skip', why: 'The shared mailbox needs the account.' };
  if (person.accountEnabled)
    return {
      kind: 'blocked',
      task: 'Sign-in is allowed, so the account is not deleted: see why, and block it.',
    };
  const before = { of: 'account', present: true } as const;
  return person.onPremisesSync === true
    ? { kind: 'byHand', before, task: DELETE_IN_AD }
    : { kind: 'go', before };
}

/** Bytes that a shared mailbox may hold without a license (microsoft-graph.md 6). */
const MOST_SHARED_BYTES = 50 * 1024 ** 3;

/** Converting the mailbox; what a shared one cannot keep without a license needs a person. Pure. */
export function recheckConversion({ mailbox, exchange }: LiveFacts): Recheck {
  if (mailbox === 'noMailbox') return { kind: 'skip', why: 'There is no mailbox.' };
  if (mailbox === 'shared') return { kind: 'skip', why: 'The mailbox was shared already.' };
  if (mailbox !== 'user')
    return {
      kind: 'blocked',
      task: `The mailbox is of the kind "${mailbox}": see in Exchange what it is for.`,
    };
  const before = { of: 'mailbox', type: 'user' } as const;
  if (exchange === 'noDoor') return { kind: 'byHand', before, task: CONVERT_BY_HAND };
  if (exchange === 'noMailbox') return { kind: 'skip', why: 'Exchange has no mailbox of the person.' };
  const needs = needsLicense(exchange);
  if (needs !== undefined) return { kind: 'blocked', task: needs };
  return { kind: 'go', before };
}

function needsLicense(exchange: Exclude<LiveFacts['exchange'], string>): string | undefined {
  const { litigationHold, inPlaceHolds, hasArchive, bytes } = exchange;
  const why = [
    ...(litigationHold || inPlaceHolds ? ['is on hold'] : []),
    ...(hasArchive ? ['has an archive'] : []),
    ...(bytes !== undefined && bytes > MOST_SHARED_BYTES ? ['holds more than 50 GB'] : []),
  ];
  if (why.length === 0) return undefined;
  return (
    `The mailbox ${why.join(' and ')}, so it needs an Exchange Online Plan 2 license even when it is shared: ` +
    'decide in Exchange what becomes of it.'
  );
}

/** Leaving a group only if that takes nothing else from the person; otherwise a person decides. Pure. */
export function recheckLeaving(
  c: Case,
  step: StepOf<'leaveGroup'>,
  live: LiveFacts & { readonly person: Person },
  policy: Policy,
  now: Date,
): Recheck {
  const held = throughGroup(live.person, step);
  if (held.length === 0) return { kind: 'skip', why: 'The licenses do not come through the group any more.' };
  const group = live.groups.get(step.groupId);
  if (group === undefined) return { kind: 'skip', why: 'The group no longer exists.' };
  const kept = whyKept(c, held, live, policy, now);
  if (kept !== undefined) return kept;
  const before = { of: 'membership', licenses: held } as const;
  const why = whyByHand(group, step);
  return why === undefined ? { kind: 'go', before } : { kind: 'byHand', before, task: why };
}

const OF_KIND: Readonly<Record<Exclude<GroupKind, 'assigned'>, string>> = {
  microsoft365: 'is a Microsoft 365 group, so leaving it takes mail, files and teams as well: decide by hand',
  dynamic: 'has a rule for its members: change the rule, or the attribute by which it takes the person',
  mailEnabled: 'is mail-enabled, which only Exchange can change: take the person out there',
  synced: 'is synchronized from Active Directory: take the person out there',
  roleAssignable: 'can hold directory roles: a privileged role administrator takes the person out',
};

function whyByHand(group: GroupFacts, { licenses }: StepOf<'leaveGroup'>): string | undefined {
  const name = `The license comes through the group ${group.displayName}`;
  if (group.kind !== 'assigned') return `${name}, which ${OF_KIND[group.kind]}.`;
  const others = group.licenses.filter((skuId) => !licenses.some((license) => license.skuId === skuId));
  if (others.length === 0) return undefined;
  return `${name}, which gives ${others.length === 1 ? 'another license' : `${others.length} other licenses`} as well: decide by hand.`;
}

export const CONVERT_BY_HAND =
  'Convert the mailbox to a shared mailbox in the Exchange admin center; the license goes once that is done.';
const DELETE_IN_AD = 'The account is synchronized from Active Directory: delete it there.';
export const DISABLE_IN_AD =
  'The account is synchronized from Active Directory: disable it there, because a change here would be reverted.';
