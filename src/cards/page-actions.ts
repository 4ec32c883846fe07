import { takenIn } from '../cases/life.js';
import { TERMINAL, type Case } from '../cases/case.js';
import type { PersonPage } from '../chat/person-page.js';
import type { Language } from '../i18n/locale.js';
import { text } from '../i18n/text.js';
import type { CaseView } from './case-view.js';
import { inputDate } from './dates.js';
import { button, line, opens, writes, type Part } from './elements.js';

/** The names under which inputs of a page arrive. */
export const PAGE_INPUTS = {
  protectReason: 'protectReason',
  protectUntil: 'protectUntil',
  waiveThing: 'waiveThing',
  waiveReason: 'waiveReason',
} as const;

const LONGEST_REASON = 500;
const LONGEST_THING = 120;

/**
 * What can be done now, most wanted first and five at most: one is under the history, and a card has six. Each looks up once
 * more who may, and does what the same words do when they are written; the last in the place of the page.
 */
export function pageActions(page: PersonPage, view: CaseView): readonly Part[] {
  if (page.isReaders) return [audit(view), refresh(page, view)];
  const { case: c } = page;
  const isOver = c === undefined || TERMINAL.some((over) => over === c.state);
  const done = deeds(page, view);
  return [
    ...(c === undefined ? [] : [writes(text(view, 'page.do.case'), `case ${c.caseId}`)]),
    ...done,
    // Where there is no room for it, the history still tells why.
    ...(c === undefined || done.length > 1
      ? []
      : [writes(text(view, 'page.do.explain'), `explain ${c.caseId}`)]),
    protection(page, view),
    ...(isOver && done.length === 0 ? [audit(view)] : []),
    refresh(page, view),
  ];
}

/** The page as it stands then takes the place of this one. */
function refresh({ userId }: PersonPage, reader: Language): Part {
  return button({ title: text(reader, 'page.do.refresh'), verb: 'page', data: { userId } });
}

function audit(reader: Language): Part {
  return writes(text(reader, 'page.do.audit'), 'run audit');
}

/** The whole history of the case, as `history` gives it. */
export function historyAction({ case: c }: PersonPage, reader: Language): readonly Part[] {
  return c === undefined ? [] : [writes(text(reader, 'page.do.history'), `history ${c.caseId}`)];
}

function deeds({ case: c, isAskedOfReader }: PersonPage, view: CaseView): readonly Part[] {
  if (c === undefined) return [];
  const canUndo = takenIn(c.state).includes('undoAsked');
  return [
    ...(canUndo ? [writes(text(view, 'page.do.undo'), `undo ${c.caseId}`)] : []),
    ...(c.state === 'asked' && !isAskedOfReader
      ? [writes(text(view, 'page.do.remind'), `remind ${c.caseId}`)]
      : []),
    ...(c.state === 'needsPerson' ? [waiving(c, view)] : []),
  ];
}

function waiving({ caseId, version }: Pick<Case, 'caseId' | 'version'>, reader: Language): Part {
  return opens(
    text(reader, 'page.do.waive'),
    [
      line(text(reader, 'page.waive.what')),
      {
        type: 'Input.Text',
        id: PAGE_INPUTS.waiveThing,
        label: text(reader, 'page.waive.thing'),
        maxLength: LONGEST_THING,
        isRequired: true,
        errorMessage: text(reader, 'page.waive.thingMissing'),
      },
      reason(PAGE_INPUTS.waiveReason, reader),
    ],
    [button({ title: text(reader, 'page.waive.send'), verb: 'waive', data: { caseId, version } })],
  );
}

/** What an admin said before is taken back before something else is said. */
function protection(page: PersonPage, view: CaseView): Part {
  const { userId, protection: said } = page;
  if (said !== undefined)
    return button({
      title: text(view, 'page.do.unprotect'),
      verb: 'admin',
      data: { do: 'unprotect', userId, at: said.at },
    });
  return opens(
    text(view, 'page.do.protect'),
    [
      line(text(view, 'page.protect.what')),
      reason(PAGE_INPUTS.protectReason, view),
      {
        type: 'Input.Date',
        id: PAGE_INPUTS.protectUntil,
        label: text(view, 'page.protect.until'),
        min: inputDate(view.now, view),
        errorMessage: text(view, 'page.protect.untilWrong'),
      },
    ],
    (['protect', 'exempt'] as const).map((how) =>
      button({
        title: text(view, `page.protect.${how}`),
        verb: 'admin',
        data: { do: 'protect', how, userId },
      }),
    ),
  );
}

function reason(id: string, reader: Language): Part {
  return {
    type: 'Input.Text',
    id,
    label: text(reader, 'page.reason'),
    isMultiline: true,
    maxLength: LONGEST_REASON,
    isRequired: true,
    errorMessage: text(reader, 'page.reasonMissing'),
  };
}
