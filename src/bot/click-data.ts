import { z } from 'zod';
import { isObjectId } from '../audit/object-id.js';
import type { UserId } from '../audit/person.js';
import { INPUTS } from '../cards/answer-forms.js';
import { whomChosen } from '../cards/person-inputs.js';
import { DIGEST_INPUTS, KEEP_REASONS } from '../cards/digest-card.js';
import { OBJECTION } from '../cards/notice-card.js';
import { PAGE_INPUTS } from '../cards/page-actions.js';
import { LONGEST_QUESTION } from '../chat/query/read-query.js';
import type { CaseId } from '../cases/case.js';
import type { CardAnswer } from '../cases/answering/desk.js';
import { MOST_ON_A_CARD } from '../cases/asking/outbox.js';

const CaseIdText = z
  .string()
  .regex(/^[\w-]{1,100}$/)
  .transform((id) => id as CaseId);
/** An input left empty arrives as an empty text or not at all. */
const Text = z
  .string()
  .max(2000)
  .optional()
  .default('')
  .transform((text) => text.trim());

/** By which rules the card was drawn; absent on those of an earlier version. */
const Promised = z.string().max(200).optional();

const AnswerClick = z.object({
  caseId: CaseIdText,
  version: z.number().int().min(0),
  promise: Promised,
  answer: z.enum([
    'keep',
    'onLeave',
    'park',
    'notMyReport',
    'askOther',
    'reassign',
    'reclaim',
    'approve',
    'decline',
  ]),
  [INPUTS.keepReason]: Text,
  [INPUTS.keepUntil]: Text,
  [INPUTS.reclaimReason]: Text,
  [INPUTS.receiver]: Text,
  [INPUTS.receiverTyped]: Text,
  [INPUTS.reassignReason]: Text,
  [INPUTS.leaveUntil]: Text,
  [INPUTS.parkUntil]: Text,
  [INPUTS.other]: Text,
  [INPUTS.otherTyped]: Text,
});
const DigestClick = z.looseObject({
  digestId: z.string().regex(/^[\w-]{1,100}$/),
  cases: z
    .array(z.object({ caseId: CaseIdText, version: z.number().int().min(0), promise: Promised }))
    .min(1)
    .max(MOST_ON_A_CARD),
  [DIGEST_INPUTS.keepUntil]: Text,
});
const Choice = z.enum(['', 'keep', 'reassign', 'reclaim']);
const KeepReason = z.enum(['', ...KEEP_REASONS]);
const DetailsClick = z.object({ caseId: CaseIdText });
const QuestionClick = z.object({ question: z.string().min(1).max(LONGEST_QUESTION) });
/** Buttons have no reasons in them, so that they are short. */
const WriteClick = z.object({ request: z.string().min(1).max(LONGEST_QUESTION) });
const PageClick = z.object({
  userId: z
    .string()
    .refine(isObjectId)
    .transform((id) => id as UserId),
});
const WaiveClick = z.object({
  caseId: CaseIdText,
  version: z.number(),
  [PAGE_INPUTS.waiveThing]: Text.pipe(z.string().max(120)),
  [PAGE_INPUTS.waiveReason]: Text,
});
const UndoClick = z.object({ caseId: CaseIdText });
const ObjectClick = z.object({ caseId: CaseIdText, [OBJECTION]: Text });

/** Reads what a click on an answer brings; undefined when no card of ours sends such a thing. */
export function readAnswerClick(data: unknown): CaseAnswer | undefined {
  const read = AnswerClick.safeParse(data);
  if (!read.success) return undefined;
  const { caseId, version, promise, ...typed } = read.data;
  return { caseId, version, ...(promise === undefined ? {} : { promise }), answer: answerOf(typed) };
}

function answerOf(typed: Omit<z.infer<typeof AnswerClick>, 'caseId' | 'version' | 'promise'>): CardAnswer {
  switch (typed.answer) {
    case 'keep':
      return { kind: 'keep', reason: typed.keepReason, until: typed.keepUntil };
    case 'reassign': {
      const { named, ...beside } = whoIsNamed(typed.reassignReceiver, typed.reassignReceiverTyped);
      return { kind: 'reassign', reason: typed.reassignReason, receiver: named, ...beside };
    }
    case 'onLeave':
      return { kind: 'onLeave', until: typed.leaveUntil };
    case 'park':
      return { kind: 'park', until: typed.parkUntil };
    case 'notMyReport':
      return { kind: 'notMyReport' };
    case 'askOther': {
      const { named, ...beside } = whoIsNamed(typed.askOther, typed.askOtherTyped);
      return { kind: 'askOther', person: named, ...beside };
    }
    case 'approve':
    case 'decline':
      return { kind: typed.answer };
    case 'reclaim':
      return { kind: 'reclaim', reason: typed.reclaimReason };
    default:
      return typed.answer satisfies never;
  }
}

