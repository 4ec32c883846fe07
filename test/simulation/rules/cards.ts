import { copiesOf, MOST_FURTHER } from '../../../src/cases/asking/copies.js';
import type { Case } from '../../../src/cases/case.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { buttonsOf, casesWith } from '../card-buttons.js';
import { nameOf } from '../cast.js';
import type { Instance } from '../instance.js';
import type { Copy } from '../teams.js';
import type { Rule } from '../watch.js';
import { casesIn } from './endings.js';
import { SETTLED_MS } from './truth.js';

/** Every card of a case that is remembered, and the version that it shows. */
function cardsOf(c: Case): readonly { readonly activityId: string; readonly shows: number }[] {
  const beside = copiesOf(c).map(({ message, shows }) => ({ ...message, shows }));
  return [...(c.message === undefined ? [] : [c.message]), ...beside];
}

export const newestCards: Rule = {
  name: 'newest cards',
  promise: 'a card in Teams shows the case as it is',
  watch: (world, broken) => {
    const movedAt = new Map<string, number>();
    return {
      wroteCase: (before, c) => {
        if (before?.version !== c.version) movedAt.set(c.caseId, world.time.now());
      },
      ended: () => {
        // A policy that only observes messages nobody.
        if (world.policy.mode === 'observe') return;
        for (const c of casesIn(world)) {
          // Something that has just happened is still to be shown.
          if ((movedAt.get(c.caseId) ?? 0) > world.time.now() - DAY_MS) continue;
          for (const card of cardsOf(c)) {
            const copy = world.teams.copies.get(card.activityId);
            if (card.shows >= c.version || copy?.isGone === true) continue;
            const whose = copy === undefined ? 'nobody' : nameOf(copy.to);
            broken(`the card of ${whose} about ${nameOf(c.userId)} shows ${card.shows} of ${c.version}`);
          }
        }
      },
    };
  },
};

/** A message of which a process knows that it arrived. */
interface Known {
  readonly copy: Copy;
  readonly by: Instance;
  readonly at: number;
}

/** A crash just after a card was shown is told to nobody, so that nobody can know of it. */
function wentDownAfter({ by, at }: Pick<Known, 'by' | 'at'>): boolean {
  return by.endedAt !== undefined && by.endedAt <= at + SETTLED_MS;
}

/** Cases of which a card offers an answer, with the versions that it shows. */
function offeredOn({ card }: Copy): ReturnType<typeof casesWith> {
  return buttonsOf(card).flatMap(({ verb, data }) =>
    verb === 'answer' || verb === 'answerAll' ? casesWith(data) : [],
  );
}

export const noCardForgotten: Rule = {
  name: 'no card forgotten',
  promise: 'whatever card offers an answer is known to its case, so that it is edited when that moves on',
  watch: (world, broken) => {
    const arriving = new Map<string, Copy>();
    const known: Known[] = [];
    /** Cases with so many cards that the oldest say what they say until they are clicked. */
    const crowded = new Set<string>();
    /** A policy that observes edits nobody's card, and names go all the same once it is time. */
    const unedited = new Set<string>();
    /** Whom the answer to a click was shown by a process that is gone since. */
    const shown = new Map<string, Pick<Known, 'by' | 'at'>[]>();
    return {
      wroteCase: (before, { caseId, further = [], erasedAt }, by) => {
        if (further.length >= MOST_FURTHER) crowded.add(caseId);
        const isErased = erasedAt !== undefined && before?.erasedAt === undefined;
        if (isErased && by?.policy.mode === 'observe') unedited.add(caseId);
      },
      replied: ({ caseId, by: to, instance: by }) => {
        const key = `${caseId} ${to}`;
        shown.set(key, [...(shown.get(key) ?? []), { by, at: world.time.now() }]);
      },
      arrived: (copy) => {
        if (!copy.isAnswer) arriving.set(copy.to, copy);
      },
      answered: ({ door, method, args }, by, isLost) => {
        const copy = door === 'messenger' && method === 'send' ? arriving.get(String(args[0])) : undefined;
        if (copy === undefined) return;
        arriving.delete(copy.to);
        if (!isLost) known.push({ copy, by, at: world.time.now() });
      },
      ended: () => {
        if (world.policy.mode === 'observe') return;
        const cases = new Map(casesIn(world).map((c) => [c.caseId as string, c]));
        for (const each of known) {
          const { copy } = each;
          if (copy.isGone || copy.sentAt > world.time.now() - DAY_MS || wentDownAfter(each)) continue;
          const forgotten = offeredOn(copy).flatMap(({ caseId, version }) => {
            const c = cases.get(caseId);
            const isKnown =
              c === undefined ||
              crowded.has(caseId) ||
              unedited.has(caseId) ||
              cardsOf(c).some(({ activityId }) => activityId === copy.message.activityId);
            const isLost = shown.get(`${caseId} ${copy.to}`)?.some(wentDownAfter) === true;
            return isKnown || isLost || version >= c.version ? [] : [nameOf(c.userId)];
          });
          for (const name of new Set(forgotten))
            broken(`${nameOf(copy.to)} can still answer about ${name} on a card that nobody knows of`);
        }
      },
    };
  },
};
