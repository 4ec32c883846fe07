import type { CaseIn } from '../cases/case.js';
import type { Standing } from './case-card.js';
import { licenseNames } from './case-parts.js';
import { byAt, whenText, type CaseView } from './case-view.js';
import { line, quiet } from './elements.js';
import { cardText } from './escape.js';
import { filesTask } from './files-text.js';

/** In place of what went with the names, which nobody can tell any more. */
const ERASED = 'The details were erased: the time for which they are kept is over.';

/** What is said of a case that is closed. */
export function closed(c: CaseIn<'closed'>, view: CaseView): Standing {
  const when = whenText(c.closedAt, view);
  switch (c.outcome) {
    case 'reclaimed':
      return {
        headline: 'Done: license reclaimed',
        body: [
          line(`${takenText(c, ' was taken back for good.')} The time to undo it ended: ${when}.`),
          ...filesTask(c, view),
        ],
      };
    case 'reassigned':
      return {
        headline: 'Done: license reassigned',
        body: [line(`${takenText(c, ' was reassigned.')} Closed: ${when}.`), ...filesTask(c, view)],
      };
    case 'given':
      return {
        headline: 'Done: license given',
        body: [
          line(
            c.gave === undefined
              ? `${c.erasedAt === undefined ? 'Nothing had to be given: it was there already.' : ERASED} Closed: ${when}.`
              : `${licenseNames(c.gave)} was given for good. The time to undo it ended: ${when}.`,
          ),
        ],
      };
    case 'keptUntilPassed':
      return {
        headline: 'The time to keep it has passed',
        body: [
          line(
            `Nothing was removed. If the license is still unused, a new question follows. Closed: ${when}.`,
          ),
        ],
      };
    default:
      return c.outcome satisfies never;
  }
}

/** Licenses that were gone already, or that a person took, are not among them. */
function takenText(c: CaseIn<'closed'>, happened: string): string {
  const took = c.took ?? c.licenses;
  if (took.length === 0) return 'Nothing had to be taken back: it was gone already.';
  const instead = c.gave === undefined ? '' : ` ${licenseNames(c.gave)} was given instead.`;
  return `${licenseNames(took)}${happened}${instead}`;
}

/** What is said of a case that is cancelled. */
export function cancelled(c: CaseIn<'cancelled'>, view: CaseView): Standing {
  const what = c.scenario === 'given' ? 'Nothing was given' : 'The question was withdrawn';
  return {
    headline: 'No longer needed',
    body: [
      line(c.erasedAt === undefined ? `${what}: ${cardText(c.why, 300)}` : `${what}. ${ERASED}`),
      quiet(`Closed: ${whenText(c.closedAt, view)}.`),
    ],
  };
}

/** What is said of a case that is undone. */
export function undone(c: CaseIn<'undone'>, view: CaseView): Standing {
  const { keptBy } = c;
  const holder = cardText(c.subject.displayName);
  const by = byAt(cardText(c.undoneBy.displayName), c.closedAt, view);
  if (c.scenario === 'given')
    return {
      headline: 'Undone: everything is as it was',
      body: [line(`${licenseNames(c.licenses)} was taken back from ${holder}. Undone ${by}.`)],
    };
  return {
    headline: keptBy === undefined ? 'Undone: everything is as it was' : 'Undone: the license was given back',
    body: [
      line(
        `${licenseNames(c.took ?? c.licenses)} is back with ${holder}, with the same settings as before. ` +
          `Undone ${by}.`,
      ),
      ...(keptBy === undefined
        ? []
        : [
            line(
              `**${cardText(keptBy.displayName)} keeps the license from the reassignment**, so two seats are in use now. ` +
                'If it is not needed there, an administrator can remove it.',
            ),
          ]),
    ],
  };
}
