import type { StepOf } from '../../cases/step.js';
import type { ChangeAnswer } from '../../graph/graph-door.js';
import { CONVERT_BY_HAND } from '../recheck-access.js';
import { answerTo, type Effect, type EffectAnswer, type EffectDoors, type Look } from './effect.js';

/**
 * A mailbox made shared, so that mail lives on without a license. Exchange does it, Graph shows it: what counts is what
 * `userPurpose` says (safety rule 7).
 */
export const mailboxConversion: Effect<StepOf<'convertMailbox'>> = {
  async act({ exchange }, { userId }) {
    return exchange === undefined
      ? { kind: 'byHand', task: CONVERT_BY_HAND }
      : answerOf(await exchange.convert(userId, 'shared'), CONVERT_BY_HAND);
  },
  tookEffect: (doors, { userId }) => isOf(doors, userId, 'shared'),
  async giveBack({ exchange }, { userId }) {
    return exchange === undefined
      ? { kind: 'byHand', task: RESTORE_BY_HAND }
      : answerOf(await exchange.convert(userId, 'user'), RESTORE_BY_HAND);
  },
  isGivenBack: (doors, { userId }) => isOf(doors, userId, 'user'),
  hasReverted,
};

/** Without its license, one that is no shared one any more is soon none at all. Of an account that is gone nobody tells. */
async function hasReverted({ graph }: EffectDoors, { userId }: StepOf<'convertMailbox'>): Promise<boolean> {
  const purpose = (await graph.mailboxPurposesOf([userId])).get(userId);
  return purpose !== undefined && purpose !== 'shared';
}

const RESTORE_BY_HAND = 'Convert the mailbox back to a user mailbox in the Exchange admin center.';

async function isOf(
  { graph }: EffectDoors,
  userId: StepOf<'convertMailbox'>['userId'],
  wanted: 'shared' | 'user',
): Promise<Look> {
  const purpose = (await graph.mailboxPurposesOf([userId])).get(userId);
  return purpose === wanted ? 'yes' : 'no';
}

function answerOf(answer: ChangeAnswer, byHand: string): EffectAnswer {
  return answerTo(answer, {
    gone: 'The mailbox no longer exists.',
    refused: (message) => ({ kind: 'byHand', task: `${byHand} Exchange refused it to us: ${message}` }),
  });
}
