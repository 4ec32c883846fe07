import type { CaseIn } from '../cases/case.js';
import { sentenceIn } from '../i18n/sentences.js';
import { text } from '../i18n/text.js';
import type { Standing } from './case-card.js';
import { licenseNames } from './case-parts.js';
import { byAt, isForReviewer, type CaseView } from './case-view.js';
import { chosenDayText } from './dates.js';
import { facts, line } from './elements.js';
import { cardText } from './escape.js';

/** What is said while somebody keeps the licenses. */
export function kept(c: CaseIn<'kept'>, view: CaseView): Standing {
  const { by, at, until } = c.decision;
  const name = cardText(by.displayName);
  const date = chosenDayText(until, view);
  return {
    headline: text(view, 'case.kept', { date }),
    body: [
      line(text(view, 'case.keptText', { by: byAt(name, at, view) })),
      facts([
        ...(isForAuthor(view)
          ? reasonRow('reason' in c.decision ? c.decision.reason : undefined, view)
          : [[text(view, 'case.row.reason'), text(view, 'case.keptReason', { name })] as const]),
        [text(view, 'case.row.license'), licenseNames(c.licenses, view)],
        [text(view, 'case.row.next'), text(view, 'case.keptNext', { date })],
      ]),
    ],
  };
}

/** Whoever gave the answer reads why, and HR in its own lane: a leave has no reason, and is `kept` for everybody else. */
function isForAuthor(view: CaseView): boolean {
  return isForReviewer(view) || (view.reader ?? 'asked') === 'asked';
}

/** What somebody wrote, or chose from what a digest offers. */
export function reasonRow(
  reason: string | undefined,
  view: CaseView,
): readonly (readonly [name: string, value: string])[] {
  if (!reason) return [];
  return [[text(view, 'case.row.reason'), cardText(sentenceIn(view, reason, 'said.keepReason.'), 500)]];
}
