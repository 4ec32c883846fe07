import type { CaseIn, Instant } from '../cases/case.js';
import type { FilesPlan } from '../cases/answering/files-plan.js';
import { shortTimes, whenText, type CaseView } from './case-view.js';
import { dateText } from './dates.js';
import { box, line, type Part } from './elements.js';
import { cardText } from './escape.js';

/** What becomes of the files in OneDrive, before anybody has answered. */
export function filesSentence(files: FilesPlan, archived: Instant, view: CaseView): string {
  const until = shortTimes(view) ? 'for 93 days' : `until ${dateText(archived, view)}`;
  return `Files in OneDrive stay ${until} and are then archived${handOver(files)}.`;
}

export function filesRow(files: FilesPlan, archived: Instant, view: CaseView): string {
  return `Files stay until ${whenText(archived, view)} and are then archived${handOver(files)}`;
}

function handOver(files: FilesPlan): string {
  return files.is === 'archived'
    ? ''
    : `; an administrator gives ${cardText(files.to.displayName)} access before`;
}

/** Graph hands no files over with the rights that we have, so that a person is told. */
export function filesTask({ files, subject }: CaseIn<'closed'>, view: CaseView): readonly Part[] {
  if (files === undefined) return [];
  const until = whenText(files.archivedAt, view);
  if (files.is === 'archived') return [line(`The files in OneDrive are archived on ${until}.`)];
  const [to, of] = [cardText(files.to.displayName), cardText(subject.displayName)];
  return [
    box('warning', [
      line(
        `**To do before ${until}, if not done yet:** an administrator gives ${to} access to the OneDrive of ${of}. ` +
          'Its files are archived then, and reading them again costs money.',
      ),
    ]),
  ];
}
