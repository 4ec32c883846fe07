import type { Activity } from 'botbuilder';
import { z } from 'zod';

const DOWNLOAD = 'application/vnd.microsoft.teams.file.download.info';
/** More than anybody attaches; the rest is not looked at. */
const MOST = 20;

/** A file that somebody has attached to a message. Its address opens it to whoever has it: it is never logged or shown. */
export interface AttachedFile {
  readonly name: string;
  readonly downloadUrl: string;
}

const Attached = z.object({
  contentType: z.literal(DOWNLOAD),
  name: z.string().min(1).max(400),
  content: z.object({ downloadUrl: z.string().min(1).max(8_000) }),
});

/** The files of a message; what Teams adds beside them, such as the text once more, is none. Pure. */
export function attachedFiles({ attachments }: Pick<Activity, 'attachments'>): readonly AttachedFile[] {
  const all: readonly unknown[] = Array.isArray(attachments) ? attachments.slice(0, MOST) : [];
  return all.flatMap((each) => {
    const { data } = Attached.safeParse(each);
    return data === undefined ? [] : [{ name: data.name, downloadUrl: data.content.downloadUrl }];
  });
}
