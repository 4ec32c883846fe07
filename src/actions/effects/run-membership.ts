import type { StepOf } from '../../cases/step.js';
import type { ChangeAnswer } from '../../graph/graph-door.js';
import { licensesOf } from '../licenses.js';
import { answerTo, look, type Effect, type EffectAnswer } from './effect.js';
import { throughGroup } from './group-licenses.js';

/** Licenses that come through a group go when the person leaves it; Entra takes minutes to hours for that. */
export const membership: Effect<StepOf<'leaveGroup'>> = {
  async act({ graph }, { userId, groupId }) {
    return answerOf(await graph.leaveGroup(groupId, userId), 'Take the person out of the group');
  },
  async tookEffect({ graph }, step) {
    const person = await graph.person(step.userId);
    return person === undefined ? 'personGone' : look(throughGroup(person, step).length === 0);
  },
  async giveBack({ graph }, { userId, groupId }) {
    return answerOf(await graph.joinGroup(groupId, userId), 'Put the person back into the group');
  },
  async isGivenBack({ graph }, { userId, groupId }, before) {
    const person = await graph.person(userId);
    if (person === undefined) return 'personGone';
    // What went with the group, which may give something else by now: in whatever way it is back.
    const lost = licensesOf(before).licenses;
    const isBack = lost.every(({ skuId }) => person.licenses.some((held) => held.skuId === skuId));
    if (!isBack) return 'no';
    // Into a group that is gone nobody can be put back.
    const isGone = !(await graph.groupFacts([groupId])).has(groupId);
    return look(isGone || (await graph.groupsContaining(userId, [groupId])).has(groupId));
  },
};

function answerOf(answer: ChangeAnswer, byHand: string): EffectAnswer {
  return answerTo(answer, {
    gone: 'The account or the group no longer exists.',
    refused: (message) => ({
      kind: 'byHand',
      task: `${byHand} by hand; Microsoft Entra refused it to us: ${message}`,
    }),
  });
}
