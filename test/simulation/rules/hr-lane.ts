import type { UserId } from '../../../src/audit/person.js';
import type { CardJson } from '../../../src/bot/messenger.js';
import { copiesOf, type CardCopy } from '../../../src/cases/asking/copies.js';
import type { MessageRef } from '../../../src/cases/case.js';
import { casesOf } from '../card-buttons.js';
import { nameOf } from '../cast.js';
import type { Rule } from '../watch.js';
import { isReviewer } from './truth.js';

export const sealedLane: Rule = {
  name: 'sealed lane',
  promise:
    '3: nobody but HR gets a card about a case of HR’s lane or a line of the log, and HR none about themself',
  watch: (world, broken) => {
    const subjects = new Map<string, UserId>();
    const look = (to: UserId, card: CardJson | undefined): void => {
      for (const id of card === undefined ? [] : casesOf(card)) {
        const subject = subjects.get(id);
        if (subject === undefined || (isReviewer(world, to) && to !== subject)) continue;
        broken(`${nameOf(to)} has a card about ${nameOf(subject)}, whom only HR may see`);
      }
    };
    return {
      wroteCase: (before, c) => {
        if (before === undefined && c.state === 'hrReview') subjects.set(c.caseId, c.userId);
        if (!subjects.has(c.caseId)) return;
        if (c.message !== undefined) broken(`${nameOf(c.userId)}, whom only HR may see, is asked about`);
        const known = new Set((before === undefined ? [] : copiesOf(before)).map(idOf));
        for (const copy of copiesOf(c))
          if (copy.to === c.userId || (!known.has(idOf(copy)) && !isReviewer(world, copy.to)))
            broken(`${nameOf(copy.to)} has a card about ${nameOf(c.userId)}, whom only HR may see`);
      },
      issued: ({ method, args }) => {
        if (method === 'send') look(args[0] as UserId, args[1] as CardJson);
        if (method !== 'update') return;
        const copy = world.teams.copies.get((args[0] as MessageRef).activityId);
        if (copy !== undefined) look(copy.to, args[1] as CardJson);
      },
      replied: ({ by }, reply) => look(by, (reply as { readonly card?: CardJson }).card),
      logged: (_by, { message, fields }) => {
        if (Object.values(fields).some((value) => subjects.has(String(value))))
          broken(`the log tells of a case of HR: ${message}`);
      },
    };
  },
};

function idOf({ message }: CardCopy): string {
  return message.activityId;
}
