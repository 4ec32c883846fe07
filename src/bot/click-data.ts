import { z } from 'zod';
import { INPUTS } from '../cards/answer-forms.js';
import type { CaseId } from '../cases/case.js';
import type { CardAnswer } from '../cases/desk.js';

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

const AnswerClick = z.object({
  caseId: CaseIdText,
  version: z.number().int().min(0),
  answer: z.enum(['keep', 'onLeave', 'notMyReport', 'askOther', 'reassign', 'reclaim', 'approve', 'decline']),
  [INPUTS.keepReason]: Text,
  [INPUTS.keepUntil]: Text,
  [INPUTS.reclaimReason]: Text,
  [INPUTS.receiver]: Text,
  [INPUTS.reassignReason]: Text,
  [INPUTS.leaveUntil]: Text,
  [INPUTS.other]: Text,
});
const UndoClick = z.object({ caseId: CaseIdText });

/** Reads what a click on an answer brings; undefined when no card of ours sends such a thing. */
export function readAnswerClick(
  data: unknown,
): { readonly caseId: CaseId; readonly version: number; readonly answer: CardAnswer } | undefined {
  const read = AnswerClick.safeParse(data);
  if (!read.success) return undefined;
  const { caseId, version, ...typed } = read.data;
  return { caseId, version, answer: answerOf(typed) };
}

function answerOf(typed: Omit<z.infer<typeof AnswerClick>, 'caseId' | 'version'>): CardAnswer {
  switch (typed.answer) {
    case 'keep':
      return { kind: 'keep', reason: typed.keepReason, until: typed.keepUntil };
    case 'reassign':
      return { kind: 'reassign', reason: typed.reassignReason, receiver: typed.reassignReceiver };
    case 'onLeave':
      return { kind: 'onLeave', until: typed.leaveUntil };
    case 'notMyReport':
      return { kind: 'notMyReport' };
    case 'askOther':
      return { kind: 'askOther', person: typed.askOther };
    case 'approve':
    case 'decline':
      return { kind: typed.answer };
    case 'reclaim':
      return { kind: 'reclaim', reason: typed.reclaimReason };
    default:
      return typed.answer satisfies never;
  }
}

export function readUndoClick(data: unknown): { readonly caseId: CaseId } | undefined {
  return UndoClick.safeParse(data).data;
}
