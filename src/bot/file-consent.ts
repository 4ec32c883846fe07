import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { positionFile } from '../chat/admin/position-answer.js';
import { savingsFile } from '../chat/admin/savings-answer.js';
import type { Shown } from '../chat/answer.js';
import { answerQuestion } from '../chat/answer-question.js';
import type { FileOffer, FileSource } from '../chat/file-offer.js';
import { LONGEST_QUESTION } from '../chat/query/read-query.js';
import type { UserId } from '../audit/person.js';
import type { Language, MessageKey } from '../i18n/locale.js';
import { joined, text } from '../i18n/text.js';
import { askerFor, say, type AppDoors } from './app-doors.js';
import { errorName } from './background.js';
import { postActivity } from './connector-calls.js';
import { isFileHost } from './file-hosts.js';
import { languageFor } from './language.js';
import { conversationOf, isPersonal, senderOf } from './sender.js';

const CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
const INFO = 'application/vnd.microsoft.teams.card.file.info';

/** The question whether a file may be put among somebody's files, and what to do where it cannot be shown. */
export function offerOf(offer: FileOffer, language: Language): readonly Partial<Activity>[] {
  const { name, description, csv, note, source } = offer;
  const context = contextOf(source);
  const content = {
    description,
    sizeInBytes: Buffer.byteLength(csv),
    acceptContext: context,
    declineContext: context,
  };
  return [
    { type: 'message', attachments: [{ contentType: CONSENT, name, content }] },
    { type: 'message', text: joined([note, text(language, `file.wayOut.${source.of}`)], '\n\n') },
  ];
}

/** What the question carries; it gives nobody a right. */
function contextOf(source: FileSource): z.input<typeof Context> {
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

export async function offerFile(activity: Activity, doors: AppDoors, offer: FileOffer): Promise<void> {
  for (const part of offerOf(offer, await languageFor(activity, doors.localeOf))) {
    const posted = await postActivity(doors.connector, conversationOf(activity), part);
    if (posted.kind === 'ok') continue;
    const { code, status } = posted.failure;
    doors.connector.log.warn('A file could not be offered.', { code, status });
  }
}

const Context = z.union([
  z.object({ savings: z.literal(true) }),
  z.object({ positionOf: z.string().min(1).max(40) }),
  z.object({ question: z.string().min(1).max(LONGEST_QUESTION), runId: z.string().min(1).max(255) }),
]);

const Accepted = z.object({
  context: Context,
  uploadInfo: z.object({
    contentUrl: z.string().max(4_000),
    name: z.string().min(1).max(400),
    uploadUrl: z.string().max(8_000),
    uniqueId: z.string().max(400),
    fileType: z.string().max(40),
  }),
});

/**
 * Somebody allowed the file: it is made anew, for whoever clicks and by what they may see now, and goes only to a host of
 * the tenant's files. Nothing that the card says gives a right.
 */
export async function fileAccepted(activity: Activity, doors: AppDoors, data: unknown): Promise<void> {
  const userId = senderOf(activity);
  const read = Accepted.safeParse(data);
  if (!userId || !isPersonal(activity) || !read.success) return told(activity, doors, 'file.strange');
  const language = await languageFor(activity, doors.localeOf);
  const { context, uploadInfo } = read.data;
  if (!isFileHost(uploadInfo.uploadUrl, doors.connector.bot)) return told(activity, doors, 'file.strange');
  const offer = await madeAnew(context, userId, doors, language);
  if (offer?.kind === 'text') return say(activity, doors, offer);
  if (offer?.kind !== 'file') return told(activity, doors, 'file.older');
  if (!(await isUploaded(uploadInfo.uploadUrl, offer.csv, doors)))
    return told(activity, doors, 'file.failed');
  const { name, contentUrl, uniqueId, fileType } = uploadInfo;
  const attachment = { contentType: INFO, name, contentUrl, content: { uniqueId, fileType } };
  const posted = await postActivity(doors.connector, conversationOf(activity), {
    type: 'message',
    attachments: [attachment],
  });
  if (posted.kind !== 'ok') await told(activity, doors, 'file.done');
}

/** @returns undefined: what was asked for is no more */
async function madeAnew(
  context: z.output<typeof Context>,
  userId: UserId,
  doors: AppDoors,
  language: Language,
): Promise<Shown | FileOffer | undefined> {
  const view = doors.view(language);
  if ('savings' in context) return savingsFile(await doors.admin.savings(userId), view);
  if ('positionOf' in context) {
    const file = positionFile(await doors.admin.position(userId), view);
    const isOlder = file.kind === 'file' && isOfOther(file.source, context.positionOf);
    return isOlder ? undefined : file;
  }
  const { question, runId } = context;
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

export function fileDeclined(activity: Activity, doors: AppDoors): Promise<void> {
  return told(activity, doors, 'file.declined');
}

type FileText = Extract<MessageKey, `file.${string}`>;

async function told(activity: Activity, doors: AppDoors, key: FileText): Promise<void> {
  const language = await languageFor(activity, doors.localeOf);
  return say(activity, doors, { kind: 'text', text: text(language, key) });
}

const UPLOAD_MS = 60_000;

/** One piece, as an upload session takes files up to 60 MB. */
async function isUploaded(url: string, csv: string, { connector }: AppDoors): Promise<boolean> {
  const body = Buffer.from(csv, 'utf8');
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Content-Range': `bytes 0-${body.length - 1}/${body.length}`,
  };
  try {
    const answer = await fetch(url, {
      method: 'PUT',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(UPLOAD_MS),
    });
    if (answer.ok) return true;
    connector.log.warn('A file was not taken.', { status: answer.status });
  } catch (error) {
    connector.log.warn('A file could not be uploaded.', { error: errorName(error) });
  }
  return false;
}
