import { chosenDayText, dayAsChosen, timeText, type Reader } from '../cards/dates.js';
import { ENGLISH, isMessage, type MessageKey } from '../i18n/locale.js';
import { sentenceIn, sentencesIn } from '../i18n/sentences.js';
import { joined, text, type MessageValues, type ReadyText } from '../i18n/text.js';
import type { Instant } from './case.js';
import type { EventType } from './events.js';
import type { NoteType } from './note.js';

/** Open and private facts of one history entry, as they were stored. */
export interface HistoryFacts {
  readonly type: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** undefined when the side record was erased. */
  readonly details: Readonly<Record<string, unknown>> | undefined;
}

type Entry = EventType | NoteType | 'opened' | 'giftOrdered';

/** What the sentence about an entry is filled with; the sentences are the messages `entry.…`. */
const VALUES: Readonly<Record<Entry, (say: Say) => MessageValues>> = {
  opened: (say) => ({
    run: say.fact('runId'),
    scenario: say.word('scenario', 'scenario'),
    licenses: say.detail('licenses'),
  }),
  giftOrdered: (say) => ({
    by: say.detail('by'),
    licenses: say.detail('licenses'),
    reason: say.detail('reason'),
  }),
  askIntended: (say) => ({ name: say.detail('askedOf') }),
  asked: (say) => ({ name: say.detail('askedOf'), due: say.fact('answerDue') }),
  reminderAsked: (say) => ({ by: say.detail('by'), name: say.detail('askedOf') }),
  remindIntended: () => ({}),
  reminded: (say) => ({ name: say.detail('askedOf') }),
  // Who named somebody else stands in the part that is erased.
  passedOn: (say) => ({ name: say.detail('to'), why: say.also('why', undefined) || say.fact('why') }),
  askedAgain: (say) => ({ name: say.detail('askedOf') }),
  notDelivered: (say) => ({ code: say.fact('code'), at: say.fact('tryAgainAt') }),
  sentToAdmins: (say) => ({ why: say.fact('why') }),
  kept: (say) => ({ by: say.detail('by'), until: say.day('until'), reason: say.keptReason() }),
  decided: (say) => ({
    by: say.detail('by'),
    agreed: say.also('approvedBy', 'agreed'),
    decision: say.decision(),
    reason: say.also('reason', 'colon'),
    files: say.also('files', 'semicolon'),
  }),
  proposed: (say) => ({
    by: say.detail('by'),
    decision: say.decision(),
    reason: say.also('reason', 'colon'),
  }),
  proposalDeclined: (say) => ({ by: say.detail('by') }),
  viewed: (say) => ({ by: say.detail('by'), where: say.word('where', 'where') }),
  cardSeen: (say) => ({ name: say.detail('by') }),
  hrCardIntended: (say) => ({ name: say.detail('to') }),
  hrCardSent: (say) => ({ name: say.detail('to') }),
  hrCardRefused: (say) => ({ name: say.detail('to'), code: say.fact('code') }),
  hrAppIntended: (say) => ({ name: say.detail('to') }),
  hrAppInstalled: (say) => ({ name: say.detail('to') }),
  hrAppRefused: (say) => ({ name: say.detail('to'), code: say.fact('code') }),
  hrReminded: () => ({}),
  keepEnded: () => ({}),
  reviewPassed: () => ({}),
  released: (say) => ({ by: say.detail('by') }),
  vetoed: (say) => ({ by: say.detail('by'), reason: say.also('reason', 'colon') }),
  replanned: () => ({}),
  tellIntended: () => ({}),
  told: (say) => ({ from: say.fact('stepsFrom') }),
  notTold: (say) => ({ code: say.fact('code'), at: say.fact('tryAgainAt') }),
  objected: (say) => ({ by: say.detail('by'), reason: say.also('reason', 'colon') }),
  stepPostponed: (say) => ({ until: say.fact('until'), why: say.fact('why') }),
  stepIntended: (say) => ({ step: say.number('step'), what: say.step() }),
  stepHandedOver: (say) => ({ step: say.number('step'), what: say.step(), task: say.detail('task') }),
  stepBlocked: (say) => ({ step: say.number('step'), task: say.detail('task') }),
  stepRefused: (say) => ({ step: say.number('step'), task: say.detail('task'), at: say.fact('tryFrom') }),
  stepReverted: (say) => ({ step: say.number('step'), task: say.detail('task') }),
  stepRestored: (say) => ({ step: say.number('step') }),
  stepCleared: (say) => ({ step: say.number('step') }),
  stepSent: (say) => ({ step: say.number('step') }),
  stepDone: (say) => ({ step: say.number('step'), what: say.step() }),
  stepSkipped: (say) => ({ step: say.number('step'), why: say.fact('why') }),
  stepsFinished: (say) => ({ until: say.fact('holdUntil'), date: say.chosen('returnsOn') }),
  deletionPlanned: (say) => ({ after: say.fact('notBefore') }),
  holdEnded: () => ({}),
  leaveEnded: (say) => ({ why: say.fact('why') }),
  waived: (say) => ({ by: say.detail('by'), name: say.thing('name'), reason: say.detail('reason') }),
  undoAsked: (say) => ({ by: say.detail('by') }),
  notGiven: (say) => ({ why: say.detail('why') }),
  undoIntended: (say) => ({ step: say.number('step') }),
  undoSent: (say) => ({ step: say.number('step') }),
  undoDone: (say) => ({ step: say.number('step'), what: say.step() }),
  undoHandedOver: (say) => ({ step: say.number('step'), task: say.detail('task') }),
  undoFinished: (say) => ({ receiver: say.detail('receiver') }),
  personNeeded: (say) => ({ task: say.fact('task') }),
  cancelled: (say) => ({ why: say.fact('why') }),
};

