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
  return deletedSince(changes) === undefined ? lastState(base, changes, at, now) : undefined;
}

/** When somebody was deleted who was not restored since; undefined: they are there. */
export function deletedSince(changes: readonly PersonChange[]): number | undefined {
  const last = changes.findLast(({ kind }) => kind === 'deleted' || kind === 'restored');
  return last?.kind === 'deleted' ? last.at : undefined;
}

/** The same whether or not they were deleted in the end. */
export function lastState(
  base: SimPerson,
  changes: readonly PersonChange[],
  at: number,
  now: number,
): SimPerson {
  let person = base;
  for (const change of changes) person = withChange(person, change, at, now);
  return person;
}

function withChange(person: SimPerson, change: PersonChange, at: number, now: number): SimPerson {
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
      return { ...person, sessionsValidFrom: change.at };
    case 'appInstalled':
    case 'deleted':
    case 'restored':
      return person;
    case 'memberRemoved':
      return left(person, change, at);
    case 'memberAdded':
      return joined(person, change, at);
    case 'mailboxType': {
      const reverted = change.revertsAt !== null && change.revertsAt <= now;
      return change.effectiveAt > at || reverted ? person : { ...person, mailbox: change.type };
    }
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

/** The membership ends at once, the license some time later, unless another license stands on it. */
function left(
  person: SimPerson,
  { groupId, effectiveAt, stuck }: Extract<PersonChange, { kind: 'memberRemoved' }>,
  at: number,
): SimPerson {
  const groups = person.groups.filter((id) => id !== groupId);
  if (effectiveAt > at) return { ...person, groups };
  const licenses = person.licenses.flatMap((path): SimPath[] => {
    if (path.group !== groupId) return [path];
    return stuck ? [{ ...path, state: 'ActiveWithError', error: 'DependencyViolation' }] : [];
  });
  return { ...person, groups, licenses };
}

/** The membership begins at once, the license some time later, with an error where there was no seat for it. */
function joined(
  person: SimPerson,
  change: Extract<PersonChange, { kind: 'memberAdded' }>,
  at: number,
): SimPerson {
  const { groupId } = change;
  if (person.groups.includes(groupId)) return person;
  const groups = [...person.groups, groupId];
  const skuId = groupById(groupId)?.skuId;
  if (!skuId || (change.effectiveAt ?? change.at) > at) return { ...person, groups };
  const made = { ...directPath(skuId, [], change.at), group: groupId };
  const path: SimPath = change.noSeat ? { ...made, state: 'Error', error: 'CountViolation' } : made;
  const others = person.licenses.filter((each) => each.group !== groupId);
  return { ...person, groups, licenses: [...others, path] };
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
