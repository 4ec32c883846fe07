import type { CaseIn } from '../cases/case.js';
import { without } from '../cases/step-progress.js';
import { letBeIn } from '../cases/answering/waiver.js';
import { sentenceIn, sentencesIn } from '../i18n/sentences.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import type { Standing } from './case-card.js';
import { licenseNames } from './case-parts.js';
import { byAt, whenText, type CaseView } from './case-view.js';
import { line, quiet, type Part } from './elements.js';
import { cardText } from './escape.js';
import { filesTask } from './files-text.js';
import { notGivenText } from './not-given-text.js';

/** What is said of a case that is closed. */
export function closed(c: CaseIn<'closed'>, view: CaseView): Standing {
  const date = whenText(c.closedAt, view);
  switch (c.outcome) {
    case 'reclaimed':
    case 'reassigned':
      return {
        headline: text(view, isWithoutEffect(c) ? 'ended.tookNothingTitle' : `ended.${c.outcome}`),
        body: [line(takenText(c, view)), ...letBe(c, 'ended.leftOut', view), ...filesTask(c, view)],
      };
    case 'given':
      return {
        headline: text(view, 'ended.given'),
        body: [
          line(
            c.gave === undefined
              ? text(view, c.erasedAt === undefined ? 'ended.givenNothing' : 'ended.givenErased', { date })
              : text(view, 'ended.givenText', { date, licenses: licenseNames(c.gave, view) }),
          ),
        ],
      };
    case 'keptUntilPassed':
      return {
        headline: text(view, 'ended.kept'),
        body: [line(text(view, 'ended.keptText', { date }))],
      };
    default:
      return c.outcome satisfies never;
  }
}

/** An admin let be what it was to take. */
function isWithoutEffect(c: CaseIn<'closed'>): boolean {
  return c.took?.length === 0 && letBeIn(c).length > 0;
}

/** Licenses that were gone already, or that a person took, are not among them. */
function takenText(c: CaseIn<'closed'>, view: CaseView): ReadyText {
  const ended = c.outcome === 'reassigned' ? 'reassigned' : 'reclaimed';
  const date = whenText(c.closedAt, view);
  const took = c.took ?? c.licenses;
  if (took.length === 0)
    return text(view, isWithoutEffect(c) ? 'ended.tookNothing' : `ended.${ended}Nothing`, { date });
  const licenses = licenseNames(took, view);
  const nobodys = c.gaveOn === undefined ? [] : without(took, c.gaveOn);
  if (ended === 'reassigned' && c.gaveOn !== undefined && nobodys.length > 0)
    return text(view, 'ended.reassignedSome', {
      date,
      licenses: licenseNames(c.gaveOn, view),
      others: licenseNames(nobodys, view),
    });
  return c.gave === undefined
    ? text(view, `ended.${ended}Text`, { date, licenses })
    : text(view, `ended.${ended}Instead`, { date, licenses, gave: licenseNames(c.gave, view) });
}

/** What is said of a case that is cancelled. */
export function cancelled(c: CaseIn<'cancelled'>, view: CaseView): Standing {
  const why = c.erasedAt === undefined ? cardText(sentencesIn(view, c.why), 300) : text(view, 'ended.erased');
  const given = c.scenario === 'given' ? 'ended.cancelledGift' : 'ended.cancelledText';
  return {
    headline: text(view, c.parked === true ? 'ended.parkedGone' : 'ended.cancelled'),
    body: [
      line(text(view, c.parked === true ? 'ended.parkedGoneText' : given, { why })),
      quiet(text(view, 'ended.cancelledAt', { date: whenText(c.closedAt, view) })),
    ],
  };
}

/** What is said of a case that is undone. */
export function undone(c: CaseIn<'undone'>, view: CaseView): Standing {
  const { keptBy } = c;
  const name = cardText(c.subject.displayName);
  const by = byAt(cardText(c.undoneBy.displayName), c.closedAt, view);
  const staysDone = letBe(c, 'ended.staysDone', view);
  const why = notGivenText(c, view);
  if (why !== undefined)
    return {
      headline: text(view, staysDone.length === 0 ? 'ended.notGiven' : 'ended.undoneLeft'),
      body: [line(why), ...staysDone],
    };
  if (c.scenario === 'given' && staysDone.length > 0)
    return {
      headline: text(view, 'ended.undoneLeft'),
      body: [line(text(view, 'ended.undoneBy', { by })), ...staysDone],
    };
  if (c.scenario === 'given')
    return {
      headline: text(view, 'ended.undone'),
      body: [line(text(view, 'ended.undoneGift', { licenses: licenseNames(c.licenses, view), name, by }))],
    };
  const whole =
    c.leaveOver === true ? 'ended.parkedBack' : keptBy === undefined ? 'ended.undone' : 'ended.undoneKept';
  return {
    headline: text(view, staysDone.length === 0 && c.mailGone !== true ? whole : 'ended.undoneLeft'),
    body: [
      line(givenBackText(c, by, view)),
      ...staysDone,
      ...(c.mailGone === true ? [line(text(view, 'ended.mailGone'))] : []),
      ...(keptBy === undefined
        ? []
        : [line(text(view, 'ended.undoneKeeps', { name: cardText(keptBy.displayName) }))]),
    ],
  };
}

function givenBackText(c: CaseIn<'undone'>, by: ReadyText, view: CaseView): ReadyText {
  const name = cardText(c.subject.displayName);
  const isLeft = letBeIn(c).some(({ waived }) => waived.of === 'undo');
  if (c.leaveOver === true && c.took?.length === 0 && isLeft) return text(view, 'ended.parkedLeft', { name });
  if (c.leaveOver === true)
    return c.took === undefined || c.took.length === 0
      ? text(view, 'ended.parkedNothing', { name })
      : text(view, 'ended.parkedBackText', {
          licenses: licenseNames(c.took, view),
          name,
          date: whenText(c.closedAt, view),
        });
  if (c.took?.length !== 0)
    return text(view, 'ended.undoneText', { licenses: licenseNames(c.took ?? c.licenses, view), name, by });
  // It was undone before any license had gone, or none came back.
  return isLeft ? text(view, 'ended.undoneBy', { by }) : text(view, 'ended.undoneNothing', { name, by });
}

/** What stays as it is because an admin let it be: of an undo, or of the steps. */
function letBe(
  c: CaseIn<'closed' | 'undone'>,
  key: 'ended.staysDone' | 'ended.leftOut',
  view: CaseView,
): readonly Part[] {
  return letBeIn(c)
    .filter(({ waived }) => (waived.of === 'undo') === (key === 'ended.staysDone'))
    .map(({ waived, by, at }) => {
      const steps = waived.left.map(({ words }) => cardText(sentenceIn(view, words, 'stepped.')));
      return line(
        text(view, key, { by: byAt(cardText(by.displayName), at, view), steps: joined(steps, '; ') }),
      );
    });
}
