import type { Person } from '../../audit/person.js';
import { instant, type Instant } from '../../cases/case.js';
import type { StepOf } from '../../cases/step.js';
import type { ChangeAnswer } from '../../graph/graph-door.js';
import { answerTo, ACCOUNT_GONE, look, type Effect, type EffectAnswer } from './effect.js';

/**
 * Sign-in blocked, and everything that is signed in signed out: that first, because only the block can be read, so that
 * whoever finds it knows of both. What signs in anew in between cannot stay in once it is blocked. The accounts of an AD
 * are its owner's: Graph says yes to a change of ours, and the next synchronization reverts it (microsoft-graph.md 5), so
 * a person does it there.
 */
export const signInBlock: Effect<StepOf<'disableSignIn'>> = {
  async first({ graph }, { userId }) {
    return answerOf(await graph.revokeSessions(userId));
  },
  async act({ graph }, { userId }) {
    return answerOf(await graph.setAccountEnabled(userId, false));
  },
  async tookEffect({ graph }, { userId }, _before, since) {
    const person = await graph.person(userId);
    return person === undefined ? 'personGone' : look(!person.accountEnabled && isSettled(person, since));
  },
  async giveBack({ graph }, { userId }) {
    const person = await graph.person(userId);
    if (person === undefined) return ACCOUNT_GONE;
    if (isSynced(person)) return { kind: 'byHand', task: ENABLE_IN_AD };
    return answerOf(await graph.setAccountEnabled(userId, true));
  },
  async isGivenBack({ graph }, { userId }, _before, since) {
    const person = await graph.person(userId);
    return person === undefined ? 'personGone' : look(person.accountEnabled && isSettled(person, since));
  },
  async overwritten({ graph }, { userId }, want) {
    const person = await graph.person(userId);
    if (person === undefined || !isSynced(person)) return undefined;
    const isSo = person.accountEnabled === (want === 'giveBack');
    return { isSo, writtenAt: person.lastSynced === undefined ? NEVER : instant(person.lastSynced) };
  },
};

const NEVER = instant(new Date(0));

const ENABLE_IN_AD = 'The account is synchronized from Active Directory: enable it there again.';

export function isSynced({ onPremisesSync }: Pick<Person, 'onPremisesSync'>): boolean {
  return onPremisesSync === true;
}

/** What was read of a synchronized account stands only once a later synchronization has left it so. */
function isSettled(person: Person, since: Instant): boolean {
  if (!isSynced(person)) return true;
  return person.lastSynced !== undefined && person.lastSynced.getTime() > Date.parse(since);
}

function answerOf(answer: ChangeAnswer): EffectAnswer {
  return answerTo(answer, {
    gone: 'The account no longer exists.',
    refused: (message) => ({
      kind: 'refused',
      task: `Microsoft Entra refused to change sign-in: ${message}`,
    }),
  });
}
