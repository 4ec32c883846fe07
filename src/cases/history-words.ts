import type { EventType } from './events.js';
import type { NoteType } from './note.js';

/** Open and private facts of one history entry, as they were stored. */
export interface HistoryFacts {
  readonly type: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** undefined when the side record was erased. */
  readonly details: Readonly<Record<string, unknown>> | undefined;
}

const WORDS: Readonly<Record<EventType | NoteType | 'opened', (say: Say) => string>> = {
  opened: (say) =>
    `Found in audit run ${say.fact('runId')}: ${say.fact('scenario')}. Licenses: ${say.detail('licenses')}.`,
  askIntended: (say) => `About to ask ${say.detail('askedOf')}.`,
  asked: (say) => `Asked ${say.detail('askedOf')} in Teams; answer due ${say.fact('answerDue')}.`,
  remindIntended: () => 'About to send the question once more.',
  reminded: (say) => `Reminded ${say.detail('askedOf')}.`,
  passedOn: (say) => `Passed on to ${say.detail('to')}: ${say.fact('why')}`,
  askedAgain: (say) => `Sent the question to ${say.detail('askedOf')} once more.`,
  notDelivered: (say) =>
    `The question could not be delivered (${say.fact('code')}); next try ${say.fact('tryAgainAt')}.`,
  sentToAdmins: (say) => `Handed to the admins: ${say.fact('why')}`,
  kept: (say) =>
    `${say.detail('by')} keeps the licenses until ${say.fact('until')}${say.also('reason', ': ')}`,
  decided: (say) =>
    `${say.detail('by')} decided${say.also('approvedBy', ', in agreement with ')}: ${say.fact('decision')}` +
    `${say.also('receiver', ' to ')}${say.also('reason', ': ')}${say.also('files', '; ')}`,
  proposed: (say) =>
    `${say.detail('by')} proposed: ${say.fact('decision')}${say.also('reason', ': ')}; somebody else of HR has to agree.`,
  proposalDeclined: (say) => `${say.detail('by')} declined the proposal.`,
  viewed: (say) => `${say.detail('by')} looked at it (${say.fact('where')}).`,
  hrCardIntended: (say) => `About to tell ${say.detail('to')}.`,
  hrCardSent: (say) => `Told ${say.detail('to')} in Teams.`,
  hrCardRefused: (say) => `${say.detail('to')} could not be told in Teams (${say.fact('code')}).`,
  hrAppIntended: (say) => `About to install the app for ${say.detail('to')}.`,
  hrAppInstalled: (say) => `Installed the app for ${say.detail('to')}.`,
  hrAppRefused: (say) => `The app could not be installed for ${say.detail('to')} (${say.fact('code')}).`,
  hrReminded: () => 'Nobody of HR has decided yet: everybody is told once more.',
  keepEnded: () => 'The time to keep the licenses has passed; the case is closed.',
  reviewPassed: () => 'The review time has passed; the steps are scheduled.',
  released: (say) => `${say.detail('by')} released it: the steps may begin before the review time is over.`,
  vetoed: (say) => `${say.detail('by')} decided against it; nothing is done${say.also('reason', ': ')}`,
  replanned: () => 'The policy has changed: the steps that were not begun follow it now.',
  stepPostponed: (say) => `The step waits until ${say.fact('until')}: ${say.fact('why')}`,
  stepIntended: (say) => `About to take step ${say.number('step')} (${say.detail('step')}).`,
  stepHandedOver: (say) =>
    `Step ${say.number('step')} is for a person (${say.detail('step')}): ${say.detail('task')}`,
  stepBlocked: (say) => `Step ${say.number('step')} waits for a person: ${say.detail('task')}`,
  stepCleared: (say) => `What stood in the way of step ${say.number('step')} is gone; it goes on.`,
  stepSent: (say) =>
    `Step ${say.number('step')} was accepted by Microsoft 365; waiting for it to take effect.`,
  stepDone: (say) => `Step ${say.number('step')} is done and checked (${say.detail('step')}).`,
  stepSkipped: (say) => `Step ${say.number('step')} was not needed: ${say.fact('why')}`,
  stepsFinished: (say) => `All steps are done. Everything can be undone until ${say.fact('holdUntil')}.`,
  deletionPlanned: (say) =>
    `The undo window has ended; the account is deleted after ${say.fact('notBefore')}, as the policy says.`,
  holdEnded: () => 'The undo window has ended; the case is closed.',
  waived: (say) => `${say.detail('by')} waived ${say.detail('name')}: ${say.detail('reason')}`,
  undoAsked: (say) => `${say.detail('by')} asked to undo.`,
  undoIntended: (say) => `About to undo step ${say.number('step')}.`,
  undoSent: (say) => `The undo of step ${say.number('step')} was accepted; waiting for it to take effect.`,
  undoDone: (say) => `Step ${say.number('step')} is undone and checked (${say.detail('step')}).`,
  undoHandedOver: (say) => `The undo of step ${say.number('step')} is for a person: ${say.detail('task')}`,
  undoFinished: (say) =>
    say.fact('receiverKeeps') === 'true'
      ? `Everything taken is given back as it was before. ${say.detail('receiver')} keeps what the reassignment gave.`
      : 'Everything is as it was before.',
  personNeeded: (say) => `A person is needed: ${say.fact('task')}`,
  cancelled: (say) => `Cancelled: ${say.fact('why')}`,
};

/** One history entry as a sentence. Pure; names are missing once they were erased. */
export function inWords(entry: HistoryFacts): string {
  const say = sayer(entry);
  return Object.hasOwn(WORDS, entry.type)
    ? WORDS[entry.type as keyof typeof WORDS](say)
    : `Unknown entry "${entry.type}".`;
}

interface Say {
  fact(key: string): string;
  /** A step's number as people count, from 1. */
  number(key: string): string;
  detail(key: string): string;
  /** `before` and the detail, or nothing when there is none. */
  also(key: string, before: string): string;
}

function sayer({ facts, details }: HistoryFacts): Say {
  return {
    fact: (key) => text(facts[key]),
    number: (key) => String(Number(facts[key]) + 1),
    detail: (key) => (details === undefined ? '(erased)' : text(details[key])),
    also: (key, before) => {
      const value = text(details?.[key]);
      return value === '' ? '' : `${before}${value}`;
    },
  };
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function text(value: unknown): string {
  if (typeof value === 'string') {
    return INSTANT.test(value) ? `${value.slice(0, 10)} ${value.slice(11, 16)} UTC` : value;
  }
  if (Array.isArray(value)) return value.map(text).join(', ');
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
