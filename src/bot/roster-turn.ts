import type { Activity } from 'botbuilder';
import type { UserId } from '../audit/person.js';
import type { CaseView } from '../cards/case-view.js';
import { messageText } from '../cards/escape.js';
import { howToImport, rosterAnswer } from '../chat/admin/roster-answer.js';
import type { AdminRequest } from '../chat/admin/request.js';
import type { Shown } from '../chat/answer.js';
import { say as saying } from '../chat/say.js';
import { text } from '../i18n/text.js';
import { say, type AppDoors } from './app-doors.js';
import { attachedFiles } from './attached-files.js';
import { download } from './download.js';
import { isFileHost } from './file-hosts.js';

/** A row of a roster has about a hundred bytes: some 200,000 people. A terminal takes larger ones. */
export const LARGEST_ROSTER = 20 * 1024 * 1024;
/** Seven million short lines fit into it as well, over which the whole service would stand still for minutes. */
export const MOST_LINES = 500_000;
const DOWNLOAD_MS = 60_000;

/**
 * Fetches the file that an admin has attached and says what it would mean; it holds after a click only. Its address is a
 * secret of the sender: it is called when its host is one of Teams' files, and stands in no log.
 */
export async function rosterTurn(
  activity: Activity,
  doors: AppDoors,
  by: UserId,
  { asOf }: Extract<AdminRequest, { readonly do: 'importRoster' }>,
  view: CaseView,
): Promise<Shown> {
  const [file, ...others] = attachedFiles(activity);
  if (file === undefined) return howToImport(view);
  if (others.length > 0) return saying(text(view, 'admin.roster.oneFile'));
  const { bot, log } = doors.connector;
  if (!isFileHost(file.downloadUrl, bot)) return saying(text(view, 'admin.roster.strangeHost'));
  // The directory may take minutes.
  await say(activity, doors, saying(text(view, 'admin.roster.reading', { file: messageText(file.name) })));
  const found = await download(file.downloadUrl, { bytes: LARGEST_ROSTER, ms: DOWNLOAD_MS });
  if (found.kind === 'tooLarge')
    return saying(text(view, 'admin.roster.tooLarge', { most: LARGEST_ROSTER / 1024 / 1024 }));
  if (found.kind === 'failed') {
    log.warn('An attached file could not be fetched.', { userId: by, why: found.why });
    return saying(text(view, 'admin.roster.notFetched'));
  }
  if (linesIn(found.bytes) > MOST_LINES)
    return saying(text(view, 'admin.roster.tooManyLines', { most: MOST_LINES }));
  const seen = await doors.admin.lookAtRoster({ by, bytes: found.bytes, origin: file.name, asOf });
  return rosterAnswer(seen, view);
}

/** However they end. */
function linesIn(bytes: Uint8Array): number {
  let [feeds, returns] = [0, 0];
  for (const byte of bytes) {
    if (byte === 0x0a) feeds += 1;
    if (byte === 0x0d) returns += 1;
  }
  return Math.max(feeds, returns);
}