/**
 * One history entry as a sentence that is not escaped yet. Pure; names are missing once they were erased.
 * @param reader undefined: whoever reads at a terminal or in a file, in English and UTC
 * @param seesReason why licenses are kept: of a leave nothing says so, and nobody else may tell it from a keep
 */
export function inWords(entry: HistoryFacts, reader?: Reader, seesReason = false): string {
  const language = reader ?? ENGLISH;
  if (!Object.hasOwn(VALUES, entry.type))
    return text(language, 'entry.unknown', { type: entry.type as ReadyText });
  const type = entry.type as Entry;
  const say = sayer(entry, reader, seesReason);
  const sentence = text(language, keyOf(type, entry), VALUES[type](say));
  const files = type === 'undoIntended' ? say.also('files', undefined) : '';
  const mail = isWithoutMail(entry) ? [text(language, 'entry.mailGone')] : [];
  return joined([sentence, ...(files === '' ? [] : [files]), ...mail], ' ');
}

function isWithoutMail({ type, facts }: HistoryFacts): boolean {
  return type === 'undoFinished' && facts['mailGone'] === true;
}

/** Some entries are said in several ways. */
function keyOf(type: Entry, entry: HistoryFacts): MessageKey {
  const { facts } = entry;
  if (type === 'notTold' && (facts['tryAgainAt'] ?? '') !== '') return 'entry.notToldYet';
  if (type === 'stepCleared' && 'again' in facts) return 'entry.stepTriedAgain';
  if (type === 'undoFinished' && facts['receiverKeeps'] === true) return 'entry.undoFinishedKept';
  if (type === 'undoFinished' && facts['isLeft'] === true) return 'entry.undoFinishedLeft';
  if (isWithoutMail(entry)) return 'entry.undoFinishedNoMail';
  if (type === 'stepsFinished' && 'returnsOn' in facts) return 'entry.stepsFinishedParked';
  return `entry.${type}`;
}

