import type { Case } from '../cases/case.js';
import { whenText, type CaseView } from './case-view.js';
import { cardText } from './escape.js';

/** Whether the person themself was told; no row where nobody tells them. */
export function noticeRow(
  { notice }: Pick<Case, 'notice'>,
  view: CaseView,
): readonly (readonly [string, string])[] {
  switch (notice?.is.kind) {
    case 'told':
      return [
        [
          'The person',
          `was told ${whenText(notice.is.at, view)}, and has until ${whenText(notice.is.stepsFrom, view)} to object`,
        ],
      ];
    case 'notTold':
      return [['The person', `could not be told in Teams (${cardText(notice.is.code)})`]];
    case 'trying':
      return [['The person', 'is being told']];
    case 'due':
      return [['The person', 'objected, and is told again before anything is done']];
    default:
      return [];
  }
}
