import { DateTime } from 'luxon';
import type { Case } from '../../../src/cases/case.js';
import type { HistoryEvent } from '../../../src/store/history.js';
import { buttonsOf, casesWith } from '../card-buttons.js';
import { nameOf } from '../cast.js';
import { caseOf } from '../personas.js';
import type { Copy } from '../teams.js';
import type { Rule } from '../watch.js';
import { SETTLED_MS } from './truth.js';

/** Of a working day; what was begun in time may be written down a little later. */
const [FIRST_HOUR, LAST_HOUR] = [9, 17.5];
const ANSWERS = new Set(['answer', 'answerAll']);

export const reminders: Rule = {
  name: 'reminders',
  promise: '4: reminders come in working hours, at most one a day',
  watch: (world, broken) => {
    const days = new Map<string, string>();
    return {
      wrote: ({ after }, by) => {
        if (after?.kind !== 'event' || by === undefined) return;
        const { type, caseId, at } = after as HistoryEvent;
        if (type !== 'remindIntended' && type !== 'reminded') return;
        const c = caseOf(world, caseId);
        if (c === undefined) return;
        const local = DateTime.fromISO(at, { zone: by.policy.audit.timeZone });
        if (type === 'remindIntended') {
          const hour = local.hour + local.minute / 60;
          if (local.weekday > 5 || hour < FIRST_HOUR || hour >= LAST_HOUR)
            broken(`a reminder about ${nameOf(c.userId)} goes out on ${local.toFormat('cccc')} at ${at}`);
          return;
        }
        const day = local.toISODate() ?? '';
        if (days.get(caseId) === day) broken(`two reminders about ${nameOf(c.userId)} on ${day}`);
        days.set(caseId, day);
      },
    };
  },
};

export const nothingAfterAnswer: Rule = {
  name: 'nothing after the answer',
  promise: '4: nobody is asked or reminded of what was answered',
  watch: (world, broken) => {
    const over = new Map<string, number>();
    return {
      wroteCase: (before, c) => {
        if (isOpen(c)) over.delete(c.caseId);
        else if (before !== undefined && isOpen(before)) over.set(c.caseId, world.time.now());
      },
      arrived: (copy) => {
        if (copy.isAnswer) return;
        for (const caseId of askedIn(copy)) {
          const at = over.get(caseId);
          const c = caseOf(world, caseId);
          if (at !== undefined && c !== undefined && at < world.time.now() - SETTLED_MS)
            broken(`${nameOf(copy.to)} is asked about ${nameOf(c.userId)}, and the case is ${c.state}`);
        }
      },
    };
  },
};

function isOpen({ state }: Case): boolean {
  return state === 'opened' || state === 'asked' || state === 'escalated';
}

/** The cases about which a message asks for an answer. */
function askedIn({ card }: Copy): readonly string[] {
  const asking = buttonsOf(card).filter(({ verb }) => ANSWERS.has(verb));
  return [...new Set(asking.flatMap(({ data }) => casesWith(data).map(({ caseId }) => caseId)))];
}
