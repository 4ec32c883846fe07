import { nameKey } from '../../audit/name-key.js';
import { isoDayIn } from '../../audit/day.js';
import { holdsOn, protectionId, type ChatProtection } from '../../audit/protection/chat-protection.js';
import {
  keepProtection,
  liftProtection,
  readProtections,
} from '../../audit/protection/run-chat-protections.js';
import type { Person, UserId } from '../../audit/person.js';
import { peopleMeant } from '../../graph/people-meant.js';
import { LONGEST_REASON } from '../answering/answer-rules.js';
import { instant, TERMINAL, type Case } from '../case.js';
import type { Doors } from '../doors.js';
import { unsealedOf } from '../run-all-cases.js';
import { cancelProtected } from '../run-outdated.js';
import type {
  LiftOutcome,
  NotAllowed,
  ProtectOutcome,
  ProtectRequest,
  ProtectionsSeen,
} from './admin-desk.js';
import { recordDeed } from './run-deeds.js';
import { asAdmin, nameOrId } from './run-rights.js';

/**
 * Protects somebody from this moment on: written down first, so that no step is begun any more; then what nothing was done
 * in ends. Safe to repeat after a crash at any point.
 * @throws GraphFailure
 */
export function protectFor(doors: Doors, request: ProtectRequest): Promise<ProtectOutcome> {
  return asAdmin(doors, request.by, async (): Promise<ProtectOutcome> => {
    const { by, who, how, until } = request;
    const reason = request.reason.trim();
    if (reason === '' || reason.length > LONGEST_REASON)
      return { kind: 'reasonLength', most: LONGEST_REASON };
    const today = todayOf(doors);
    if (until !== undefined && until < today) return { kind: 'isOver', until };
    const [person, ...others] = await peopleCalled(doors, who);
    if (person === undefined) return { kind: 'nobody', who };
    if (others.length > 0) return { kind: 'several', people: [person, ...others] };
    // Nobody decides about themself.
    if (person.id === by) return { kind: 'yourself' };
    const { id: userId, displayName, userPrincipalName } = person;
    const admin = await nameOrId(doors, by);
    const protection: ChatProtection = {
      ...{ id: protectionId(userId), kind: 'chatProtection', userId, displayName, userPrincipalName },
      ...{ how, reason, by: admin, at: instant(doors.clock.now()) },
      ...(until === undefined ? {} : { until }),
    };
    const type = how === 'exempt' ? 'exempted' : 'protected';
    await recordDeed(doors, { type, person: { id: userId, displayName }, until, reason }, admin);
    await keepProtection(doors.store, protection);
    const before = await openOf(doors, userId);
    await cancelProtected(doors, userId, admin);
    const open = await openOf(doors, userId);
    const ended = before.filter(({ caseId }) => !open.some((c) => c.caseId === caseId));
    return { kind: 'protected', protection, ended, open };
  });
}

/** Cases that are not over, of which others than HR may know; a gift has nothing to be protected from. */
async function openOf(doors: Doors, userId: UserId): Promise<readonly Case[]> {
  const cases = await unsealedOf(doors, userId);
  return cases.filter(
    ({ state, scenario }) => scenario !== 'given' && !TERMINAL.some((over) => over === state),
  );
}

/** An exact name or address wins over the start of others, and nothing is guessed. */
async function peopleCalled({ graph }: Doors, who: string): Promise<readonly Person[]> {
  const found = await peopleMeant(graph, who);
  const wanted = nameKey(who);
  const called = found.filter(({ displayName, userPrincipalName, mail }) =>
    [displayName, userPrincipalName, mail ?? ''].some((name) => nameKey(name) === wanted),
  );
  return called.length > 0 ? called : found;
}

function todayOf({ clock, policy }: Pick<Doors, 'clock' | 'policy'>): string {
  return isoDayIn(clock.now(), policy.audit.timeZone);
}

/** Everybody who is protected in chat today, by name. */
export function protectionsFor(doors: Doors, by: UserId): Promise<ProtectionsSeen | NotAllowed> {
  return asAdmin(doors, by, async () => ({
    kind: 'protections' as const,
    protections: await holding(doors),
  }));
}

async function holding(doors: Doors): Promise<readonly ChatProtection[]> {
  const today = todayOf(doors);
  const all = await readProtections(doors.store);
  return all
    .filter((protection) => holdsOn(protection, today))
    .sort((a, b) => (nameKey(a.displayName) < nameKey(b.displayName) ? -1 : 1));
}

/** Takes a protection back; the next audit judges the person as if it had never been. */
export function unprotectFor(
  doors: Doors,
  { by, who, seenAt }: { readonly by: UserId; readonly who: string; readonly seenAt?: string | undefined },
): Promise<LiftOutcome> {
  return asAdmin(doors, by, async (): Promise<LiftOutcome> => {
    const [found, ...others] = called(await holding(doors), who);
    if (found === undefined) return { kind: 'notProtected', who };
    if (others.length > 0) return { kind: 'several', people: [found, ...others] };
    if (seenAt !== undefined && found.at !== seenAt) return { kind: 'changedMeanwhile', protection: found };
    const { userId, displayName } = found;
    await recordDeed(
      doors,
      { type: 'unprotected', person: { id: userId, displayName } },
      await nameOrId(doors, by),
    );
    const lifted = await liftProtection(doors.store, userId, found.at);
    return lifted === undefined
      ? { kind: 'changedMeanwhile', protection: found }
      : { kind: 'lifted', protection: lifted };
  });
}

function called(protections: readonly ChatProtection[], who: string): readonly ChatProtection[] {
  const wanted = nameKey(who);
  if (wanted === '') return [];
  const keys = ({ userId, displayName, userPrincipalName }: ChatProtection): readonly string[] => [
    ...[userId, displayName, userPrincipalName].map(nameKey),
  ];
  const exact = protections.filter((each) => keys(each).includes(wanted));
  return exact.length > 0
    ? exact
    : protections.filter((each) => keys(each).some((key) => key.startsWith(wanted)));
}
