import { deletedAt } from '../actions/plan-deletion.js';
import type { CaseIn } from '../cases/case.js';
import {
  filesEnd,
  removedAt,
  removedBy,
  type FilesEnd,
  type FilesPlan,
} from '../cases/answering/files-plan.js';
import { isWaived } from '../cases/answering/waiver.js';
import { text, type ReadyText } from '../i18n/text.js';
import { shortTimes, type CaseView } from './case-view.js';
import { dateText } from './dates.js';
import { box, line, quiet, type Part } from './elements.js';
import { cardText } from './escape.js';

type Decided = CaseIn<'decided' | 'scheduled' | 'acting' | 'holding' | 'undoing' | 'needsPerson'>;

/** What becomes of the files in OneDrive, before anybody has answered. */
export function filesSentence(files: FilesPlan, end: FilesEnd, view: CaseView): ReadyText {
  const values = files.is === 'archived' ? {} : { person: cardText(files.to.displayName) };
  return shortTimes(view)
    ? text(view, `files.${wayOf(files, end)}.days`, values)
    : text(view, `files.${wayOf(files, end)}.until`, { ...values, date: endText(end, view) });
}

/** Until when files stay of a case that is decided; once their license is gone, what there is to do is said apart. */
export function filesRow(c: Decided, view: CaseView): ReadyText | undefined {
  const { files } = c.decision;
  const end = endOfFiles(c, view);
  if (files === undefined || end === undefined) return undefined;
  const date = endText(end, view);
  return files.is === 'archived' || isWaived(c, { of: 'files' }) || isLeftToDo(c)
    ? text(view, `files.${wayOf({ is: 'archived' }, end)}.row`, { date })
    : text(view, `files.${wayOf(files, end)}.row`, { date, person: cardText(files.to.displayName) });
}

/** Graph hands no files over with the rights that we have, so that a person is told, from when their license is gone. */
export function filesToDo(c: Decided, view: CaseView): readonly Part[] {
  const { files } = c.decision;
  const end = endOfFiles(c, view);
  if (files === undefined || end === undefined || !isLeftToDo(c)) return [];
  const isDeleted = deletedAt(c, view.policy) !== undefined;
  const of = cardText(c.subject.displayName);
  return [
    ...filesTask({ ...c, files: { ...files, ...end } }, view, isDeleted),
    ...(view.reader === 'admin' ? [quiet(text(view, 'files.sayDone', { of }))] : []),
  ];
}

/**
 * The same at the end of a case.
 * @param isDeleted the account goes, and not before
 */
export function filesTask(
  { files, subject }: Pick<CaseIn<'closed'>, 'files' | 'subject'>,
  view: CaseView,
  isDeleted = false,
): readonly Part[] {
  if (files === undefined) return [];
  const date = endText(files, view);
  if (files.is === 'archived') return [line(text(view, `files.${wayOf(files, files)}.end`, { date }))];
  const [to, of] = [cardText(files.to.displayName), cardText(subject.displayName)];
  const task = line(text(view, `files.${wayOf(files, files)}.end`, { date, to, of }));
  return [box('warning', isDeleted ? [task, line(text(view, 'files.keepsAccount'))] : [task])];
}

/** Nobody has said that whoever is to get the files has them, and their license is gone. */
function isLeftToDo(c: Decided): boolean {
  if (c.decision.files?.is !== 'handedOver' || isWaived(c, { of: 'files' }) || 'undoneBy' in c) return false;
  return removedBy(c) !== undefined;
}

function endOfFiles(c: Decided, { policy }: CaseView): FilesEnd | undefined {
  const removed = removedAt(c);
  return removed === undefined ? undefined : filesEnd(removed, deletedAt(c, policy));
}

function wayOf(files: { readonly is: 'archived' }, end: FilesEnd): 'stay' | 'gone';
function wayOf(files: { readonly is: 'handedOver' }, end: FilesEnd): 'stayFor' | 'goneFor';
function wayOf(files: Pick<FilesPlan, 'is'>, end: FilesEnd): 'stay' | 'gone' | 'stayFor' | 'goneFor';
function wayOf({ is }: Pick<FilesPlan, 'is'>, end: FilesEnd): 'stay' | 'gone' | 'stayFor' | 'goneFor' {
  if ('deletedAt' in end) return is === 'archived' ? 'gone' : 'goneFor';
  return is === 'archived' ? 'stay' : 'stayFor';
}

function endText(end: FilesEnd, view: CaseView): ReadyText {
  return dateText('deletedAt' in end ? end.deletedAt : end.archivedAt, view);
}
