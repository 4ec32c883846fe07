import type { CaseIn, Instant } from '../cases/case.js';
import type { FilesPlan } from '../cases/answering/files-plan.js';
import { text, type ReadyText } from '../i18n/text.js';
import { shortTimes, type CaseView } from './case-view.js';
import { dateText } from './dates.js';
import { box, line, type Part } from './elements.js';
import { cardText } from './escape.js';

/** What becomes of the files in OneDrive, before anybody has answered. */
export function filesSentence(files: FilesPlan, archived: Instant, view: CaseView): ReadyText {
  const person = files.is === 'archived' ? undefined : cardText(files.to.displayName);
  if (shortTimes(view))
    return person === undefined
      ? text(view, 'files.stay.days')
      : text(view, 'files.stayFor.days', { person });
  const date = dateText(archived, view);
  return person === undefined
    ? text(view, 'files.stay.until', { date })
    : text(view, 'files.stayFor.until', { date, person });
}

export function filesRow(files: FilesPlan, archived: Instant, view: CaseView): ReadyText {
  const date = dateText(archived, view);
  return files.is === 'archived'
    ? text(view, 'files.row', { date })
    : text(view, 'files.rowFor', { date, person: cardText(files.to.displayName) });
}

/** Graph hands no files over with the rights that we have, so that a person is told. */
export function filesTask({ files, subject }: CaseIn<'closed'>, view: CaseView): readonly Part[] {
  if (files === undefined) return [];
  const date = dateText(files.archivedAt, view);
  if (files.is === 'archived') return [line(text(view, 'files.archived', { date }))];
  const [to, of] = [cardText(files.to.displayName), cardText(subject.displayName)];
  return [box('warning', [line(text(view, 'files.task', { date, to, of }))])];
}
