import type { Case } from '../cases/case.js';
import { text, type ReadyText } from '../i18n/text.js';
import { whenText, type CaseView } from './case-view.js';
import { cardText } from './escape.js';

/** Whether the person themself was told; no row where nobody tells them. */
export function noticeRow(
  { notice }: Pick<Case, 'notice'>,
  view: CaseView,
): readonly (readonly [string, string])[] {
  const row = (said: ReadyText): readonly (readonly [string, string])[] => [[text(view, 'notice.row'), said]];
  switch (notice?.is.kind) {
    case 'told': {
      const { at, stepsFrom } = notice.is;
      const told = whenText(at, view);
      return row(text(view, 'notice.row.told', { told, until: whenText(stepsFrom, view) }));
    }
    case 'notTold':
      return row(text(view, 'notice.row.notTold', { code: cardText(notice.is.code) }));
    case 'trying':
    case 'due':
      return row(text(view, `notice.row.${notice.is.kind}`));
    default:
      return [];
  }
}
