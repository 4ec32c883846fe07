import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { FileOffer } from '../chat/file-offer.js';
import type { Language, MessageKey } from '../i18n/locale.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { say, type AppDoors } from './app-doors.js';
import { errorName, within } from './background.js';
import { postActivity } from './connector-calls.js';
import { isFileHost } from './file-hosts.js';
import { LINK_MS } from './file-links.js';
import { madeAnew, WrittenSource, writtenSource } from './file-source.js';
import { languageFor } from './language.js';
import { conversationOf, isPersonal, senderOf } from './sender.js';

const CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
const INFO = 'application/vnd.microsoft.teams.card.file.info';

/** The question whether a file may be put among somebody's files, and what to do where it cannot be shown. */
export async function offerOf(
  activity: Activity,
  doors: AppDoors,
  offer: FileOffer,
): Promise<readonly Partial<Activity>[]> {
  const { name, description, csv, note } = offer;
  const language = await languageFor(activity, doors.localeOf);
  const context = writtenSource(offer.source);
  const content = {
    description,
    sizeInBytes: Buffer.byteLength(csv),
    acceptContext: context,
    declineContext: context,
  };
  return [
    { type: 'message', attachments: [{ contentType: CONSENT, name, content }] },
    { type: 'message', text: joined([note, await wayOut(activity, doors, offer, language)], '\n\n') },
  ];
}

/** Nobody waits longer for an address: a message that Teams has to send again is answered twice. */
const LINK_MOST_MS = 1_000;

/** An address for a download; where none is known, or it cannot be kept now, a command at a terminal. */
async function wayOut(
  activity: Activity,
  { fileLinks, connector }: AppDoors,
  { source }: FileOffer,
  language: Language,
): Promise<ReadyText> {
  const userId = senderOf(activity);
  try {
    if (userId) {
      const made = await within(LINK_MOST_MS, fileLinks.make(userId, writtenSource(source), language.locale));
      if (made !== 'late' && made.value !== undefined)
        return text(language, 'file.link', { address: made.value as ReadyText, minutes: LINK_MS / 60_000 });
    }
  } catch (error) {
    connector.log.warn('The address of a file could not be kept.', { error: errorName(error) });
  }
  return text(language, `file.wayOut.${source.of}`);
}

export async function offerFile(activity: Activity, doors: AppDoors, offer: FileOffer): Promise<void> {
  for (const part of await offerOf(activity, doors, offer)) {
    const posted = await postActivity(doors.connector, conversationOf(activity), part);
    if (posted.kind === 'ok') continue;
    const { code, status } = posted.failure;
    doors.connector.log.warn('A file could not be offered.', { code, status });
  }
}

const Accepted = z.object({
  context: WrittenSource,
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
  if (offer === undefined) return told(activity, doors, 'file.older');
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