/** Who was chosen, or written; both only where they differ. */
function whoIsNamed(chosen: string, written: string): { readonly named: string; readonly beside?: string } {
  const named = whomChosen(chosen);
  if (named === '' || written === '') return { named: named + written };
  return named === written ? { named } : { named, beside: written };
}

/** An answer about one case, alone or one of several. */
export interface CaseAnswer {
  readonly caseId: CaseId;
  readonly version: number;
  readonly promise?: string;
  readonly answer: CardAnswer;
}

/** The answers that were chosen on one card. */
export interface DigestAnswers {
  readonly digestId: string;
  readonly answers: readonly CaseAnswer[];
  /** As it was chosen; empty: it was not. */
  readonly keepUntil: string;
}

/** Reads what a digest brings. undefined when no card of ours sends such a thing. */
export function readDigestClick(data: unknown): DigestAnswers | undefined {
  const read = DigestClick.safeParse(data);
  if (!read.success) return undefined;
  const { digestId, cases, keepUntil, ...typed } = read.data;
  if (new Set(cases.map(({ caseId }) => caseId)).size < cases.length) return undefined;
  const answers: CaseAnswer[] = [];
  for (const { caseId, version, promise } of cases) {
    const choice = Choice.safeParse(inputOf(typed, DIGEST_INPUTS.answer(caseId)));
    const reason = KeepReason.safeParse(inputOf(typed, DIGEST_INPUTS.reason(caseId)));
    if (!choice.success || !reason.success) return undefined;
    const answer = chosen(choice.data, reason.data, keepUntil);
    if (answer !== undefined)
      answers.push({ caseId, version, ...(promise === undefined ? {} : { promise }), answer });
  }
  return { digestId, answers, keepUntil };
}

/** An input left empty arrives as an empty text or not at all. */
function inputOf(typed: Readonly<Record<string, unknown>>, id: string): unknown {
  return Object.hasOwn(typed, id) ? typed[id] : '';
}

function chosen(choice: z.infer<typeof Choice>, reason: string, until: string): CardAnswer | undefined {
  switch (choice) {
    case 'keep':
      return { kind: 'keep', reason, until };
    case 'reassign':
      return { kind: 'reassign', reason: '', receiver: '' };
    case 'reclaim':
      return { kind: 'reclaim', reason: '' };
    case '':
      return undefined;
    default:
      return choice satisfies never;
  }
}

export function readDetailsClick(data: unknown): { readonly caseId: CaseId } | undefined {
  return DetailsClick.safeParse(data).data;
}

export function readUndoClick(data: unknown): { readonly caseId: CaseId } | undefined {
  return UndoClick.safeParse(data).data;
}

export function readObjectClick(
  data: unknown,
): { readonly caseId: CaseId; readonly reason: string } | undefined {
  const read = ObjectClick.safeParse(data).data;
  return read && { caseId: read.caseId, reason: read[OBJECTION] };
}

export function readQuestionClick(data: unknown): { readonly question: string } | undefined {
  return QuestionClick.safeParse(data).data;
}

export function readWriteClick(data: unknown): { readonly request: string } | undefined {
  return WriteClick.safeParse(data).data;
}

/** Whose page is to be shown anew; undefined when no card of ours sends such a thing. */
export function readPageClick(data: unknown): { readonly userId: UserId } | undefined {
  return PageClick.safeParse(data).data;
}

export interface WaiveClicked {
  readonly caseId: CaseId;
  /** Of the case as it was shown. */
  readonly version: number;
  readonly thing: string;
  readonly reason: string;
}

export function readWaiveClick(data: unknown): WaiveClicked | undefined {
  const read = WaiveClick.safeParse(data).data;
  if (read === undefined) return undefined;
  const { caseId, version } = read;
  return { caseId, version, thing: read[PAGE_INPUTS.waiveThing], reason: read[PAGE_INPUTS.waiveReason] };
}
