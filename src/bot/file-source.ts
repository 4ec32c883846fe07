import { z } from 'zod';
import type { UserId } from '../audit/person.js';
import { positionFile } from '../chat/admin/position-answer.js';
import { savingsFile } from '../chat/admin/savings-answer.js';
import type { Shown } from '../chat/answer.js';
import { answerQuestion } from '../chat/answer-question.js';
import type { FileOffer, FileSource } from '../chat/file-offer.js';
import { LONGEST_QUESTION } from '../chat/query/read-query.js';
import type { Language } from '../i18n/locale.js';
import { askerFor, type AppDoors } from './app-doors.js';

/** From what a file is made anew, as it is written into a message or a row; it gives nobody a right. */
export const WrittenSource = z.union([
  z.object({ savings: z.literal(true) }),
  z.object({ positionOf: z.string().min(1).max(40) }),
  z.object({ question: z.string().min(1).max(LONGEST_QUESTION), runId: z.string().min(1).max(255) }),
]);
export type WrittenSource = z.infer<typeof WrittenSource>;

export function writtenSource(source: FileSource): WrittenSource {
  switch (source.of) {
    case 'savings':
      return { savings: true };
    case 'position':
      return { positionOf: source.finishedAt };
    case 'question':
      return { question: source.question, runId: source.runId };
    default:
      return source satisfies never;
  }
}

/**
 * The file by what this person may see now.
 * @returns `text`: why they get none; undefined: what was asked for is no more
 * @throws GraphFailure, StoreUnavailable
 */
export async function madeAnew(
  source: WrittenSource,
  userId: UserId,
  doors: AppDoors,
  language: Language,
): Promise<Extract<Shown, { kind: 'text' }> | FileOffer | undefined> {
  const made = await answerFor(source, userId, doors, language);
  return made === undefined || made.kind === 'card' ? undefined : made;
}

async function answerFor(
  source: WrittenSource,
  userId: UserId,
  doors: AppDoors,
  language: Language,
): Promise<Shown | FileOffer | undefined> {
  const view = doors.view(language);
  if ('savings' in source) return savingsFile(await doors.admin.savings(userId), view);
  if ('positionOf' in source) {
    const file = positionFile(await doors.admin.position(userId), view);
    const isOlder = file.kind === 'file' && isOfOther(file.source, source.positionOf);
    return isOlder ? undefined : file;
  }
  const { question, runId } = source;
  const sources = { desk: doors.desk, readModel: doors.readModelFor(userId) };
  const asker = await askerFor(userId, doors);
  const answer = await answerQuestion(`export, ${question}`, asker, sources, view, 'printed');
  if (answer?.kind === 'text') return answer;
  if (answer?.kind !== 'file' || answer.source.of !== 'question') return undefined;
  return answer.source.runId === runId ? answer : undefined;
}

function isOfOther(source: FileSource, finishedAt: string): boolean {
  return source.of !== 'position' || source.finishedAt !== finishedAt;
}