/** What comes out was written by others in part, and is escaped with the whole entry where it is shown. */
interface Say {
  fact(key: string): ReadyText;
  /** A day that somebody chose, stored as its end. */
  day(key: string): ReadyText;
  /** A day that somebody chose, as they chose it. */
  chosen(key: string): ReadyText;
  /** A step's number as people count, from 1. */
  number(key: string): number;
  detail(key: string): ReadyText;
  /** A detail that names what somebody can waive. */
  thing(key: string): ReadyText;
  /** A detail after what leads to it, or nothing when there is none. */
  also(key: string, as: 'colon' | 'semicolon' | 'agreed' | undefined): ReadyText;
  /** Why licenses are kept, for whom that is. */
  keptReason(): ReadyText;
  /** A fact that is one of a few words. */
  word(key: string, of: 'scenario' | 'where' | 'kind'): ReadyText;
  /** What was decided, and for whom. */
  decision(): ReadyText;
  /** What a step does. */
  step(): ReadyText;
}

function sayer({ facts, details }: HistoryFacts, at: Reader | undefined, seesReason: boolean): Say {
  const reader = at ?? ENGLISH;
  const raw = (key: string, value: unknown): ReadyText => {
    const words = asText(value, at);
    return (
      OURS.has(key) ? sentencesIn(reader, words) : sentenceIn(reader, words, 'said.keepReason.')
    ) as ReadyText;
  };
  const detail = (key: string, inOurWords: (value: unknown) => string): ReadyText =>
    details === undefined ? text(reader, 'entry.erased') : (inOurWords(details[key]) as ReadyText);
  const say: Say = {
    fact: (key) => raw(key, facts[key]),
    day: (key) => {
      const value = facts[key];
      if (typeof value !== 'string' || !INSTANT.test(value)) return raw(key, value);
      return at === undefined ? (value.slice(0, 10) as ReadyText) : chosenDayText(value as Instant, at);
    },
    chosen: (key) => {
      const day = facts[key];
      return typeof day === 'string' && at !== undefined ? dayAsChosen(day, at) : raw(key, day);
    },
    number: (key) => Number(facts[key]) + 1,
    detail: (key) => detail(key, (value) => raw(key, value)),
    thing: (key) => detail(key, (value) => sentenceIn(reader, asText(value, at), 'part.thing.')),
    also: (key, as) => {
      const value = raw(key, details?.[key]);
      if (value === '' || as === undefined) return value;
      return as === 'agreed'
        ? text(reader, 'entry.agreed', { name: value })
        : text(reader, `entry.${as}`, { text: value });
    },
    keptReason: () => (seesReason ? say.also('reason', 'colon') : text(reader, 'entry.reasonHidden')),
    word: (key, of) => {
      const name = `entry.${of}.${asText(facts[key], at)}`;
      return isMessage(name) ? text(reader, name) : raw(key, facts[key]);
    },
    decision: () => {
      const decision = say.word('decision', 'kind');
      const name = say.also('receiver', undefined);
      const day = details?.['returnsOn'];
      if (typeof day === 'string')
        return text(reader, 'entry.until', {
          decision,
          date: at === undefined ? (day as ReadyText) : dayAsChosen(day, at),
        });
      return name === '' ? decision : text(reader, 'entry.to', { decision, name });
    },
    step: () => detail('step', (value) => sentenceIn(reader, asText(value, at), 'stepped.')),
  };
  return say;
}

/** What we have written ourselves; the rest is data, and what people wrote. */
const OURS: ReadonlySet<string> = new Set(['why', 'task', 'files']);

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

function asText(value: unknown, reader: Reader | undefined): string {
  if (typeof value === 'string') {
    if (!INSTANT.test(value)) return value;
    return reader === undefined
      ? `${value.slice(0, 10)} ${value.slice(11, 16)} UTC`
      : timeText(value as Instant, reader);
  }
  if (Array.isArray(value)) return value.map((each) => asText(each, reader)).join(', ');
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
