import type { UserId } from '../../../src/audit/person.js';
import type { CardJson } from '../../../src/bot/messenger.js';
import { inWorkingHours } from '../../../src/cases/asking/reminders.js';
import type { Case } from '../../../src/cases/case.js';
import { isSealed } from '../../../src/cases/hr/sealed.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { buttonsOf } from '../card-buttons.js';
import { nameOf } from '../cast.js';
import { caseOf } from '../personas.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { SETTLED_MS } from './truth.js';

/** A weekend, and days on which a message is lost or a process ends. */
const TOLD_WITHIN_MS = 6 * DAY_MS;
/** From the end of a working day to the next morning it is longer, whatever clocks say. */
const NIGHT_MS = DAY_MS / 2;
const LOOKS_MS = DAY_MS / 8;
/** What waits for the same once more, before anybody has looked meanwhile, was told already. */
const UNSEEN_MS = 3 * DAY_MS;

interface Wait {
  readonly since: number;
  /** The same without the time in which it did not wait. */
  readonly from: number;
}

function isForAdmins(c: Case): boolean {
  return (c.state === 'adminReview' || c.state === 'needsPerson') && !isSealed(c);
}

/** true: the card tells admins what waits for them. */
export function tells(card: CardJson): boolean {
  // What waits in the campaign alone has no button, and every such card says how it is turned off.
  return (
    buttonsOf(card).some(({ verb }) => verb === 'waiting') || JSON.stringify(card).includes('tell.admins')
  );
}

/** Of how many cases a card tells. */
function countOn({ body }: CardJson): number {
  const parts = body as readonly { readonly facts?: readonly { readonly value: string }[] }[];
  const values = parts.flatMap(({ facts = [] }) =>
    facts.flatMap(({ value }) => (/^\d/.test(value) ? [Number.parseInt(value, 10)] : [])),
  );
  return values.reduce((sum, count) => sum + count, 0);
}

/** true: some process could tell them, and none is there that would not. */
function canTell({ running }: World): boolean {
  return running.length > 0 && running.every(({ policy }) => policy.mode === 'act');
}

export const adminsTold: Rule = {
  name: 'admins told',
  promise:
    'tell.admins: what waits for admins is told to one of them within days, in working hours, once a day each, and nothing of HR’s',
  watch: (world, broken) => {
    const waits = new Map<string, Wait>();
    const paused = new Map<string, Wait & { readonly at: number }>();
    /** When others have ended which a message may still tell of. */
    const ended: { readonly userId: UserId; readonly at: number }[] = [];
    const lastTold = new Map<UserId, number>();
    let isHeld = false;
    let lookAt = world.start;
    /** Since when admins can be told without a break. */
    let openSince = world.start;
    const look = (now: number): void => {
      if (isHeld || !canTell(world)) openSince = now;
      for (const [caseId, { since, from }] of waits) {
        if (Math.max(from, openSince) > now - TOLD_WITHIN_MS) continue;
        const subject = caseOf(world, caseId)?.userId;
        const admins = world.cast.admins.filter((id) => id !== subject && !world.teams.blocked.has(id));
        if (admins.length > 0 && admins.every((id) => (lastTold.get(id) ?? 0) < since))
          broken(`the case of ${nameOf(subject ?? '')} waits for an admin, and none was told`);
      }
    };
    return {
      wrote: ({ after }) => {
        const now = world.time.now();
        if (after?.kind === 'switch') {
          isHeld = (after as unknown as { readonly campaign: string }).campaign !== 'running';
          openSince = now;
        }
        if (now < lookAt) return;
        lookAt = now + LOOKS_MS;
        look(now);
      },
      wroteCase: (_before, c) => {
        if (isForAdmins(c)) {
          if (waits.has(c.caseId)) return;
          const now = world.time.now();
          const before = paused.get(c.caseId);
          const isAgain = before !== undefined && now - before.at < UNSEEN_MS;
          const { since, from } = isAgain
            ? { since: before.since, from: now - (before.at - before.from) }
            : { since: now, from: now };
          waits.set(c.caseId, { since, from });
          return;
        }
        const wait = waits.get(c.caseId);
        if (wait === undefined) return;
        waits.delete(c.caseId);
        paused.set(c.caseId, { ...wait, at: world.time.now() });
        ended.push({ userId: c.userId, at: world.time.now() });
      },
      arrived: ({ to, card, isAnswer }) => {
        if (isAnswer || !tells(card)) return;
        const now = world.time.now();
        const about = `${nameOf(to)} is told what waits for admins`;
        const slack = world.mostOffset + SETTLED_MS;
        if (inWorkingHours(now - slack, world.policy.audit.timeZone) > now + slack)
          broken(`${about} out of working hours`);
        if (now - (lastTold.get(to) ?? 0) < NIGHT_MS) broken(`${about} twice a day`);
        lastTold.set(to, now);
        const still = [...waits.keys()].filter((caseId) => caseOf(world, caseId)?.userId !== to).length;
        const lately = ended.filter(({ userId, at }) => userId !== to && at > now - SETTLED_MS).length;
        if (countOn(card) > still + lately) broken(`${about}, and of more than there is for them`);
      },
    };
  },
};
