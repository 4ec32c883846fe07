import type { PersonChange, PersonPatch } from './changes.js';
import { groupById } from './sim-groups.js';
import type { SimPath, SimPerson } from './sim-person.js';

/**
 * A person after changes.
 * @param at reads see what is in effect by then; Infinity shows what was accepted, whether or not it is visible yet
 * @returns undefined when the person was deleted
 */
export function withChanges(
  base: SimPerson,
  changes: readonly PersonChange[],
  at: number,
  now: number,
): SimPerson | undefined {
  let person: SimPerson | undefined = base;
  for (const change of changes) {
    if (!person) return undefined;
    person = withChange(person, change, at, now);
  }
  return person;
}

function withChange(person: SimPerson, change: PersonChange, at: number, now: number): SimPerson | undefined {
  switch (change.kind) {
    case 'licenses':
      return change.effectiveAt > at
        ? person
        : { ...person, licenses: changedLicenses(person.licenses, change) };
    case 'account': {
      const reverted = change.revertsAt !== null && change.revertsAt <= now;
      return reverted ? person : { ...person, accountEnabled: change.enabled };
    }
    case 'usageLocation':
      return { ...person, usageLocation: change.value };
    case 'sessionsRevoked':
      return person;
    case 'deleted':
      return undefined;
    case 'memberRemoved': {
      const groups = person.groups.filter((id) => id !== change.groupId);
      const gone = change.effectiveAt <= at;
      const licenses = gone
        ? person.licenses.filter((path) => path.group !== change.groupId)
        : person.licenses;
      return { ...person, groups, licenses };
    }
    case 'memberAdded':
      return joined(person, change.groupId, change.at);
    case 'patched':
      return patched(person, change.values, change.at);
    default:
      return change satisfies never;
  }
}

function changedLicenses(
  paths: readonly SimPath[],
  change: Extract<PersonChange, { kind: 'licenses' }>,
): readonly SimPath[] {
  const touched = new Set([...change.remove, ...change.add.map((each) => each.skuId)]);
  const kept = paths.filter((path) => path.group !== null || !touched.has(path.skuId));
  return [...kept, ...change.add.map((each) => directPath(each.skuId, each.disabledPlans, change.at))];
}

function joined(person: SimPerson, groupId: string, at: number): SimPerson {
  if (person.groups.includes(groupId)) return person;
  const skuId = groupById(groupId)?.skuId;
  const path: SimPath | undefined = skuId ? { ...directPath(skuId, [], at), group: groupId } : undefined;
  return {
    ...person,
    groups: [...person.groups, groupId],
    licenses: path ? [...person.licenses, path] : person.licenses,
  };
}

function patched(person: SimPerson, values: PersonPatch, at: number): SimPerson {
  const { lastSuccessfulSignIn, lastActivity, licenses, employeeLeaveDateTime, ...plain } = values;
  let next: SimPerson = { ...person, ...plain };
  if (lastSuccessfulSignIn !== undefined) {
    const moment = momentOf(lastSuccessfulSignIn);
    const signIn =
      moment === null
        ? null
        : { interactive: moment, nonInteractive: moment, successful: moment, everyDays: null };
    next = { ...next, signIn };
  }
  if (lastActivity !== undefined) {
    const moment = momentOf(lastActivity);
    next = {
      ...next,
      workload: { ...next.workload, exchange: moment, teams: moment },
      usage: { ...next.usage, email: moment },
    };
  }
  if (employeeLeaveDateTime !== undefined) next = { ...next, leaves: momentOf(employeeLeaveDateTime) };
  if (licenses) {
    const direct = licenses.map((each) => directPath(each.skuId, each.disabledPlans ?? [], at));
    next = { ...next, licenses: [...next.licenses.filter((path) => path.group !== null), ...direct] };
  }
  return next;
}

function momentOf(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}

function directPath(skuId: string, disabledPlans: readonly string[], at: number): SimPath {
  return {
    skuId,
    group: null,
    disabledPlans,
    state: 'Active',
    error: 'None',
    since: Math.floor(at / 1000) * 1000,
  };
}
